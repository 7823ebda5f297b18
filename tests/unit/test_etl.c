/*
 * Event traces: order, times and zones, values of all types, and what cannot
 * be read.  The traces are made here; see tests/writers/etl.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "base/simd/kernels.h"
#include "input/etl/event.h"
#include "input/records.h"

#include "../writers/etl.h"
#include "arena.h"
#include "input/slice_input.h"

/* 2026-11-19 08:00:00 and 2026-07-01 08:00:00 UTC as FILETIME. */
#define WINTER UINT64_C(134395488000000000)
#define SUMMER UINT64_C(134273664000000000)
#define SECOND UINT64_C(10000000)

static const struct etl_options usual = {
	.start = WINTER,
	.frequency = 10000000,
	.clock = 1,
};

/* Opens it; the reader has not begun. */
static struct ww_records *
open_bytes(struct ww_slice *rest, const uint8_t *p, size_t len)
{
	struct ww_records *r = ww_arena_new(&arena, struct ww_records);
	const struct ww_input input = { .read = ww_read_slice, .ctx = rest };

	*rest = ww_slice_of((const char *)p, len);
	ww_records_open(r, &arena, ww_kernels_choose(), &input);
	assert_non_null(r->binary);
	return r;
}

/* The lines of a trace, each ended, and what was lost, behind them. */
static const char *
tell(const uint8_t *p, size_t len)
{
	struct ww_buf out = ww_buf_in(&arena);
	struct ww_slice rest;
	struct ww_records *r = open_bytes(&rest, p, len);
	uint64_t number = 0;

	while (ww_records_next(r)) {
		assert_int_equal(r->record->line, ++number);
		ww_buf_add(&out, r->record->raw);
		ww_buf_char(&out, '\n');
	}
	for (unsigned i = 0; i < r->reader.losses.n; i++) {
		const struct ww_loss *loss = &r->reader.losses.list[i];

		ww_buf_printf(&out, "%d x %s", (int)loss->count, loss->what);
		if (loss->name_len > 0)
			ww_buf_printf(&out, " (%.*s)", (int)loss->name_len,
				      loss->name);
		ww_buf_char(&out, '\n');
	}
	ww_buf_char(&out, '\0');
	return out.p;
}

/* Ends the trace and tells it. */
static const char *
tell_trace(struct etl_writer *w)
{
	const char *told;

	etl_end(w);
	told = tell(w->file.p, w->file.len);
	free(w->file.p);
	return told;
}

static void
line(struct etl_writer *w, unsigned cpu, uint64_t tenths, const char *text)
{
	const struct etl_who who = { NULL, w->opt.start + tenths * SECOND / 10,
				     9052, 2756, 4 };

	etl_line_of(w, cpu, &who, NULL, "Agent", ww_slice_cstr(text));
}

static void
test_lines(void **state)
{
	struct etl_writer w;
	const struct etl_who who = { NULL, WINTER + 12345678, 1, 70000, 2 };

	(void)state;
	etl_begin(&w, &usual);
	etl_line_of(&w, 0, &who, NULL, "DownloadManager",
		    WW_LIT("  two\nlines \xC3\xA9 "
			   "\xF0\x9F\x98\x80"));
	assert_string_equal(tell_trace(&w),
			    "2026/11/19 08:00:01.2345678 1     70000 "
			    "DownloadManager   two\nlines \xC3\xA9 "
			    "\xF0\x9F\x98\x80\n");
}

static void
test_record(void **state)
{
	struct etl_writer w;
	const struct etl_who who = { NULL, WINTER, 7, 8, 2 };
	struct ww_slice rest;
	struct ww_records *r;

	(void)state;
	etl_begin(&w, &usual);
	etl_line_of(&w, 0, &who, NULL, "Agent", WW_LIT("    Timer"));
	etl_line_of(&w, 0, &who, NULL, "WIL",
		    WW_LIT("*FAILED* [80248007] file"));
	etl_end(&w);
	r = open_bytes(&rest, w.file.p, w.file.len);
	assert_true(ww_records_next(r));
	assert_int_equal(r->dialect->id, WW_DIALECT_WU);
	assert_int_equal(r->reader.zone.source, WW_ZONE_STATED);
	assert_int_equal(r->record->process, 7);
	assert_int_equal(r->record->thread, 8);
	/* The text begins behind the blanks; the event says that it is bad. */
	assert_true(ww_slice_eq(r->record->text, WW_LIT("Timer")));
	assert_int_equal(r->record->level, WW_LEVEL_ERROR);
	assert_true(ww_records_next(r));
	/* What the text says counts. */
	assert_int_equal(r->record->level, WW_LEVEL_WARNING);
	assert_true(ww_slice_eq(r->record->component, WW_LIT("WIL")));
	assert_false(ww_records_next(r));
	free(w.file.p);
}

/* Three processors fill small buffers; what is told is in order. */
static void
test_order(void **state)
{
	struct etl_options opt = usual;
	struct etl_writer w;
	char text[16];
	const char *told;
	uint64_t last = 0;
	unsigned n = 0;

	(void)state;
	opt.buffer = 1024;
	etl_begin(&w, &opt);
	for (unsigned i = 0; i < 100; i++) {
		snprintf(text, sizeof(text), "event %u", i);
		line(&w, i % 7, i, text);
	}
	told = tell_trace(&w);
	for (const char *p = told; (p = strstr(p, "event ")) != NULL; n++) {
		uint64_t number = strtoul(p += 6, NULL, 10);

		assert_true(n == 0 || number == last + 1);
		last = number;
	}
	assert_int_equal(n, 100);
}

/* Events of the same time stand as they do in the file. */
static void
test_same_time(void **state)
{
	struct etl_writer w;

	(void)state;
	etl_begin(&w, &usual);
	line(&w, 1, 5, "third");
	line(&w, 2, 5, "first");
	line(&w, 2, 5, "second");
	assert_string_equal(tell_trace(&w),
			    "2026/11/19 08:00:00.5000000 9052  2756  Agent"
			    "           first\n"
			    "2026/11/19 08:00:00.5000000 9052  2756  Agent"
			    "           second\n"
			    "2026/11/19 08:00:00.5000000 9052  2756  Agent"
			    "           third\n");
}

/* Time of day and zone that come of what the header says. */
static void
test_clocks(void **state)
{
	static const struct {
		struct etl_options opt;
		const char *stamp;
		int zone;
	} rows[] = {
		{ { .start = WINTER, .frequency = 10000000, .clock = 1 },
		  "2026/11/19 08:00:01.0000000",
		  0 },
		{ { .start = WINTER,
		    .frequency = 10000000,
		    .clock = 1,
		    .narrow = true },
		  "2026/11/19 08:00:01.0000000",
		  0 },
		{ { .start = WINTER,
		    .frequency = 3579545,
		    .clock = 1,
		    .bias = -540 },
		  "2026/11/19 17:00:01.0000000",
		  540 },
		{ { .start = WINTER, .clock = 2, .bias = 300 },
		  "2026/11/19 03:00:01.0000000",
		  -300 },
		{ { .start = WINTER,
		    .frequency = 10000000,
		    .clock = 1,
		    .bias = -60,
		    .summer_time = true },
		  "2026/11/19 09:00:01.0000000",
		  60 },
		{ { .start = SUMMER,
		    .frequency = 10000000,
		    .clock = 1,
		    .bias = -60,
		    .summer_time = true },
		  "2026/07/01 10:00:01.0000000",
		  120 },
		/* 25 October, 00:59:59 UTC: the last second of summer time. */
		{ { .start = UINT64_C(134373635980000000),
		    .frequency = 10000000,
		    .clock = 1,
		    .bias = -60,
		    .summer_time = true },
		  "2026/10/25 02:59:59.0000000",
		  120 },
		{ { .start = UINT64_C(134373636000000000),
		    .frequency = 10000000,
		    .clock = 1,
		    .bias = -60,
		    .summer_time = true },
		  "2026/10/25 02:00:01.0000000",
		  60 },
		{ { .start = WINTER,
		    .frequency = 10000000,
		    .clock = 1,
		    .bias = 70000 },
		  "2026/11/19 08:00:01.0000000",
		  0 },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct etl_writer w;
		struct ww_slice rest;
		struct ww_records *r;
		struct ww_slice stamp;

		etl_begin(&w, &rows[i].opt);
		line(&w, 0, 10, "x");
		etl_end(&w);
		r = open_bytes(&rest, w.file.p, w.file.len);
		assert_true(ww_records_next(r));
		stamp = ww_slice_part(r->record->raw, 0, 27);
		if (!ww_slice_eq(stamp, ww_slice_cstr(rows[i].stamp)) ||
		    r->reader.zone.minutes != rows[i].zone)
			fail_msg("row %zu: %.*s, %d", i, (int)stamp.len,
				 stamp.p, r->reader.zone.minutes);
		free(w.file.p);
	}
}

/* A clock that says no frequency gives no times, and the texts stay. */
static void
test_no_frequency(void **state)
{
	struct etl_options opt = usual;
	struct etl_writer w;
	const char *told;

	(void)state;
	opt.frequency = 0;
	etl_begin(&w, &opt);
	line(&w, 0, 1, "text");
	told = tell_trace(&w);
	assert_non_null(strstr(told, "Agent           text\n1 x its header "
				     "does not say how fast its clock goes"));
}

/* Values */

static const uint8_t foreign[16] = { 1, 2,  3,	4,  5,	6,  7,	8,
				     9, 10, 11, 12, 13, 14, 15, 16 };

/* A trace of one event with these descriptions and values. */
static struct etl_writer
trace_of(const uint8_t *provider, const void *fields, size_t n_fields,
	 const void *values, size_t n_values)
{
	struct etl_bytes f = { 0 }, v = { 0 };
	const struct etl_who who = { provider, WINTER, 1, 2, 4 };
	struct etl_writer w;

	etl_begin(&w, &usual);
	etl_add(&f, fields, n_fields);
	etl_add(&v, values, n_values);
	etl_tracelogging(&w, 0, &who, "Provider", "Event", &f, &v);
	free(f.p);
	free(v.p);
	return w;
}

/* The same, told without its stamp. */
static const char *
tell_values(const uint8_t *provider, const void *fields, size_t n_fields,
	    const void *values, size_t n_values)
{
	struct etl_writer w =
	    trace_of(provider, fields, n_fields, values, n_values);
	const char *told = tell_trace(&w);

	return told + sizeof("2026/11/19 08:00:00.0000000 1     2     "
			     "Event          ");
}

#define VALUES(fields, values)                                       \
	tell_values(foreign, (fields), sizeof(fields) - 1, (values), \
		    sizeof(values) - 1)

static void
test_values(void **state)
{
	static const struct {
		const char *fields;
		size_t n_fields;
		const char *values;
		size_t n_values;
		const char *text;
	} rows[] = {
#define ROW(f, v, text) { (f), sizeof(f) - 1, (v), sizeof(v) - 1, (text) }
		ROW("a\0\1", "x\0y\0\0\0", "xy"),
		ROW("a\0\1", "x\0y\0", "xy"),
		ROW("a\0\1", "\0\xD8y\0\0\0", "\xEF\xBF\xBDy"),
		ROW("a\0\2", "xy\0", "xy"),
		ROW("a\0\3", "\xFF", "-1"),
		ROW("a\0\4", "\xFF", "255"),
		ROW("a\0\5", "\xFE\xFF", "-2"),
		ROW("a\0\6", "\xFE\xFF", "65534"),
		ROW("a\0\7", "\x05\0\7\x80", "-2147024891"),
		ROW("a\0\x87\x0F", "\x05\0\7\x80", "0x80070005"),
		ROW("a\0\x88\x0E", "\1\0\0\xC0", "0xC0000001"),
		ROW("a\0\x88\x04", "\x1F\0\0\0", "0x1F"),
		ROW("a\0\x88\x0D", "\5\0\0\0", "5"),
		ROW("a\0\x0A", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
		    "18446744073709551615"),
		ROW("a\0\x0B", "\0\0\xC0\x3F", "1.5"),
		ROW("a\0\x0C", "\0\0\0\0\0\0\xF8\xBF", "-1.5"),
		ROW("a\0\x0D", "\2\0\0\0", "true"),
		ROW("a\0\x84\x03", "\0", "false"),
		ROW("a\0\x0E", "\3\0\1\2\xFE", "0x0102FE"),
		ROW("a\0\x19", "\1\0\xAB", "0xAB"),
		ROW("a\0\x0F",
		    "\1\2\3\4\5\6\7\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10",
		    "{04030201-0605-0807-090a-0b0c0d0e0f10}"),
		ROW("a\0\x10", "\x10\0\0\0\0\0\0\x80", "0x8000000000000010"),
		ROW("a\0\x11", "\0\x40\x1C\x77\xDA\xE9\xDC\1",
		    "2026-05-22 11:02:22.475468"),
		ROW("a\0\x12", "\xEA\x07\x0B\0\4\0\x13\0\x08\0\1\0\2\0\x0A\0",
		    "2026-11-19 08:01:02.010000"),
		ROW("a\0\x13", "\1\2\0\0\0\0\0\5\x20\0\0\0\x20\2\0\0",
		    "S-1-5-32-544"),
		ROW("a\0\x14", "\1\x40\2\x80", "0x80024001"),
		ROW("a\0\x16", "\4\0x\0y\0", "xy"),
		ROW("a\0\x97\x23", "\3\0x\xC3\xA9", "x\xC3\xA9"),
		ROW("a\0\x86\x07", "\1\xBB", "443"),
		ROW("a\0\x88\x08", "\x0A\0\0\1", "10.0.0.1"),
		ROW("a\0\x86\x02", "x\0", "x"),
		/* Fields, arrays of a number told here and in the payload. */
		ROW("a\0\4b\0\1", "\7x\0\0\0", "[a] : 7; [b] : x;"),
		ROW("a\0\x24\3\0", "\1\2\3", "1, 2, 3"),
		ROW("a\0\x44", "\2\0\1\2", "1, 2"),
		ROW("a\0\x44", "\0\0", ""),
		/* A structure of two, and an array of it. */
		ROW("s\0\x98\2a\0\4b\0\4c\0\4", "\1\2\3",
		    "[a] : 1; [b] : 2; [c] : 3;"),
		ROW("s\0\xD8\1a\0\4c\0\4", "\2\0\1\2\3",
		    "[a] : 1; [a] : 2; [c] : 3;"),
		ROW("s\0\xD8\1a\0\4c\0\4", "\0\0\3", "[c] : 3;"),
		/* Tags of a field are passed over; it is told in hexadecimal.
		 */
		ROW("a\0\x84\x84\x81\1", "\7", "0x7"),
#undef ROW
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		const char *told =
		    tell_values(foreign, rows[i].fields, rows[i].n_fields,
				rows[i].values, rows[i].n_values);
		size_t len = strlen(told) - 1;

		if (len != strlen(rows[i].text) ||
		    memcmp(told, rows[i].text, len) != 0)
			fail_msg("row %zu: %s", i, told);
	}
}

/* As events are printed: the first of the trace, and whether all is well. */
static const char *
print_event(struct etl_writer *w,
	    bool (*print)(struct ww_etl *, const struct ww_etl_record *,
			  struct ww_evtx_out *))
{
	struct ww_etl *e = ww_arena_new(&arena, struct ww_etl);
	struct ww_evtx_out out = { .cap = WW_EVTX_EVENT_MAX };
	struct ww_slice rest;
	const struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	struct ww_etl_record r;

	etl_end(w);
	rest = ww_slice_of((const char *)w->file.p, w->file.len);
	out.p = ww_arena_alloc(&arena, out.cap);
	ww_etl_open(e, &arena,
		    ww_stream_open(&arena, ww_kernels_choose(), &input));
	assert_true(ww_etl_next(e, &r));
	print(e, &r, &out);
	if (e->trace.partly)
		ww_evtx_add(&out, WW_LIT(" partly"));
	ww_evtx_add_char(&out, '\0');
	free(w->file.p);
	return out.p;
}

#define JSON_HEAD                                                  \
	"{\"time\":\"2026-11-19T08:00:00.0000000Z\",\"record\":1," \
	"\"provider\":\"Provider\",\"provider_guid\":"             \
	"\"{04030201-0605-0807-090A-0B0C0D0E0F10}\",\"id\":0,"     \
	"\"version\":0,\"level\":4,\"task\":0,\"opcode\":0,"       \
	"\"keywords\":\"0x0\",\"process\":1,\"thread\":2,"         \
	"\"name\":\"Event\",\"data\":{"

#define XML_HEAD                                                              \
	"<Event "                                                             \
	"xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>"      \
	"<System><Provider Name='Provider' "                                  \
	"Guid='{04030201-0605-0807-090A-0B0C0D0E0F10}'/><EventID>0</EventID>" \
	"<Version>0</Version><Level>4</Level><Task>0</Task>"                  \
	"<Opcode>0</Opcode><Keywords>0x0</Keywords>"                          \
	"<TimeCreated SystemTime='2026-11-19T08:00:00.0000000Z'/>"            \
	"<EventRecordID>1</EventRecordID>"                                    \
	"<Execution ProcessID='1' ThreadID='2'/></System><EventData>"

#define XML_TAIL                                                 \
	"</EventData><RenderingInfo Culture='en-US'><Task>Event" \
	"</Task></RenderingInfo></Event>"

/* Types, arrays, structures, names that come again or not at all. */
static void
test_printed(void **state)
{
	static const struct {
		const char *fields;
		size_t n_fields;
		const char *values;
		size_t n_values;
		const char *json, *xml, *behind;
	} rows[] = {
#define ROW(f, v, json, xml, behind) \
	{ (f), sizeof(f) - 1, (v), sizeof(v) - 1, (json), (xml), behind }
		ROW("a\0\4b\0\1c\0\x84\3d\0\x87\x0F",
		    "\7x\0\"\0\0\0\1\5\0\7\x80",
		    "\"a\":7,\"b\":\"x\\\"\",\"c\":true,\"d\":\"0x80070005\"",
		    "<Data Name='a'>7</Data><Data Name='b'>x&quot;</Data>"
		    "<Data Name='c'>true</Data>"
		    "<Data Name='d'>0x80070005</Data>",
		    ""),
		ROW("a\0\x0A\0\x0B",
		    "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\x80\x7F",
		    "\"a\":\"18446744073709551615\",\"param1\":null",
		    "<Data Name='a'>18446744073709551615</Data>"
		    "<Data>inf</Data>",
		    ""),
		ROW("a\0\x44"
		    "b\0\x44",
		    "\2\0\1\2\0\0", "\"a\":[1,2],\"b\":[]",
		    "<Data Name='a'>1</Data><Data Name='a'>2</Data>"
		    "<Data Name='b'></Data>",
		    ""),
		ROW("s\0\xD8\1a\0\4s\0\4", "\2\0\1\2\3",
		    "\"s\":[{\"a\":1},{\"a\":2}],\"s_2\":3",
		    "<ComplexData Name='s'><Data Name='a'>1</Data>"
		    "</ComplexData><ComplexData Name='s'><Data Name='a'>2"
		    "</Data></ComplexData><Data Name='s'>3</Data>",
		    ""),
		ROW("a\0\4a_2\0\4a\0\4a\0\4", "\1\2\3\4",
		    "\"a\":1,\"a_2\":2,\"a_3\":3,\"a_4\":4",
		    "<Data Name='a'>1</Data><Data Name='a_2'>2</Data>"
		    "<Data Name='a'>3</Data><Data Name='a'>4</Data>",
		    ""),
		/* What ends too early. */
		ROW("s\0\x98\2a\0\4b\0\7", "\1\2", "\"s\":{\"a\":1,\"b\":null}",
		    "<ComplexData Name='s'><Data Name='a'>1</Data>"
		    "<Data Name='b'></Data></ComplexData>",
		    " partly"),
#undef ROW
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct etl_writer w =
		    trace_of(foreign, rows[i].fields, rows[i].n_fields,
			     rows[i].values, rows[i].n_values);
		char expected[2048];

		snprintf(expected, sizeof(expected), JSON_HEAD "%s}}%s",
			 rows[i].json, rows[i].behind);
		assert_string_equal(print_event(&w, ww_etl_json), expected);
		w = trace_of(foreign, rows[i].fields, rows[i].n_fields,
			     rows[i].values, rows[i].n_values);
		snprintf(expected, sizeof(expected),
			 XML_HEAD "%s" XML_TAIL "%s", rows[i].xml,
			 rows[i].behind);
		assert_string_equal(print_event(&w, ww_etl_xml), expected);
	}
}

/* More names than are looked through: the event is told to be too long. */
static void
test_too_many_names(void **state)
{
	struct etl_bytes f = { 0 };
	struct etl_writer w;

	(void)state;
	for (int i = 0; i < 1100; i++)
		etl_add(&f, "a\0\0", 3);
	w = trace_of(foreign, f.p, f.len, "", 0);
	free(f.p);
	assert_string_equal(print_event(&w, ww_etl_json), " partly");
}

/* Several values of the update client are told as its log has them. */
static void
test_client_values(void **state)
{
	(void)state;
	assert_string_equal(tell_values(NULL, "a\0\4b\0\4", 6, "\1\2", 2),
			    "1 2\n");
}

/* What is there is told, and that it is not all. */
static void
test_short_values(void **state)
{
	static const char what[] =
	    "\n1 x an event does not hold what it says it holds, and was read "
	    "as far as it goes\n";

	(void)state;
	assert_non_null(strstr(VALUES("a\0\4b\0\7", "\1\2"), what));
	assert_non_null(strstr(VALUES("a\0\x19", "\x09\0x"), what));
	assert_non_null(strstr(VALUES("a\0\x13", "\1\xFF\0\0\0\0\0\5"), what));
	assert_non_null(strstr(VALUES("a\0\x1F", "xyz"), what));
	assert_non_null(strstr(VALUES("a\0\x64", "xyz"), what));
	assert_non_null(strstr(VALUES("a", "xyz"), what));
	assert_non_null(strstr(VALUES("a\0\x87", "xyz"), what));
	assert_non_null(strstr(VALUES("a\0\x24\3", "xyz"), what));
	/* 65535 values of nothing, again and again; structures in each other.
	 */
	assert_non_null(strstr(VALUES("a\0\x20\xFF\xFF"
				      "a\0\x20\xFF\xFF",
				      ""),
			       what));
	assert_non_null(strstr(VALUES("a\0\xB8\1\xFF\xFF"
				      "a\0\xB8\1\xFF\xFF"
				      "b\0\x20\xFF\xFF",
				      ""),
			       what));
	assert_non_null(strstr(VALUES("a\0\x98\1a\0\x98\1a\0\x98\1a\0\x98\1"
				      "a\0\x98\1a\0\x98\1a\0\x98\1a\0\x98\1"
				      "a\0\x98\1a\0\x98\1b\0\4",
				      "\1"),
			       what));
}

/* Many events that each make much of nothing end together. */
static void
test_much_of_nothing(void **state)
{
	static const char fields[] = "a\0\x20\xFF\xFF";
	const struct etl_who who = { foreign, WINTER, 1, 2, 4 };
	struct etl_bytes f = { 0 }, v = { 0 };
	struct etl_writer w;
	const char *told;

	(void)state;
	etl_begin(&w, &usual);
	etl_add(&f, fields, sizeof(fields) - 1);
	for (int i = 0; i < 1000; i++)
		etl_tracelogging(&w, 0, &who, "Provider", "Event", &f, &v);
	free(f.p);
	told = tell_trace(&w);
	assert_true(strlen(told) < 8 * 1024 * 1024);
	assert_non_null(strstr(told, " x an event does not hold what it says"));
}

/* What cannot be read */

static void
test_undecoded(void **state)
{
	const struct etl_who who = { foreign, WINTER, 1, 2, 4 };
	struct etl_writer w;
	struct etl_bytes modern, message = { 0 }, kernel = { 0 };

	(void)state;
	etl_begin(&w, &usual);
	modern = etl_event_header(&w, &who);
	etl_set(&modern, 0, modern.len, 2);
	etl_event(&w, 0, &modern);
	etl_event(&w, 0, &modern);
	etl_number(&message, 0x90000010, 4);
	etl_zeros(&message, 12);
	etl_event(&w, 0, &message);
	etl_number(&kernel, 0xC0110002, 4);
	etl_number(&kernel, 0x0F240010, 4);
	etl_zeros(&kernel, 8);
	etl_event(&w, 0, &kernel);
	assert_string_equal(
	    tell_trace(&w),
	    "1 x an event holds a number instead of its text (WPP)\n"
	    "1 x an event of the kernel, which is not read\n"
	    "2 x an event of provider {name} holds no text of its own "
	    "({04030201-0605-0807-090a-0b0c0d0e0f10})"
	    "\n");
	free(modern.p);
	free(message.p);
	free(kernel.p);
}

static void
test_lost(void **state)
{
	struct etl_options opt = usual;
	struct etl_writer w;

	(void)state;
	opt.events_lost = 37;
	opt.buffers_lost = 2;
	opt.open = true;
	etl_begin(&w, &opt);
	assert_string_equal(
	    tell_trace(&w),
	    "1 x it was copied while it was being written; what came last is "
	    "not in it\n"
	    "37 x an event was lost while the trace was written\n"
	    "2 x a buffer was lost while the trace was written\n");
}

/* A trace of two buffers with two events in the second. */
static struct etl_writer
two_events(void)
{
	struct etl_writer w;

	etl_begin(&w, &usual);
	line(&w, 0, 1, "one");
	line(&w, 0, 2, "two");
	etl_end(&w);
	return w;
}

#define SECOND_BUFFER 4096

/* Bytes of the second buffer are changed. */
static const char *
tell_damaged(size_t at, uint64_t value, size_t size)
{
	struct etl_writer w = two_events();
	const char *told;

	etl_set(&w.file, SECOND_BUFFER + at, value, size);
	told = tell(w.file.p, w.file.len);
	free(w.file.p);
	return told;
}

/* Where its second event is. */
static size_t
second_event(void)
{
	struct etl_writer w = two_events();
	size_t size = ww_load16(w.file.p + SECOND_BUFFER + ETL_HEADER);

	free(w.file.p);
	return ETL_HEADER + (size + 7) / 8 * 8;
}

static void
test_damaged(void **state)
{
	static const char first[] = "2026/11/19 08:00:00.1000000 9052  2756  "
				    "Agent           one\n";
	static const char event[] = "1 x an event is damaged, and with it the "
				    "rest of its buffer; the first at byte "
				    "{at}\n";
	size_t second = second_event();
	const char *told;

	(void)state;
	assert_string_equal(tell_damaged(0, 77, 4),
			    "1 x a buffer is damaged, the first at byte {at}"
			    "\n");
	assert_string_equal(tell_damaged(52, 0x40, 2),
			    "1 x a buffer is compressed, which is not read\n");
	/* Sizes of nothing, of less than a header and of too much. */
	for (uint64_t size = 0; size < 0x10000; size += 0x4F) {
		/* 0 to 79 and what goes over the end. */
		if (size > 79 && size < 4096)
			continue;
		told = tell_damaged(second, size, 2);
		assert_int_equal(strncmp(told, first, strlen(first)), 0);
		assert_string_equal(told + strlen(first), event);
	}
	/* A marker that is none. */
	told = tell_damaged(second + 2, 0xC07F, 2);
	assert_string_equal(told + strlen(first), event);
	/* An item of extended data that is none: the event tells nothing. */
	told = tell_damaged(second + 80, 4, 2);
	assert_int_equal(strncmp(told, first, strlen(first)), 0);
	assert_non_null(strstr(told, "holds no text of its own"));
	/* A description that says that it goes on behind its item. */
	told = tell_damaged(second + 80 + 32 + 8, 0xFFFF, 2);
	assert_int_equal(strncmp(told, first, strlen(first)), 0);
	assert_non_null(strstr(told, "holds no text of its own"));
	/* Where the events end is impossible: the marks behind them tell. */
	told = tell_damaged(4, UINT64_C(0xFFFFFFF0FFFFFFF0), 8);
	assert_non_null(strstr(told, "two\n"));
}

static void
test_cut(void **state)
{
	struct etl_writer w = two_events();
	size_t second = second_event();

	(void)state;
	/* In the second event, in the buffer's header, in the first buffer. */
	assert_string_equal(tell(w.file.p, SECOND_BUFFER + second + 90),
			    "2026/11/19 08:00:00.1000000 9052  2756  Agent"
			    "           one\n"
			    "1 x the file ends within a buffer\n");
	assert_string_equal(tell(w.file.p, SECOND_BUFFER + 10),
			    "1 x the file ends within a buffer\n");
	assert_non_null(strstr(tell(w.file.p, 200), "its header is damaged"));
	/* Behind all events nothing is missing. */
	assert_non_null(strstr(tell(w.file.p, w.file.len - 100), "two\n"));
	assert_null(strstr(tell(w.file.p, w.file.len - 100), " x "));
	free(w.file.p);
}

/* Room at the end that was never used is no loss; a hole is. */
static void
test_zeros(void **state)
{
	struct etl_writer w = two_events();
	struct etl_bytes file = { 0 };
	const char *told;

	(void)state;
	etl_add(&file, w.file.p, w.file.len);
	etl_zeros(&file, 4096);
	told = tell(file.p, file.len);
	assert_null(strstr(told, " x "));
	etl_add(&file, w.file.p + SECOND_BUFFER, 4096);
	told = tell(file.p, file.len);
	assert_non_null(strstr(told, "1 x a buffer holds nothing but zeros"));
	assert_null(strstr(told, "2 x"));
	free(file.p);
	free(w.file.p);
}

/* Sizes of buffers that cannot be. */
static void
test_buffer_sizes(void **state)
{
	static const uint32_t sizes[] = { 0,	     1,		73,
					  1023,	     0x1000001, 0x80000000,
					  0xFFFFFFFF };

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(sizes); i++) {
		struct etl_writer w = two_events();
		const char *told;

		etl_set(&w.file, 0, sizes[i], 4);
		told = tell(w.file.p, w.file.len);
		assert_non_null(strstr(told, "its buffers have no possible "
					     "size"));
		free(w.file.p);
	}
}

/* What stands behind the limit is not read, and said to be there. */
static void
test_limit(void **state)
{
	struct etl_writer w = two_events();
	size_t limit = 64 * 1024 * 1024;
	uint8_t *big = calloc(1, limit + 1);
	const char *told;

	(void)state;
	assert_non_null(big);
	memcpy(big, w.file.p, w.file.len);
	told = tell(big, limit);
	assert_non_null(strstr(told, "two\n"));
	assert_null(strstr(told, " x "));
	told = tell(big, limit + 1);
	assert_non_null(strstr(told, "two\n1 x only its first 64 MiB were "
				     "read\n"));
	free(big);
	free(w.file.p);
}

/* Whose trace it is: by its events, else by the folder it was made in. */
static void
test_whose(void **state)
{
	static const uint8_t delivery[16] = {
		0xba, 0x09, 0xad, 0xf8, 0x9c, 0x41, 0x34, 0x51,
		0x17, 0x50, 0x27, 0x0f, 0x4d, 0x0f, 0xb8, 0x89,
	};
	static const uint8_t other[16] = { 1 };
	static const struct {
		const uint8_t *guid;
		const char *provider, *file;
		enum ww_dialect_id dialect;
	} rows[] = {
		{ NULL, "WUTraceLogging", "C:\\x.etl", WW_DIALECT_WU },
		{ other, "Microsoft.Windows.Update.Orchestrator", NULL,
		  WW_DIALECT_USO },
		{ other, "Microsoft.Windows.Update.Orchestrator.UX", NULL,
		  WW_DIALECT_USO },
		{ other, "Microsoft.Windows.WaaSMedic.Local", NULL,
		  WW_DIALECT_WAASMEDIC },
		{ delivery, "", NULL, WW_DIALECT_DOLOG },
		{ other, "Contoso", "C:\\x.etl", WW_DIALECT_TRACE },
		{ other, "Contoso",
		  "C:\\PROGRAMDATA\\USOShared\\Logs\\System\\x.etl",
		  WW_DIALECT_USO },
		{ other, "Contoso", "D:\\WINDOWS\\logs\\waasmedic\\x.etl",
		  WW_DIALECT_WAASMEDIC },
		{ other, "Contoso", "C:\\Windows\\Logs\\SIH\\x.etl",
		  WW_DIALECT_WU },
		{ other, "Contoso", "C:\\Windows\\Logs\\SIHx\\x.etl",
		  WW_DIALECT_TRACE },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct etl_options opt = usual;
		struct etl_who who = { rows[i].guid, WINTER, 1, 2, 4 };
		struct etl_writer w;
		struct ww_slice rest;

		opt.file = rows[i].file;
		etl_begin(&w, &opt);
		etl_line_of(&w, 0, &who, rows[i].provider, "Info",
			    WW_LIT("text"));
		etl_end(&w);
		assert_int_equal(
		    open_bytes(&rest, w.file.p, w.file.len)->dialect->id,
		    rows[i].dialect);
		free(w.file.p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_same_time),
		cmocka_unit_test(test_clocks),
		cmocka_unit_test(test_no_frequency),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_printed),
		cmocka_unit_test(test_too_many_names),
		cmocka_unit_test(test_client_values),
		cmocka_unit_test(test_short_values),
		cmocka_unit_test(test_much_of_nothing),
		cmocka_unit_test(test_undecoded),
		cmocka_unit_test(test_whose),
		cmocka_unit_test(test_lost),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_zeros),
		cmocka_unit_test(test_buffer_sizes),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
