#include "base/buf.h"

#include <stdio.h>

/* Most buffers hold a label and a few words. */
#define FIRST_CAP ((size_t)64)

static void
grow(struct ww_buf *buf, size_t more)
{
	size_t cap = buf->cap > 0 ? buf->cap : FIRST_CAP;
	char *grown;

	while (cap - buf->len < more)
		cap = cap <= SIZE_MAX / 2 ? cap * 2 : SIZE_MAX;
	grown = ww_arena_array(buf->arena, cap, 1);
	if (buf->len > 0)
		memcpy(grown, buf->p, buf->len);
	buf->p = grown;
	buf->cap = cap;
}

static inline void
reserve(struct ww_buf *buf, size_t more)
{
	if (more > buf->cap - buf->len)
		grow(buf, more);
}

void
ww_buf_reserve(struct ww_buf *buf, size_t more)
{
	reserve(buf, more);
}

void
ww_buf_add(struct ww_buf *buf, struct ww_slice s)
{
	if (s.len == 0)
		return;
	reserve(buf, s.len);
	memcpy(buf->p + buf->len, s.p, s.len);
	buf->len += s.len;
}

void
ww_buf_char(struct ww_buf *buf, char c)
{
	reserve(buf, 1);
	buf->p[buf->len++] = c;
}

void
ww_buf_fill(struct ww_buf *buf, char c, size_t n)
{
	if (n == 0)
		return;
	reserve(buf, n);
	memset(buf->p + buf->len, c, n);
	buf->len += n;
}

void
ww_buf_decimal(struct ww_buf *buf, int64_t v)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u > 0);
	if (v < 0)
		ww_buf_char(buf, '-');
	ww_buf_add(buf, ww_slice_of(digits + at, sizeof(digits) - at));
}

void
ww_buf_hex(struct ww_buf *buf, uint64_t v, unsigned digits)
{
	char text[16];
	size_t at = sizeof(text);

	while (at > 0 && (v > 0 || sizeof(text) - at < digits)) {
		text[--at] = "0123456789ABCDEF"[v & 15];
		v >>= 4;
	}
	ww_buf_add(buf, ww_slice_of(text + at, sizeof(text) - at));
}

void
ww_buf_base64(struct ww_buf *buf, struct ww_slice bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
		uint32_t v = 0;

		for (size_t k = 0; k < 3; k++)
			v = v << 8 |
			    (k < n ? (unsigned char)bytes.p[i + k] : 0u);
		for (size_t k = 0; k < 4; k++)
			ww_buf_char(buf, k <= n ? digits[v >> (18 - 6 * k) & 63]
						: '=');
	}
}

void
ww_buf_vprintf(struct ww_buf *buf, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n <= 0)
		return;
	/* One more for the NUL that vsnprintf insists on. */
	reserve(buf, (size_t)n + 1);
	vsnprintf(buf->p + buf->len, (size_t)n + 1, fmt, ap);
	buf->len += (size_t)n;
}

void
ww_buf_printf(struct ww_buf *buf, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	ww_buf_vprintf(buf, fmt, ap);
	va_end(ap);
}

static const struct ww_fill *
find_fill(const struct ww_fill *fills, struct ww_slice name)
{
	for (; fills->name != NULL; fills++)
		if (ww_slice_eq(ww_slice_cstr(fills->name), name))
			return fills;
	return NULL;
}

bool
ww_buf_template(struct ww_buf *buf, struct ww_slice text,
		const struct ww_fill *fills)
{
	size_t at = 0;
	bool whole = true;

	while (at < text.len) {
		struct ww_slice rest = ww_slice_from(text, at);
		const char *close =
		    rest.p[0] != '{' ? NULL : memchr(rest.p, '}', rest.len);
		const struct ww_fill *fill = NULL;
		size_t hole = 0;

		if (close != NULL) {
			hole = (size_t)(close - rest.p) + 1;
			fill =
			    find_fill(fills, ww_slice_part(rest, 1, hole - 2));
		}
		if (fill == NULL) {
			whole = whole && close == NULL;
			ww_buf_char(buf, rest.p[0]);
			at++;
		} else {
			ww_buf_add(buf, fill->value);
			at += hole;
		}
	}
	return whole;
}
