/*
 * mrt.log: which files are, and what became of the runs of the removal tool.
 * Lines are written after real ones.
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

#define TITLE "Microsoft Windows Malicious Software Removal Tool "
#define BEGIN                                                     \
	"\n--------\n" TITLE "v5.144, (build 5.144.26080.1002)\n" \
	"Started On Wed Aug 12 09:55:54 2026\n\n"
#define END(code)                                                            \
	TITLE "Finished On Wed Aug 12 09:58:01 2026\n\n\nReturn code: " code \
	      "\n"

static void
test_heads(void **state)
{
	(void)state;
	assert_int_equal(ww_dialect_sniff(ww_slice_cstr(BEGIN))->id,
			 WW_DIALECT_MRT);
	assert_int_equal(
	    ww_dialect_sniff(WW_LIT("The " TITLE "was run.\n"))->id,
	    WW_DIALECT_TEXT);
}

static void
test_times(void **state)
{
	struct ww_reader reader = { .arena = &arena };
	struct ww_record r = { .time = 0 };

	(void)state;
	reader.state = ww_arena_alloc(&arena, ww_dialect_mrt.state_size);
	assert_false(ww_dialect_mrt.parse(&reader, WW_LIT("-----"), &r));
	assert_false(ww_dialect_mrt.parse(&reader, WW_LIT(" "), &r));
	ww_dialect_mrt.parse(&reader, WW_LIT(TITLE "v5.1"), &r);
	assert_int_equal(r.time, WW_NO_TIME);
	ww_dialect_mrt.parse(&reader,
			     WW_LIT("Started On Wed Aug 12 09:55:54 2026"), &r);
	assert_int_equal(r.time, 1786528554000000);
	ww_dialect_mrt.parse(&reader, WW_LIT("No infection found."), &r);
	assert_int_equal(r.time, 1786528554000000);
	ww_dialect_mrt.parse(
	    &reader, WW_LIT(TITLE "Finished On Wed Aug 12 09:58:01 2026"), &r);
	assert_int_equal(r.time, 1786528681000000);
	ww_dialect_mrt.parse(&reader, WW_LIT(TITLE "Finished On ?"), &r);
	assert_int_equal(r.time, WW_NO_TIME);
}

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "nothing found",
	  BEGIN "Run Mode: Scan Run From Windows Update\n"
		"No infection found.\n" END("0 (0x0)"),
	  "succeeded [] version=5.144 mode=Scan Run From Windows Update "
	  "return-code=0\n" },

	{ "found and removed",
	  BEGIN "Threat Detected: Trojan:Win64/A.CR!MTB and Removed!\n" END(
	      "6 (0x6)"),
	  "succeeded [] version=5.144 return-code=6 "
	  "(Trojan:Win64/A.CR!MTB good)\n" },

	{ "found and left in place",
	  BEGIN
	  "Threat Detected: A and Removed!\n"
	  "Threat Detected: Trojan:Win64/B!MTB, not removed.\n" END("6 (0x6)"),
	  "failed [] version=5.144 return-code=6 (A good) "
	  "(Trojan:Win64/B!MTB bad)\n" },

	{ "it could not look", BEGIN END("4 (0x4)"),
	  "failed [] version=5.144 return-code=4\n" },

	{ "a run that was stopped, and the next", BEGIN BEGIN END("0 (0x0)"),
	  "succeeded [] version=5.144 return-code=0\n"
	  "open [] version=5.144\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_MRT,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
