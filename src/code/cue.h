/*
 * The words before a number: whether they announce a code, or something else
 * with digits.  Knows the vocabulary of logs and dialogues; used by find.c.
 */
#ifndef WW_CODE_CUE_H
#define WW_CODE_CUE_H

#include <stdbool.h>

#include "base/slice.h"

struct ww_cue {
	bool code;	 /* a word that announces a code stands before */
	unsigned digits; /* fewest digits a decimal behind it needs */
	bool stop;	 /* the word announces a stop code */
	bool assigned;	 /* a colon, an equals sign or a tag ends before it */
	bool noise;	 /* the word announces a thread, an address, … */
};

/* What stands before text.p[at].  Looks at a bounded number of bytes. */
struct ww_cue ww_cue_before(struct ww_slice text, size_t at);

#endif
