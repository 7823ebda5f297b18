#include "unpack/level.h"

#include <errno.h>

#include "base/compiler.h"

#include "base/banned.h"

/* Blocks without a byte that libarchive may give in a row. */
#define IDLE_MAX 64

/* libarchive says in words, and only there, what kind of trouble it met. */
static const struct {
	struct ww_slice words;
	enum ww_why why;
} troubles[] = {
	{ { "encrypt", 7 }, WW_WHY_ENCRYPTED },
	{ { "passphrase", 10 }, WW_WHY_ENCRYPTED },
	{ { "allocate", 8 }, WW_WHY_MEMORY },
	{ { "out of memory", 13 }, WW_WHY_MEMORY },
	{ { "truncated", 9 }, WW_WHY_TRUNCATED },
	{ { "unexpected end", 14 }, WW_WHY_TRUNCATED },
	{ { "premature end", 13 }, WW_WHY_TRUNCATED },
	/* zlib's and liblzma's BUF_ERROR: more input would be needed. */
	{ { "decompression failed (-5)", 25 }, WW_WHY_TRUNCATED },
	{ { "no progress is possible", 23 }, WW_WHY_TRUNCATED },
	{ { "unsupported", 11 }, WW_WHY_UNSUPPORTED },
	{ { "not supported", 13 }, WW_WHY_UNSUPPORTED },
	{ { "unknown codec", 13 }, WW_WHY_UNSUPPORTED },
};

static enum ww_why
trouble(struct archive *a)
{
	const char *text = archive_error_string(a);
	struct ww_slice said = ww_slice_cstr(text == NULL ? "" : text);

	if (archive_errno(a) == ENOMEM)
		return WW_WHY_MEMORY;
	for (size_t i = 0; i < WW_ARRAY_LEN(troubles); i++)
		if (ww_slice_casehas(said, troubles[i].words))
			return troubles[i].why;
	return WW_WHY_DAMAGED;
}

/* Only what was recognised is parsed, by its one reader. */
static void
choose_format(struct archive *a, enum ww_packing packing)
{
	switch (packing) {
	case WW_PACKING_ZIP:
		archive_read_support_format_zip(a);
		break;
	case WW_PACKING_CAB:
		archive_read_support_format_cab(a);
		break;
	case WW_PACKING_7Z:
		archive_read_support_format_7zip(a);
		break;
	case WW_PACKING_TAR:
		archive_read_support_format_tar(a);
		break;
	case WW_PACKING_STREAM:
		archive_read_support_filter_gzip(a);
		archive_read_support_filter_bzip2(a);
		archive_read_support_filter_xz(a);
		archive_read_support_filter_zstd(a);
		/* A tar inside is an archive of its own, like any other. */
		archive_read_support_format_raw(a);
		archive_read_support_format_empty(a);
		break;
	case WW_PACKING_NONE:
		break;
	}
}

/* Formats with a table at their end; of zip there is a way without it. */
static enum ww_why
prepare(struct level *l)
{
	enum ww_why why = WW_WHY_WHOLE;

	if (l->source.fd < 0 &&
	    (l->packing == WW_PACKING_ZIP || l->packing == WW_PACKING_7Z))
		why = source_spool(&l->source);
	return l->packing == WW_PACKING_7Z ? why : WW_WHY_WHOLE;
}

enum ww_why
level_open(struct level *l, enum ww_packing packing)
{
	enum ww_why why;

	l->packing = packing;
	l->a = archive_read_new();
	if (l->a == NULL)
		return WW_WHY_MEMORY;
	choose_format(l->a, packing);
	why = prepare(l);
	if (why == WW_WHY_WHOLE &&
	    source_attach(&l->source, l->a) != ARCHIVE_OK)
		why = trouble(l->a);
	if (why != WW_WHY_WHOLE)
		level_close(l);
	return why;
}

void
level_close(struct level *l)
{
	archive_read_free(l->a);
	l->a = NULL;
	source_close(&l->source);
}

static enum feed_state
give_gap(struct level *l, struct ww_slice *ret)
{
	static const char zeros[16384];
	size_t n = sizeof(zeros);

	if (l->gap < (la_int64_t)n)
		n = (size_t)l->gap;
	*ret = ww_slice_of(zeros, n);
	l->gap -= (la_int64_t)n;
	return FEED_MORE;
}

static enum feed_state
take_block(struct level *l, struct ww_slice block, la_int64_t at,
	   struct ww_slice *ret)
{
	if (at > l->at)
		l->gap = at - l->at;
	l->at = at + (la_int64_t)block.len;
	if (l->gap == 0) {
		*ret = block;
		return FEED_MORE;
	}
	l->after = block;
	return give_gap(l, ret);
}

static enum feed_state
read_block(struct level *l, struct ww_slice *ret)
{
	for (unsigned idle = 0; idle < IDLE_MAX; idle++) {
		const void *p = NULL;
		size_t n = 0;
		la_int64_t at = l->at;
		int r = archive_read_data_block(l->a, &p, &n, &at);

		if (r == ARCHIVE_EOF)
			return FEED_END;
		/* A warning says that what came so far is damaged. */
		if (r <= ARCHIVE_WARN && l->why == WW_WHY_WHOLE)
			l->why = trouble(l->a);
		if (r < ARCHIVE_WARN)
			return FEED_FAILED;
		if (n > 0)
			return take_block(l, ww_slice_of(p, n), at, ret);
	}
	l->why = WW_WHY_DAMAGED;
	return FEED_FAILED;
}

static bool
is_empty(const struct level *l)
{
	return archive_entry_size_is_set(l->entry) &&
	       archive_entry_size(l->entry) == 0;
}

static enum feed_state
next_block(struct level *l, struct ww_slice *ret)
{
	/* libarchive fails to unpack nothing from a zip's LZMA. */
	if (is_empty(l))
		return FEED_END;
	if (l->gap > 0)
		return give_gap(l, ret);
	if (l->after.len == 0)
		return read_block(l, ret);
	*ret = l->after;
	l->after.len = 0;
	return FEED_MORE;
}

static uint64_t
packed_position(const struct level *l)
{
	la_int64_t at = archive_filter_bytes(l->a, -1);

	return at < 0 ? 0 : (uint64_t)at;
}

static enum feed_state
on_block(void *ctx, struct ww_slice *ret)
{
	struct level *l = ctx;
	enum feed_state state = next_block(l, ret);
	enum ww_why why;

	if (state != FEED_MORE) {
		l->unread = false;
		return state;
	}
	why = ww_meter_bytes(l->meter, &l->share, ret->len, packed_position(l));
	if (why == WW_WHY_WHOLE)
		return FEED_MORE;
	l->why = why;
	return FEED_FAILED;
}

/* Without a filter it was no compressed file, whatever its first bytes say. */
static bool
is_unfiltered(const struct level *l)
{
	return l->packing == WW_PACKING_STREAM &&
	       archive_filter_count(l->a) < 2;
}

static enum level_entry
kind_of(struct archive_entry *entry)
{
	if (archive_entry_hardlink(entry) != NULL)
		return LEVEL_LINK;
	switch (archive_entry_filetype(entry)) {
	case 0:
	case AE_IFREG:
		return LEVEL_FILE;
	case AE_IFDIR:
		return LEVEL_FOLDER;
	case AE_IFLNK:
		return LEVEL_LINK;
	default:
		return LEVEL_SPECIAL;
	}
}

static void
start_entry(struct level *l)
{
	l->unread = true;
	l->share = (struct ww_share){ .start = packed_position(l) };
	l->at = 0;
	l->gap = 0;
	l->after.len = 0;
	l->feed.block = on_block;
	l->feed.ctx = l;
}

enum level_entry
level_next(struct level *l)
{
	int r = archive_read_next_header(l->a, &l->entry);

	l->why = WW_WHY_WHOLE;
	if (r == ARCHIVE_EOF) {
		l->why = l->damaged ? WW_WHY_DAMAGED : WW_WHY_WHOLE;
		return LEVEL_END;
	}
	if (r == ARCHIVE_RETRY) {
		l->damaged = true;
		return LEVEL_DAMAGED;
	}
	if (r < ARCHIVE_WARN || is_unfiltered(l)) {
		l->why = r < ARCHIVE_WARN ? trouble(l->a) : WW_WHY_DAMAGED;
		return LEVEL_FAILED;
	}
	start_entry(l);
	return kind_of(l->entry);
}

struct ww_slice
level_name(const struct level *l)
{
	const char *name;

	if (l->packing == WW_PACKING_STREAM)
		return (struct ww_slice){ 0 };
	name = archive_entry_pathname_utf8(l->entry);
	if (name == NULL)
		name = archive_entry_pathname(l->entry);
	return ww_slice_cstr(name == NULL ? "" : name);
}

bool
level_encrypted(const struct level *l)
{
	return archive_entry_is_encrypted(l->entry) > 0;
}

/* Whether the archive says where the next entry is: no byte is unpacked. */
static bool
can_jump(const struct level *l)
{
	return l->packing == WW_PACKING_ZIP || l->packing == WW_PACKING_TAR;
}

bool
level_skip(struct level *l)
{
	struct ww_slice block;

	if (can_jump(l))
		return true;
	/* Its limits hold here too, which a jump of libarchive's would miss. */
	while (l->unread && on_block(l, &block) == FEED_MORE)
		;
	return !l->unread;
}
