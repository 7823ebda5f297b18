#include "unpack/feed.h"

#include "base/compiler.h"

#include "base/banned.h"

static enum feed_state
next_block(struct feed *feed, struct ww_slice *ret)
{
	if (feed->state == FEED_MORE)
		feed->state = feed->block(feed->ctx, ret);
	return feed->state;
}

void
feed_open(struct feed *feed)
{
	struct ww_slice block = { 0 };

	feed_reset(feed);
	feed->head_len = 0;
	while (feed->head_len < sizeof(feed->head) &&
	       next_block(feed, &block) == FEED_MORE) {
		size_t n = sizeof(feed->head) - feed->head_len;

		n = n < block.len ? n : block.len;
		memcpy(feed->head + feed->head_len, block.p, n);
		feed->head_len += n;
		feed->parts[1] = ww_slice_from(block, n);
	}
	feed->parts[0] = feed_head(feed);
}

struct ww_slice
feed_head(const struct feed *feed)
{
	return ww_slice_of(feed->head, feed->head_len);
}

enum feed_state
feed_next(struct feed *feed, struct ww_slice *ret)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(feed->parts); i++) {
		if (feed->parts[i].len == 0)
			continue;
		*ret = feed->parts[i];
		feed->parts[i].len = 0;
		return FEED_MORE;
	}
	return next_block(feed, ret);
}

void
feed_reset(struct feed *feed)
{
	feed->state = FEED_MORE;
	feed->parts[0] = feed->parts[1] = (struct ww_slice){ 0 };
}
