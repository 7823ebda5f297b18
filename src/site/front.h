/*
 * What a site has once, for whoever has no language yet: the front page, the
 * page for what is missing, and what robots are told.
 */
#ifndef WW_SITE_FRONT_H
#define WW_SITE_FRONT_H

#include "site/frame.h"

#define SITE_MAPS_NAME "sitemap.xml"

/*
 * Both live as long as the arena.  The front page is the home of the first
 * language, and leads to the others.
 */
enum ww_status site_front(struct ww_arena *arena, const struct site *site,
			  struct ww_slice *ret, struct ww_error *reterr);

/* Shown by a web server at any address; so its links begin at the root. */
enum ww_status site_missing(struct ww_arena *arena, const struct site *site,
			    struct ww_slice *ret, struct ww_error *reterr);

struct ww_slice site_robots(struct ww_arena *arena, const struct site *site);

#endif
