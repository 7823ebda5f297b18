#include "base/slice.h"

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
		unsigned char ca = (unsigned char)ww_fold(a.p[i]);
		unsigned char cb = (unsigned char)ww_fold(b.p[i]);

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

size_t
ww_slice_casefind(struct ww_slice s, struct ww_slice needle)
{
	/* So letters are folded, and a few marks fall together besides. */
	const char bit = 'a' - 'A';
	char first = needle.len == 0 ? '\0' : (char)(needle.p[0] | bit);

	if (needle.len == 0)
		return 0;
	for (size_t i = 0; i + needle.len <= s.len; i++)
		if ((s.p[i] | bit) == first &&
		    ww_slice_casestarts(ww_slice_from(s, i), needle))
			return i;
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

struct ww_slice
ww_slice_item(struct ww_slice *list)
{
	struct ww_slice all = *list;
	const char *comma = all.len > 0 ? memchr(all.p, ',', all.len) : NULL;
	size_t n = comma == NULL ? all.len : (size_t)(comma - all.p);

	*list =
	    comma == NULL ? (struct ww_slice){ 0 } : ww_slice_from(all, n + 1);
	return ww_slice_of(all.p, n);
}

struct ww_slice
ww_slice_trim(struct ww_slice s)
{
	while (s.len > 0 && ww_is_space(s.p[0]))
		s = ww_slice_from(s, 1);
	while (s.len > 0 && ww_is_space(s.p[s.len - 1]))
		s.len--;
	return s;
}
