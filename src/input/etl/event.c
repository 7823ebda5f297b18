#include "input/etl/event.h"

#include "base/message.h"
#include "input/etl/bytes.h"
#include "input/etl/provider.h"
#include "input/evtx/value.h"

#include "base/banned.h"

void
ww_etl_open(struct ww_etl *e, struct ww_arena *arena, struct ww_stream *stream)
{
	*e = (struct ww_etl){ .value = ww_buf_in(arena) };
	ww_etl_trace_read(arena, stream, &e->trace, &e->losses);
	e->budget = ww_etl_schema_budget(e->trace.bytes);
}

bool
ww_etl_next(struct ww_etl *e, struct ww_etl_record *ret)
{
	const struct ww_etl_event *event;

	if (e->at == e->trace.n)
		return false;
	event = &e->trace.events[e->at++];
	*ret = (struct ww_etl_record){
		.number = e->at,
		.filetime = ww_etl_filetime(&e->trace.clock, event->counter),
		.p = event->p,
	};
	ww_etl_schema_find(ww_slice_of((const char *)event->p, event->size),
			   &ret->schema);
	return true;
}

struct ww_evtx_value
ww_etl_part(const struct ww_etl_record *r, enum ww_etl_part part)
{
	static const struct {
		uint8_t at, len, type;
	} parts[WW_ETL_PARTS] = {
		[WW_ETL_PROVIDER_GUID] = { WW_ETL_AT_PROVIDER, WW_GUID_SIZE,
					   WW_EVTX_GUID },
		[WW_ETL_ID] = { 40, 2, WW_EVTX_U16 },
		[WW_ETL_VERSION] = { 42, 1, WW_EVTX_U8 },
		[WW_ETL_LEVEL] = { WW_ETL_AT_LEVEL, 1, WW_EVTX_U8 },
		[WW_ETL_TASK] = { 46, 2, WW_EVTX_U16 },
		[WW_ETL_OPCODE] = { 45, 1, WW_EVTX_U8 },
		[WW_ETL_KEYWORDS] = { 48, 8, WW_EVTX_HEX64 },
		[WW_ETL_ACTIVITY] = { 64, WW_GUID_SIZE, WW_EVTX_GUID },
		[WW_ETL_PROCESS] = { WW_ETL_AT_PROCESS, 4, WW_EVTX_U32 },
		[WW_ETL_THREAD] = { WW_ETL_AT_THREAD, 4, WW_EVTX_U32 },
	};
	struct ww_evtx_value value = {
		.p = r->p + parts[part].at,
		.len = parts[part].len,
		.type = parts[part].type,
	};

	if (part == WW_ETL_ACTIVITY && ww_is_zeros(value.p, value.len))
		value = (struct ww_evtx_value){ 0 };
	return value;
}

void
ww_etl_put_provider(struct ww_evtx_out *out, const struct ww_etl_record *r)
{
	struct ww_evtx_value guid = ww_etl_part(r, WW_ETL_PROVIDER_GUID);

	if (r->schema.provider.len > 0)
		ww_evtx_put_text(out, r->schema.provider, WW_EVTX_PLAIN);
	else
		ww_evtx_put_value(out, &guid, WW_EVTX_PLAIN);
}

/* Once, however often it is told. */
static void
count_partial(struct ww_etl *e, const struct ww_etl_record *r, bool whole)
{
	if (whole || e->partial == r->number)
		return;
	e->partial = r->number;
	e->trace.partly = true;
	ww_losses_add(&e->losses,
		      N_("an event does not hold what it says it holds, and "
			 "was read as far as it goes"),
		      0);
}

/* What others wrote is told with names, as with -IncludeAllLogs. */
void
ww_etl_text(struct ww_etl *e, const struct ww_etl_record *r, struct ww_buf *out)
{
	bool named = !ww_etl_is_update_client(r->p + WW_ETL_AT_PROVIDER);

	count_partial(e, r,
		      ww_etl_schema_text(&r->schema, named, &e->budget, out));
}

void
ww_etl_fields(struct ww_etl *e, const struct ww_etl_record *r,
	      const struct ww_etl_taker *taker)
{
	e->value.len = 0;
	count_partial(e, r,
		      ww_etl_schema_walk(&r->schema, taker, &e->budget,
					 &e->value));
}

bool
ww_etl_give_up(struct ww_etl *e, const struct ww_etl_record *r,
	       struct ww_evtx_out *out, size_t start)
{
	char text[WW_LOSS_NAME_MAX];
	struct ww_evtx_out guid = { .p = text, .cap = sizeof(text) };
	struct ww_slice name = r->schema.provider;

	out->len = start;
	e->trace.partly = true;
	if (name.len > 0) {
		name = ww_slice_of(text, ww_etl_schema_clean(name, text,
							     sizeof(text)));
	} else {
		ww_etl_put_provider(&guid, r);
		name = ww_slice_of(text, guid.len);
	}
	ww_losses_add_name(
	    &e->losses,
	    N_("an event of provider {name} is too long to be printed"), name);
	return false;
}

/* Line breaks and tabs are blanks here. */
bool
ww_etl_line(struct ww_etl *e, const struct ww_etl_record *r,
	    struct ww_evtx_out *out)
{
	size_t start = out->len;

	out->full = false;
	ww_evtx_put_text(out, r->schema.name, WW_EVTX_PLAIN);
	ww_evtx_add(out, WW_LIT(": "));
	e->value.len = 0;
	ww_etl_text(e, r, &e->value);
	ww_evtx_put_text(out, ww_slice_trim(ww_buf_slice(&e->value)),
			 WW_EVTX_PLAIN);
	for (size_t i = start; i < out->len; i++)
		if (ww_is_space(out->p[i]))
			out->p[i] = ' ';
	return !out->full || ww_etl_give_up(e, r, out, start);
}
