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
	bool takes_files; /* a server, which also searches and diagnoses */
	bool saves;	  /* a diagnosis that can be saved and deleted there */
	/* Where the page is published: then search engines are told of it. */
	struct ww_slice address;
	const struct ww_alternate *alternates;
	size_t n_alternates;
};

/* The types that assets have. */
#define WW_TYPE_STYLE  "text/css; charset=utf-8"
#define WW_TYPE_SCRIPT "text/javascript; charset=utf-8"

/* Style or script, which every page of a site looks for in its root. */
struct ww_asset {
	const char *name; /* "page.css" */
	const char *type;
	struct ww_slice bytes;
};

/* By its name, or by number; its name is NULL where there is none. */
struct ww_asset ww_page_asset(struct ww_slice name);
struct ww_asset ww_page_asset_at(size_t i);

/* What is said instead of an answer. */
struct ww_notice {
	struct ww_slice title, text;
	unsigned refresh; /* seconds until the browser asks again; 0: never */
};

/* Likewise ww_render(), of a page that is published. */
enum ww_status ww_render_page(struct ww_report *report,
			      const struct ww_page *page, struct ww_slice *ret);

/*
 * A page that says one thing.  WW_OK: *ret lives as long as *retreport, which
 * the caller closes.  WW_NOMEM is the only failure.
 */
enum ww_status ww_render_notice(const struct ww_catalogue *c, unsigned lang,
				const struct ww_page *page,
				const struct ww_notice *notice,
				struct ww_report **retreport,
				struct ww_slice *ret);

#endif
