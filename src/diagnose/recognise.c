#include "diagnose/recognise.h"

#include "diagnose/rules.h"
#include "input/records.h"

#include "base/banned.h"

/* What is left of the text that is read like a file. */
struct source {
	struct ww_slice rest;
};

static size_t
read_some(void *ctx, void *p, size_t n, const char **retwhy)
{
	struct source *source = ctx;

	(void)retwhy;
	if (n > source->rest.len)
		n = source->rest.len;
	if (n > 0)
		memcpy(p, source->rest.p, n);
	source->rest = ww_slice_from(source->rest, n);
	return n;
}

struct recognising {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	const struct ww_matcher *matcher;
	struct ww_recognised *ret;
	size_t n, max;
};

static bool
is_there(const struct recognising *r, struct ww_rec signature)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->ret[i].signature.p == signature.p)
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

	for (size_t i = 0; i < n && r->n < r->max; i++) {
		struct ww_rec signature =
		    ww_rec_at(r->c, WW_S_SIGNATURE, matches[i].id);

		if (!is_there(r, signature))
			r->ret[r->n++] = (struct ww_recognised){
				.signature = signature,
				.captures = keep(r, &matches[i].captures),
			};
	}
}

size_t
ww_recognise(struct ww_arena *arena, const struct ww_catalogue *c,
	     struct ww_slice text, struct ww_recognised *ret, size_t max)
{
	struct recognising r = {
		.arena = arena, .c = c, .ret = ret, .max = max
	};
	struct source source = { text };
	struct ww_input input = { .read = read_some, .ctx = &source };
	struct ww_records *records = ww_arena_new(arena, struct ww_records);

	ww_records_open(records, arena, ww_kernels_choose(), &input);
	if (ww_stream_name(records->stream) != NULL)
		return 0;
	r.matcher = ww_rules_for_a_line(arena, c);
	while (r.n < max && ww_records_next(records))
		take_text(&r, records->record->text);
	return r.n;
}
