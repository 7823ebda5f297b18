/*
 * PFRO.log: which files are, and what became of the files that were to be
 * replaced or deleted.  Lines are written after real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

#include "tell.h"

#include "arena.h"

#define AT   "8/20/2026 8:5:4 - "
#define DONE AT "3 Successful PFRO operations\n\n"

static void
test_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ DONE, WW_DIALECT_PFRO },
		{ "\n\n" AT "PFRO Error: a, b, 0x1\n", WW_DIALECT_PFRO },
		{ AT "text\n", WW_DIALECT_TEXT },
		{ "8/20/2026 8:5:4 PFRO Error: a\n", WW_DIALECT_TEXT },
		{ "20/8/2026 8:5:4 - PFRO Error: a\n", WW_DIALECT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

#define DELETE(file, code) \
	AT "PFRO Error: \\??\\" file ", |delete operation|, " code "\n"
#define REPLACE(from, to, code) \
	AT "PFRO Error: \\??\\" from ", " to ", " code "\n"

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "files to delete that are gone, and a folder that is not empty",
	  DELETE("C:\\a.exe", "0xc0000034") DELETE("C:\\b\\c", "0xc000003a")
	      DELETE("C:\\b", "0xc0000101") DONE,
	  "succeeded []\n" },

	{ "a file that is left behind",
	  DELETE("C:\\a, b.sys", "0xc0000121") DONE,
	  "succeeded [] (C:\\a, b.sys good)\n" },

	{ "a file that is not replaced",
	  REPLACE("C:\\a.tmp", "!\\??\\C:\\a.dll", "0xc0000022")
	      REPLACE("C:\\b.tmp", "\\??\\C:\\b, c.dll", "0xc0000043") DONE,
	  "failed c0000022 [] file=C:\\a.dll (C:\\a.dll bad) "
	  "(C:\\b, c.dll bad)\n" },

	{ "nothing left to put in its place",
	  REPLACE("C:\\a.tmp", "!\\??\\C:\\a.dll", "0xc0000034") DONE,
	  "succeeded []\n" },

	{ "a later start of Windows, with nothing to complain of",
	  REPLACE("C:\\a.tmp", "\\??\\C:\\a.dll", "0xc0000022") DONE DONE,
	  "succeeded []\nfailed c0000022 [] file=C:\\a.dll "
	  "(C:\\a.dll bad)\n" },

	{ "cut off", DELETE("C:\\a.sys", "0xc0000121"),
	  "open [] (C:\\a.sys good)\n" },

	{ "lines that are not whole",
	  AT "PFRO Error: \n" AT "PFRO Error: a\n" AT "PFRO Error: a, zz\n" AT
	     "PFRO Error: , \\??\\, 0x1\n" DONE,
	  "succeeded []\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_PFRO,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
