/*
 * The kernels in SSE2, which every x86-64 has.
 */
#include "base/simd/units.h"

#if WW_SIMD_X86
#include <emmintrin.h>

#include "base/banned.h"

#define WIDTH 16 /* bytes of a register */
#define PARTS (WW_BLOCK / WIDTH)

static __m128i
load(const void *p)
{
	return _mm_loadu_si128(p);
}

static uint64_t
bits(__m128i v)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(v);
}

/*
 * All ones where v holds one of the n bytes from first on.  The only compare
 * is a signed one, so they are moved to the upper end of its range.
 */
static __m128i
within(__m128i v, char first, int n)
{
	__m128i moved = _mm_add_epi8(v, _mm_set1_epi8((char)(128 - n - first)));

	return _mm_cmpgt_epi8(moved, _mm_set1_epi8((char)(127 - n)));
}

/* Adds what part i of the block says; returns all ones for each newline. */
static __m128i
add_masks(const char *p, unsigned i, struct ww_masks *m)
{
	__m128i v = load(p + i * WIDTH);
	/* Letters become small ones, and digits stay digits. */
	__m128i small = _mm_or_si128(v, _mm_set1_epi8(0x20));
	__m128i newline = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
	__m128i hex = _mm_or_si128(within(v, '0', 10), within(small, 'a', 6));

	m->newline |= bits(newline) << i * WIDTH;
	m->hex |= bits(hex) << i * WIDTH;
	m->x |= bits(_mm_cmpeq_epi8(small, _mm_set1_epi8('x'))) << i * WIDTH;
	m->high |= bits(v) << i * WIDTH;
	return newline;
}

static uint64_t
scan_masks(const char *p, size_t n_blocks, struct ww_masks *ret)
{
	uint64_t lines = 0;

	for (size_t k = 0; k < n_blocks; k++, p += WW_BLOCK) {
		struct ww_masks m = { .lines = lines };
		__m128i counts = _mm_setzero_si128(), sums;

		for (unsigned i = 0; i < PARTS; i++)
			counts = _mm_sub_epi8(counts, add_masks(p, i, &m));
		sums = _mm_sad_epu8(counts, _mm_setzero_si128());
		lines += (unsigned)_mm_extract_epi16(sums, 0) +
			 (unsigned)_mm_extract_epi16(sums, 4);
		ret[k] = m;
	}
	return lines;
}

/* All ones where a 16-bit unit is 1 to 0x7F. */
static __m128i
ascii_units(__m128i v)
{
	__m128i zero = _mm_setzero_si128();
	__m128i beyond = _mm_and_si128(v, _mm_set1_epi16((short)0xFF80));

	return _mm_andnot_si128(_mm_cmpeq_epi16(v, zero),
				_mm_cmpeq_epi16(beyond, zero));
}

static size_t
ascii16_narrow(const uint8_t *p, size_t n_units, char *out)
{
	size_t i = 0;

	for (; n_units - i >= WIDTH; i += WIDTH) {
		__m128i a = load(p + 2 * i), b = load(p + 2 * i + WIDTH);
		__m128i good = _mm_and_si128(ascii_units(a), ascii_units(b));

		if (bits(good) != 0xFFFF)
			break;
		_mm_storeu_si128((void *)(out + i), _mm_packus_epi16(a, b));
	}
	return i + ww_kernels_scalar.ascii16_narrow(p + 2 * i, n_units - i,
						    out + i);
}

static size_t
ascii_run(const char *p, size_t n)
{
	size_t i = 0;

	for (; n - i >= WIDTH; i += WIDTH) {
		__m128i v = load(p + i);
		__m128i nul = _mm_cmpeq_epi8(v, _mm_setzero_si128());

		if (bits(_mm_or_si128(v, nul)) != 0)
			break;
	}
	return i + ww_kernels_scalar.ascii_run(p + i, n - i);
}

const struct ww_kernels ww_kernels_sse2 = {
	.name = "sse2",
	.scan_masks = scan_masks,
	.ascii16_narrow = ascii16_narrow,
	.ascii_run = ascii_run,
};

#endif
