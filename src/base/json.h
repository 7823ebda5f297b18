/*
 * Strings as JSON writes them.
 */
#ifndef WW_BASE_JSON_H
#define WW_BASE_JSON_H

#include "base/buf.h"

/* Add s, which is UTF-8, in quotes and with its escapes.  RFC 8259. */
void ww_json_string(struct ww_buf *out, struct ww_slice s);

#endif
