/*
 * What stands round the pages of a site: where they lead, and the same page in
 * other languages.  Used by whatever writes or serves a site.
 */
#ifndef WW_SITE_FRAME_H
#define WW_SITE_FRAME_H

#include "render/html/page.h"
#include "site/plan.h"

struct site {
	const struct ww_catalogue *c; /* borrowed */
	/* The codes that have a page; NULL: each has. */
	const struct site_plan *plan;
	/* Where the site is published, with a slash at its end; or empty. */
	struct ww_slice base;
	bool takes_files;  /* it is served by a program that reads files */
	bool one_language; /* of these only */
	unsigned lang;	   /* the first, or the only one */
};

/* In the folder of a language, beside its pages. */
#define SITE_INDEX_NAME "search.js"
#define SITE_FEED_NAME	"feed.xml"

/* Where a page is published; empty where the site is not. */
struct ww_slice site_published(struct ww_arena *arena, const struct site *site,
			       const struct site_page *page);

/* Of a page of the site; what it holds lives as long as the arena. */
struct ww_page site_frame(struct ww_arena *arena, const struct site *site,
			  const struct site_page *page);

/*
 * Of what the site has no address for, so far below its root: "../../", or
 * "/".  Other languages lead to their homes.
 */
struct ww_page site_frame_at(struct ww_arena *arena, const struct site *site,
			     unsigned lang, struct ww_slice root);

#endif
