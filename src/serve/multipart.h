/*
 * The body of a form with files, multipart/form-data (RFC 7578), as it
 * arrives: in pieces of any size, in flat memory.  Knows nothing of HTTP.
 */
#ifndef WW_SERVE_MULTIPART_H
#define WW_SERVE_MULTIPART_H

#include <stdbool.h>

#include "base/slice.h"

/* RFC 2046 allows a boundary no more; "\r\n--" stands before it. */
#define MULTIPART_BOUNDARY_MAX 70

/* All headers of one part. */
#define MULTIPART_HEAD_MAX ((size_t)4096)

struct multipart_to {
	void *ctx;
	/* A part begins; the file name is empty where there is none. */
	bool (*begin)(void *ctx, struct ww_slice name, struct ww_slice file);
	bool (*data)(void *ctx, struct ww_slice bytes);
	bool (*end)(void *ctx);
};

enum multipart_state {
	MULTIPART_PREAMBLE,
	MULTIPART_AFTER_BOUNDARY, /* "\r\n", or "--" behind the last */
	MULTIPART_HEAD,
	MULTIPART_DATA,
	MULTIPART_EPILOGUE, /* the form is whole */
	MULTIPART_BROKEN,
};

struct multipart {
	struct multipart_to to;
	enum multipart_state state;
	char mark[MULTIPART_BOUNDARY_MAX + 4]; /* "\r\n--" and the boundary */
	size_t mark_len;
	char held[MULTIPART_HEAD_MAX]; /* a part's head so far */
	size_t n_held; /* bytes of it, or of a mark that may have begun */
};

/*
 * Start with the Content-Type of the request.  False: it is none of a form
 * with files, or names no boundary.
 */
bool multipart_start(struct multipart *m, struct ww_slice type,
		     const struct multipart_to *to);

/* The next bytes.  False: the form is broken, or a callback said so. */
bool multipart_take(struct multipart *m, struct ww_slice bytes);

/* Whether the last boundary has come. */
bool multipart_whole(const struct multipart *m);

#endif
