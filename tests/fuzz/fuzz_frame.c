/*
 * Arbitrary bytes as what an unpacker says: a stream of frames or of tar,
 * read in blocks of a size that the input chooses.  The first byte decides.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "input/places.h"
#include "input/sniff.h"
#include "unpack/frame.h"
#include "unpack/name.h"
#include "unpack/tar.h"

#include "fuzz.h"

struct memory {
	const uint8_t *p;
	size_t left, step;
};

static size_t
read_memory(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct memory *m = ctx;
	size_t n = m->left < len ? m->left : len;

	n = n < m->step ? n : m->step;
	if (n == 0 && m->step % 3 == 0)
		*retwhy = "interrupted";
	if (n > 0)
		memcpy(buf, m->p, n);
	m->p += n;
	m->left -= n;
	return n;
}

static void
check_frame(const struct ww_frame *frame)
{
	require(frame->name.len <= WW_UNPACK_NAME_MAX);
	require(ww_utf8_check(frame->name) == frame->name.len);
	require(frame->why < WW_WHYS);
	if (frame->kind == WW_FRAME_PROBLEM || frame->kind == WW_FRAME_SKIPPED)
		require(ww_why_text(frame->why) != NULL);
	require((frame->kind == WW_FRAME_BROKEN) == (frame->text != NULL));
}

/* How much of a member is read: all of it, some, or nothing. */
static size_t
read_member(size_t (*read)(void *, void *, size_t, const char **), void *ctx,
	    size_t appetite)
{
	const char *why = NULL;
	char *buf = malloc(appetite);
	size_t total = 0, n;

	require(buf != NULL);
	while ((n = read(ctx, buf, appetite, &why)) > 0) {
		require(n <= appetite);
		total += n;
		if (appetite % 5 == 0 && total > appetite)
			break;
	}
	free(buf);
	return total;
}

static void
run(struct ww_frame (*next)(void *),
    size_t (*read)(void *, void *, size_t, const char **), void *ctx,
    size_t appetite, size_t size)
{
	struct ww_frame frame;
	size_t total = 0;

	do {
		frame = next(ctx);
		check_frame(&frame);
		if (frame.kind == WW_FRAME_MEMBER && appetite > 0)
			total += read_member(read, ctx, appetite);
	} while (frame.kind != WW_FRAME_DONE && frame.kind != WW_FRAME_BROKEN);
	/* Nothing is made up. */
	require(total <= size);
}

static struct ww_frame
next_frame(void *ctx)
{
	return ww_frames_next(ctx);
}

static struct ww_frame
next_tar(void *ctx)
{
	return ww_tar_next(ctx);
}

static void
fuzz_frames(struct memory *m, size_t appetite)
{
	struct ww_frames *f = calloc(1, sizeof(*f));
	size_t size = m->left;

	require(f != NULL);
	f->in.read = read_memory;
	f->in.ctx = m;
	run(next_frame, ww_frames_read, f, appetite, size);
	free(f);
}

static void
fuzz_tar(struct memory *m, size_t appetite)
{
	struct ww_tar *t = calloc(1, sizeof(*t));
	size_t size = m->left;

	require(t != NULL);
	t->in.read = read_memory;
	t->in.ctx = m;
	run(next_tar, ww_tar_read, t, appetite, size);
	free(t);
}

static void
fuzz_name(struct ww_slice raw, size_t max)
{
	char *name = malloc(max + 1);
	bool cut;
	size_t len;

	require(name != NULL);
	len = ww_name_clean(raw, name, max, &cut);
	require(len <= max);
	require(ww_utf8_check(ww_slice_of(name, len)) == len);
	require(cut || raw.len == 0 || len > 0);
	(void)ww_sniff(raw);
	(void)ww_place_wanted(raw, max % 2 == 0);
	free(name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct memory m = { .left = size - 1 };
	uint8_t *copy;

	if (size == 0)
		return 0;
	m.step = 1 + (data[0] >> 3) * 11u;
	fuzz_name(ww_slice_of((const char *)data, size), data[0] % 67);
	/* A copy of its own length: a read behind the end is seen. */
	copy = malloc(size);
	require(copy != NULL);
	memcpy(copy, data + 1, size - 1);
	m.p = copy;
	if (data[0] % 2 == 0)
		fuzz_frames(&m, data[0] % 8);
	else
		fuzz_tar(&m, data[0] % 8);
	free(copy);
	return 0;
}
