/*
 * The kernels in SSE2, which every x86-64 has.
 */
#include "base/simd/starts.h"
#include "base/simd/units.h"

#if WW_SIMD_X86
#include <emmintrin.h>

#include "base/simd/bits.h"

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

/* A block in its four parts. */
struct block {
	__m128i part[PARTS];
};

static struct block
load_block(const char *p)
{
	struct block b;

	for (size_t i = 0; i < PARTS; i++)
		b.part[i] = load(p + i * WIDTH);
	return b;
}

/* Letters become small ones, and digits stay digits. */
static struct block
fold(struct block b)
{
	for (unsigned i = 0; i < PARTS; i++)
		b.part[i] = _mm_or_si128(b.part[i], _mm_set1_epi8(0x20));
	return b;
}

static uint64_t
mask_equal(const struct block *b, char c)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < PARTS; i++)
		mask |= bits(_mm_cmpeq_epi8(b->part[i], _mm_set1_epi8(c)))
			<< i * WIDTH;
	return mask;
}

static uint64_t
mask_hex(const struct block *b, const struct block *small)
{
	uint64_t mask = 0;

	for (unsigned i = 0; i < PARTS; i++)
		mask |= bits(_mm_or_si128(within(b->part[i], '0', 10),
					  within(small->part[i], 'a', 6)))
			<< i * WIDTH;
	return mask;
}

static void
newlines(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++, p += WW_BLOCK) {
		struct block b = load_block(p);

		ret[i] = mask_equal(&b, '\n');
	}
}

static void
scan_masks(const char *p, size_t n_blocks, size_t first, struct ww_masks *ret)
{
	uint64_t lines = ret->lines[first];

	for (size_t i = first; i < first + n_blocks; i++, p += WW_BLOCK) {
		struct block b = load_block(p), small = fold(b);

		ret->newline[i] = mask_equal(&b, '\n');
		ret->hex[i] = mask_hex(&b, &small);
		ret->x[i] = mask_equal(&small, 'x');
		ret->dash[i] = mask_equal(&b, '-');
		lines += ww_bits_count(ret->newline[i]);
		ret->lines[i + 1] = lines;
	}
}

static void
find_starts(const struct ww_masks *masks, size_t n_blocks,
	    struct ww_starts *ret)
{
	ww_find_starts(masks, n_blocks, ret);
}

static __m128i
equal(__m128i v, char c)
{
	return _mm_cmpeq_epi8(v, _mm_set1_epi8(c));
}

static __m128i
letters(__m128i v)
{
	return within(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 26);
}

/* Digits and underscores. */
static __m128i
signs(__m128i v)
{
	return _mm_or_si128(within(v, '0', 10), equal(v, '_'));
}

static __m128i
odd(__m128i v, __m128i next)
{
	__m128i goes_on = _mm_or_si128(letters(next), signs(next));
	__m128i last = _mm_andnot_si128(goes_on, within(v, 'A', 26));
	__m128i called = _mm_and_si128(letters(v), equal(next, '('));

	return _mm_or_si128(signs(v), _mm_or_si128(last, called));
}

static void
odd_words(const char *p, size_t n_blocks, uint64_t *ret)
{
	for (size_t i = 0; i < n_blocks; i++) {
		ret[i] = 0;
		for (unsigned bit = 0; bit < WW_BLOCK; bit += WIDTH, p += WIDTH)
			ret[i] |= bits(odd(load(p), load(p + 1))) << bit;
	}
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
	.newlines = newlines,
	.scan_masks = scan_masks,
	.find_starts = find_starts,
	.odd_words = odd_words,
	.ascii16_narrow = ascii16_narrow,
	.ascii_run = ascii_run,
	.crc32 = ww_crc32_fast,
};

#endif
