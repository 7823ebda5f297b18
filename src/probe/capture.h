/*
 * The lines of a probe, and what they must not hold.  Used by the prober.
 */
#ifndef WW_PROBE_CAPTURE_H
#define WW_PROBE_CAPTURE_H

#include "base/buf.h"
#include "evidence/record.h"
#include "sys/http.h"

/* One request and its reply; of those without one there is none. */
struct ww_exchange {
	const struct ww_http_request *request;
	const struct ww_http_reply *reply;
};

/* Add a line.  Cookies and credentials are left out. */
void ww_capture_add(struct ww_buf *out, ww_time time, enum ww_level level,
		    struct ww_slice text, const struct ww_exchange *exchange);

#endif
