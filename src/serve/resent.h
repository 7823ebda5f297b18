/*
 * Bytes that are sent again and again, as libmicrohttpd's response without
 * headers.  Used by reply.c only.
 */
#ifndef WW_SERVE_RESENT_H
#define WW_SERVE_RESENT_H

#include <microhttpd.h>

#include "base/slice.h"

/* The bytes are copied.  NULL: no memory. */
struct MHD_Response *resent_response(struct ww_slice bytes);

#endif
