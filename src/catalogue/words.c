#include "catalogue/words.h"

#include "base/compiler.h"
#include "base/utf8.h"

/* Latin-1 letters without their accents, from U+00C0; '\0' is no letter. */
static char
without_accent(uint32_t c)
{
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo\0ouuuuyts"
				    "aaaaaaaceeeeiiiidnooooo\0ouuuuyty";

	return c >= 0xC0 && c <= 0xFF ? plain[c - 0xC0] : '\0';
}

/* The folded byte a character adds to a word, or '\0' when it ends one. */
static char
word_char(uint32_t c)
{
	if (c < 0x80)
		return ww_is_alnum((char)c) ? ww_fold((char)c) : '\0';
	/* U+0153 is the French oe. */
	return c == 0x152 || c == 0x153 ? 'o' : without_accent(c);
}

static bool
is_upper(uint32_t c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

bool
ww_words_next(struct ww_words_in *words)
{
	uint32_t before = 0;

	words->len = 0;
	while (words->rest.len > 0) {
		uint32_t c;
		size_t n = ww_utf8_decode(words->rest, &c);
		char folded = word_char(c);

		if (words->len > 0 &&
		    (folded == '\0' ||
		     (words->camel && is_lower(before) && is_upper(c))))
			break;
		if (folded != '\0' && words->len < WW_WORD_MAX)
			words->word[words->len++] = folded;
		before = c;
		words->rest = ww_slice_from(words->rest, n);
	}
	words->word[words->len] = '\0';
	return words->len > 0;
}

bool
ww_word_is_common(const char *word)
{
	static const char *const stop[] = {
		"a",   "an",  "and",  "are",  "as",    "at",   "be",
		"by",  "de",  "des",  "du",   "e",     "en",   "est",
		"et",  "for", "from", "has",  "in",    "is",   "it",
		"its", "la",  "le",   "les",  "not",   "of",   "on",
		"or",  "pas", "s",    "that", "the",   "this", "to",
		"un",  "une", "was",  "were", "which", "with",
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(stop); i++)
		if (strcmp(stop[i], word) == 0)
			return true;
	return false;
}
