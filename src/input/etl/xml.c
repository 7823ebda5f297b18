/*
 * Events of traces as XML, in the form of those of event logs; the name of an
 * event is that of its task, where Windows shows it.
 */
#include "input/etl/event.h"
#include "input/etl/value.h"
#include "input/evtx/value.h"

#include "base/banned.h"

struct writing {
	struct ww_etl *e;
	struct ww_evtx_out *out;
};

static void
put(struct writing *w, const char *markup)
{
	ww_evtx_add(w->out, ww_slice_cstr(markup));
}

static void
put_text(struct writing *w, struct ww_slice text)
{
	ww_evtx_put_text(w->out, text, WW_EVTX_IN_XML);
}

static void
put_part(struct writing *w, const struct ww_etl_record *r, const char *before,
	 enum ww_etl_part part, const char *behind)
{
	struct ww_evtx_value value = ww_etl_part(r, part);

	if (value.type == WW_EVTX_NULL)
		return;
	put(w, before);
	ww_evtx_put_value(w->out, &value, WW_EVTX_IN_XML);
	put(w, behind);
}

/* Fields */

static void
put_start(struct writing *w, const struct ww_etl_field *field)
{
	put(w, field->in == WW_ETL_STRUCT ? "<ComplexData" : "<Data");
	if (field->name.len > 0) {
		put(w, " Name='");
		put_text(w, field->name);
		put(w, "'");
	}
	put(w, ">");
}

static void
put_end(struct writing *w, const struct ww_etl_field *field)
{
	put(w, field->in == WW_ETL_STRUCT ? "</ComplexData>" : "</Data>");
}

/* An element for each item of an array; an empty one for none. */
static void
take(void *ctx, enum ww_etl_step step, const struct ww_etl_field *field)
{
	struct writing *w = ctx;

	if (step == WW_ETL_ITEM || (step == WW_ETL_END && field->count == 0))
		put_start(w, field);
	if (step == WW_ETL_TEXT) {
		put_text(w, ww_buf_slice(&w->e->value));
		w->e->value.len = 0;
	}
	if (step == WW_ETL_TEXT || step == WW_ETL_END_STRUCT ||
	    (step == WW_ETL_END && field->count == 0))
		put_end(w, field);
}

/* The event */

static void
put_system(struct writing *w, const struct ww_etl_record *r)
{
	put(w, "<System><Provider");
	if (r->schema.provider.len > 0) {
		put(w, " Name='");
		put_text(w, r->schema.provider);
		put(w, "'");
	}
	put_part(w, r, " Guid='", WW_ETL_PROVIDER_GUID, "'/>");
	put_part(w, r, "<EventID>", WW_ETL_ID, "</EventID>");
	put_part(w, r, "<Version>", WW_ETL_VERSION, "</Version>");
	put_part(w, r, "<Level>", WW_ETL_LEVEL, "</Level>");
	put_part(w, r, "<Task>", WW_ETL_TASK, "</Task>");
	put_part(w, r, "<Opcode>", WW_ETL_OPCODE, "</Opcode>");
	put_part(w, r, "<Keywords>", WW_ETL_KEYWORDS, "</Keywords>");
	if (r->filetime != 0) {
		put(w, "<TimeCreated SystemTime='");
		ww_evtx_put_filetime(w->out, r->filetime);
		put(w, "'/>");
	}
	put(w, "<EventRecordID>");
	ww_evtx_put_number(w->out, r->number);
	put(w, "</EventRecordID>");
	put_part(w, r, "<Correlation ActivityID='", WW_ETL_ACTIVITY, "'/>");
	put_part(w, r, "<Execution ProcessID='", WW_ETL_PROCESS, "'");
	put_part(w, r, " ThreadID='", WW_ETL_THREAD, "'/>");
	put(w, "</System>");
}

bool
ww_etl_xml(struct ww_etl *e, const struct ww_etl_record *r,
	   struct ww_evtx_out *out)
{
	struct writing w = { e, out };
	const struct ww_etl_taker taker = { take, &w };
	size_t start = out->len;

	out->full = false;
	put(&w, "<Event xmlns='http://schemas.microsoft.com/win/2004/08/"
		"events/event'>");
	put_system(&w, r);
	put(&w, "<EventData>");
	ww_etl_fields(e, r, &taker);
	put(&w, "</EventData>");
	if (r->schema.name.len > 0) {
		put(&w, "<RenderingInfo Culture='en-US'><Task>");
		put_text(&w, r->schema.name);
		put(&w, "</Task></RenderingInfo>");
	}
	put(&w, "</Event>");
	return !out->full || ww_etl_give_up(e, r, out, start);
}
