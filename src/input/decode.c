#include "input/decode.h"

#include "base/utf8.h"

#include "base/banned.h"

#define MARK 0xFEFFu

/* One piece being decoded. */
struct piece {
	struct ww_decoder *d;
	struct ww_slice in;
	size_t at;
	bool last;
	char *out;
	size_t n, room;
};

static bool
has_room(const struct piece *p)
{
	return p->room - p->n >= WW_DECODE_ROOM_MIN;
}

static unsigned char
byte_at(const struct piece *p, size_t more)
{
	return (unsigned char)p->in.p[p->at + more];
}

static size_t
left(const struct piece *p)
{
	return p->in.len - p->at;
}

/* Characters of ASCII were written: what is said of NULs is over. */
static void
pass_ascii(struct piece *p, size_t in, size_t out)
{
	p->at += in;
	p->n += out;
	if (out > 0)
		p->d->after_nul = p->d->after_blank = false;
}

static void
put(struct piece *p, uint32_t c, size_t in)
{
	pass_ascii(p, in, c == MARK ? 0 : ww_utf8_encode(c, p->out + p->n));
}

static void
put_undecodable(struct piece *p, size_t in)
{
	p->d->undecodable++;
	put(p, WW_REPLACEMENT, in);
}

static void
put_nul(struct piece *p, size_t in)
{
	struct ww_decoder *d = p->d;

	d->nuls++;
	if (d->after_nul && !d->after_blank) {
		p->out[p->n++] = ' ';
		d->after_blank = true;
	}
	d->after_nul = true;
	p->at += in;
}

static bool
is_tail(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

bool
ww_decode_is_part(struct ww_slice text)
{
	unsigned char lead = (unsigned char)text.p[0];
	size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

	if (lead < 0xC2 || lead > 0xF4 || text.len >= len)
		return false;
	for (size_t i = 1; i < text.len; i++)
		if (!is_tail(text.p[i]))
			return false;
	return true;
}

size_t
ww_decode_part_length(struct ww_slice text)
{
	for (size_t n = 1; n < 4 && n <= text.len; n++)
		if (ww_decode_is_part(ww_slice_from(text, text.len - n)))
			return n;
	return 0;
}

/*
 * The bytes of the character above 0x7F that stands here; 0 when it is none,
 * or a mark.  Two bytes, and the three of most letters, have a short way.
 */
static size_t
clean_character(struct ww_slice text)
{
	unsigned char lead = (unsigned char)text.p[0];
	uint32_t c;
	size_t len;

	if (text.len >= 2 && lead >= 0xC2 && lead <= 0xDF && is_tail(text.p[1]))
		return 2;
	if (text.len >= 3 && lead > 0xE0 && lead < 0xED && is_tail(text.p[1]) &&
	    is_tail(text.p[2]))
		return 3;
	len = ww_utf8_decode(text, &c);
	return len > 1 && c != MARK ? len : 0;
}

static size_t
clean_length(struct ww_decoder *d, struct ww_slice text)
{
	size_t at = 0;

	for (;;) {
		at += d->kernels->ascii_run(text.p + at, text.len - at);
		if (at == text.len || text.p[at] == '\0')
			return at;
		while (at < text.len && (unsigned char)text.p[at] >= 0x80) {
			size_t len = clean_character(ww_slice_from(text, at));

			if (len == 0)
				return at;
			at += len;
			d->clean++;
		}
	}
}

size_t
ww_decode_clean(struct ww_decoder *d, struct ww_slice text)
{
	size_t len = clean_length(d, text);

	if (len > 0)
		d->after_nul = d->after_blank = false;
	return len;
}

/* Each of these takes one character; false: its rest is missing. */

static bool
take_utf8(struct piece *p)
{
	struct ww_slice rest = ww_slice_from(p->in, p->at);
	uint32_t c;
	size_t len = ww_utf8_decode(rest, &c);

	if (len > 1)
		put(p, c, len);
	else if (!p->last && ww_decode_is_part(rest))
		return false;
	else
		put_undecodable(p, 1);
	return true;
}

static bool
take_single(struct piece *p)
{
	uint32_t c = p->d->charset.upper[byte_at(p, 0) - 0x80];

	if (c == WW_REPLACEMENT)
		put_undecodable(p, 1);
	else
		put(p, c, 1);
	return true;
}

static bool
take_pair(struct piece *p)
{
	size_t len = ww_pair_length(p->d->charset.page, p->in, p->at);

	if (len == 0 && !p->last)
		return false;
	put_undecodable(p, len == 0 ? 1 : len);
	return true;
}

static bool
take_high(struct piece *p)
{
	switch (p->d->charset.encoding) {
	case WW_ENCODING_ANSI:
	case WW_ENCODING_CONSOLE:
		return take_single(p);
	case WW_ENCODING_DOUBLE:
		return take_pair(p);
	default:
		return take_utf8(p);
	}
}

/* How many bytes of NUL stand here. */
static size_t
nul_run(const struct piece *p)
{
	size_t n = 0;

	while (n < left(p) && byte_at(p, n) == 0)
		n++;
	return n;
}

/* All but the first two of a run change nothing but the count. */
static void
take_nuls(struct piece *p, size_t n, size_t unit)
{
	size_t few = n < 2 ? n : 2;

	for (size_t i = 0; i < few; i++)
		put_nul(p, unit);
	p->d->nuls += n - few;
	p->at += (n - few) * unit;
}

static void
decode_bytes(struct piece *p)
{
	while (left(p) > 0 && has_room(p)) {
		size_t space = p->room - p->n;
		size_t n =
		    p->d->kernels->ascii_run(p->in.p + p->at,
					     left(p) < space ? left(p) : space);

		memcpy(p->out + p->n, p->in.p + p->at, n);
		pass_ascii(p, n, n);
		while (left(p) > 0 && has_room(p) && byte_at(p, 0) >= 0x80)
			if (!take_high(p))
				return;
		if (left(p) > 0 && has_room(p) && byte_at(p, 0) == 0)
			take_nuls(p, nul_run(p), 1);
	}
}

static uint32_t
unit_at(const struct piece *p, size_t more)
{
	unsigned a = byte_at(p, more), b = byte_at(p, more + 1);

	return p->d->charset.encoding == WW_ENCODING_UTF16BE ? a << 8 | b
							     : b << 8 | a;
}

static bool
is_surrogate(uint32_t unit, uint32_t half)
{
	return (unit & 0xFC00) == half;
}

/* One unit that is not plain ASCII, or two. */
static bool
take_unit(struct piece *p)
{
	uint32_t c = unit_at(p, 0);
	bool high = is_surrogate(c, 0xD800);
	uint32_t low = high && left(p) >= 4 ? unit_at(p, 2) : 0, pair;

	if (high && left(p) < 4 && !p->last)
		return false;
	if (c == 0)
		put_nul(p, 2);
	else if (ww_utf16_join(c, low, &pair))
		put(p, pair, 4);
	else if (high || is_surrogate(c, 0xDC00) || c == 0xFFFE)
		put_undecodable(p, 2);
	else
		put(p, c, 2);
	return true;
}

/* Big-endian is too rare for a kernel of its own. */
static size_t
narrow_big(const uint8_t *p, size_t n, char *out)
{
	size_t i = 0;

	for (; i < n && p[2 * i] == 0; i++) {
		uint8_t low = p[2 * i + 1];

		if (low == 0 || low >= 0x80)
			break;
		out[i] = (char)low;
	}
	return i;
}

static size_t
narrow(struct piece *p)
{
	const uint8_t *in = (const uint8_t *)p->in.p + p->at;
	size_t n = left(p) / 2, space = p->room - p->n;

	if (n > space)
		n = space;
	return p->d->charset.encoding == WW_ENCODING_UTF16BE
		   ? narrow_big(in, n, p->out + p->n)
		   : p->d->kernels->ascii16_narrow(in, n, p->out + p->n);
}

static bool
is_ascii_unit(const struct piece *p)
{
	uint32_t c = unit_at(p, 0);

	return c > 0 && c < 0x80;
}

static void
decode_units(struct piece *p)
{
	while (left(p) >= 2 && has_room(p)) {
		size_t n = narrow(p);

		pass_ascii(p, n * 2, n);
		while (left(p) >= 2 && has_room(p) && !is_ascii_unit(p))
			if (!take_unit(p))
				return;
	}
	/* Half a unit at the end of the file. */
	if (left(p) != 1 || !p->last || !has_room(p))
		return;
	if (byte_at(p, 0) == 0)
		put_nul(p, 1);
	else
		put_undecodable(p, 1);
}

struct ww_decoded
ww_decode(struct ww_decoder *d, struct ww_slice in, bool last, char *out,
	  size_t room)
{
	struct piece p = {
		.d = d, .in = in, .last = last, .out = out, .room = room
	};

	if (d->charset.encoding == WW_ENCODING_UTF16LE ||
	    d->charset.encoding == WW_ENCODING_UTF16BE)
		decode_units(&p);
	else
		decode_bytes(&p);
	return (struct ww_decoded){ .in = p.at, .out = p.n };
}
