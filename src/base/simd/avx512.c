/*
 * The kernels in AVX-512 with BW, which compares bytes right into masks:
 * Intel servers from 2017 on, AMD from 2022.
 */
#include "base/simd/starts.h"
#include "base/simd/units.h"

#if WW_SIMD_X86
#include <immintrin.h>

#include "base/banned.h"

/* The rest of the program is built for machines that have none of it. */
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,popcnt")))

#define WIDTH  64 /* bytes of a register */

AVX512 static __m512i
load(const void *p)
{
	return _mm512_loadu_si512(p);
}

AVX512 static uint64_t
equal(__m512i v, char c)
{
	return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8(c));
}

/* Which bytes are one of the n from first on. */
AVX512 static uint64_t
within(__m512i v, char first, char n)
{
	__m512i moved = _mm512_sub_epi8(v, _mm512_set1_epi8(first));

	return _mm512_cmplt_epu8_mask(moved, _mm512_set1_epi8(n));
}

AVX512 static void
newlines(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++)
		ret[i] = equal(load(p + i * WW_BLOCK), '\n');
}

AVX512 static void
scan_masks(const char *p, size_t n_blocks, size_t first, struct ww_masks *ret)
{
	uint64_t lines = ret->lines[first];

	for (size_t i = first; i < first + n_blocks; i++, p += WW_BLOCK) {
		__m512i v = load(p);
		/* Letters become small ones, and digits stay digits. */
		__m512i small = _mm512_or_si512(v, _mm512_set1_epi8(0x20));
		uint64_t newline = equal(v, '\n');

		ret->newline[i] = newline;
		ret->hex[i] = within(v, '0', 10) | within(small, 'a', 6);
		ret->x[i] = equal(small, 'x');
		ret->dash[i] = equal(v, '-');
		lines += (uint64_t)_mm_popcnt_u64(newline);
		ret->lines[i + 1] = lines;
	}
}

AVX512 static void
find_starts(const struct ww_masks *masks, size_t n_blocks,
	    struct ww_starts *ret)
{
	ww_find_starts(masks, n_blocks, ret);
}

/* Letters of either case. */
AVX512 static uint64_t
letters(__m512i v)
{
	return within(_mm512_or_si512(v, _mm512_set1_epi8(0x20)), 'a', 26);
}

AVX512 static void
odd_words(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++, p += WW_BLOCK) {
		__m512i v = load(p), next = load(p + 1);
		uint64_t goes_on =
		    letters(next) | within(next, '0', 10) | equal(next, '_');
		uint64_t capital = within(v, 'A', 26);

		ret[i] = within(v, '0', 10) | equal(v, '_') |
			 (capital & ~goes_on) | (letters(v) & equal(next, '('));
	}
}

AVX512 static size_t
ascii16_narrow(const uint8_t *p, size_t n_units, char *out)
{
	const size_t n = WIDTH / 2;
	size_t i = 0;

	for (; n_units - i >= n; i += n) {
		__m512i v = load(p + 2 * i);
		/* A NUL becomes the largest of all. */
		__m512i moved = _mm512_sub_epi16(v, _mm512_set1_epi16(1));

		if (_mm512_cmplt_epu16_mask(moved, _mm512_set1_epi16(127)) !=
		    UINT32_MAX)
			break;
		_mm256_storeu_si256((void *)(out + i), _mm512_cvtepi16_epi8(v));
	}
	return i +
	       ww_kernels_sse2.ascii16_narrow(p + 2 * i, n_units - i, out + i);
}

AVX512 static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	for (; n - i >= WIDTH; i += WIDTH)
		if (within(load(p + i), 1, 127) != UINT64_MAX)
			break;
	return i + ww_kernels_sse2.ascii_run(p + i, n - i);
}

const struct ww_kernels ww_kernels_avx512 = {
	.name = "avx512",
	.newlines = newlines,
	.scan_masks = scan_masks,
	.find_starts = find_starts,
	.odd_words = odd_words,
	.ascii16_narrow = ascii16_narrow,
	.ascii_run = ascii_run,
	.crc32 = ww_crc32_by_clmul,
};

#endif
