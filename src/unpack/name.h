/*
 * Names out of archives and file systems, made fit to be shown: they are only
 * words here, nothing is ever opened by them.
 */
#ifndef WW_UNPACK_NAME_H
#define WW_UNPACK_NAME_H

#include "base/slice.h"

/*
 * Valid UTF-8 without control characters, line breaks and what turns the
 * direction of writing: each of them becomes U+FFFD.  Dots, slashes and drive
 * letters stay as they are.  At most max bytes are written; *retcut says that
 * the end is missing.  Returns the length.
 */
size_t ww_name_clean(struct ww_slice raw, char *ret, size_t max, bool *retcut);

#endif
