/*
 * Which single-byte code page makes words of the bytes above 0x7F: counts
 * how they stand among letters, and weighs each page by the alphabets of the
 * languages written with it.  Used by encoding.c.
 */
#ifndef WW_INPUT_LETTERS_H
#define WW_INPUT_LETTERS_H

#include <stdint.h>

#include "base/codepage.h"
#include "base/slice.h"

/* How often a byte stood where; a letter is ASCII's or any above 0x7F. */
struct ww_letter_count {
	uint32_t alone;
	uint32_t opening; /* a letter follows, none is before */
	uint32_t closing;
	uint32_t inside;
	uint32_t after_small; /* of all these, behind a small letter */
	uint32_t by_ascii;    /* beside A to Z of either case */
	uint32_t in_row;      /* one of three or more of itself: a line drawn */
};

struct ww_letter_counts {
	struct ww_letter_count byte[128];
};

/* Count the byte at text.p[at], which is above 0x7F. */
void ww_letters_count(struct ww_letter_counts *counts, struct ww_slice text,
		      size_t at);

/*
 * The best page, and what it scores: a point for each byte that is a letter
 * of the page's best language or a sign in its place, less for others.
 * 1252 unless another is better by more than `margin`.
 */
const struct ww_codepage *ww_letters_choose(const struct ww_letter_counts *c,
					    int64_t margin, int64_t *retscore);

#endif
