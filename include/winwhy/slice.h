/*
 * A piece of text or bytes that somebody else owns.  UTF-8 where it is text,
 * and not ended by a NUL.
 */
#ifndef WINWHY_SLICE_H
#define WINWHY_SLICE_H

#include <stddef.h>

struct ww_slice {
	const char *p; /* borrowed; may be NULL when len is 0 */
	size_t len;    /* bytes */
};

#endif
