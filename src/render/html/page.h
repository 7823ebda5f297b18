/*
 * A report as a page, and what whoever publishes it says of it.  Used by the
 * drivers that serve pages or write a site; ww_render() makes pages for
 * people who keep them as files.
 */
#ifndef WW_RENDER_HTML_PAGE_H
#define WW_RENDER_HTML_PAGE_H

#include "render/render.h"

/* The same page in another language. */
struct ww_alternate {
	struct ww_slice lang;
	struct ww_slice address;
};

/*
 * All zero: a file that stands alone, which links to nothing but sources.
 * Pages of equal links have equal <main> elements, whatever else is said.
 */
struct ww_page {
	/*
	 * The address of a code's page, which lives as long as the report;
	 * empty: it has none.  NULL: no code has.
	 */
	struct ww_slice (*link)(void *ctx, struct ww_slice value);
	void *ctx;
	/* Where the page is published: then search engines are told of it. */
	struct ww_slice address;
	const struct ww_alternate *alternates;
	size_t n_alternates;
};

/* Likewise ww_render(), of a page that is published. */
enum ww_status ww_render_page(struct ww_report *report,
			      const struct ww_page *page, struct ww_slice *ret);

#endif
