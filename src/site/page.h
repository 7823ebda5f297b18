/*
 * The report behind an address.  A page is the same whoever asks for it: a
 * server, or the writer of a whole site.
 */
#ifndef WW_SITE_PAGE_H
#define WW_SITE_PAGE_H

#include <winwhy/report.h>

#include "render/html/page.h"
#include "site/address.h"

/*
 * WW_OK fills *ret, which the caller closes.  WW_NOT_FOUND: the site has no
 * such page.  `words` are what is searched for; of SITE_SEARCH only.
 */
enum ww_status site_report(const struct ww_catalogue *c,
			   const struct site_page *page, struct ww_slice words,
			   struct ww_report **ret, struct ww_error *reterr);

/*
 * The page itself, without words to search for; it lives as long as the
 * arena.
 */
enum ww_status site_render(struct ww_arena *arena, const struct ww_catalogue *c,
			   const struct site_page *page,
			   const struct ww_page *frame, struct ww_slice *ret,
			   struct ww_error *reterr);

#endif
