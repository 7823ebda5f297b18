/*
 * The report behind an address.  A page is the same whoever asks for it: a
 * server, or the writer of a whole site.
 */
#ifndef WW_SITE_PAGE_H
#define WW_SITE_PAGE_H

#include <winwhy/report.h>

#include "site/frame.h"

/*
 * WW_OK fills *ret, which the caller closes.  WW_NOT_FOUND: the site has no
 * such page.  `words` are what is searched for; of SITE_SEARCH only.
 */
enum ww_status site_report(const struct ww_catalogue *c,
			   const struct site_page *page, struct ww_slice words,
			   struct ww_report **ret, struct ww_error *reterr);

/*
 * The page itself, without words to search for, in a frame or, for NULL, in
 * its own.  WW_OK: *ret lives as long as *retreport, which the caller closes.
 */
enum ww_status site_render(const struct site *site,
			   const struct site_page *page,
			   const struct ww_page *frame,
			   struct ww_report **retreport, struct ww_slice *ret,
			   struct ww_error *reterr);

#endif
