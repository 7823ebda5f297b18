/*
 * The readers of servicing logs and of what dism and sfc print: lines to
 * fields; which reader takes which file; the zone of CBS.log.  Lines are
 * written after real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

static jmp_buf oom;

/* A reader on its own. */
struct fixture {
	struct ww_arena arena;
	struct ww_reader reader;
	const struct ww_dialect *dialect;
};

static void
set_up(struct fixture *f, const struct ww_dialect *dialect)
{
	*f = (struct fixture){ .dialect = dialect };
	ww_arena_init(&f->arena, &oom);
	f->reader.arena = &f->arena;
	f->reader.state = ww_arena_alloc(&f->arena, dialect->state_size + 1);
}

static bool
parse(struct fixture *f, const char *line, struct ww_record *ret)
{
	*ret = (struct ww_record){ .time = WW_NO_TIME };
	return f->dialect->parse(&f->reader, ww_slice_cstr(line), ret);
}

static void
assert_slice(struct ww_slice got, const char *want)
{
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.p, want, got.len);
}

static ww_time
at(int year, int month, int day, int hour, int minute, int second)
{
	return ww_time_of(
	    &(struct ww_civil){ year, month, day, hour, minute, second, 0 });
}

#define STAMP	     "2026-05-22 16:22:42, "
#define INFO	     STAMP "Info                  "
#define USUAL_TIME   at(2026, 5, 22, 16, 22, 42)
#define FINDSTR_NAME "C:\\Windows\\Logs\\CBS\\CbsPersist_20260522.log:"

struct row {
	const char *line;
	const char *component, *text;
	enum ww_level level;
	uint32_t process, thread;
};

static const struct row cbs_rows[] = {
	{ INFO "CBS    TI: --- Initializing ---", "CBS",
	  "TI: --- Initializing ---", WW_LEVEL_INFO, 0, 0 },
	{ INFO "CSI    00000001 Shim considered", "CSI",
	  "00000001 Shim considered", WW_LEVEL_INFO, 0, 0 },
	{ INFO "DEPLOY text", "DEPLOY", "text", WW_LEVEL_INFO, 0, 0 },
	{ INFO "CBS    ", "CBS", "", WW_LEVEL_INFO, 0, 0 },
	{ INFO "       text of none", "", "text of none", WW_LEVEL_INFO, 0, 0 },
	{ INFO "CBS      indented", "CBS", "  indented", WW_LEVEL_INFO, 0, 0 },
	{ STAMP "Warning               CBS    text", "CBS", "text",
	  WW_LEVEL_WARNING, 0, 0 },
	{ STAMP "Error                 CBS    text", "CBS", "text",
	  WW_LEVEL_ERROR, 0, 0 },
	{ STAMP "FatalError            CBS    text", "CBS", "text",
	  WW_LEVEL_ERROR, 0, 0 },
	{ STAMP "Perf                  CBS    text", "CBS", "text",
	  WW_LEVEL_INFO, 0, 0 },
	/* The number of an error stands before its component. */
	{ STAMP "Error      [0x01803e] CSI    0000001a text", "CSI",
	  "0000001a text", WW_LEVEL_ERROR, 0, 0 },
	/* What findstr was asked for in several files. */
	{ FINDSTR_NAME INFO "CSI    00000006 [SR] text", "CSI",
	  "00000006 [SR] text", WW_LEVEL_INFO, 0, 0 },
	/* Blanks are lost where lines are quoted. */
	{ STAMP "Info CBS text  of  it", "CBS", "text  of  it", WW_LEVEL_INFO,
	  0, 0 },
	{ STAMP "Info\tCBS\ttext", "CBS", "text", WW_LEVEL_INFO, 0, 0 },
	{ STAMP "Error [0x01803e] CSI text", "CSI", "text", WW_LEVEL_ERROR, 0,
	  0 },
};

static const struct row dism_rows[] = {
	{ INFO "DISM   PID=5372 TID=12244 Scratch directory set to '\\Temp'.",
	  "DISM", "PID=5372 TID=12244 Scratch directory set to '\\Temp'.",
	  WW_LEVEL_INFO, 5372, 12244 },
	{ STAMP "Error                 DISM   DISM Package Manager: PID=6464 "
		"TID=15880 Failed. - CPackageManager::X(hr:0x800f081f)",
	  "DISM",
	  "DISM Package Manager: PID=6464 TID=15880 Failed. - "
	  "CPackageManager::X(hr:0x800f081f)",
	  WW_LEVEL_ERROR, 6464, 15880 },
	{ INFO "DISM   DISM.EXE: Executing command line: dism /a:b=c", "DISM",
	  "DISM.EXE: Executing command line: dism /a:b=c", WW_LEVEL_INFO, 0,
	  0 },
	{ INFO "DISM   API: PID=77 text", "DISM", "API: PID=77 text",
	  WW_LEVEL_INFO, 77, 0 },
	{ INFO "CBS    Session: 1_2 initialized by client DISM.", "CBS",
	  "Session: 1_2 initialized by client DISM.", WW_LEVEL_INFO, 0, 0 },
};

static void
check_row(struct fixture *f, const struct row *row)
{
	struct ww_record r;

	assert_true(parse(f, row->line, &r));
	assert_true(r.time == USUAL_TIME);
	assert_slice(r.component, row->component);
	assert_slice(r.text, row->text);
	assert_int_equal(r.level, row->level);
	assert_int_equal(r.process, row->process);
	assert_int_equal(r.thread, row->thread);
}

static void
cbs_lines(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, &ww_dialect_cbs);
	for (size_t i = 0; i < WW_ARRAY_LEN(cbs_rows); i++)
		check_row(&f, &cbs_rows[i]);
	ww_arena_release(&f.arena);
}

static void
dism_lines(void **state)
{
	struct fixture f;

	(void)state;
	set_up(&f, &ww_dialect_dism);
	for (size_t i = 0; i < WW_ARRAY_LEN(dism_rows); i++)
		check_row(&f, &dism_rows[i]);
	ww_arena_release(&f.arena);
}

/* They go on with the record before. */
static const char *const refused[] = {
	"",
	"  Found: {l:32 b:0a}",
	"2026-05-22",
	"2026-05-22 16:22:42",
	"2026-05-22 16:22:42,",
	"2026-05-22 16:22:42, ",
	"2026-05-32 16:22:42, Info                  CBS    text",
	"2026-05-22 16:22:61, Info                  CBS    text",
	"2026/05/22 16:22:42, Info                  CBS    text",
	"2026-05-22 16:22:42.123, Info                  CBS    text",
	"2026-05-22 16:22:42, ThisIsNoLevelAtAll CBS    text",
	"Copied 2026-05-22 16:22:42, Info                  CBS    text",
	"C:\\a.log: nothing of the kind",
};

static void
cbs_refuses(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_cbs);
	for (size_t i = 0; i < WW_ARRAY_LEN(refused); i++)
		assert_false(parse(&f, refused[i], &r));
	ww_arena_release(&f.arena);
}

/*
 * Every part of a real line ends somewhere: bytes behind it must not be
 * read, which is for the sanitizer to see.
 */
static void
cut_lines(void **state)
{
	static const struct ww_dialect *const dialects[] = {
		&ww_dialect_cbs,	 &ww_dialect_dism,
		&ww_dialect_checksur,	 &ww_dialect_dism_console,
		&ww_dialect_sfc_console,
	};
	static const char *const lines[] = {
		FINDSTR_NAME STAMP "Error      [0x01803e] CSI    "
				   "00000007@2020/2/5:00:18:03.622 text",
		INFO "DISM   DISM Package Manager: PID=6464 TID=15880 Failed",
		STAMP "Info CBS text",
		INFO "CBS    Universal Time is: 2016-01-05 17:31:20.123",
		"Checking System Update Readiness.",
		"2010-08-13 13:26",
		"[====      20.0%      ]\r[=====     40.0%  ]\r  ",
	};
	struct fixture f;
	struct ww_record r;

	(void)state;
	for (size_t d = 0; d < WW_ARRAY_LEN(dialects); d++) {
		set_up(&f, dialects[d]);
		for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++)
			for (size_t n = strlen(lines[i]) + 1; n-- > 0;) {
				char *cut = malloc(n + 1);

				assert_non_null(cut);
				memcpy(cut, lines[i], n);
				cut = realloc(cut, n > 0 ? n : 1);
				f.dialect->parse(&f.reader, ww_slice_of(cut, n),
						 &r);
				f.dialect->sniff(ww_slice_of(cut, n));
				free(cut);
			}
		ww_arena_release(&f.arena);
	}
}

/* A time that is remembered is that of its own line. */
static void
stamps_change(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_cbs);
	assert_true(parse(&f, INFO "CBS    a", &r));
	assert_true(parse(&f,
			  "2026-05-22 16:22:43, Info                  "
			  "CBS    b",
			  &r));
	assert_true(r.time == at(2026, 5, 22, 16, 22, 43));
	assert_true(parse(&f,
			  "2026-05-22 17:22:43, Info                  "
			  "CBS    c",
			  &r));
	assert_true(r.time == at(2026, 5, 22, 17, 22, 43));
	assert_true(parse(&f, INFO "CBS    d", &r));
	assert_true(r.time == USUAL_TIME);
	ww_arena_release(&f.arena);
}

/*
 * The block of a store check, whose lines have no stamp up to Windows 8: each
 * is a record at the time of the line before.  Elsewhere such lines go on.
 */
static void
unstamped_block(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_cbs);
	assert_true(parse(&f, INFO "CBS    text", &r));
	assert_false(parse(&f, "(p)\tCSI Payload Corrupt\t\t\ta\\b", &r));
	assert_true(parse(&f, "=================================", &r));
	assert_true(parse(&f, "Checking System Update Readiness.", &r));
	assert_false(parse(&f, "", &r));
	assert_true(parse(&f, "(p)\tCSI Payload Corrupt\t\t\ta\\b", &r));
	assert_true(r.time == USUAL_TIME);
	assert_slice(r.text, "(p)\tCSI Payload Corrupt\t\t\ta\\b");
	assert_int_equal(r.component.len, 0);
	assert_true(parse(&f, "Summary:", &r));
	/* A stamped line ends it. */
	assert_true(parse(&f, INFO "CBS    text", &r));
	assert_false(parse(&f, "Summary:", &r));
	ww_arena_release(&f.arena);
}

/* A block cut out of its log has no time at all. */
static void
block_alone(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_cbs);
	assert_true(parse(&f, "Checking System Update Readiness.", &r));
	assert_true(r.time == WW_NO_TIME);
	ww_arena_release(&f.arena);
}

struct zone_row {
	const char *line;
	enum ww_zone_source source;
	int minutes;
};

#define AT(stamp) stamp ", Info                  "

static const struct zone_row zones[] = {
	{ AT("2020-02-04 17:18:03") "CSI    00000007@2020/2/5:00:18:03.622 "
				    "CSI Transaction",
	  WW_ZONE_DERIVED, -7 * 60 },
	{ AT("2026-05-22 16:22:42") "CSI    00000001@2026/5/22:19:22:42.001 a",
	  WW_ZONE_DERIVED, -3 * 60 },
	{ AT("2016-09-28 04:30:31") "CSI    00000001@2016/9/27:20:30:31.455 a",
	  WW_ZONE_DERIVED, 8 * 60 },
	{ AT("2020-02-05 06:03:04") "CSI    00000007@2020/2/5:00:18:03.999 a",
	  WW_ZONE_DERIVED, 5 * 60 + 45 },
	{ AT("2020-02-05 00:18:03") "CSI    00000007@2020/2/5:00:18:03.622 a",
	  WW_ZONE_DERIVED, 0 },
	{ AT("2020-02-05 14:18:03") "CSI    00000007@2020/2/5:00:18:03.622 a",
	  WW_ZONE_DERIVED, 14 * 60 },
	/* A worker's first line. */
	{ AT("2025-03-14 00:33:08") "CBS    Universal Time is: "
				    "2025-03-13 21:33:08.103",
	  WW_ZONE_DERIVED, 3 * 60 },
	/* Farther than any zone, or not on a quarter. */
	{ AT("2020-02-05 15:18:03") "CSI    00000007@2020/2/5:00:18:03.622 a",
	  WW_ZONE_ASSUMED, 0 },
	{ AT("2020-02-04 11:18:03") "CSI    00000007@2020/2/5:00:18:03.622 a",
	  WW_ZONE_ASSUMED, 0 },
	{ AT("2020-02-04 17:23:03") "CSI    00000007@2020/2/5:00:18:03.622 a",
	  WW_ZONE_ASSUMED, 0 },
	{ AT("2020-02-09 17:18:03") "CSI    00000007@2020/2/5:00:18:03.622 a",
	  WW_ZONE_ASSUMED, 0 },
	{ AT("9999-02-04 17:18:03") "CSI    00000007@1601/2/5:00:18:03.622 a",
	  WW_ZONE_ASSUMED, 0 },
	/* No such time. */
	{ AT("2020-02-04 17:18:03") "CSI    00000007@2020/13/5:00:18:03.622 a",
	  WW_ZONE_ASSUMED, 0 },
	{ AT("2020-02-04 17:18:03") "CSI    00000007@2020/2/5:00:18 a",
	  WW_ZONE_ASSUMED, 0 },
	{ AT("2020-02-04 17:18:03") "CSI    00000007@99999/2/5:00:18:03.6 a",
	  WW_ZONE_ASSUMED, 0 },
};

static void
cbs_zone(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(zones); i++) {
		set_up(&f, &ww_dialect_cbs);
		f.reader.zone.source = f.dialect->zone;
		assert_true(parse(&f, zones[i].line, &r));
		assert_int_equal(f.reader.zone.source, zones[i].source);
		assert_int_equal(f.reader.zone.minutes, zones[i].minutes);
		ww_arena_release(&f.arena);
	}
}

/* An implausible line leaves what is known; the last plausible one counts. */
static void
cbs_zone_changes(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_cbs);
	assert_true(parse(&f, zones[0].line, &r));
	assert_true(parse(&f, zones[7].line, &r));
	assert_int_equal(f.reader.zone.minutes, -7 * 60);
	assert_true(parse(&f, zones[1].line, &r));
	assert_int_equal(f.reader.zone.minutes, -3 * 60);
	assert_int_equal(f.reader.zone.source, WW_ZONE_DERIVED);
	ww_arena_release(&f.arena);
}

/* The time of a run stands in a line of its own, behind the title. */
static void
checksur_time(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_checksur);
	assert_true(parse(&f, "Checking System Update Readiness.", &r));
	assert_true(r.time == WW_NO_TIME);
	assert_true(parse(&f, "2010-08-13 13:26", &r));
	assert_false(parse(&f, "", &r));
	assert_true(parse(&f, "(f)\tCBS MUM Missing\t0x00000002\ta.mum", &r));
	assert_true(r.time == at(2010, 8, 13, 13, 26, 0));
	assert_int_equal(r.level, WW_LEVEL_ERROR);
	assert_true(parse(&f, "(w)\tUnable to get x", &r));
	assert_int_equal(r.level, WW_LEVEL_WARNING);
	/* The next run's is not known yet. */
	assert_true(parse(&f, "Checking System Update Readiness.", &r));
	assert_true(r.time == WW_NO_TIME);
	assert_true(parse(&f, "2010-13-13 13:26", &r));
	assert_true(r.time == WW_NO_TIME);
	ww_arena_release(&f.arena);
}

/* A bar is drawn over itself: the last state of the line counts. */
static void
console_lines(void **state)
{
	struct fixture f;
	struct ww_record r;

	(void)state;
	set_up(&f, &ww_dialect_dism_console);
	assert_true(parse(&f, "[==   20.0% ]\r[====  100.0% ] \r  ", &r));
	assert_slice(r.text, "[====  100.0% ]");
	assert_true(parse(&f, "  Error: 0x800f081f\r", &r));
	assert_slice(r.text, "Error: 0x800f081f");
	assert_true(r.time == WW_NO_TIME);
	assert_false(parse(&f, " \r \r", &r));
	assert_false(parse(&f, "", &r));
	ww_arena_release(&f.arena);
}

struct head {
	const char *text;
	enum ww_dialect_id dialect;
};

#define CBS_LINE  INFO "CBS    TI: --- Initializing ---\r\n"
#define DISM_LINE INFO "DISM   API: PID=77 TID=78 text\r\n"

static const struct head heads[] = {
	{ CBS_LINE, WW_DIALECT_CBS },
	{ CBS_LINE CBS_LINE "2026-05-2", WW_DIALECT_CBS },
	{ "\r\n\r\n" CBS_LINE, WW_DIALECT_CBS },
	{ INFO "CSI    00000006 [SR] Verifying 100 components\n",
	  WW_DIALECT_CBS },
	{ "=================================\r\n"
	  "Checking System Update Readiness.\r\n\r\n"
	  "(p)\tCSI Payload Corrupt\t(n)\t\ta\\b\r\n",
	  WW_DIALECT_CBS },
	{ DISM_LINE, WW_DIALECT_DISM },
	/* Offline servicing: the stack writes where DISM writes. */
	{ DISM_LINE CBS_LINE CBS_LINE CBS_LINE, WW_DIALECT_DISM },
	{ "=================================\r\n"
	  "Checking System Update Readiness.\r\n"
	  "Binary Version 6.1.7601.21645\r\nPackage Version 14.0\r\n"
	  "2010-08-13 13:26\r\n",
	  WW_DIALECT_CHECKSUR },
	{ "Deployment Image Servicing and Management tool\r\n"
	  "Version: 10.0.19041.844\r\n",
	  WW_DIALECT_DISM_CONSOLE },
	{ "C:\\>dism /online /cleanup-image /scanhealth\r\n\r\n"
	  "Outil Gestion et maintenance des images de d\xC3\xA9ploiement\r\n",
	  WW_DIALECT_DISM_CONSOLE },
	{ "Beginning system scan.  This process will take some time.\r\n\r\n"
	  "Beginning verification phase of system scan.\r\n"
	  "Verification 100% complete.\r\n",
	  WW_DIALECT_SFC_CONSOLE },
	{ "Windows Resource Protection did not find any integrity "
	  "violations.\r\n",
	  WW_DIALECT_SFC_CONSOLE },
	/* Windows Setup writes this grammar, too. */
	{ INFO "SP     Setup phase\r\n" INFO "MOUPG  Failed\r\n",
	  WW_DIALECT_SETUP },
	{ INFO "SP     a\r\n" CBS_LINE CBS_LINE, WW_DIALECT_SETUP },
	{ "Somebody wrote about dism and sfc.\r\n", WW_DIALECT_TEXT },
	{ "", WW_DIALECT_TEXT },
};

static void
sniffed(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++) {
		const struct ww_dialect *d =
		    ww_dialect_sniff(ww_slice_cstr(heads[i].text));

		assert_non_null(d);
		assert_int_equal(d->id, heads[i].dialect);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cbs_lines),
		cmocka_unit_test(dism_lines),
		cmocka_unit_test(cbs_refuses),
		cmocka_unit_test(cut_lines),
		cmocka_unit_test(stamps_change),
		cmocka_unit_test(unstamped_block),
		cmocka_unit_test(block_alone),
		cmocka_unit_test(cbs_zone),
		cmocka_unit_test(cbs_zone_changes),
		cmocka_unit_test(checksur_time),
		cmocka_unit_test(console_lines),
		cmocka_unit_test(sniffed),
	};

	return cmocka_run_group_tests_name("servicing readers", tests, NULL,
					   NULL);
}
