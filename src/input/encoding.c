#include "input/encoding.h"

#include "base/utf8.h"
#include "input/decode.h"

#include "base/banned.h"

/* How much of the head is looked at for UTF-16. */
#define HEAD_MAX 4096

/* Fewer units without a mark are read as ASCII with NULs: the same text. */
#define UNITS_MIN 4

/* Enough bytes to know the code page of any language. */
#define HIGH_ENOUGH 512

/* The units of a head, by where their NUL stands; runs of NULs are none. */
struct units {
	size_t little, big;
	size_t ascii; /* two characters of ASCII, or one of East Asia */
	size_t other;
};

static bool
is_ascii(char c)
{
	return (c >= ' ' && c <= '~') || (c >= '\t' && c <= '\r');
}

static struct units
count_units(struct ww_slice head)
{
	struct units n = { 0 };

	for (size_t i = 0; i + 2 <= head.len && i < HEAD_MAX; i += 2) {
		bool first = head.p[i] == '\0', second = head.p[i + 1] == '\0';

		if (!first && second)
			n.little++;
		else if (first && !second)
			n.big++;
		else if (is_ascii(head.p[i]) && is_ascii(head.p[i + 1]))
			n.ascii++;
		else if (!first)
			n.other++;
	}
	return n;
}

/*
 * Of a log in any language, digits, blanks and line ends are at least a
 * quarter; in other text, units with one NUL hardly occur, unless something
 * appended UTF-16 to a file of bytes.
 */
static bool
is_utf16(const struct units *n, size_t these, size_t those)
{
	size_t all = n->little + n->big + n->ascii + n->other;

	return all >= UNITS_MIN && these * 4 >= all && n->ascii < these &&
	       those * 8 <= these;
}

bool
ww_encoding_utf16(struct ww_slice head, enum ww_encoding *ret)
{
	struct units n = count_units(head);

	if (ww_slice_starts(head, WW_LIT("\xFF\xFE")) ||
	    is_utf16(&n, n.little, n.big))
		*ret = WW_ENCODING_UTF16LE;
	else if (ww_slice_starts(head, WW_LIT("\xFE\xFF")) ||
		 is_utf16(&n, n.big, n.little))
		*ret = WW_ENCODING_UTF16BE;
	else
		return false;
	return true;
}

/*
 * A stretch begins with a byte above 0x7F and goes on over such bytes, and
 * over one that may be the second of a pair.
 */
static size_t
stretch_end(struct ww_slice text, size_t at)
{
	for (; at < text.len; at++) {
		bool after_high = (unsigned char)text.p[at - 1] >= 0x80;

		if ((unsigned char)text.p[at] < (after_high ? 0x40 : 0x80))
			break;
	}
	return at;
}

static void
count_utf8(struct ww_encoding_tally *tally, struct ww_slice text, size_t at,
	   size_t end)
{
	while (at < end) {
		struct ww_slice rest = ww_slice_from(text, at);
		uint32_t c;
		size_t len = ww_utf8_decode(rest, &c);

		if ((unsigned char)text.p[at] >= 0x80) {
			if (len > 1)
				tally->valid++;
			else if (!ww_decode_is_part(rest))
				tally->invalid++;
		}
		at += len;
	}
}

static void
count_bytes(struct ww_encoding_tally *tally, struct ww_slice text, size_t at,
	    size_t end)
{
	for (; at < end; at++) {
		if ((unsigned char)text.p[at] < 0x80)
			continue;
		tally->high++;
		ww_letters_count(&tally->letters, text, at);
	}
}

/* The next byte above 0x7F; eight at a time, whatever the byte order. */
static size_t
next_high(struct ww_slice text, size_t at)
{
	const uint64_t high = 0x8080808080808080u;
	uint64_t eight;

	for (; text.len - at >= sizeof(eight); at += sizeof(eight)) {
		memcpy(&eight, text.p + at, sizeof(eight));
		if ((eight & high) != 0)
			break;
	}
	while (at < text.len && (unsigned char)text.p[at] < 0x80)
		at++;
	return at;
}

void
ww_encoding_count(struct ww_encoding_tally *tally, struct ww_slice text)
{
	size_t at = 0;

	while (!ww_encoding_settled(tally)) {
		size_t end;

		at = next_high(text, at);
		if (at == text.len)
			return;
		end = stretch_end(text, at + 1);
		count_utf8(tally, text, at, end);
		count_bytes(tally, text, at, end);
		ww_pairs_count(tally->pairs, text, at, end);
		at = end;
	}
}

bool
ww_encoding_settled(const struct ww_encoding_tally *tally)
{
	return tally->high >= HIGH_ENOUGH;
}

struct ww_charset
ww_encoding_choose(const struct ww_encoding_tally *tally)
{
	/* Better by so many points, so that a few odd bytes decide nothing. */
	int64_t margin = tally->high / 4, single, pairs;
	const struct ww_codepage *page;
	unsigned double_byte;

	if (tally->valid > tally->invalid || tally->high == 0)
		return (struct ww_charset){ .encoding = WW_ENCODING_UTF8 };
	page = ww_letters_choose(&tally->letters, margin, &single);
	double_byte = ww_pairs_choose(tally->pairs, &pairs);
	if (pairs > single + margin)
		return (struct ww_charset){ .encoding = WW_ENCODING_DOUBLE,
					    .page = double_byte };
	return (struct ww_charset){
		.encoding =
		    page->console ? WW_ENCODING_CONSOLE : WW_ENCODING_ANSI,
		.page = page->number,
		.upper = page->upper,
	};
}
