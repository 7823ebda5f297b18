#include "diagnose/recognise.h"

#include "diagnose/rules.h"
#include "input/records.h"
#include "input/slice_input.h"

#include "base/banned.h"

struct recognising {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	const struct ww_matcher *matcher;
	struct ww_known_lines *ret;
};

static bool
is_there(const struct recognising *r, struct ww_rec signature)
{
	for (size_t i = 0; i < r->ret->n; i++)
		if (r->ret->p[i].signature.p == signature.p)
			return true;
	return false;
}

/* The record is gone before the report is. */
static struct ww_captures
keep(const struct recognising *r, const struct ww_captures *captures)
{
	struct ww_captures ret = *captures;

	for (unsigned i = 0; i < ret.n; i++)
		ret.p[i].value.p = ww_arena_copy(r->arena, ret.p[i].value.p,
						 ret.p[i].value.len);
	return ret;
}

static void
take_text(struct recognising *r, struct ww_slice text)
{
	struct ww_matched matches[WW_MATCHES_MAX];
	size_t n = ww_matcher_run(r->matcher, text, matches);

	for (size_t i = 0; i < n && r->ret->n < WW_KNOWN_LINES_MAX; i++) {
		struct ww_rec signature =
		    ww_rec_at(r->c, WW_S_SIGNATURE, matches[i].id);

		if (!is_there(r, signature))
			r->ret->p[r->ret->n++] = (struct ww_known_line){
				.signature = signature,
				.captures = keep(r, &matches[i].captures),
			};
	}
}

void
ww_recognise(struct ww_arena *arena, const struct ww_catalogue *c,
	     struct ww_slice text, struct ww_known_lines *ret)
{
	struct recognising r = { .arena = arena, .c = c, .ret = ret };
	struct ww_input input = { .read = ww_read_slice, .ctx = &text };
	struct ww_records *records = ww_arena_new(arena, struct ww_records);

	ret->n = 0;
	ww_records_open(records, arena, ww_kernels_choose(), &input);
	if (ww_stream_name(records->stream) != NULL)
		return;
	r.matcher = ww_rules_for_a_line(arena, c);
	while (ret->n < WW_KNOWN_LINES_MAX && ww_records_next(records))
		take_text(&r, records->record->text);
}
