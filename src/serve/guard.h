/*
 * Which requests are answered at all.  A page of somebody else's must not
 * reach a server on this machine through the visitor's browser: neither by a
 * name that was made to lead here (DNS rebinding), nor by a form or script
 * that posts here.
 */
#ifndef WW_SERVE_GUARD_H
#define WW_SERVE_GUARD_H

#include <stdbool.h>

#include "base/slice.h"

struct guard {
	/* Further names it is reached by, as behind a proxy. */
	const struct ww_slice *hosts;
	size_t n_hosts;
};

/* Whether a Host header, with or without a port, is a name of ours. */
bool guard_host(const struct guard *guard, struct ww_slice host);

/*
 * Whether a request that changes something comes from a page of ours: its
 * Origin is "scheme://" and the Host, or, where a program sends none, there
 * is no Origin and Sec-Fetch-Site does not name another site.
 */
bool guard_origin(struct ww_slice origin, struct ww_slice fetch_site,
		  struct ww_slice host);

#endif
