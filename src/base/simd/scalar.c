/*
 * The kernels in portable C: what other machines run, and what the vector
 * code is held against.
 */
#include "base/simd/bits.h"
#include "base/simd/starts.h"
#include "base/simd/units.h"
#include "base/slice.h"

#include "base/banned.h"

static void
newlines(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++, p += WW_BLOCK) {
		ret[i] = 0;
		for (unsigned bit = 0; bit < WW_BLOCK; bit++)
			ret[i] |= (uint64_t)(p[bit] == '\n') << bit;
	}
}

static void
add_masks(const char *p, size_t i, struct ww_masks *ret)
{
	uint64_t newline = 0, hex = 0, x = 0, dash = 0;

	for (unsigned bit = 0; bit < WW_BLOCK; bit++) {
		newline |= (uint64_t)(p[bit] == '\n') << bit;
		hex |= (uint64_t)(ww_hex_value(p[bit]) >= 0) << bit;
		x |= (uint64_t)(ww_fold(p[bit]) == 'x') << bit;
		dash |= (uint64_t)(p[bit] == '-') << bit;
	}
	ret->newline[i] = newline;
	ret->hex[i] = hex;
	ret->x[i] = x;
	ret->dash[i] = dash;
	ret->lines[i + 1] = ret->lines[i] + ww_bits_count(newline);
}

static void
scan_masks(const char *p, size_t n_blocks, size_t first, struct ww_masks *ret)
{
	for (size_t i = 0; i < n_blocks; i++)
		add_masks(p + i * WW_BLOCK, first + i, ret);
}

static void
find_starts(const struct ww_masks *masks, size_t n_blocks,
	    struct ww_starts *ret)
{
	ww_find_starts(masks, n_blocks, ret);
}

static bool
is_of_word(char c)
{
	return ww_is_alnum(c) || c == '_';
}

static bool
is_odd(char c, char next)
{
	bool small = c >= 'a' && c <= 'z';

	if (!is_of_word(c))
		return false;
	if (ww_is_digit(c) || c == '_' || next == '(')
		return true;
	return !small && !is_of_word(next);
}

static void
odd_words(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++, p += WW_BLOCK) {
		ret[i] = 0;
		for (unsigned bit = 0; bit < WW_BLOCK; bit++)
			ret[i] |= (uint64_t)is_odd(p[bit], p[bit + 1]) << bit;
	}
}

static size_t
ascii16_narrow(const uint8_t *p, size_t n_units, char *out)
{
	size_t i = 0;

	for (; i < n_units; i++) {
		uint8_t low = p[2 * i], high = p[2 * i + 1];

		if (high != 0 || low == 0 || low >= 0x80)
			break;
		out[i] = (char)low;
	}
	return i;
}

static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && p[i] != '\0' && (unsigned char)p[i] < 0x80)
		i++;
	return i;
}

const struct ww_kernels ww_kernels_scalar = {
	.name = "scalar",
	.newlines = newlines,
	.scan_masks = scan_masks,
	.find_starts = find_starts,
	.odd_words = odd_words,
	.ascii16_narrow = ascii16_narrow,
	.ascii_run = ascii_run,
	.crc32 = ww_crc32_fast,
};
