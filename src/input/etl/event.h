/*
 * Events of traces one after the other, and as they are printed: in the forms
 * of those of event logs, see input/evtx/evtx.h.
 */
#ifndef WW_INPUT_ETL_EVENT_H
#define WW_INPUT_ETL_EVENT_H

#include "input/etl/schema.h"
#include "input/etl/trace.h"
#include "input/evtx/evtx.h"

struct ww_etl {
	struct ww_etl_trace trace;
	struct ww_losses losses;
	uint64_t budget;     /* of work for the texts that are left */
	size_t at;	     /* the next event */
	uint64_t partial;    /* the event that was counted last as not whole */
	struct ww_buf value; /* room for one */
};

struct ww_etl_record {
	uint64_t number;   /* from 1, in order of time */
	uint64_t filetime; /* in UTC; 0: not known */
	const uint8_t *p;  /* EVENT_HEADER */
	struct ww_etl_schema schema;
};

/* Read a whole trace.  All memory is the arena's. */
void ww_etl_open(struct ww_etl *e, struct ww_arena *arena,
		 struct ww_stream *stream);

/* False: that was the last one. */
bool ww_etl_next(struct ww_etl *e, struct ww_etl_record *ret);

/* What the header of every event holds. */
enum ww_etl_part {
	WW_ETL_PROVIDER_GUID,
	WW_ETL_ID,
	WW_ETL_VERSION,
	WW_ETL_LEVEL,
	WW_ETL_TASK,
	WW_ETL_OPCODE,
	WW_ETL_KEYWORDS,
	WW_ETL_ACTIVITY, /* null when it is of none */
	WW_ETL_PROCESS,
	WW_ETL_THREAD,
	WW_ETL_PARTS
};
struct ww_evtx_value ww_etl_part(const struct ww_etl_record *r,
				 enum ww_etl_part part);

/* The name that the provider gives itself, or else its GUID. */
void ww_etl_put_provider(struct ww_evtx_out *out,
			 const struct ww_etl_record *r);

/*
 * The whole event, on one line, without a line end.  False: nothing is added
 * to *out, and it is counted; room for WW_EVTX_EVENT_MAX bytes is enough.
 * What does not hold what it says is counted, and told as far as it goes.
 */
bool ww_etl_json(struct ww_etl *e, const struct ww_etl_record *r,
		 struct ww_evtx_out *out);
bool ww_etl_xml(struct ww_etl *e, const struct ww_etl_record *r,
		struct ww_evtx_out *out);

/* Likewise its name, and its text as Get-WindowsUpdateLog tells it. */
bool ww_etl_line(struct ww_etl *e, const struct ww_etl_record *r,
		 struct ww_evtx_out *out);

/* The text of an event, counted when it is not whole; for this folder. */
void ww_etl_text(struct ww_etl *e, const struct ww_etl_record *r,
		 struct ww_buf *out);

/* The fields of an event by way of e->value, likewise. */
void ww_etl_fields(struct ww_etl *e, const struct ww_etl_record *r,
		   const struct ww_etl_taker *taker);

/* It did not fit into *out: count it, and take it away.  Returns false. */
bool ww_etl_give_up(struct ww_etl *e, const struct ww_etl_record *r,
		    struct ww_evtx_out *out, size_t start);

#endif
