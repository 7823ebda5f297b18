/*
 * The addresses of a site's pages, relative to its root: en/index.html,
 * fr/code/07/0x80244007.html, en/topic/msi-busy.html.  Used by whatever
 * writes or serves a site; says nothing of what stands on a page.
 */
#ifndef WW_SITE_ADDRESS_H
#define WW_SITE_ADDRESS_H

#include "base/buf.h"
#include "catalogue/catalogue.h"

enum site_kind {
	SITE_HOME,
	SITE_SEARCH, /* where the form of each page leads */
	SITE_ABOUT,
	SITE_EVENTS, /* all that are known */
	SITE_CODE,
	SITE_EVENT,
	SITE_TOPIC,
	SITE_SYMPTOM,
	SITE_FAMILY,
	SITE_LOG,
	SITE_KINDS
};

struct site_page {
	enum site_kind kind;
	unsigned lang;
	uint32_t value;	    /* of SITE_CODE */
	struct ww_slice id; /* of those below it */
};

/*
 * The page of an address, whose id is borrowed from it; false where it has
 * not the form of one.  Whether there is such a page is not looked up.
 */
bool site_parse(struct ww_arena *arena, const struct ww_catalogue *c,
		struct ww_slice address, struct site_page *ret);

/* A number as a code is written, with 0x; names and pairs are none. */
bool site_parse_value(struct ww_slice s, uint32_t *ret);

/* Within its language, without an end: topic/msi-busy */
void site_add_place(struct ww_buf *buf, const struct site_page *page);

void site_add_address(struct ww_buf *buf, const struct ww_catalogue *c,
		      const struct site_page *page);

/* From a page back to the root: "../" as often as it lies deep. */
struct ww_slice site_root(const struct site_page *page);

#endif
