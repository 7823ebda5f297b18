/*
 * The kernels in AVX2, with POPCNT: Intel from 2013 on, AMD from 2015.
 */
#include "base/simd/starts.h"
#include "base/simd/units.h"

#if WW_SIMD_X86
#include <immintrin.h>

#include "base/banned.h"

/* The rest of the program is built for machines that have none of it. */
#define AVX2  __attribute__((target("avx2,popcnt")))

#define WIDTH 32 /* bytes of a register */

AVX2 static __m256i
load(const void *p)
{
	return _mm256_loadu_si256(p);
}

/* A mask of a block from its two halves. */
AVX2 static uint64_t
bits(__m256i low, __m256i high)
{
	return (uint32_t)_mm256_movemask_epi8(low) |
	       (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << WIDTH;
}

/* All ones where v holds c. */
AVX2 static __m256i
equal(__m256i v, char c)
{
	return _mm256_cmpeq_epi8(v, _mm256_set1_epi8(c));
}

/* All ones where v holds one of the n bytes from first on; see sse2.c. */
AVX2 static __m256i
within(__m256i v, char first, int n)
{
	char up = (char)(128 - n - first);
	__m256i moved = _mm256_add_epi8(v, _mm256_set1_epi8(up));

	return _mm256_cmpgt_epi8(moved, _mm256_set1_epi8((char)(127 - n)));
}

/* Small letters; digits stay digits. */
AVX2 static __m256i
fold(__m256i v)
{
	return _mm256_or_si256(v, _mm256_set1_epi8(0x20));
}

AVX2 static __m256i
hex(__m256i v, __m256i small)
{
	return _mm256_or_si256(within(v, '0', 10), within(small, 'a', 6));
}

AVX2 static void
newlines(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++, p += WW_BLOCK)
		ret[i] =
		    bits(equal(load(p), '\n'), equal(load(p + WIDTH), '\n'));
}

AVX2 static void
scan_masks(const char *p, size_t n_blocks, size_t first, struct ww_masks *ret)
{
	uint64_t lines = ret->lines[first];

	for (size_t i = first; i < first + n_blocks; i++, p += WW_BLOCK) {
		__m256i a = load(p), b = load(p + WIDTH);
		__m256i small_a = fold(a), small_b = fold(b);
		uint64_t newline = bits(equal(a, '\n'), equal(b, '\n'));

		ret->newline[i] = newline;
		ret->hex[i] = bits(hex(a, small_a), hex(b, small_b));
		ret->x[i] = bits(equal(small_a, 'x'), equal(small_b, 'x'));
		ret->dash[i] = bits(equal(a, '-'), equal(b, '-'));
		lines += (uint64_t)_mm_popcnt_u64(newline);
		ret->lines[i + 1] = lines;
	}
}

AVX2 static void
find_starts(const struct ww_masks *masks, size_t n_blocks,
	    struct ww_starts *ret)
{
	ww_find_starts(masks, n_blocks, ret);
}

AVX2 static __m256i
letters(__m256i v)
{
	return within(fold(v), 'a', 26);
}

/* Digits and underscores. */
AVX2 static __m256i
signs(__m256i v)
{
	return _mm256_or_si256(within(v, '0', 10), equal(v, '_'));
}

AVX2 static __m256i
odd(__m256i v, __m256i next)
{
	__m256i goes_on = _mm256_or_si256(letters(next), signs(next));
	__m256i last = _mm256_andnot_si256(goes_on, within(v, 'A', 26));
	__m256i called = _mm256_and_si256(letters(v), equal(next, '('));

	return _mm256_or_si256(signs(v), _mm256_or_si256(last, called));
}

AVX2 static void
odd_words(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++, p += WW_BLOCK)
		ret[i] = bits(odd(load(p), load(p + 1)),
			      odd(load(p + WIDTH), load(p + WIDTH + 1)));
}

/* All ones where a 16-bit unit is neither NUL nor beyond ASCII. */
AVX2 static __m256i
ascii_units(__m256i v)
{
	__m256i zero = _mm256_setzero_si256();
	__m256i beyond = _mm256_and_si256(v, _mm256_set1_epi16((short)0xFF80));

	return _mm256_andnot_si256(_mm256_cmpeq_epi16(v, zero),
				   _mm256_cmpeq_epi16(beyond, zero));
}

AVX2 static size_t
ascii16_narrow(const uint8_t *p, size_t n_units, char *out)
{
	size_t i = 0;

	for (; n_units - i >= WIDTH; i += WIDTH) {
		__m256i a = load(p + 2 * i), b = load(p + 2 * i + WIDTH);
		__m256i good = _mm256_and_si256(ascii_units(a), ascii_units(b));
		__m256i packed = _mm256_packus_epi16(a, b);

		if (_mm256_movemask_epi8(good) != -1)
			break;
		/* Packing works in halves: put the quarters in order. */
		packed = _mm256_permute4x64_epi64(packed, 0xD8);
		_mm256_storeu_si256((void *)(out + i), packed);
	}
	return i +
	       ww_kernels_sse2.ascii16_narrow(p + 2 * i, n_units - i, out + i);
}

AVX2 static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	for (; n - i >= WIDTH; i += WIDTH) {
		__m256i v = load(p + i);
		__m256i other = _mm256_or_si256(v, equal(v, '\0'));

		if (_mm256_movemask_epi8(other) != 0)
			break;
	}
	return i + ww_kernels_sse2.ascii_run(p + i, n - i);
}

const struct ww_kernels ww_kernels_avx2 = {
	.name = "avx2",
	.newlines = newlines,
	.scan_masks = scan_masks,
	.find_starts = find_starts,
	.odd_words = odd_words,
	.ascii16_narrow = ascii16_narrow,
	.ascii_run = ascii_run,
	.crc32 = ww_crc32_by_clmul,
};

#endif
