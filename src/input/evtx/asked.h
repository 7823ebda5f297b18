/*
 * What is wanted of events, asked once for each provider and id, and how the
 * texts of such events begin.  Used by records.c only.
 */
#ifndef WW_INPUT_EVTX_ASKED_H
#define WW_INPUT_EVTX_ASKED_H

#include "input/dialect.h"
#include "input/evtx/evtx.h"

/* As it is in the file; what has a longer name is asked for each event. */
#define WW_EVTX_PROVIDER_MAX 192

struct ww_evtx_asked {
	uint64_t number; /* not 0, and of no other asking */
	struct ww_wanted wanted;
	struct ww_slice provider; /* its text */
	struct ww_slice head;	  /* "Event ID 4624 of …: " */
	/* What it is recognised by: */
	uint64_t id;
	uint32_t len;
	uint8_t type;
	uint8_t bytes[WW_EVTX_PROVIDER_MAX]; /* the provider's, len of them */
	char *room; /* owned, arena; for the texts, or NULL */
};

struct ww_evtx_askings; /* owned by the arena */

struct ww_evtx_askings *ww_evtx_askings_new(struct ww_arena *arena,
					    const struct ww_wants *wants);

/* Of the event's provider and id.  Valid until the next call. */
const struct ww_evtx_asked *ww_evtx_asked(struct ww_evtx_askings *s,
					  const struct ww_evtx_record *r);

#endif
