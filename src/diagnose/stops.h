/*
 * Stops of Windows: which records tell of the same one, and what the crash
 * dumps of a machine tell together.  Used by finding.c and merge.c.
 */
#ifndef WW_DIAGNOSE_STOPS_H
#define WW_DIAGNOSE_STOPS_H

#include "diagnose/concluding.h"

bool ww_is_stop(const struct ww_finding *f);

/* An event and its dump, or dumps of which one answer is enough. */
bool ww_is_same_stop(const struct ww_finding *a, const struct ww_finding *b);

/* Of two stops: the first is told by a dump, the second is not. */
bool ww_is_dump_of_event(const struct ww_finding *a,
			 const struct ww_finding *b);

/* After findings of the same failure were merged. */
void ww_compare_stops(struct ww_concluding *k);

#endif
