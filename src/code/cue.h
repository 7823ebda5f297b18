/*
 * The words before a number: whether they announce a code, or something else
 * with digits.  Knows the vocabulary of logs and dialogues; used by find.c.
 */
#ifndef WW_CODE_CUE_H
#define WW_CODE_CUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct ww_cue {
	bool code;	 /* a word that announces a code stands before */
	unsigned digits; /* fewest digits a decimal behind it needs */
	bool stop;	 /* the word announces a stop code */
	bool assigned;	 /* a colon, an equals sign or a tag ends before it */
	bool noise;	 /* the word announces a thread, an address, … */
	bool leftover;	 /* the noise is gle=: what an earlier call left */
};

/* What stands before text.p[at].  Looks at a bounded number of bytes. */
struct ww_cue ww_cue_before(struct ww_slice text, size_t at);

#define WW_CUE_LISTS	  64
#define WW_CUE_ROWS_MAX	  255
#define WW_CUE_KEPT	  256 /* a power of two */
#define WW_CUE_KEPT_BYTES 32

/*
 * For those who ask often: the vocabulary by the last letters of its words,
 * and the latest answers.  The lines of a log are made of a few templates, so
 * that most codes stand behind bytes that were seen before.  Belongs to one
 * thread.
 */
struct ww_cue_memo {
	uint8_t first[WW_CUE_LISTS]; /* the number of a row; 0: none */
	struct ww_cue_row {
		uint16_t ends; /* the last two bytes of its word */
		uint8_t len;
		uint8_t next;
	} rows[WW_CUE_ROWS_MAX];
	struct ww_cue_kept {
		struct ww_cue cue;
		uint8_t len; /* bytes that decide it; 0: nothing is kept */
		char before[WW_CUE_KEPT_BYTES];
	} kept[WW_CUE_KEPT];
};

void ww_cue_memo_init(struct ww_cue_memo *memo);

/* The same answer as ww_cue_before() gives, in less time. */
struct ww_cue ww_cue_recall(struct ww_cue_memo *memo, struct ww_slice text,
			    size_t at);

#endif
