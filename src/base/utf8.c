#include "base/utf8.h"

#include "base/buf.h"
#include "base/bytes.h"

static bool
is_surrogate(uint32_t c)
{
	return c >= 0xD800 && c <= 0xDFFF;
}

/* How long the character that starts with this byte is, and its first bits. */
static size_t
lead_length(unsigned char lead, uint32_t *bits)
{
	if (lead < 0x80) {
		*bits = lead;
		return 1;
	}
	if (lead >= 0xC2 && lead <= 0xDF) {
		*bits = lead & 0x1Fu;
		return 2;
	}
	if ((lead & 0xF0) == 0xE0) {
		*bits = lead & 0x0Fu;
		return 3;
	}
	if (lead >= 0xF0 && lead <= 0xF4) {
		*bits = lead & 0x07u;
		return 4;
	}
	return 0;
}

size_t
ww_utf8_decode(struct ww_slice s, uint32_t *ret)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	uint32_t c = 0;
	size_t len = lead_length((unsigned char)s.p[0], &c);

	*ret = WW_REPLACEMENT;
	if (len == 0 || len > s.len)
		return 1;
	for (size_t i = 1; i < len; i++) {
		unsigned char next = (unsigned char)s.p[i];

		if ((next & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (next & 0x3Fu);
	}
	if (c < least[len] || c > 0x10FFFF || is_surrogate(c))
		return 1;
	*ret = c;
	return len;
}

size_t
ww_utf8_encode(uint32_t c, char ret[4])
{
	if (c > 0x10FFFF || is_surrogate(c))
		c = WW_REPLACEMENT;
	if (c < 0x80) {
		ret[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		ret[0] = (char)(0xC0 | c >> 6);
		ret[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		ret[0] = (char)(0xE0 | c >> 12);
		ret[1] = (char)(0x80 | (c >> 6 & 0x3F));
		ret[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	ret[0] = (char)(0xF0 | c >> 18);
	ret[1] = (char)(0x80 | (c >> 12 & 0x3F));
	ret[2] = (char)(0x80 | (c >> 6 & 0x3F));
	ret[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* A valid encoding of U+FFFD also decodes to WW_REPLACEMENT: tell by length. */
static bool
is_invalid(size_t len, uint32_t c)
{
	return len == 1 && c == WW_REPLACEMENT;
}

size_t
ww_utf8_check(struct ww_slice s)
{
	const uint64_t high = UINT64_C(0x8080808080808080);
	size_t at = 0;

	while (at < s.len) {
		uint32_t c;
		size_t len;

		/* Eight letters at once, of which most text consists. */
		while (s.len - at >= sizeof(high) &&
		       (ww_load64((const uint8_t *)s.p + at) & high) == 0)
			at += sizeof(high);
		if (at == s.len)
			break;
		len = ww_utf8_decode(ww_slice_from(s, at), &c);
		if (is_invalid(len, c))
			return at;
		at += len;
	}
	return s.len;
}

struct ww_slice
ww_utf8_whole(struct ww_slice s)
{
	size_t at = s.len, following = 0;
	uint32_t bits;

	while (at > 0 && following < 3 &&
	       ((unsigned char)s.p[at - 1] & 0xC0) == 0x80) {
		at--;
		following++;
	}
	if (at > 0 &&
	    lead_length((unsigned char)s.p[at - 1], &bits) > following + 1)
		s.len = at - 1;
	return s;
}

size_t
ww_utf8_width(struct ww_slice s)
{
	size_t width = 0;

	for (size_t at = 0; at < s.len;) {
		uint32_t c = (unsigned char)s.p[at];

		if (c >= 0x20 && c < 0x7F) {
			at++;
			width++;
			continue;
		}
		at += ww_utf8_decode(ww_slice_from(s, at), &c);
		/* Combining marks and controls take no column of their own. */
		if (c >= 0xA0 && !(c >= 0x300 && c <= 0x36F))
			width++;
	}
	return width;
}

size_t
ww_utf16_decode(const uint8_t *p, size_t len, uint32_t *ret)
{
	uint32_t c = ww_load16(p);

	if (len >= 4 && ww_utf16_join(c, ww_load16(p + 2), ret))
		return 4;
	*ret = is_surrogate(c) ? WW_REPLACEMENT : c;
	return 2;
}

static uint32_t
load_unit(const char *p, bool big)
{
	unsigned char a = (unsigned char)p[0], b = (unsigned char)p[1];

	return big ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
}

static struct ww_slice
from_utf16(struct ww_arena *arena, struct ww_slice s, bool big)
{
	struct ww_buf buf = ww_buf_in(arena);

	for (size_t at = 0; at + 2 <= s.len; at += 2) {
		uint32_t c = load_unit(s.p + at, big);
		char text[4];

		if (at + 4 <= s.len &&
		    ww_utf16_join(c, load_unit(s.p + at + 2, big), &c))
			at += 2;
		ww_buf_add(&buf, ww_slice_of(text, ww_utf8_encode(c, text)));
	}
	return ww_buf_slice(&buf);
}

/* Text in a Latin script: every second byte of the first few is zero. */
static bool
looks_utf16le(struct ww_slice s)
{
	size_t n = s.len < 64 ? s.len & ~(size_t)1 : 64;
	size_t zeros = 0;

	if (n < 4)
		return false;
	for (size_t i = 0; i < n; i += 2) {
		if (s.p[i] == 0)
			return false;
		zeros += s.p[i + 1] == 0;
	}
	return zeros * 2 >= n / 2 + n / 4;
}

static struct ww_slice
replace_invalid(struct ww_arena *arena, struct ww_slice s)
{
	struct ww_buf buf = ww_buf_in(arena);

	while (s.len > 0) {
		size_t good = ww_utf8_check(s);

		ww_buf_add(&buf, ww_slice_of(s.p, good));
		if (good == s.len)
			break;
		ww_buf_add(&buf, WW_LIT("\xEF\xBF\xBD"));
		s = ww_slice_from(s, good + 1);
	}
	return ww_buf_slice(&buf);
}

struct ww_slice
ww_utf8_from_any(struct ww_arena *arena, struct ww_slice s)
{
	if (ww_slice_starts(s, WW_LIT("\xFF\xFE")))
		return from_utf16(arena, ww_slice_from(s, 2), false);
	if (ww_slice_starts(s, WW_LIT("\xFE\xFF")))
		return from_utf16(arena, ww_slice_from(s, 2), true);
	if (ww_slice_starts(s, WW_LIT("\xEF\xBB\xBF")))
		s = ww_slice_from(s, 3);
	if (looks_utf16le(s))
		return from_utf16(arena, s, false);
	return ww_utf8_check(s) == s.len ? s : replace_invalid(arena, s);
}
