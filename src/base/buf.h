/*
 * A text that grows, in an arena.  What renderers write into and what
 * composes a sentence before it becomes a slice.
 */
#ifndef WW_BASE_BUF_H
#define WW_BASE_BUF_H

#include <stdarg.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/compiler.h"
#include "base/slice.h"

struct ww_buf {
	struct ww_arena *arena; /* borrowed */
	char *p;		/* in the arena; no NUL at the end */
	size_t len;
	size_t cap;
};

static inline struct ww_buf
ww_buf_in(struct ww_arena *arena)
{
	return (struct ww_buf){ .arena = arena };
}

static inline struct ww_slice
ww_buf_slice(const struct ww_buf *buf)
{
	return ww_slice_of(buf->p, buf->len);
}

/* Room for that many bytes more, so that growing copies nothing. */
void ww_buf_reserve(struct ww_buf *buf, size_t more);

void ww_buf_add(struct ww_buf *buf, struct ww_slice s);
void ww_buf_char(struct ww_buf *buf, char c);
void ww_buf_fill(struct ww_buf *buf, char c, size_t n);

/* The decimal digits of v. */
void ww_buf_decimal(struct ww_buf *buf, int64_t v);

/* v in upper-case hexadecimal with at least digits digits (at most 16). */
void ww_buf_hex(struct ww_buf *buf, uint64_t v, unsigned digits);

/* Bytes as base64.  RFC 4648, section 4. */
void ww_buf_base64(struct ww_buf *buf, struct ww_slice bytes);

/* printf into the buffer.  For rare paths: it is the slowest way in. */
WW_PRINTF(2, 3) void ww_buf_printf(struct ww_buf *buf, const char *fmt, ...);
WW_PRINTF(2, 0)
void ww_buf_vprintf(struct ww_buf *buf, const char *fmt, va_list ap);

/*
 * A template: {name} holes filled from name/value pairs, ended by a NULL
 * name.  A hole that no pair names stays as it stands, and false says so;
 * braces that came with a value are none.
 */
struct ww_fill {
	const char *name;
	struct ww_slice value;
};
bool ww_buf_template(struct ww_buf *buf, struct ww_slice text,
		     const struct ww_fill *fills);

#endif
