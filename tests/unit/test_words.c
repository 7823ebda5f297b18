/*
 * Text into the words of search, and how far apart two words are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "catalogue/distance.h"
#include "catalogue/words.h"

#define S(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}

#define WORDS_MAX 8

/* 40 letters, and the 31 that a word keeps. */
#define LETTERS40 "abcdefghijklmnopqrstuvwxyzabcdefghijklmn"
#define LETTERS31 "abcdefghijklmnopqrstuvwxyzabcde"

static const struct {
	struct ww_slice text;
	bool camel;
	const char *words[WORDS_MAX];
} texts[] = {
	{ S(""), false, { NULL } },
	{ S(" \t-,.!?_"), false, { NULL } },
	{ S("access denied"), false, { "access", "denied" } },
	{ S("  Access,  DENIED. "), false, { "access", "denied" } },
	{ S("E_ACCESSDENIED"), false, { "e", "accessdenied" } },
	{ S("0x80244007"), false, { "0x80244007" } },
	{ S("don't"), false, { "don", "t" } },
	{ S("wuauclt.exe"), false, { "wuauclt", "exe" } },
	{ S("a\0b"), false, { "a", "b" } },

	/* Camel case, only where it is asked for. */
	{ S("adErrItemNotFound"), false, { "aderritemnotfound" } },
	{ S("adErrItemNotFound"),
	  true,
	  { "ad", "err", "item", "not", "found" } },
	{ S("HTTPServer"), true, { "httpserver" } },
	{ S("Http2Server"), true, { "http2server" } },
	{ S("WU_E_PT_SOAPCLIENT"), true, { "wu", "e", "pt", "soapclient" } },
	{ S("aB"), true, { "a", "b" } },
	{ S("a B"), true, { "a", "b" } },

	/* Accents are taken off. */
	{ S("d\xC3\xA9j\xC3\xA0 refus\xC3\xA9"), false, { "deja", "refuse" } },
	{ S("\xC3\x89\xC3\x87\xC3\x94"), false, { "eco" } },
	{ S("Stra\xC3\x9F"
	    "e"),
	  false,
	  { "strase" } },
	{ S("c\xC5\x93ur \xC5\x92uvre"), false, { "cour", "ouvre" } },
	{ S("\xC3\xBF\xC3\xBD"), false, { "yy" } },
	/* Multiplication and division signs are no letters. */
	{ S("a\xC3\x97"
	    "b\xC3\xB7"
	    "c"),
	  false,
	  { "a", "b", "c" } },
	/* A typographic apostrophe and no-break spaces end a word. */
	{ S("l\xE2\x80\x99"
	    "acc\xC3\xA8s\xC2\xA0: non"),
	  false,
	  { "l", "acces", "non" } },
	/* So do other scripts and what is not UTF-8. */
	{ S("a\xD0\x96"
	    "b"),
	  false,
	  { "a", "b" } },
	{ S("a\xFF"
	    "b\xC3"),
	  false,
	  { "a", "b" } },

	/* What is too long is cut, and what follows is a word of its own. */
	{ S(LETTERS31), false, { LETTERS31 } },
	{ S(LETTERS40), false, { LETTERS31 } },
	{ S(LETTERS40 " end"), false, { LETTERS31, "end" } },
};

static void
test_tokens(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(texts); i++) {
		struct ww_words_in words = { .rest = texts[i].text,
					     .camel = texts[i].camel };

		for (size_t k = 0; k < WORDS_MAX; k++) {
			const char *expected = texts[i].words[k];

			if (expected == NULL)
				break;
			if (!ww_words_next(&words))
				fail_msg("\"%s\": \"%s\" is missing",
					 texts[i].text.p, expected);
			assert_string_equal(words.word, expected);
			assert_int_equal(words.len, strlen(expected));
		}
		if (ww_words_next(&words))
			fail_msg("\"%s\": \"%s\" is too many", texts[i].text.p,
				 words.word);
		assert_int_equal(words.rest.len, 0);
		assert_string_equal(words.word, "");
	}
}

/* Every byte sequence of two ends, with a word that is lower ASCII. */
static void
test_any_bytes(void **state)
{
	(void)state;
	for (unsigned v = 0; v < 65536; v++) {
		char text[2] = { (char)(v >> 8), (char)v };
		struct ww_words_in words = { .rest = ww_slice_of(text, 2),
					     .camel = true };
		unsigned n = 0;

		while (ww_words_next(&words)) {
			assert_true(words.len <= 2 && ++n <= 2);
			for (size_t i = 0; i < words.len; i++)
				assert_true(ww_is_alnum(words.word[i]) &&
					    ww_fold(words.word[i]) ==
						words.word[i]);
		}
	}
}

static const struct {
	struct ww_slice a, b;
	unsigned limit, distance;
} distances[] = {
	{ S(""), S(""), 2, 0 },
	{ S("abc"), S("abc"), 2, 0 },
	{ S("abc"), S(""), 3, 3 },
	{ S("corupt"), S("corrupt"), 2, 1 },
	{ S("storge"), S("storage"), 2, 1 },
	{ S("acces"), S("access"), 1, 1 },
	{ S("denyed"), S("denied"), 1, 1 },
	{ S("udpate"), S("update"), 1, 1 }, /* a swap is one */
	{ S("kitten"), S("sitting"), 3, 3 },
	{ S("kitten"), S("sitting"), 2, 3 },
	{ S("kitten"), S("sitting"), 1, 2 },
	{ S("kitten"), S("sitting"), 0, 1 },
	{ S("abcdefgh"), S("a"), 2, 3 },
	{ S(LETTERS31), S(LETTERS31), 2, 0 },
	{ S(LETTERS31), S(LETTERS31 "xyz"), 2, 3 },
};

static void
test_distance(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(distances); i++) {
		struct ww_slice a = distances[i].a, b = distances[i].b;
		unsigned limit = distances[i].limit;

		assert_int_equal(ww_distance(a, b, limit),
				 distances[i].distance);
		assert_int_equal(ww_distance(b, a, limit),
				 distances[i].distance);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tokens),
		cmocka_unit_test(test_any_bytes),
		cmocka_unit_test(test_distance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
