#include "base/slice.h"

#include <limits.h>

const unsigned char ww_hex_values[256] = {
	['0'] = 1,  ['1'] = 2,	['2'] = 3,  ['3'] = 4,	['4'] = 5,  ['5'] = 6,
	['6'] = 7,  ['7'] = 8,	['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12,
	['C'] = 13, ['D'] = 14, ['E'] = 15, ['F'] = 16, ['a'] = 11, ['b'] = 12,
	['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16,
};

int
ww_slice_cmp(struct ww_slice a, struct ww_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

int
ww_slice_casecmp(struct ww_slice a, struct ww_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;

	for (size_t i = 0; i < n; i++) {
		unsigned char ca, cb;

		/* Most letters that are met are no others when folded. */
		if (a.p[i] == b.p[i])
			continue;
		ca = (unsigned char)ww_fold(a.p[i]);
		cb = (unsigned char)ww_fold(b.p[i]);
		if (ca != cb)
			return ca < cb ? -1 : 1;
	}
	return (a.len > b.len) - (a.len < b.len);
}

bool
ww_slice_casestarts(struct ww_slice s, struct ww_slice prefix)
{
	return s.len >= prefix.len &&
	       ww_slice_casecmp(ww_slice_of(s.p, prefix.len), prefix) == 0;
}

/* How common a letter is in logs, small or capital; the rarest first. */
#define RANK(small, rank) [small] = (rank), [(small) - 'a' + 'A'] = (rank)
static const unsigned char ranks[256] = {
	RANK('q', 1),  RANK('z', 2),  RANK('j', 3),  RANK('x', 4),
	RANK('k', 5),  RANK('v', 6),  RANK('b', 7),  RANK('y', 8),
	RANK('w', 9),  RANK('g', 10), RANK('h', 11), RANK('f', 12),
	RANK('u', 13), RANK('p', 14), RANK('m', 15), RANK('d', 16),
	RANK('l', 17), RANK('c', 18), RANK('r', 19), RANK('n', 20),
	RANK('s', 21), RANK('o', 22), RANK('i', 23), RANK('a', 24),
	RANK('t', 25), RANK('e', 26), [' '] = 27,    ['.'] = 20,
};
#undef RANK

/* Where the byte of the needle is that the fewest places have. */
static size_t
rarest(struct ww_slice needle)
{
	unsigned least = UCHAR_MAX;
	size_t best = 0;

	for (size_t i = 0; i < needle.len; i++) {
		unsigned rank = ranks[(unsigned char)needle.p[i]];

		if (rank < least) {
			least = rank;
			best = i;
		}
	}
	return best;
}

/* The first c from p on; end when there is none. */
static const char *
next_byte(const char *p, const char *end, char c)
{
	const char *at = memchr(p, c, (size_t)(end - p));

	return at == NULL ? end : at;
}

size_t
ww_slice_casefind(struct ww_slice s, struct ww_slice needle)
{
	size_t k = rarest(needle);
	const char *end, *small, *capital;
	char c;

	if (needle.len == 0)
		return 0;
	if (needle.len > s.len)
		return s.len;
	c = ww_fold(needle.p[k]);
	end = s.p + s.len - needle.len + k + 1;
	small = next_byte(s.p + k, end, c);
	capital = ww_is_alpha(c)
		      ? next_byte(s.p + k, end, (char)(c - 'a' + 'A'))
		      : end;
	while (small < end || capital < end) {
		const char **at = small < capital ? &small : &capital;
		size_t start = (size_t)(*at - s.p) - k;

		if (ww_slice_casestarts(ww_slice_from(s, start), needle))
			return start;
		*at = next_byte(*at + 1, end, **at);
	}
	return s.len;
}

bool
ww_slice_casehas(struct ww_slice s, struct ww_slice needle)
{
	return needle.len == 0 || ww_slice_casefind(s, needle) < s.len;
}

struct ww_slice
ww_slice_behind(struct ww_slice s, struct ww_slice needle)
{
	size_t at = ww_slice_casefind(s, needle);

	return at == s.len && needle.len > 0
		   ? (struct ww_slice){ 0 }
		   : ww_slice_from(s, at + needle.len);
}

bool
ww_slice_hex(struct ww_slice s, uint64_t *ret)
{
	uint64_t v = 0;

	if (ww_slice_casestarts(s, WW_LIT("0x")))
		s = ww_slice_from(s, 2);
	for (size_t i = 0; i < s.len; i++) {
		int digit = ww_hex_value(s.p[i]);

		if (digit < 0 || i == 16)
			return false;
		v = v << 4 | (uint64_t)digit;
	}
	*ret = v;
	return s.len > 0;
}

bool
ww_slice_decimal(struct ww_slice s, uint64_t max, uint64_t *ret)
{
	uint64_t v = 0;

	for (size_t i = 0; i < s.len; i++) {
		uint64_t digit = (uint64_t)(s.p[i] - '0');

		if (!ww_is_digit(s.p[i]) || digit > max ||
		    v > (max - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	*ret = v;
	return s.len > 0;
}

/* A '*' takes as little as it can, and more when the rest does not fit. */
bool
ww_slice_fits(struct ww_slice name, struct ww_slice pattern)
{
	size_t at = 0, p = 0, star = SIZE_MAX, from = 0;

	while (at < name.len) {
		if (p < pattern.len && pattern.p[p] == '*') {
			star = p++;
			from = at;
		} else if (p < pattern.len &&
			   ww_fold(pattern.p[p]) == ww_fold(name.p[at])) {
			p++;
			at++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			at = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.p[p] == '*')
		p++;
	return p == pattern.len;
}

struct ww_slice
ww_slice_until(struct ww_slice *rest, char mark)
{
	struct ww_slice all = *rest;
	const char *p = all.len > 0 ? memchr(all.p, mark, all.len) : NULL;
	size_t n = p == NULL ? all.len : (size_t)(p - all.p);

	*rest = ww_slice_from(all, p == NULL ? n : n + 1);
	return ww_slice_of(all.p, n);
}

struct ww_slice
ww_slice_item(struct ww_slice *list)
{
	size_t before = list->len;
	struct ww_slice item = ww_slice_until(list, ',');

	/* No comma was passed over: it is the last. */
	if (item.len == before)
		*list = (struct ww_slice){ 0 };
	return item;
}

struct ww_slice
ww_slice_word(struct ww_slice *rest)
{
	struct ww_slice all = ww_slice_trim(*rest);
	size_t n = 0;

	while (n < all.len && !ww_is_space(all.p[n]))
		n++;
	*rest = ww_slice_from(all, n);
	return ww_slice_of(all.p, n);
}

bool
ww_slice_has_words(struct ww_slice s, struct ww_slice words)
{
	struct ww_slice word;

	while ((word = ww_slice_word(&words)).len > 0)
		if (!ww_slice_casehas(s, word))
			return false;
	return true;
}

struct ww_slice
ww_slice_last_part(struct ww_slice s)
{
	size_t start;

	while (s.len > 0 && !ww_is_alnum(s.p[s.len - 1]))
		s.len--;
	for (start = s.len; start > 0 && s.p[start - 1] != '/';)
		start--;
	return ww_slice_from(s, start);
}
