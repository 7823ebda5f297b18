/*
 * An answer in the form that libmicrohttpd sends: its headers, its tag, its
 * bytes, packed or not.  Used by exchange.c only.
 */
#ifndef WW_SERVE_REPLY_H
#define WW_SERVE_REPLY_H

#include <microhttpd.h>

#include "serve/http.h"

/* "0123456789abcdef-gz" with its quotes. */
#define REPLY_TAG_SIZE 24

struct reply {
	struct MHD_Response *response; /* NULL: no memory */
	char tag[REPLY_TAG_SIZE];      /* of a lasting answer, or empty */
	size_t bytes;
};

/*
 * pack: in gzip's form; where that is no gain *ret is as it would be without.
 * Memory for the time being is the arena's; the body is copied unless it may
 * be borrowed until the reply is released.
 */
void reply_make(struct ww_arena *arena, const struct response *r, bool pack,
		bool borrow, struct reply *ret);

/* Whether a client has what the reply would be, by its If-None-Match. */
bool reply_known(const struct reply *reply, struct ww_slice if_none_match);

void reply_release(struct reply *reply);

#endif
