/*
 * The update client's logs: lines to fields, whatever culture or agent wrote
 * them; which reader takes which log.  Lines are written after real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

static jmp_buf oom;

/* A reader on its own. */
struct fixture {
	struct ww_arena arena;
	struct ww_reader reader;
	char state[64];
};

static void
set_up(struct fixture *f)
{
	*f = (struct fixture){ 0 };
	ww_arena_init(&f->arena, &oom);
	f->reader.arena = &f->arena;
	f->reader.state = f->state;
	assert_true(ww_dialect_wu.state_size <= sizeof(f->state));
}

static bool
parse(const struct ww_dialect *dialect, struct fixture *f, const char *line,
      struct ww_record *ret)
{
	*ret = (struct ww_record){ .time = WW_NO_TIME };
	return dialect->parse(&f->reader, ww_slice_cstr(line), ret);
}

static void
assert_slice(struct ww_slice got, const char *want)
{
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.p, want, got.len);
}

static ww_time
at(int year, int month, int day, int hour, int minute, int second, int us)
{
	return ww_time_of(
	    &(struct ww_civil){ year, month, day, hour, minute, second, us });
}

/* What every row of the client's own log says, however it is written. */
#define USUAL_TIME at(2020, 11, 22, 12, 46, 42, 83269)

struct wu_row {
	const char *line;
	uint32_t process, thread;
	const char *component; /* NULL: no record starts here */
	const char *text;
	enum ww_level level;
};

static const struct wu_row same_time[] = {
	{ "2020/11/22 12:46:42.0832690 8668  1188  Agent           Search",
	  8668, 1188, "Agent", "Search", WW_LEVEL_NONE },
	{ "2020-11-22 12:46:42.0832690 13988 14228 DownloadManager   Title = x",
	  13988, 14228, "DownloadManager", "Title = x", WW_LEVEL_NONE },
	{ "2020.11.22 12:46:42.0832690 576   99    Misc            "
	  "*FAILED* [80244007] x",
	  576, 99, "Misc", "*FAILED* [80244007] x", WW_LEVEL_WARNING },
	{ "2020. 11. 22 12:46:42.0832690 8668  1188  Agent           a", 8668,
	  1188, "Agent", "a", WW_LEVEL_NONE },
	{ "2020-11-22 12.46.42.0832690 8668  1188  Agent           a", 8668,
	  1188, "Agent", "a", WW_LEVEL_NONE },
	{ "22.11.2020 12:46:42,0832690 8668  1188  Agent           a", 8668,
	  1188, "Agent", "a", WW_LEVEL_NONE },
	{ "22/11/2020 12:46:42.0832690 8668  1188  Agent           a", 8668,
	  1188, "Agent", "a", WW_LEVEL_NONE },
	{ "11/22/2020 12:46:42.0832690 PM 8668  1188  Agent           a", 8668,
	  1188, "Agent", "a", WW_LEVEL_NONE },
	{ "2563/11/22 12:46:42.0832690 8668  1188  Agent           a", 8668,
	  1188, "Agent", "a", WW_LEVEL_NONE },
	{ "2020/11/22 12:46:42.0832690 8668 1188 Agent pasted", 8668, 1188,
	  "Agent", "pasted", WW_LEVEL_NONE },
	{ "2020/11/22 12:46:42.0832690,8668,1188,Agent,a, b\"\"", 8668, 1188,
	  "Agent", "a, b\"\"", WW_LEVEL_NONE },
	{ "2020/11/22 12:46:42.0832690 8668  1188  Agent           ", 8668,
	  1188, "Agent", "", WW_LEVEL_NONE },
	{ "2020/11/22 12:46:42.0832690 8668  1188  AVeryLongComponent text",
	  8668, 1188, "AVeryLongComponent", "text", WW_LEVEL_NONE },
};

static const struct wu_row refused[] = {
	{ .line = "" },
	{ .line = "  <ID>1aa87b66</ID>" },
	{ .line = "2020/11/22" },
	{ .line = "2020/11/22 12:46:42.0832690" },
	{ .line = "2020/11/22 12:46:42.0832690 8668" },
	{ .line = "2020/11/22 12:46:42.0832690 agent  1188  Agent" },
	{ .line = "2020-11-22 12:46:42, Info  CBS    text" },
	{ .line = "2020-11-22\t12:46:42:083\t 576\ta70\tMisc\ttext" },
};

static void
check_row(const struct ww_dialect *dialect, const struct wu_row *row,
	  ww_time time)
{
	struct fixture f;
	struct ww_record r;

	set_up(&f);
	assert_true(parse(dialect, &f, row->line, &r));
	assert_true(r.time == time);
	assert_int_equal(r.process, row->process);
	assert_int_equal(r.thread, row->thread);
	assert_slice(r.component, row->component);
	assert_slice(r.text, row->text);
	assert_int_equal(r.level, row->level);
	assert_null(f.reader.undecoded);
	ww_arena_release(&f.arena);
}

static void
wu_cultures(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(same_time); i++)
		check_row(&ww_dialect_wu, &same_time[i], USUAL_TIME);
}

static void
wu_refuses(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f);
	for (size_t i = 0; i < WW_ARRAY_LEN(refused); i++)
		assert_false(parse(&ww_dialect_wu, &f, refused[i].line, &r));
	ww_arena_release(&f.arena);
}

/* Noon and midnight, and months that can only be days. */
static void
wu_clocks(void **state)
{
	static const struct {
		const char *stamp;
		int month, day, hour;
	} rows[] = {
		{ "11/05/2020 12:00:00.0 AM", 11, 5, 0 },
		{ "11/05/2020 1:00:00 PM", 11, 5, 13 },
		{ "11/05/2020, 12:00:00 PM", 11, 5, 12 },
		{ "11/25/2020 21:00:00.5", 11, 25, 21 },
		{ "5.11.2020 0:00:00.5", 11, 5, 0 },
		/* What cannot be a month shows what the others are. */
		{ "25/11/2020 9:00:00 PM", 11, 25, 21 },
		{ "05/11/2020 13:00:00.5", 11, 5, 13 },
	};
	char line[96];
	struct fixture f;
	struct ww_record r;
	struct ww_civil c;

	(void)state;
	set_up(&f);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		snprintf(line, sizeof(line), "%s 8668  1188  Agent  text",
			 rows[i].stamp);
		assert_true(parse(&ww_dialect_wu, &f, line, &r));
		assert_true(r.time != WW_NO_TIME);
		c = ww_time_civil(r.time);
		assert_int_equal(c.month, rows[i].month);
		assert_int_equal(c.day, rows[i].day);
		assert_int_equal(c.hour, rows[i].hour);
	}
	ww_arena_release(&f.arena);
}

#define UNKNOWN                                     \
	"Unknown( 12): "                            \
	"GUID=d1317ae8-ec05-3e09-4a50-d3b2ce02f784" \
	" (No Format Information found)."
#define ZERO_STAMP "1600.12.31 19:00:00.0000000 0     0                     "

/* A text that is missing is a record without a time, and is told. */
static void
wu_missing_text(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f);
	assert_true(parse(&ww_dialect_wu, &f, ZERO_STAMP UNKNOWN, &r));
	assert_true(r.time == WW_NO_TIME);
	assert_int_equal(r.component.len, 0);
	assert_slice(r.text, UNKNOWN);
	assert_non_null(f.reader.undecoded);
	ww_arena_release(&f.arena);
}

static void
undecoded(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f);
	assert_false(parse(&ww_dialect_wu_undecoded, &f, "", &r));
	assert_true(parse(&ww_dialect_wu_undecoded, &f, "header", &r));
	assert_null(f.reader.undecoded);
	assert_true(
	    parse(&ww_dialect_wu_undecoded, &f, ZERO_STAMP UNKNOWN, &r));
	assert_true(r.time == WW_NO_TIME);
	assert_non_null(f.reader.undecoded);
	ww_arena_release(&f.arena);
}

static const struct wu_row classic_rows[] = {
	{ "2021-08-28\t11:05:07:920\t 576\ta70\tMisc\ttext", 576, 0xa70, "Misc",
	  "text", WW_LEVEL_NONE },
	{ "2021-08-28\t11:05:07:920\t1012\t 99\tAgent\t  * WARNING: Exit "
	  "code = 0x8024402C",
	  1012, 0x99, "Agent", "* WARNING: Exit code = 0x8024402C",
	  WW_LEVEL_WARNING },
	{ "2021-08-28 11:05:07:920 880 117c WS FATAL: OnCallFailure failed",
	  880, 0x117c, "WS", "FATAL: OnCallFailure failed", WW_LEVEL_ERROR },
	{ "2021-08-28\t11:05:07:920\t 576\ta70\tAgent\t*************", 576,
	  0xa70, "Agent", "*************", WW_LEVEL_NONE },
	{ "2021-08-28\t11:05:07:920\t 576\ta70\tCOMAPI\t", 576, 0xa70, "COMAPI",
	  "", WW_LEVEL_NONE },
};

static void
classic(void **state)
{
	static const char *const others[] = {
		"",
		"\t\t\t\tindented",
		"2021-08-28",
		"2021-08-28 11:05:07.9200000 576   99    Misc            text",
		"2021-08-28 11:05:07, Info CBS text",
		"2021-08-28 11:05:07:92x 576 a70 Misc text",
	};
	struct fixture f;
	struct ww_record r;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(classic_rows); i++)
		check_row(&ww_dialect_wu_classic, &classic_rows[i],
			  at(2021, 8, 28, 11, 5, 7, 920000));
	set_up(&f);
	for (size_t i = 0; i < WW_ARRAY_LEN(others); i++)
		assert_false(parse(&ww_dialect_wu_classic, &f, others[i], &r));
	/* The first agents had no milliseconds. */
	assert_true(parse(&ww_dialect_wu_classic, &f,
			  "2005-06-01\t18:30:03\t 992\t810\tMisc\ttext", &r));
	assert_true(r.time == at(2005, 6, 1, 18, 30, 3, 0));
	ww_arena_release(&f.arena);
}

#define STARTS "2021-08-28\t11:05:07:920\t 576\ta70\tMisc\t===========  "

static void
classic_zone(void **state)
{
	static const struct {
		const char *line;
		enum ww_zone_source source;
		int minutes;
	} rows[] = {
		{ STARTS "Logging initialized (build: 7.6.7600.256)  =====",
		  WW_ZONE_ASSUMED, 0 },
		{ STARTS "Logging initialized (build: 7.6.7600.256, tz: +0530)",
		  WW_ZONE_STATED, 330 },
		{ STARTS "Logging initialized (build: 7.6.7600.256, tz: -0700)",
		  WW_ZONE_STATED, -420 },
		/* What makes no sense changes nothing. */
		{ STARTS "Logging initialized (build: 7.6.7600.256, tz: +9999)",
		  WW_ZONE_STATED, -420 },
	};
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		assert_true(
		    parse(&ww_dialect_wu_classic, &f, rows[i].line, &r));
		assert_int_equal(f.reader.zone.source, rows[i].source);
		assert_int_equal(f.reader.zone.minutes, rows[i].minutes);
		assert_true(r.time == at(2021, 8, 28, 11, 5, 7, 920000));
	}
	ww_arena_release(&f.arena);
}

#define EVENT_GUID "{2C3C39FA-FC0F-4F44-9049-D2AA53B27FFB}"
#define NO_UPDATE  "\t101\t{00000000-0000-0000-0000-000000000000}\t0\t"
#define FAILED                                   \
	"Windows Update Client failed to detect" \
	" with error 0x80244007."

static void
reporting(void **state)
{
	static const char *const lines[] = {
		EVENT_GUID "\t2019-03-19 05:59:52:781-0730\t1\t"
			   "148 [AGENT_DETECTION_FAILED]" NO_UPDATE
			   "80244007\tAutomaticUpdates\tFailure\t"
			   "Software Synchronization\t" FAILED
			   "\tEfCwogNQ1EeAbVQe.1.0.0.3.0",
		EVENT_GUID "\t2019-03-19 05:59:52:781-0730\t1\t148\t"
			   "[AGENT_DETECTION_FAILED]" NO_UPDATE
			   "80244007\tAutomaticUpdates\tFailure\t"
			   "Software Synchronization\t" FAILED,
		EVENT_GUID "\t2019-03-19 05:59:52:781-0730\t1\t148" NO_UPDATE
			   "80244007\tAutomaticUpdates\tFailure\t"
			   "Software Synchronization\t" FAILED,
	};
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f);
	for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++) {
		assert_true(parse(&ww_dialect_reporting, &f, lines[i], &r));
		assert_slice(r.text, "[AGENT_DETECTION_FAILED] 80244007 "
				     "Failure AutomaticUpdates Software "
				     "Synchronization : " FAILED);
		assert_slice(r.component, "AutomaticUpdates");
		assert_int_equal(r.level, WW_LEVEL_ERROR);
		assert_true(r.time == at(2019, 3, 19, 5, 59, 52, 781000));
		assert_int_equal(f.reader.zone.source, WW_ZONE_STATED);
		assert_int_equal(f.reader.zone.minutes, -450);
	}
	ww_arena_release(&f.arena);
}

static void
reporting_refuses(void **state)
{
	static const char *const lines[] = {
		"",
		"{",
		EVENT_GUID,
		EVENT_GUID "\t",
		EVENT_GUID "\t2019-03-19 05:59:52:781",
		EVENT_GUID "\t2019-13-19 05:59:52:781+0000\t1\t148",
		EVENT_GUID "\t2019-03-19 05:59:52:781+9900\t1\t148",
		" Success\tSoftware Synchronization\tWindows Update",
	};
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f);
	for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++)
		assert_false(parse(&ww_dialect_reporting, &f, lines[i], &r));
	/* What is cut short is read as far as it goes. */
	assert_true(parse(&ww_dialect_reporting, &f,
			  EVENT_GUID "\t2019-03-19 05:59:52:781+0000\t1\t999",
			  &r));
	assert_slice(r.text, "[999]     : ");
	ww_arena_release(&f.arena);
}

/* A message that is longer than there is room for ends with a character. */
static void
reporting_long(void **state)
{
	static char line[WW_COMPOSED_MAX * 2];
	struct fixture f;
	struct ww_record r;
	size_t len;

	(void)state;
	set_up(&f);
	for (int shift = 0; shift < 2; shift++) {
		len = (size_t)snprintf(
		    line, sizeof(line),
		    "%s\t2019-03-19 05:59:52:781+0000\t1\t148%s0\tc%s\tSuccess"
		    "\tx\t",
		    EVENT_GUID, NO_UPDATE, shift != 0 ? "c" : "");
		while (len + 3 < sizeof(line)) {
			memcpy(line + len, "\xc3\xa9", 2);
			len += 2;
		}
		line[len] = '\0';
		assert_true(parse(&ww_dialect_reporting, &f, line, &r));
		assert_in_range(r.text.len, WW_COMPOSED_MAX - 1,
				WW_COMPOSED_MAX);
		assert_int_equal((uint8_t)r.text.p[r.text.len - 1], 0xa9);
	}
	ww_arena_release(&f.arena);
}

static void
sniffing(void **state)
{
	static const struct {
		const char *head;
		const struct ww_dialect *want;
	} rows[] = {
		{ "2020/11/22 12:46:42.0832690 8668  1188  Agent           "
		  "a\r\n2020/11/22 12:46:4",
		  &ww_dialect_wu },
		{ "2020/11/22 12:46:42.0832690 8668  1188  WebServices     WS "
		  "error: <detail>\n<ErrorCode>x</ErrorCode>\n</detail>\n",
		  &ww_dialect_wu },
		{ ZERO_STAMP UNKNOWN "\r\n" ZERO_STAMP UNKNOWN "\r\n",
		  &ww_dialect_wu_undecoded },
		{ ZERO_STAMP UNKNOWN
		  "\n2020/11/22 12:46:42.0832690 8668  1188  Agent           "
		  "a\n2020/11/22 12:46:42.0832690 8668  1188  Agent       b\n",
		  &ww_dialect_wu },
		{ "2021-08-28\t11:05:07:920\t 576\ta70\tMisc\ttext\n",
		  &ww_dialect_wu_classic },
		{ EVENT_GUID "\t2019-03-19 05:59:52:781+0000\t1\t148" NO_UPDATE
			     "\n",
		  &ww_dialect_reporting },
		/* Stamps and numbers alone are some other program's. */
		{ "2020-11-22 12:46:42.083 8668  1188  I ActivityManager: x\n",
		  NULL },
		{ "2020-11-22 12:46:42, Info  CBS    text\n", NULL },
		{ "", NULL },
	};
	static const struct ww_dialect *const ours[] = {
		&ww_dialect_wu,
		&ww_dialect_wu_classic,
		&ww_dialect_wu_undecoded,
		&ww_dialect_reporting,
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_slice head = ww_slice_cstr(rows[i].head);
		const struct ww_dialect *best = NULL;
		unsigned surest = 0;

		for (size_t k = 0; k < WW_ARRAY_LEN(ours); k++) {
			unsigned sure = ours[k]->sniff(head);

			assert_in_range(sure, 0, 100);
			if (sure > surest) {
				surest = sure;
				best = ours[k];
			}
		}
		assert_ptr_equal(best, rows[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wu_cultures),
		cmocka_unit_test(wu_refuses),
		cmocka_unit_test(wu_clocks),
		cmocka_unit_test(wu_missing_text),
		cmocka_unit_test(undecoded),
		cmocka_unit_test(classic),
		cmocka_unit_test(classic_zone),
		cmocka_unit_test(reporting),
		cmocka_unit_test(reporting_refuses),
		cmocka_unit_test(reporting_long),
		cmocka_unit_test(sniffing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
