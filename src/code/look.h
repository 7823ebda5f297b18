/*
 * What a piece of running text looks like: tokens, their neighbours, and the
 * shapes that only resemble a code.  Used by find.c.
 */
#ifndef WW_CODE_LOOK_H
#define WW_CODE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* A run of ASCII letters, digits and underscores, as long as it goes. */
struct ww_token {
	struct ww_slice text; /* what it stands in */
	size_t at, end;
	size_t hex;	/* leading hexadecimal digits */
	size_t decimal; /* leading decimal digits */
};

/* The next token from `at` on. */
bool ww_look_token(struct ww_slice text, size_t at, struct ww_token *ret);

/* The byte before the token, behind it and one further; 0 where none is. */
char ww_look_left(const struct ww_token *token);
char ww_look_right(const struct ww_token *token);
char ww_look_beyond(const struct ww_token *token);

/* The bytes of a GUID's digits and dashes that start here; 0 when none do. */
size_t ww_look_guid(const struct ww_token *token);

/* Whether it stands in brackets or quotes of its own: [80244007]. */
bool ww_look_enclosed(const struct ww_token *token);

/* Whether digits without a prefix end here, or go on as a path or a version. */
bool ww_look_bounded(const struct ww_token *token);

/*
 * Whether 32 bits begin as the failures of the usual facilities do.  For
 * digits that nothing else tells from a hash or a counter.
 */
bool ww_look_failure(uint32_t value);

#endif
