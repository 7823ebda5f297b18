/*
 * The events of a reader as records: their text is what an export of them
 * would give, the number of the record stands where a log has its line.  Used
 * by records.c and ahead.c only.
 */
#ifndef WW_INPUT_EVTX_TELLER_H
#define WW_INPUT_EVTX_TELLER_H

#include "input/evtx/asked.h"

/* A longer text of an event is cut. */
#define WW_EVTX_LINE_MAX ((size_t)16 * 1024)

struct ww_evtx_teller {
	struct ww_evtx *x; /* borrowed */
	struct ww_evtx_askings *askings;
	/* The event at hand: */
	struct ww_evtx_record r;
	const struct ww_evtx_asked *asked;
	char line[WW_EVTX_LINE_MAX], whole[WW_EVTX_LINE_MAX];
};

struct ww_evtx_teller *ww_evtx_teller_new(struct ww_arena *arena,
					  const struct ww_wants *wants,
					  struct ww_evtx *x);

/* The next one; false at the end.  Valid until the next call, here or below. */
bool ww_evtx_tell(struct ww_evtx_teller *t, struct ww_record *ret);

/* The whole text of the event at that offset: see ww_evtx_again(). */
struct ww_slice ww_evtx_tell_again(struct ww_evtx_teller *t, uint64_t at);

#endif
