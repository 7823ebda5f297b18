/*
 * A listing while it grows.  Used by the walkers only.
 */
#ifndef WW_SYS_LISTING_H
#define WW_SYS_LISTING_H

#include "sys/walk.h"

struct listing {
	struct ww_arena *arena; /* borrowed */
	struct ww_listing list;
	size_t room;
	size_t max; /* entries to keep */
};

/* One more; with max of them there, the listing is cut instead. */
void listing_add(struct listing *l, struct ww_stat entry);

/* By name, byte by byte. */
void listing_sort(struct listing *l);

#endif
