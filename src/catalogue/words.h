/*
 * Text into the words that search compares: lower case, accents taken off,
 * at most WW_WORD_MAX bytes.  Shared by the compiler and by search, so that
 * both cut alike.
 */
#ifndef WW_CATALOGUE_WORDS_H
#define WW_CATALOGUE_WORDS_H

#include "base/slice.h"

#define WW_WORD_MAX 31

struct ww_words_in {
	struct ww_slice rest; /* borrowed */
	bool camel;	      /* adErrItemNotFound is five words */
	char word[WW_WORD_MAX + 1];
	size_t len;
};

/* The next word into words->word; false when none is left. */
bool ww_words_next(struct ww_words_in *words);

/* Too common to tell documents apart: neither indexed nor looked for. */
bool ww_word_is_common(const char *word);

#endif
