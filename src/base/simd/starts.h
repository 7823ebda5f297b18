/*
 * Where numbers begin, from masks.  No branches, and no order between the
 * blocks, so that a compiler does as many at a time as its vectors hold: each
 * unit includes this and is a compilation of its own.
 */
#ifndef WW_BASE_SIMD_STARTS_H
#define WW_BASE_SIMD_STARTS_H

#include "base/simd/kernels.h"

/* Else it would be compiled once, for the least of machines. */
#define WW_INTO_UNIT static inline __attribute__((always_inline))

/* The mask with bit i saying what bit i - n said: of the bytes before. */
WW_INTO_UNIT uint64_t
ww_before(uint64_t mask, uint64_t last, unsigned n)
{
	return mask << n | last >> (64 - n);
}

/* The same of the bytes behind. */
WW_INTO_UNIT uint64_t
ww_behind(uint64_t mask, uint64_t next, unsigned n)
{
	return mask >> n | next << (64 - n);
}

/*
 * Where eight digits begin.  By doubling: a bit of twos says that it and the
 * next are digits, a bit of fours the same of two twos.
 */
WW_INTO_UNIT uint64_t
ww_eights(uint64_t hex, uint64_t next)
{
	uint64_t twos = hex & ww_behind(hex, next, 1);
	uint64_t next_twos = next & next >> 1;
	uint64_t fours = twos & ww_behind(twos, next_twos, 2);
	uint64_t next_fours = next_twos & next_twos >> 2;

	return fours & ww_behind(fours, next_fours, 4);
}

/* The starts of block i; eights are those of block i and the next. */
WW_INTO_UNIT void
ww_block_starts(const struct ww_masks *restrict m, size_t i, uint64_t eights,
		uint64_t next_eights, struct ww_starts *restrict ret)
{
	uint64_t hex = m->hex[i], last = m->hex[i - 1], next = m->hex[i + 1];
	uint64_t nine = eights & ww_behind(hex, next, 8);
	uint64_t eleven =
	    nine & ww_behind(hex, next, 9) & ww_behind(hex, next, 10);
	uint64_t sixteen = eights & ww_behind(eights, next_eights, 8);
	uint64_t seventeen = sixteen & ww_behind(hex, next, 16);
	uint64_t prefixed =
	    hex & ww_before(m->x[i], m->x[i - 1], 1) & ww_before(hex, last, 2);
	uint64_t guid = ww_behind(m->dash[i], m->dash[i + 1], 8);
	uint64_t bare =
	    eights & ~ww_before(hex, last, 1) & ~guid & (~eleven | seventeen);

	ret->prefixed[i - 1] = prefixed & (~nine | sixteen);
	ret->bare[i - 1] = bare & ~prefixed;
}

WW_INTO_UNIT void
ww_find_starts(const struct ww_masks *restrict m, size_t n_blocks,
	       struct ww_starts *restrict ret)
{
	uint64_t eights[WW_STRIP + 1];

	for (size_t i = 1; i <= n_blocks; i++)
		eights[i - 1] = ww_eights(m->hex[i], m->hex[i + 1]);
	/* Of the block behind, only its first bytes matter. */
	eights[n_blocks] = ww_eights(m->hex[n_blocks + 1], 0);
	for (size_t i = 1; i <= n_blocks; i++)
		ww_block_starts(m, i, eights[i - 1], eights[i], ret);
}

#endif
