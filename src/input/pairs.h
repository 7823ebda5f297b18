/*
 * The double-byte code pages of East Asia: recognised by how their bytes pair
 * up, and passed over pair by pair.  Their thousands of characters are not
 * decoded.  Used by encoding.c and decode.c.
 */
#ifndef WW_INPUT_PAIRS_H
#define WW_INPUT_PAIRS_H

#include <stdint.h>

#include "base/slice.h"

/* 932, 936, 949 and 950. */
#define WW_PAIR_PAGES 4

/*
 * How many bytes the character at text.p[at] takes in the page: 1 or 2; 0
 * when its second byte is not there yet.  A byte that starts no character is
 * one of its own.
 */
size_t ww_pair_length(unsigned page, struct ww_slice text, size_t at);

/*
 * Score a stretch of text.p[at] up to end, which begins with a byte above
 * 0x7F: a point for each such byte of a usual character, less for what cannot
 * be.
 */
void ww_pairs_count(int64_t score[WW_PAIR_PAGES], struct ww_slice text,
		    size_t at, size_t end);

/* The page with the best score. */
unsigned ww_pairs_choose(const int64_t score[WW_PAIR_PAGES], int64_t *retscore);

#endif
