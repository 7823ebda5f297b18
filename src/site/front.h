/*
 * What a site has once, for whoever has no language yet: the front page, the
 * page for what is missing, and what robots are told.
 */
#ifndef WW_SITE_FRONT_H
#define WW_SITE_FRONT_H

#include "site/frame.h"

#define SITE_MAPS_NAME "sitemap.xml"

/*
 * The home of the first language, which leads to the others.  WW_OK: *ret
 * lives as long as the arena and *retreport, which the caller closes.
 */
enum ww_status site_front(struct ww_arena *arena, const struct site *site,
			  struct ww_report **retreport, struct ww_slice *ret,
			  struct ww_error *reterr);

/* What is said at an address where nothing is. */
struct ww_notice site_nothing(const struct ww_catalogue *c, unsigned lang);

/*
 * As site_front().  It is shown by a web server at any address; so its links
 * begin at the root.
 */
enum ww_status site_missing(struct ww_arena *arena, const struct site *site,
			    struct ww_report **retreport, struct ww_slice *ret,
			    struct ww_error *reterr);

struct ww_slice site_robots(struct ww_arena *arena, const struct site *site);

#endif
