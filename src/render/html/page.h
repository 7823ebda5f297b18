/*
 * A report as a page, and what whoever publishes it says of it.  Used by the
 * drivers that serve pages or write a site; ww_render() makes pages for
 * people who keep them as files.
 */
#ifndef WW_RENDER_HTML_PAGE_H
#define WW_RENDER_HTML_PAGE_H

#include "render/render.h"

/* The same page in a language of the site, its own among them. */
struct ww_alternate {
	struct ww_slice lang;
	struct ww_slice link;	 /* from the page */
	struct ww_slice address; /* where it is published, or empty */
};

/*
 * All zero: a file that stands alone, which links to nothing but sources.
 * What stands in the <main> of an answer or a diagnosis is the same whatever
 * is said here: links to pages of codes come behind it.
 */
struct ww_page {
	/*
	 * The way from the page to the folder of the site, where style and
	 * script lie: "../../".  p is NULL: it stands alone.
	 */
	struct ww_slice root;
	/*
	 * The way to a page of the site, which lives as long as the report:
	 * "code" and its number, "topic" and its id, "home" and nothing.
	 * Empty: the site has none.
	 */
	struct ww_slice (*link)(void *ctx, const char *kind,
				struct ww_slice id);
	void *ctx;
	bool takes_files; /* whoever publishes it diagnoses files */
	/* Where the page is published: then search engines are told of it. */
	struct ww_slice address;
	const struct ww_alternate *alternates;
	size_t n_alternates;
};

/* Style or script of a site, by its name within the root; p is NULL: none. */
struct ww_asset {
	const char *type;
	struct ww_slice bytes;
};
struct ww_asset ww_page_asset(struct ww_slice name);

/* What is said instead of an answer. */
struct ww_notice {
	struct ww_slice title, text;
	unsigned refresh; /* seconds until the browser asks again; 0: never */
};

/* Likewise ww_render(), of a page that is published. */
enum ww_status ww_render_page(struct ww_report *report,
			      const struct ww_page *page, struct ww_slice *ret);

/* Likewise a page that says one thing, below a report without an answer. */
enum ww_status ww_render_notice(struct ww_report *report,
				const struct ww_page *page,
				const struct ww_notice *notice,
				struct ww_slice *ret);

#endif
