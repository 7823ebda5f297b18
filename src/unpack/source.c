#include "unpack/source.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

#define SPOOL_START ((size_t)64 * 1024)

static bool
grow(struct source *s)
{
	size_t cap = s->spool_cap == 0 ? SPOOL_START : 2 * s->spool_cap;
	char *p;

	if (cap - s->spool_cap > WW_UNPACK_SPOOL_MAX - s->meter->spooled ||
	    (p = realloc(s->spool, cap)) == NULL)
		return false;
	s->meter->spooled += cap - s->spool_cap;
	s->spool = p;
	s->spool_cap = cap;
	return true;
}

/* False when the block did not fit as a whole; it is then kept in the feed. */
static bool
keep(struct source *s, struct ww_slice block)
{
	while (block.len > s->spool_cap - s->spool_len)
		if (!grow(s))
			return false;
	memcpy(s->spool + s->spool_len, block.p, block.len);
	s->spool_len += block.len;
	return true;
}

enum ww_why
source_spool(struct source *s)
{
	struct ww_slice block;

	while (feed_next(s->feed, &block) == FEED_MORE) {
		if (keep(s, block))
			continue;
		/* Nothing was read ahead by now: the place is free. */
		s->feed->parts[0] = block;
		return WW_WHY_SPOOL;
	}
	s->whole = true;
	return WW_WHY_WHOLE;
}

static la_ssize_t
on_read(struct archive *a, void *ctx, const void **ret)
{
	struct source *s = ctx;
	struct ww_slice block = { 0 };

	if (s->spool_at < s->spool_len) {
		*ret = s->spool + s->spool_at;
		block.len = s->spool_len - s->spool_at;
		s->spool_at = s->spool_len;
		return (la_ssize_t)block.len;
	}
	switch (feed_next(s->feed, &block)) {
	case FEED_MORE:
		*ret = block.p;
		return (la_ssize_t)block.len;
	case FEED_END:
		return 0;
	case FEED_FAILED:
		break;
	}
	archive_set_error(a, EIO, "truncated input");
	return ARCHIVE_FATAL;
}

static la_int64_t
seek_spool(struct source *s, la_int64_t offset, int whence)
{
	la_int64_t len = (la_int64_t)s->spool_len;

	if (whence == SEEK_END)
		offset += len;
	if (offset < 0)
		return ARCHIVE_FATAL;
	s->spool_at = offset > len ? s->spool_len : (size_t)offset;
	return (la_int64_t)s->spool_at;
}

static la_int64_t
on_seek(struct archive *a, void *ctx, la_int64_t offset, int whence)
{
	struct source *s = ctx;
	off_t at;

	(void)a;
	/* The place reached is not known here: blocks are read ahead. */
	if (whence != SEEK_SET && whence != SEEK_END)
		return ARCHIVE_FATAL;
	if (s->whole)
		return seek_spool(s, offset, whence);
	at = lseek(s->fd, offset, whence);
	if (at < 0)
		return ARCHIVE_FATAL;
	feed_reset(s->feed);
	return at;
}

int
source_attach(struct source *s, struct archive *a)
{
	archive_read_set_read_callback(a, on_read);
	if (s->whole || s->fd >= 0)
		archive_read_set_seek_callback(a, on_seek);
	archive_read_set_callback_data(a, s);
	return archive_read_open1(a);
}

void
source_close(struct source *s)
{
	free(s->spool);
	s->meter->spooled -= s->spool_cap;
	s->spool = NULL;
	s->spool_cap = 0;
}
