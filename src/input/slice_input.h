/*
 * Bytes in memory that are read as a file is.
 */
#ifndef WW_INPUT_SLICE_INPUT_H
#define WW_INPUT_SLICE_INPUT_H

#include <string.h>

#include "base/slice.h"

/* The read function of a ww_input; its context is the slice still to read. */
static inline size_t
ww_read_slice(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct ww_slice *rest = ctx;
	size_t n = rest->len < len ? rest->len : len;

	(void)retwhy;
	if (n > 0)
		memcpy(buf, rest->p, n);
	*rest = ww_slice_from(*rest, n);
	return n;
}

#endif
