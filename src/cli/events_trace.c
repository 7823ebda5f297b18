/*
 * winwhy events, of update traces.
 */
#include "cli/events.h"
#include "input/etl/event.h"
#include "input/evtx/value.h"

#include "base/banned.h"

static uint64_t
number(const struct ww_etl_record *r, enum ww_etl_part part)
{
	struct ww_evtx_value value = ww_etl_part(r, part);

	return ww_evtx_number(&value);
}

/* Behind what is to be written, and not kept there. */
static bool
has_words(struct events *g, struct ww_etl *e, const struct ww_etl_record *r)
{
	struct ww_evtx_out *out = &g->out;
	size_t start = out->len;
	bool has =
	    ww_etl_line(e, r, out) &&
	    ww_slice_has_words(ww_slice_of(out->p + start, out->len - start),
			       g->filter.text);

	out->len = start;
	return has;
}

static bool
is_of_provider(const struct ww_etl_record *r, struct ww_slice word)
{
	char guid[EVENTS_NAME_MAX];
	struct ww_evtx_out out = { .p = guid, .cap = sizeof(guid) };

	if (r->schema.provider.len > 0)
		return ww_slice_casehas(r->schema.provider, word);
	ww_etl_put_provider(&out, r);
	return ww_slice_casehas(ww_slice_of(guid, out.len), word);
}

static bool
is_wanted(struct events *g, struct ww_etl *e, const struct ww_etl_record *r)
{
	const struct events_filter *f = &g->filter;
	ww_time time =
	    r->filetime == 0 ? WW_NO_TIME : ww_time_of_filetime(r->filetime);

	return events_want(f, number(r, WW_ETL_ID), number(r, WW_ETL_LEVEL),
			   time) &&
	       (f->provider.len == 0 || is_of_provider(r, f->provider)) &&
	       (f->text.len == 0 || has_words(g, e, r));
}

/* 2026-11-19T08:41:07Z  error    WUTraceLogging 1234  Agent: … */
static bool
put_line(struct events *g, struct ww_etl *e, const struct ww_etl_record *r)
{
	struct ww_evtx_out *out = &g->out;
	size_t start = out->len;
	bool done;

	if (r->filetime != 0)
		ww_evtx_put_filetime(out, r->filetime);
	else
		ww_evtx_add_char(out, '-');
	ww_evtx_add(out, WW_LIT("  "));
	ww_evtx_add(out,
		    ww_slice_cstr(events_level_word(number(r, WW_ETL_LEVEL))));
	ww_evtx_add(out, WW_LIT("  "));
	ww_etl_put_provider(out, r);
	ww_evtx_add_char(out, ' ');
	ww_evtx_put_number(out, r->number);
	ww_evtx_add(out, WW_LIT("  "));
	done = ww_etl_line(e, r, out);
	if (!done)
		out->len = start;
	return done;
}

void
events_print_trace(struct events *g, struct ww_slice name,
		   struct ww_stream *stream)
{
	struct ww_etl *e = ww_arena_new(&g->work, struct ww_etl);
	struct ww_etl_record r;

	ww_etl_open(e, &g->work, stream);
	while (!g->stop && ww_etl_next(e, &r)) {
		bool done = true;

		if (g->filters && !is_wanted(g, e, &r))
			continue;
		if (g->format == EVENTS_JSONL)
			done = ww_etl_json(e, &r, &g->out);
		else if (g->format == EVENTS_XML)
			done = ww_etl_xml(e, &r, &g->out);
		else
			done = put_line(g, e, &r);
		if (done)
			events_end(g);
	}
	events_say_losses(g, name, &e->losses);
	g->lost = g->lost || e->trace.partly;
}
