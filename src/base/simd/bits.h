/*
 * What is asked of the bits of a mask.
 */
#ifndef WW_BASE_SIMD_BITS_H
#define WW_BASE_SIMD_BITS_H

#include <stdint.h>

/* The number of the lowest bit; mask must not be 0. */
static inline unsigned
ww_bits_lowest(uint64_t mask)
{
	return (unsigned)__builtin_ctzll(mask);
}

/* By sums side by side: the compiler's own calls a function with a table. */
static inline unsigned
ww_bits_count(uint64_t mask)
{
	mask -= mask >> 1 & UINT64_C(0x5555555555555555);
	mask = (mask & UINT64_C(0x3333333333333333)) +
	       (mask >> 2 & UINT64_C(0x3333333333333333));
	mask = (mask + (mask >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (unsigned)(mask * UINT64_C(0x0101010101010101) >> 56);
}

#endif
