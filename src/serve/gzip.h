/*
 * Answers in fewer bytes.
 */
#ifndef WW_SERVE_GZIP_H
#define WW_SERVE_GZIP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

/* Whether an Accept-Encoding header takes it. */
bool gzip_accepted(struct ww_slice header);

/* The bytes in gzip's form, in the arena; false where that is no gain. */
bool gzip_of(struct ww_arena *arena, struct ww_slice bytes,
	     struct ww_slice *ret);

#endif
