/*
 * Bytes that come in blocks, whose start can be looked at before they are
 * read: what an archive is made of, and what comes out of one.
 */
#ifndef WW_UNPACK_FEED_H
#define WW_UNPACK_FEED_H

#include "input/sniff.h"

enum feed_state { FEED_MORE, FEED_END, FEED_FAILED };

struct feed {
	/* The next block, valid until the next call, and never empty. */
	enum feed_state (*block)(void *ctx, struct ww_slice *ret);
	void *ctx;

	/* The rest is set by feed_open(). */
	enum feed_state state; /* after what is already here */
	size_t head_len;
	char head[WW_SNIFF_HEAD];
	struct ww_slice parts[2]; /* of the head and its block, unread */
};

/* Start anew, and read so much that the start can be recognised. */
void feed_open(struct feed *feed);

struct ww_slice feed_head(const struct feed *feed);

/* The next block.  After FEED_END and FEED_FAILED the answer stays. */
enum feed_state feed_next(struct feed *feed, struct ww_slice *ret);

/* The bytes behind it were moved: forget what was read ahead. */
void feed_reset(struct feed *feed);

#endif
