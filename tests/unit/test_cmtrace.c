/*
 * Logs of Configuration Manager and of the Intune Management Extension: which
 * files are such, and the records they are made of.  Lines are written after
 * real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "input/dialects.h"
#include "input/head.h"

#include "arena.h"

#define FRAME(time, date, component)                                         \
	"]LOG]!><time=\"" time "\" date=\"" date "\" component=\"" component \
	"\" context=\"\" type=\"3\" thread=\"1234\" file=\"a.cpp"            \
	":17\">"
#define SCAN(text)                                             \
	"<![LOG[" text FRAME("08:52:46.657+240", "11-14-2026", \
			     "WUAHandler") "\n"
#define SERVER(text)                                                     \
	text "~  $$<SMS_WSUS_SYNC_MANAGER><11-20-2026 12:18:09.123+300>" \
	     "<thread=1234 (0x4D2)>\n"

static void
test_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ SCAN("text"), WW_DIALECT_CMTRACE },
		/* A rotated log begins with the rest of a record. */
		{ "   at System.Net.Http\n" FRAME("08:11:44.1234567",
						  "9-8-2026", "AppWorkload"),
		  WW_DIALECT_INTUNE },
		{ "<![LOG[text" FRAME("08:11:44", "9-8-2026",
				      "IntuneManagementExtension"),
		  WW_DIALECT_INTUNE },
		{ "<![LOG[cut in its first rec", WW_DIALECT_CMTRACE },
		{ "said LOG[text]LOG]!>\n", WW_DIALECT_TEXT },
		{ "\"<![LOG[\" begins a line\n", WW_DIALECT_TEXT },
		{ SERVER("text"), WW_DIALECT_CCM_SERVER },
		{ "text $$<A><now><thread=1 (0x1)>\n", WW_DIALECT_TEXT },
		{ "costs $$<much>\n", WW_DIALECT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

/* What the reader makes of a log. */
struct told {
	const struct ww_dialect *dialect;
	struct ww_reader *reader;
	struct ww_record record;
	struct ww_buf out;
};

static void
tell_record(struct told *t, const char *end)
{
	static const char levels[] = "-viwe";
	struct ww_record *r = &t->record;

	r->raw.len = (size_t)(end - r->raw.p);
	r->text.len = (size_t)(end - r->text.p);
	t->dialect->complete(t->reader, r);
	ww_time_add(&t->out, r->time);
	if (r->time != WW_NO_TIME)
		ww_buf_printf(&t->out, ".%06d",
			      (int)(((r->time % WW_SECOND) + WW_SECOND) %
				    WW_SECOND));
	ww_buf_printf(&t->out, " %c %d %.*s|%.*s\n", levels[r->level],
		      (int)r->thread, (int)r->component.len, r->component.p,
		      (int)r->text.len, r->text.p);
}

static const char *
tell(const struct ww_dialect *dialect, const char *log, int *retminutes)
{
	struct told t = { .dialect = dialect, .out = ww_buf_in(&arena) };
	struct ww_slice rest = ww_slice_cstr(log), line;

	t.reader = ww_arena_new(&arena, struct ww_reader);
	t.reader->state = ww_arena_alloc(&arena, dialect->state_size + 1);
	while (ww_head_line(&rest, &line)) {
		struct ww_record next = { .time = WW_NO_TIME, .raw = line };

		if (!dialect->parse(t.reader, line, &next))
			continue;
		if (t.reader->pending)
			tell_record(&t, line.p);
		t.record = next;
		t.reader->pending = true;
	}
	if (t.reader->pending)
		tell_record(&t, rest.p);
	ww_buf_char(&t.out, '\0');
	*retminutes = t.reader->zone.source == WW_ZONE_STATED
			  ? t.reader->zone.minutes
			  : 1;
	return t.out.p;
}

/* No zone is a minute east of UTC: the log states none. */
#define NO_ZONE 1

static const struct {
	const char *what, *log, *told;
	int zone;
} cmtrace[] = {
	{ "a record", SCAN("Scan failed with error = 0x80244022."),
	  "2026-11-14 08:52:46.657000 e 1234 WUAHandler|"
	  "Scan failed with error = 0x80244022.\n",
	  -240 },
	{ "a text of several lines, with brackets of its own",
	  "<![LOG[instance of CCM_Task\r\n{\r\n  Names = [\"a\"];]LOG]\r\n"
	  "};" FRAME("19:33:19.766-330", "1-2-2027", "AppEnforce") "\r\n",
	  "2027-01-02 19:33:19.766000 e 1234 AppEnforce|instance of "
	  "CCM_Task\r\n{\r\n  Names = [\"a\"];]LOG]\r\n};\n",
	  330 },
	{ "the rest of a record, one without its end, a cut one",
	  "  at System.Net\n  of a stack" FRAME(
	      "08:00:00.5", "11-14-2026",
	      "A") "\n<![LOG[broke off\nhere\n"
		   "<![LOG[whole" FRAME(
		       "08:00:02.25", "11-14-2026",
		       "B") "\n"
			    "<![LOG[cut"
			    "]LOG]!><time=\"08:00:03.1\" date=\"11-1",
	  "2026-11-14 08:00:00.500000 e 1234 A|at System.Net\n  of a stack\n"
	  " - 0 |broke off\nhere\n"
	  "2026-11-14 08:00:02.250000 e 1234 B|whole\n"
	  " - 0 |cut\n",
	  NO_ZONE },
	{ "no more than the end of a record",
	  FRAME("08:00:00.5", "11-14-2026", "A") "\n",
	  "2026-11-14 08:00:00.500000 e 1234 A|\n", NO_ZONE },
	{ "the extension's stamp: no zone, no padding, seven digits",
	  "<![LOG[a" FRAME("08:11:44.1234567", "9-8-2025", "AppWorkload"),
	  "2025-09-08 08:11:44.123456 e 1234 AppWorkload|a\n", NO_ZONE },
	{ "summer time ends: the file keeps its clock",
	  "<![LOG[a" FRAME("01:59:59.000+240", "11-1-2026",
			   "A") "\n"
				"<![LOG[b" FRAME("01:00:00.000+300",
						 "11-1-2026", "A") "\n",
	  "2026-11-01 01:59:59.000000 e 1234 A|a\n"
	  "2026-11-01 02:00:00.000000 e 1234 A|b\n",
	  -240 },
	{ "UTC", "<![LOG[a" FRAME("01:59:59.000+000", "11-1-2026", "A"),
	  "2026-11-01 01:59:59.000000 e 1234 A|a\n", 0 },
	{ "short for UTC",
	  "<![LOG[a" FRAME("01:59:59.000+00", "11-1-2026", "A"),
	  "2026-11-01 01:59:59.000000 e 1234 A|a\n", 0 },
	{ "two signs of a script",
	  "<![LOG[a" FRAME("01:59:59.000+-60", "11-1-2026", "A"),
	  "2026-11-01 01:59:59.000000 e 1234 A|a\n", 60 },
	{ "no such zone",
	  "<![LOG[a" FRAME("01:59:59.000+999", "11-1-2026", "A"),
	  "2026-11-01 01:59:59.000000 e 1234 A|a\n", NO_ZONE },
	{ "no such times",
	  "<![LOG[a" FRAME("24:59:59.000", "11-1-2026",
			   "A") "\n"
				"<![LOG[b" FRAME(
				    "01:59:59.000", "13-1-2026",
				    "A") "\n"
					 "<![LOG[c" FRAME(
					     "", "",
					     "") "\n"
						 "<![LOG[d" FRAME(
						     "1:2", "11-1-26-1",
						     "A") "\n"
							  "<![LOG[e" FRAME(
							      "01:59",
							      "11-31-2026",
							      "A") "\n",
	  " e 1234 A|a\n e 1234 A|b\n e 1234 |c\n e 1234 A|d\n"
	  " e 1234 A|e\n",
	  NO_ZONE },
	{ "attributes out of order, unknown, without quotes",
	  "<![LOG[a]LOG]!><date=\"11-1-2026\" host=\"b\"  type=\"2\" "
	  "time=\"01:00:00\" thread=7 component=\"A\">\n",
	  "2026-11-01 01:00:00.000000 w 0 |a\n", NO_ZONE },
};

static const struct {
	const char *what, *log, *told;
	int zone;
} server[] = {
	{ "a record", SERVER("Sync failed: UssCommunicationError"),
	  "2026-11-20 12:18:09.123000 - 1234 SMS_WSUS_SYNC_MANAGER|"
	  "Sync failed: UssCommunicationError\n",
	  -300 },
	{ "a text of several lines",
	  "*** [08S01]\r\n" SERVER("of SQL") SERVER("b") "cut",
	  "2026-11-20 12:18:09.123000 - 1234 SMS_WSUS_SYNC_MANAGER|"
	  "*** [08S01]\r\nof SQL\n"
	  "2026-11-20 12:18:09.123000 - 1234 SMS_WSUS_SYNC_MANAGER|b\n"
	  " - 0 |cut\n",
	  -300 },
	{ "brackets that are none",
	  "a  $$<b\nc  $$<d><e><f>\n$$<\n$$<g><11-20-2026><thread=x>\n",
	  " - 0 d|a  $$<b\nc\n - 0 g|$$<\n", NO_ZONE },
};

static void
test_records(void **state)
{
	int zone;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(cmtrace); i++) {
		print_message("%s\n", cmtrace[i].what);
		assert_string_equal(tell(&ww_dialect_cmtrace, cmtrace[i].log,
					 &zone),
				    cmtrace[i].told);
		assert_int_equal(zone, cmtrace[i].zone);
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(server); i++) {
		print_message("%s\n", server[i].what);
		assert_string_equal(tell(&ww_dialect_ccm_server, server[i].log,
					 &zone),
				    server[i].told);
		assert_int_equal(zone, server[i].zone);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_records),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
