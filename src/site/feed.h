/*
 * What readers of feeds are told of a site: the topics that changed last, in
 * one language, as Atom (RFC 4287).
 */
#ifndef WW_SITE_FEED_H
#define WW_SITE_FEED_H

#include "site/frame.h"

/* In the arena.  Of a site that is published somewhere only. */
struct ww_slice site_feed(struct ww_arena *arena, const struct site *site,
			  unsigned lang);

#endif
