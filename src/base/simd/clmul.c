/*
 * CRC-32 by multiplication without carries, which every processor with AVX2
 * has.  Used by the units that ask for it.
 *
 * 64 bytes are folded onto the next 64, and those are what they were as far as
 * the remainder goes: V. Gopal and others, "Fast CRC Computation for Generic
 * Polynomials Using PCLMULQDQ Instruction", Intel, 2009.
 */
#include "base/simd/units.h"

#if WW_SIMD_X86
#include <immintrin.h>

#include "base/banned.h"

#define CLMUL __attribute__((target("pclmul,sse4.1")))

#define WIDTH 16 /* bytes of a register */
#define PARTS (WW_BLOCK / WIDTH)

/*
 * Powers of x modulo the polynomial, bits reversed, and moved up by one since
 * a product of reversed factors comes out one place too low: the exponents are
 * the distance in bits plus 32 for the lower half, less 32 for the upper.
 */
#define X544 0x154442bd4
#define X480 0x1c6e41596
#define X160 0x1751997d0
#define X96  0x0ccaa009e

CLMUL static __m128i
load(const uint8_t *p)
{
	return _mm_loadu_si128((const void *)p);
}

/* v, moved by the distance that the powers stand for, onto `next`. */
CLMUL static __m128i
fold(__m128i v, __m128i powers, __m128i next)
{
	__m128i low = _mm_clmulepi64_si128(v, powers, 0x00);
	__m128i high = _mm_clmulepi64_si128(v, powers, 0x11);

	return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

/* n_blocks blocks, at least one, to the 16 bytes that have their remainder. */
CLMUL static __m128i
fold_blocks(uint32_t crc, const uint8_t *p, size_t n_blocks)
{
	const __m128i by_block = _mm_set_epi64x(X480, X544);
	const __m128i by_part = _mm_set_epi64x(X96, X160);
	__m128i v[PARTS];

	for (size_t i = 0; i < PARTS; i++)
		v[i] = load(p + i * WIDTH);
	v[0] = _mm_xor_si128(v[0], _mm_cvtsi32_si128((int)crc));
	while (--n_blocks > 0) {
		p += WW_BLOCK;
		for (size_t i = 0; i < PARTS; i++)
			v[i] = fold(v[i], by_block, load(p + i * WIDTH));
	}
	for (size_t i = 1; i < PARTS; i++)
		v[i] = fold(v[i - 1], by_part, v[i]);
	return v[PARTS - 1];
}

CLMUL uint32_t
ww_crc32_by_clmul(const struct ww_crc32 *tables, const void *p, size_t len)
{
	const uint8_t *bytes = p;
	size_t n_blocks = len / WW_BLOCK;
	uint8_t rest[WIDTH];
	uint32_t crc;

	if (n_blocks == 0)
		return ww_crc32_fast(tables, p, len);
	_mm_storeu_si128((void *)rest, fold_blocks(~0u, bytes, n_blocks));
	crc = ww_crc32_run(tables, 0, rest, sizeof(rest));
	return ~ww_crc32_run(tables, crc, bytes + n_blocks * WW_BLOCK,
			     len % WW_BLOCK);
}

#endif
