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

static inline unsigned
ww_bits_count(uint64_t mask)
{
	return (unsigned)__builtin_popcountll(mask);
}

#endif
