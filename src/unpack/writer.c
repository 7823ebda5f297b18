#include "unpack/writer.h"

#include <errno.h>
#include <unistd.h>

#include "base/bytes.h"

#include "base/banned.h"

static void
flush(struct ww_writer *w)
{
	size_t at = 0;

	while (at < w->len && !w->failed) {
		ssize_t n = write(w->fd, w->buffer + at, w->len - at);

		if (n > 0)
			at += (size_t)n;
		else if (n == 0 || errno != EINTR)
			w->failed = true;
	}
	w->len = 0;
}

/* len is at most WW_FRAME_DATA_MAX. */
static void
put(struct ww_writer *w, const void *p, size_t len)
{
	if (len > sizeof(w->buffer) - w->len)
		flush(w);
	if (len > 0)
		memcpy(w->buffer + w->len, p, len);
	w->len += len;
}

static void
put_header(struct ww_writer *w, char kind, size_t len)
{
	uint8_t raw[WW_FRAME_HEADER] = { (uint8_t)kind };

	ww_store32(raw + 1, (uint32_t)len);
	put(w, raw, sizeof(raw));
}

static void
put_why(struct ww_writer *w, enum ww_why why)
{
	uint8_t raw = (uint8_t)why;

	put(w, &raw, 1);
}

void
ww_write_start(struct ww_writer *w)
{
	put(w, WW_FRAME_MAGIC, sizeof(WW_FRAME_MAGIC) - 1);
}

void
ww_write_member(struct ww_writer *w, struct ww_slice name)
{
	put_header(w, 'B', name.len);
	put(w, name.p, name.len);
}

void
ww_write_data(struct ww_writer *w, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		size_t n = bytes.len < WW_FRAME_DATA_MAX ? bytes.len
							 : WW_FRAME_DATA_MAX;

		put_header(w, 'D', n);
		put(w, bytes.p, n);
		bytes = ww_slice_from(bytes, n);
	}
}

void
ww_write_end(struct ww_writer *w, enum ww_why why)
{
	put_header(w, 'E', 1);
	put_why(w, why);
}

void
ww_write_problem(struct ww_writer *w, enum ww_why why, struct ww_slice name)
{
	put_header(w, 'P', 1 + name.len);
	put_why(w, why);
	put(w, name.p, name.len);
}

void
ww_write_skipped(struct ww_writer *w, enum ww_why why, uint64_t count)
{
	uint8_t raw[8];

	ww_store32(raw, (uint32_t)count);
	ww_store32(raw + 4, (uint32_t)(count >> 32));
	put_header(w, 'S', 1 + sizeof(raw));
	put_why(w, why);
	put(w, raw, sizeof(raw));
}

bool
ww_write_done(struct ww_writer *w)
{
	put_header(w, 'Z', 0);
	flush(w);
	return !w->failed;
}
