/*
 * What a failed argument may have meant.
 */
#include "code/spelling.h"

struct near {
	uint32_t *ret;
	size_t n, max;
};

static void
offer(struct near *near, const char *digits, size_t len)
{
	uint32_t v = 0;

	for (size_t i = 0; i < len; i++)
		v = v << 4 | (uint32_t)ww_hex_value(digits[i]);
	for (size_t i = 0; i < near->n; i++)
		if (near->ret[i] == v)
			return;
	if (near->n < near->max)
		near->ret[near->n++] = v;
}

/* Letters that are taken for digits. */
static char
as_digit(char c)
{
	switch (c) {
	case 'O':
	case 'o':
		return '0';
	case 'l':
	case 'I':
	case 'i':
		return '1';
	case 'S':
	case 's':
		return '5';
	default:
		return c;
	}
}

/* The digits without prefix; 0 when it cannot be meant as a code. */
static size_t
take_digits(struct ww_slice s, char digits[10])
{
	size_t n = 0;

	s = ww_slice_trim(s);
	if (s.len > 2 && as_digit(s.p[0]) == '0' && ww_fold(s.p[1]) == 'x')
		s = ww_slice_from(s, 2);
	for (; n < s.len; n++) {
		if (n == 9 || ww_hex_value(as_digit(s.p[n])) < 0)
			return 0;
		digits[n] = as_digit(s.p[n]);
	}
	return n;
}

static void
offer_deletions(struct near *near, const char *digits, size_t n)
{
	for (size_t skip = 0; skip < n; skip++) {
		char shorter[9];

		memcpy(shorter, digits, skip);
		memcpy(shorter + skip, digits + skip + 1, n - skip - 1);
		offer(near, shorter, n - 1);
	}
}

/* One digit more: the one beside it again, or a zero. */
static void
offer_insertions(struct near *near, const char *digits, size_t n)
{
	for (size_t at = 1; at <= n; at++) {
		char longer[9];

		memcpy(longer, digits, at);
		memcpy(longer + at + 1, digits + at, n - at);
		longer[at] = '0';
		offer(near, longer, n + 1);
		longer[at] = digits[at - 1];
		offer(near, longer, n + 1);
	}
}

static void
offer_swaps(struct near *near, char *digits, size_t n)
{
	for (size_t at = 1; at < n; at++) {
		char c = digits[at];

		digits[at] = digits[at - 1];
		digits[at - 1] = c;
		offer(near, digits, n);
		digits[at - 1] = digits[at];
		digits[at] = c;
	}
}

size_t
ww_spelling_near(struct ww_slice text, uint32_t *ret, size_t max)
{
	struct near near = { .ret = ret, .max = max };
	char digits[10];
	size_t n = take_digits(text, digits);

	if (n < 7)
		return 0;
	if (n == 9)
		offer_deletions(&near, digits, n);
	if (n == 7)
		offer_insertions(&near, digits, n);
	if (n == 8) {
		offer(&near, digits, n);
		offer_swaps(&near, digits, n);
	}
	return near.n;
}
