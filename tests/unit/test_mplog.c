/*
 * MPLog-*.log of Microsoft Defender Antivirus: which files are, and what
 * became of the threats it detected.  Lines are written after real ones.
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

#define AT    "2026-03-10T07:33:18.854Z "
#define FOUND AT "DETECTIONEVENT MPSOURCE_REALTIME Tool:A/B!C file:C:\\a.exe;\n"
#define ADDED                                           \
	AT "DETECTION_ADD#1 Tool:A/B!C file:C:\\a.exe " \
	   "PropBag [length: 0, data: (null)]\n"
#define CLEANED(code)                                         \
	AT "DETECTION_CLEANEVENT MPSOURCE_REALTIME "          \
	   "MP_THREAT_ACTION_QUARANTINE " code " Tool:A/B!C " \
	   "file:C:\\a.exe;\n"
#define ACTIONS(done)                                        \
	"Beginning threat actions\nThreat Name:Tool:A/B!C\n" \
	"Action:quarantine\n" done "Finished threat actions\n"

static const struct {
	const char *head;
	enum ww_dialect_id id;
} heads[] = {
	{ FOUND ADDED, WW_DIALECT_MPLOG },
	{ "Begin Resource Scan\nScan ID:{0}\n", WW_DIALECT_MPLOG },
	{ AT "[Cloud] Queued cloud request.\n", WW_DIALECT_MPLOG },
	{ AT "The service has started.\n", WW_DIALECT_TEXT },
	{ "It wrote DETECTION_ADD#1 A.\n", WW_DIALECT_TEXT },
};

static void
test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

static void
test_times(void **state)
{
	struct ww_reader reader = { .arena = &arena };
	struct ww_record r = { .time = 0 };

	(void)state;
	assert_false(ww_dialect_mplog.parse(&reader, WW_LIT(" "), &r));
	assert_false(ww_dialect_mplog.parse(&reader, WW_LIT(AT " "), &r));
	assert_true(ww_dialect_mplog.parse(&reader, WW_LIT(AT "a b"), &r));
	assert_int_equal(r.time, 1773127998854000);
	assert_int_equal(r.text.len, 3);
	assert_true(ww_dialect_mplog.parse(&reader, WW_LIT("End Scan"), &r));
	assert_int_equal(r.time, WW_NO_TIME);
	assert_true(ww_dialect_mplog.parse(&reader,
					   WW_LIT("2026-13-10T07:33:18.854Z a"),
					   &r));
	assert_int_equal(r.time, WW_NO_TIME);
}

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "found and put into quarantine", FOUND ADDED CLEANED("0"),
	  "succeeded 0 [Tool:A/B!C] resource=file:C:\\a.exe "
	  "action=QUARANTINE\n" },

	{ "it could not", FOUND CLEANED("0x80508021"),
	  "failed 80508021 [Tool:A/B!C] resource=file:C:\\a.exe "
	  "action=QUARANTINE\n" },

	{ "the actions tell the end",
	  FOUND CLEANED("0x80508033")
	      ACTIONS("Action remove successful on file:C:\\a.exe\n"),
	  "succeeded [Tool:A/B!C] resource=file:C:\\a.exe "
	  "action=QUARANTINE\n" },

	{ "the actions tell nothing", FOUND ACTIONS(""),
	  "open [Tool:A/B!C] resource=file:C:\\a.exe\n" },

	{ "it is not found any more, after it was removed",
	  FOUND CLEANED("0") CLEANED("0x80508023"),
	  "succeeded 0 [Tool:A/B!C] resource=file:C:\\a.exe "
	  "action=QUARANTINE\n"
	  "open [Tool:A/B!C] resource=file:C:\\a.exe action=QUARANTINE\n" },

	{ "a removal outside of a block is nobody's",
	  FOUND "Action remove successful on file:C:\\a.exe\n"
		"Finished threat actions\n",
	  "open [Tool:A/B!C] resource=file:C:\\a.exe\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_MPLOG,
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
