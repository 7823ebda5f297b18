/*
 * What Get-DeliveryOptimizationLog prints: which files are, what an entry is,
 * and what became of the downloads.  Lines are written after real ones.
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

#define ID	"192e1997-7b9f-4cb4-93e7-a7c19bf06c94"
#define AT	"2026-03-10T07:03:16.9641605Z  AC8 4618     "
#define STARTED AT "Info {CTelemetryLogger::_InternalTraceDownloadStart} "
#define DONE	AT "Info {CTelemetryLogger::TraceDownloadCompletedImpl} "
#define LIST(time, message, function)                     \
	"TimeCreated : " time "\nProcessId   : 3000\n"    \
	"ThreadId    : 3616\nLevel       : 4\n"           \
	"LevelName   : Info\nMessage     : " message "\n" \
	"Function    : " function "\nLineNumber  : 565\n" \
	"ErrorCode   : \n\n"

static const struct {
	const char *head;
	enum ww_dialect_id id;
} heads[] = {
	{ STARTED "hr = 0\n", WW_DIALECT_DOLOG },
	{ AT "{CJob::Resume} text\n", WW_DIALECT_TEXT },
	{ AT "Odd {CJob::Resume} text\n", WW_DIALECT_TEXT },
	{ "\n" LIST("3/10/2026 5:35:07 AM", "a", "b"), WW_DIALECT_DOLOG },
	{ "TimeCreated : 3/10/2026 5:35:07 AM\nMessage : a\n",
	  WW_DIALECT_TEXT },
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
start_reader(struct ww_reader *reader)
{
	*reader = (struct ww_reader){ .arena = &arena };
	reader->state = ww_arena_alloc(&arena, ww_dialect_dolog.state_size);
}

#define ASSERT_SLICE(s, text)                                \
	do {                                                 \
		assert_int_equal((s).len, strlen(text));     \
		assert_memory_equal((s).p, (text), (s).len); \
	} while (0)

static void
test_lines(void **state)
{
	struct ww_reader reader;
	struct ww_record r;

	(void)state;
	start_reader(&reader);
	assert_true(
	    ww_dialect_dolog.parse(&reader,
				   WW_LIT(AT "Error {CJob::Resume} a b"), &r));
	assert_int_equal(r.time, 1773126196964160);
	assert_int_equal(r.process, 0xac8);
	assert_int_equal(r.thread, 0x4618);
	assert_int_equal(r.level, WW_LEVEL_ERROR);
	ASSERT_SLICE(r.component, "CJob::Resume");
	ASSERT_SLICE(r.text, "a b");
	assert_true(ww_dialect_dolog.parse(&reader, WW_LIT(AT "Info {}"), &r));
	assert_int_equal(r.text.len, 0);
	assert_false(ww_dialect_dolog.parse(&reader, WW_LIT(AT "Info"), &r));
	assert_false(
	    ww_dialect_dolog.parse(&reader, WW_LIT(AT "Info {CJob"), &r));
	assert_false(ww_dialect_dolog.parse(&reader, WW_LIT("Server: x"), &r));
}

static void
test_lists(void **state)
{
	const struct ww_slice list = ww_slice_cstr(
	    LIST("3/10/2026 5:35:07 AM", "a,\n              b", "CJob::Go"));
	struct ww_reader reader;
	struct ww_record r;

	(void)state;
	start_reader(&reader);
	assert_true(ww_dialect_dolog.parse(&reader, ww_slice_line(list), &r));
	r.raw = r.text = list;
	ww_dialect_dolog.complete(&reader, &r);
	assert_int_equal(r.time, 1773120907000000);
	assert_int_equal(r.process, 3000);
	assert_int_equal(r.thread, 3616);
	assert_int_equal(r.level, WW_LEVEL_INFO);
	ASSERT_SLICE(r.component, "CJob::Go");
	ASSERT_SLICE(r.text, "a,\n              b");
}

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "started and completed",
	  STARTED "hr = 0, jobId = " ID
		  ", cdnUrl = http://a/b/c.msix?d=e,\n" DONE "jobId: " ID
		  ", caller: App, cdnUrl = http://a/b/c.msix?d=e,\n",
	  "succeeded [c.msix] server=http://a/b/c.msix?d=e client=App\n" },

	{ "nothing tells its end",
	  STARTED "hr = 0, jobId = " ID ", cdnUrl = http://a/b,\n" AT
		  "Info {CTelemetryLogger::TraceErrorCdnComm} hr: 80d05011, "
		  "httpCode: 200\n",
	  "open [b] server=http://a/b\n" },

	{ "it could not be started",
	  STARTED "hr = 80d02002, jobId = " ID ", cdnUrl = http://a/b,\n",
	  "failed 80d02002 [b] server=http://a/b\n" },

	{ "what it fetched is not said",
	  STARTED "hr = 0, jobId = " ID ", fileId = e555,\n", "open []\n" },

	{ "a list wraps its values",
	  LIST("3/10/2026 5:35:07 AM",
	       "jobId: " ID ", fileId: \n              F9D2, caller: MDM Job, "
	       "cdnUrl = \n              https://a/b/c.msi, cdnIp = ",
	       "CTelemetryLogger::TraceDownloadCompletedImpl"),
	  "succeeded [c.msi] server=https://a/b/c.msi client=MDM Job\n" },

	{ "what others say of a job is no end",
	  AT "Info {CJob::Make} New download: jobId = " ID ", Uri = x\n", "" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_DOLOG,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
