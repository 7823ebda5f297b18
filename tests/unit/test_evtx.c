/*
 * Event logs: what stands in an event, in all forms of binary XML, and what
 * is left of damaged files.  The files are made by tests/writers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "input/evtx/evtx.h"

#include "../writers/evtx_writer.h"
#include "arena.h"

#define LINE_MAX 65536
#define START	 UINT64_C(134395488000000000) /* 2026-11-19 08:00:00 */

static struct evtx_writer w;

/* Reading */

struct bytes {
	const uint8_t *p;
	size_t left;
};

static size_t
read_bytes(void *ctx, void *p, size_t n)
{
	struct bytes *b = ctx;

	n = n < b->left ? n : b->left;
	if (n > 0)
		memcpy(p, b->p, n);
	b->p += n;
	b->left -= n;
	return n;
}

enum form { XML, JSON, LINE };

/* All events of the file that was written, each on a line. */
static const char *
tell(enum form form, struct ww_evtx_state *retstate)
{
	struct bytes bytes = { w.file, w.len };
	struct ww_evtx *x =
	    ww_evtx_open(&arena, ww_kernels_choose(), read_bytes, &bytes);
	struct ww_evtx_out out = { .cap = 4 * WW_EVTX_EVENT_MAX };
	char *line = ww_arena_alloc(&arena, LINE_MAX);
	struct ww_evtx_record r;

	out.p = ww_arena_alloc(&arena, out.cap);
	while (ww_evtx_next(x, &r)) {
		struct ww_slice text;
		bool done = form == XML ? ww_evtx_xml(x, &r, &out)
			    : form == JSON
				? ww_evtx_json(x, &r, &out)
				: ww_evtx_line(x, &r, line, LINE_MAX, &text);

		if (form == LINE && done)
			ww_evtx_add(&out, text);
		if (done)
			ww_evtx_add_char(&out, '\n');
	}
	ww_evtx_add_char(&out, '\0');
	if (retstate != NULL)
		*retstate = *ww_evtx_state(x);
	free(w.file);
	w.file = NULL;
	return out.p;
}

/* What damage of a kind was seen: the text without the place. */
static bool
has_loss(const struct ww_evtx_state *s, const char *what)
{
	for (unsigned i = 0; i < s->losses.n; i++)
		if (ww_slice_starts(ww_slice_cstr(s->losses.list[i].what),
				    ww_slice_cstr(what)))
			return true;
	return false;
}

/* Writing */

static struct evtx_event
event(uint64_t n)
{
	return (struct evtx_event){
		.provider = "Contoso",
		.channel = "System",
		.computer = "PC",
		.id = 7,
		.level = 2,
		.version = 1,
		.task = 3,
		.keywords = UINT64_C(0x8000000000000000),
		.time = START + n * 10000001,
		.record = 100 + n,
		.process = 12,
		.thread = 34,
	};
}

static void
put(uint64_t n, const char *xml, const struct evtx_value *values, size_t count)
{
	struct evtx_event e = event(n);

	e.data = (struct evtx_nested){ xml, values, count };
	evtx_event(&w, &e);
}

static const char one_field[] =
    "<EventData><Data Name='a'>%0</Data></EventData>";

static void
put_plain(uint64_t n)
{
	const struct evtx_value values[] = { EVTX_TEXT("text") };

	put(n, one_field, values, 1);
}

#define XML_HEAD                                                             \
	"<Event "                                                            \
	"xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>"     \
	"<System><Provider Name='Contoso'/><EventID>7</EventID>"             \
	"<Version>1</Version><Level>2</Level><Task>3</Task>"                 \
	"<Opcode>0</Opcode><Keywords>0x8000000000000000</Keywords>"          \
	"<TimeCreated SystemTime='2026-11-19T08:00:00.0000000Z'/>"           \
	"<EventRecordID>100</EventRecordID><Correlation/>"                   \
	"<Execution ProcessID='12' ThreadID='34'/><Channel>System</Channel>" \
	"<Computer>PC</Computer><Security UserID='S-1-5-18'/></System>"

#define JSON_HEAD                                                      \
	"{\"time\":\"2026-11-19T08:00:00.0000000Z\",\"record\":100,"   \
	"\"provider\":\"Contoso\",\"id\":7,\"version\":1,\"level\":2," \
	"\"task\":3,\"opcode\":0,\"keywords\":\"0x8000000000000000\"," \
	"\"process\":12,\"thread\":34,\"channel\":\"System\","         \
	"\"computer\":\"PC\",\"user\":\"S-1-5-18\""

#define HEAD "Event ID 7 of Contoso: "

/* Forms of data */

static const uint8_t guid[16] = { 0x19, 0x6F, 0x7A, 0x0B, 0xC4, 0x47,
				  0x4E, 0x45, 0x8C, 0x5C, 0xE8, 0x68,
				  0xD6, 0x37, 0xE4, 0xD8 };
static const uint8_t sid[16] = { 1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 32, 2 };
static const uint8_t day[16] = { 0xEA, 7, 11, 0, 4, 0, 19, 0,
				 8,    0, 41, 0, 7, 0, 123 };
static const double half = 0.5;

static const struct evtx_nested nested_a = { "<a>in</a>", NULL, SIZE_MAX };

static const struct {
	const char *what, *xml;
	struct evtx_value values[4];
	size_t n;
	const char *as_xml, *as_json, *as_line;
} data[] = {
	{ "text with characters that have another form",
	  one_field,
	  { EVTX_TEXT("a<b>&\"c'\\\n\001\xE9") },
	  1,
	  "<EventData><Data Name='a'>a&lt;b&gt;&amp;&quot;c&apos;\\&#10;"
	  "\xEF\xBF\xBD\xC3\xA9</Data></EventData>",
	  ",\"data\":{\"a\":\"a<b>&\\\"c'\\\\\\n\\u0001\xC3\xA9\"}",
	  "a = a<b>&\"c'\\ \xEF\xBF\xBD\xC3\xA9" },

	{ "numbers",
	  "<EventData><Data Name='a'>%0</Data><Data Name='b'>%1</Data>"
	  "<Data Name='c'>%2</Data><Data Name='d'>%3</Data></EventData>",
	  { EVTX_NUMBER(EVTX_INT32, 0xFFFFFFFE),
	    EVTX_NUMBER(EVTX_HEX32, 0x80240022),
	    EVTX_NUMBER(EVTX_UINT64, UINT64_C(0xFFFFFFFFFFFFFFFF)),
	    EVTX_NUMBER(EVTX_BOOL, 3) },
	  4,
	  "<EventData><Data Name='a'>-2</Data><Data Name='b'>0x80240022"
	  "</Data><Data Name='c'>18446744073709551615</Data>"
	  "<Data Name='d'>true</Data></EventData>",
	  ",\"data\":{\"a\":-2,\"b\":\"0x80240022\","
	  "\"c\":\"18446744073709551615\",\"d\":true}",
	  "a = -2, b = 0x80240022, c = 18446744073709551615, d = true" },

	{ "identities, a fraction, a date",
	  "<EventData><Data Name='a'>%0</Data><Data Name='b'>%1</Data>"
	  "<Data Name='c'>%2</Data><Data Name='d'>%3</Data></EventData>",
	  { { EVTX_GUID, guid, 16, 0 },
	    { EVTX_SID, sid, 16, 0 },
	    { EVTX_DOUBLE, &half, 8, 0 },
	    { EVTX_SYSTEMTIME, day, 16, 0 } },
	  4,
	  "<EventData><Data Name='a'>{0B7A6F19-47C4-454E-8C5C-E868D637E4D8}"
	  "</Data><Data Name='b'>S-1-5-32-544</Data><Data Name='c'>0.5</Data>"
	  "<Data Name='d'>2026-11-19T08:41:07.123Z</Data></EventData>",
	  ",\"data\":{\"a\":\"{0B7A6F19-47C4-454E-8C5C-E868D637E4D8}\","
	  "\"b\":\"S-1-5-32-544\",\"c\":0.5,"
	  "\"d\":\"2026-11-19T08:41:07.123Z\"}",
	  "a = {0B7A6F19-47C4-454E-8C5C-E868D637E4D8}, b = S-1-5-32-544, "
	  "c = 0.5, d = 2026-11-19T08:41:07.123Z" },

	{ "a classic event: one array, empty items, bytes",
	  "<EventData><Data>%0</Data><Binary>%1?</Binary></EventData>",
	  { { EVTX_STRINGS, "one||three", 0, 0 },
	    { EVTX_BINARY, "\1\2\xAB", 3, 0 } },
	  2,
	  "<EventData><Data>one</Data><Data></Data><Data>three</Data>"
	  "<Binary>0102AB</Binary></EventData>",
	  ",\"data\":{\"param1\":\"one\",\"param2\":\"\","
	  "\"param3\":\"three\",\"Binary\":\"0102AB\"}",
	  "param1 = one, param3 = three, Binary = 0102AB" },

	{ "no value: an optional element is left out, another is empty",
	  "<EventData><Data Name='a'>%0?</Data><Data Name='b'>%1</Data>"
	  "<Data Name='b'>%2</Data></EventData>",
	  { EVTX_NOTHING, EVTX_NOTHING, EVTX_TEXT("") },
	  3,
	  "<EventData><Data Name='b'></Data><Data Name='b'></Data>"
	  "</EventData>",
	  ",\"data\":{\"a\":null,\"b\":null,\"b_2\":\"\"}",
	  "" },

	{ "UserData: elements inside each other, attributes, siblings",
	  "<UserData><Op x='%0'><Id>1</Id><Id>%1</Id><Flags v='7'/></Op>"
	  "</UserData>",
	  { EVTX_TEXT("q"), EVTX_NUMBER(EVTX_UINT32, 5) },
	  2,
	  "<UserData><Op x='q'><Id>1</Id><Id>5</Id><Flags v='7'/></Op>"
	  "</UserData>",
	  ",\"user_data\":{\"Op\":{\"@x\":\"q\",\"Id\":[\"1\",5],"
	  "\"Flags\":{\"@v\":\"7\"}}}",
	  "Op_x = q, Id = 1, Id = 5, Flags_v = 7" },

	{ "EventData where it does not belong",
	  "<UserData><EventData><Data>%0</Data></EventData></UserData>",
	  { EVTX_TEXT("x") },
	  1,
	  "<UserData><EventData><Data>x</Data></EventData></UserData>",
	  ",\"user_data\":{\"EventData\":{\"_\":\"x\"}}",
	  "param1 = x" },

	{ "names that XML has not",
	  "<UserData><1a.b x:y:z='%0'><:c>1</:c></1a.b></UserData>",
	  { EVTX_TEXT("q") },
	  1,
	  "<UserData><_a.b x:y_z='q'><_c>1</_c></_a.b></UserData>",
	  ",\"user_data\":{\"_a.b\":{\"@x:y_z\":\"q\",\"_c\":\"1\"}}",
	  "_a.b_x:y_z = q, _c = 1" },

	{ "one name for several",
	  "<EventData><Data Name='a'>%0</Data><Data Name='a'>%1</Data>"
	  "<Data Name='a'>%2</Data></EventData>",
	  { EVTX_TEXT("x"), EVTX_TEXT("y"), EVTX_TEXT("z") },
	  3,
	  "<EventData><Data Name='a'>x</Data><Data Name='a'>y</Data>"
	  "<Data Name='a'>z</Data></EventData>",
	  ",\"data\":{\"a\":\"x\",\"a_2\":\"y\",\"a_3\":\"z\"}",
	  "a = x, a = y, a = z" },

	{ "a name that one which comes again gets",
	  "<EventData><Data Name='a'>%0</Data><Data Name='a'>%1</Data>"
	  "<Data Name='a_2'>%2</Data><Data Name='param1'>%3</Data>"
	  "<Data>x</Data></EventData>",
	  { EVTX_TEXT("x"), EVTX_TEXT("y"), EVTX_TEXT("z"), EVTX_TEXT("p") },
	  4,
	  "<EventData><Data Name='a'>x</Data><Data Name='a'>y</Data>"
	  "<Data Name='a_2'>z</Data><Data Name='param1'>p</Data>"
	  "<Data>x</Data></EventData>",
	  ",\"data\":{\"a\":\"x\",\"a_2\":\"y\",\"a_2_2\":\"z\","
	  "\"param1\":\"p\",\"param1_2\":\"x\"}",
	  "a = x, a = y, a_2 = z, param1 = p, param5 = x" },

	{ "names that come again in binary XML of its own",
	  "<UserData><Op><a>out</a>%0%1</Op></UserData>",
	  { EVTX_NEST(nested_a), EVTX_NEST(nested_a) },
	  2,
	  "<UserData><Op><a>out</a><a>in</a><a>in</a></Op></UserData>",
	  ",\"user_data\":{\"Op\":{\"a\":\"out\",\"a_2\":\"in\","
	  "\"a_3\":\"in\"}}",
	  "a = out" },

	{ "an attribute that is called as what it stands beside",
	  "<UserData><EventData x='1'><Data Name='@x'>%0</Data><Data>y</Data>"
	  "<Data>z</Data></EventData></UserData>",
	  { EVTX_TEXT("2") },
	  1,
	  "<UserData><EventData x='1'><Data Name='@x'>2</Data><Data>y</Data>"
	  "<Data>z</Data></EventData></UserData>",
	  ",\"user_data\":{\"EventData\":{\"@x\":\"1\",\"@x_2\":{\"@Name\":\"@"
	  "x\",\"#text\":\"2\"},"
	  "\"_\":\"y\",\"__2\":\"z\"}}",
	  "EventData_x = 1, @x = 2, param3 = y, param4 = z" },

	{ "a slot that no value stands for",
	  "<EventData><Data Name='a'>%3</Data></EventData>",
	  { EVTX_TEXT("unused") },
	  0,
	  "<EventData><Data Name='a'></Data></EventData>",
	  ",\"data\":{\"a\":null}",
	  "" },
};

static void
expect(size_t i, enum form form, const char *before, const char *told,
       const char *behind)
{
	char expected[4096];
	const char *got;

	snprintf(expected, sizeof(expected), "%s%s%s\n", before, told, behind);
	evtx_open(&w);
	put(0, data[i].xml, data[i].values, data[i].n);
	evtx_close(&w);
	got = tell(form, NULL);
	if (strcmp(got, expected) != 0)
		print_error("%s\n%s%s", data[i].what, got, expected);
	assert_string_equal(got, expected);
}

static void
test_data(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(data); i++) {
		expect(i, XML, XML_HEAD, data[i].as_xml, "</Event>");
		expect(i, JSON, JSON_HEAD, data[i].as_json, "}");
		expect(i, LINE, HEAD, data[i].as_line, "");
	}
}

/* As some writers make them: elements, their values as text. */
static void
test_without_template(void **state)
{
	static const char xml[] =
	    XML_HEAD "<EventData><Data Name='a'>x</Data></EventData></Event>";

	(void)state;
	for (unsigned form = XML; form <= LINE; form++) {
		evtx_open(&w);
		evtx_record(&w, 100, START, xml, NULL, 0);
		evtx_close(&w);
		assert_string_equal(
		    tell((enum form)form, NULL),
		    form == XML ? XML_HEAD
			"<EventData><Data Name='a'>x</Data></EventData>"
			"</Event>\n"
		    : form == JSON ? JSON_HEAD ",\"data\":{\"a\":\"x\"}}\n"
				   : HEAD "a = x\n");
	}
}

/* What stands in Event may be called as parts of System are, or come twice. */
static void
test_names_of_event(void **state)
{
	static const char xml[] =
	    XML_HEAD "<EventData><Data Name='a'>x</Data></EventData>"
		     "<EventData><Data Name='a'>y</Data></EventData>"
		     "<time>z</time></Event>";

	(void)state;
	evtx_open(&w);
	evtx_record(&w, 100, START, xml, NULL, 0);
	evtx_close(&w);
	assert_string_equal(tell(JSON, NULL),
			    JSON_HEAD ",\"data\":{\"a\":\"x\"},\"data_2\":"
				      "{\"a\":\"y\"},\"time_2\":\"z\"}\n");
}

static void
test_nested_elements(void **state)
{
	const struct evtx_nested inner = {
		"<EventData><Data Name='a'>x</Data></EventData>", NULL, SIZE_MAX
	};
	struct evtx_event e = event(0);

	(void)state;
	evtx_open(&w);
	e.data = inner;
	evtx_event(&w, &e);
	evtx_close(&w);
	assert_string_equal(tell(LINE, NULL), HEAD "a = x\n");
}

/* Files */

#define MANY 1000

static void
write_many(void)
{
	evtx_open(&w);
	for (uint64_t n = 0; n < MANY; n++)
		put_plain(n);
	evtx_close(&w);
}

static uint8_t *
chunk(size_t n)
{
	return w.file + 4096 + n * EVTX_CHUNK;
}

/* Where the record begins that is so many behind the first of a chunk. */
static uint8_t *
record(size_t in_chunk, size_t n)
{
	uint8_t *p = chunk(in_chunk) + 512;

	for (; n > 0; n--)
		p += ww_load32(p + 4);
	return p;
}

static size_t
records_in(size_t n)
{
	const uint8_t *c = chunk(n);

	return (size_t)(ww_load32(c + 16) - ww_load32(c + 8) + 1);
}

static void
test_whole(void **state)
{
	struct ww_evtx_state s;

	(void)state;
	for (uint16_t minor = 1; minor <= 2; minor++) {
		write_many();
		w.file[36] = (uint8_t)minor;
		evtx_store(w.file + 124, ww_crc32_fast(&w.crc, w.file, 120), 4);
		tell(JSON, &s);
		assert_true(s.chunks > 3);
		assert_int_equal(s.records, MANY);
		assert_int_equal(s.failed + s.recovered + s.losses.n, 0);
	}
}

struct damage {
	const char *what;
	void (*make)(void);
	const char *why;
	uint64_t records, failed; /* of MANY; 0: see make */
};

static uint64_t expected;

static void
zero_a_chunk(void)
{
	expected = MANY - records_in(1);
	memset(chunk(1), 0, EVTX_CHUNK);
}

static void
change_a_byte(void)
{
	expected = MANY;
	/* A digit of the keywords of some record. */
	record(1, 3)[16] ^= 1;
}

static void
lose_a_header(void)
{
	expected = MANY;
	memset(chunk(1), 'x', 128);
}

static void
cut_the_file(void)
{
	w.len = (size_t)(record(1, 5) - w.file) + 10;
	expected = records_in(0) + 5;
}

static void
lower_the_end(void)
{
	expected = MANY;
	evtx_store(chunk(1) + 48, (uint64_t)(record(1, 10) - chunk(1)), 4);
	evtx_seal(&w, chunk(1));
}

static void
raise_the_end(void)
{
	expected = MANY;
	evtx_store(chunk(0) + 48, EVTX_CHUNK, 4);
	evtx_seal(&w, chunk(0));
}

static void
end_outside(void)
{
	expected = MANY;
	evtx_store(chunk(0) + 48, 0xFFFFFFFF, 4);
}

static void
break_a_record(void)
{
	expected = MANY - 1;
	memset(record(1, 3), 'x', 4);
	evtx_seal(&w, chunk(1));
}

static void
grow_a_record(void)
{
	expected = MANY - 1;
	evtx_store(record(1, 3) + 4, 0x10000, 4);
	evtx_seal(&w, chunk(1));
}

static void
lose_a_template(void)
{
	expected = MANY - 1;
	evtx_store(record(1, 3) + 24 + 4 + 6, 0xFFFFFF00, 4);
	evtx_seal(&w, chunk(1));
}

static void
claim_values(void)
{
	expected = MANY - 1;
	evtx_store(record(1, 3) + 24 + 4 + 10, 0xFFFFFFFF, 4);
	evtx_seal(&w, chunk(1));
}

static const struct damage damages[] = {
	{ "zeros between good chunks", zero_a_chunk, NULL, 0, 0 },
	{ "a changed byte", change_a_byte,
	  "the check sum of its records is wrong", 0, 0 },
	{ "a chunk without a header", lose_a_header, "this chunk has no header",
	  0, 0 },
	{ "a file that is cut", cut_the_file,
	  "the file ends inside of this chunk", 0, 1 },
	{ "records behind the stated end", lower_the_end,
	  "its records go on behind the end", 0, 0 },
	{ "fewer records than stated", raise_the_end,
	  "its records end before its header says", 0, 0 },
	{ "an end outside of the chunk", end_outside,
	  "its header says that its records end outside", 0, 0 },
	{ "a record without its mark", break_a_record,
	  "no record stands where one should", 0, 1 },
	{ "an absurd size", grow_a_record, "no record stands where one should",
	  0, 1 },
	{ "a template outside of the chunk", lose_a_template,
	  "its template lies outside of its chunk", 0, 1 },
	{ "an absurd count of values", claim_values,
	  "more values than there is room for", 0, 1 },
};

static void
test_damage(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(damages); i++) {
		struct ww_evtx_state s;

		write_many();
		damages[i].make();
		tell(JSON, &s);
		if (s.records != expected || s.failed != damages[i].failed)
			print_error("%s\n", damages[i].what);
		assert_int_equal(s.records, expected);
		assert_int_equal(s.failed, damages[i].failed);
		if (damages[i].why == NULL)
			assert_int_equal(s.losses.n, 0);
		else
			assert_true(has_loss(&s, damages[i].why));
	}
}

/* Hostile */

/* Each level holds the next one twice: two to the depth of events. */
static void
test_growing(void **state)
{
	static const char twice[] = "<a>%0<b/>%0</a>";
	struct evtx_nested levels[12];
	struct evtx_value values[12];
	struct ww_evtx_state s;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(levels); i++) {
		values[i] = i == 0
				? (struct evtx_value)EVTX_TEXT("x")
				: (struct evtx_value)EVTX_NEST(levels[i - 1]);
		levels[i] = (struct evtx_nested){ twice, &values[i], 1 };
	}
	evtx_open(&w);
	put(0, twice, &values[11], 1);
	put_plain(1);
	evtx_close(&w);
	tell(XML, &s);
	assert_int_equal(s.records, 1);
	assert_true(has_loss(&s, "binary XML too deep"));
}

/* A record of these elements is refused. */
static void
assert_refused(const char *xml, const char *why)
{
	struct ww_evtx_state s;

	evtx_open(&w);
	evtx_record(&w, 1, START, xml, NULL, 0);
	evtx_close(&w);
	tell(XML, &s);
	assert_int_equal(s.failed, 1);
	assert_true(has_loss(&s, why));
}

static void
test_deep(void **state)
{
	char xml[1024] = "";

	(void)state;
	for (unsigned i = 0; i < 40; i++)
		strncat(xml, "<a>", 4);
	for (unsigned i = 0; i < 40; i++)
		strncat(xml, "</a>", 5);
	assert_refused(xml, "its elements are too deep");
}

/* What takes time and room, and what no parser of XML takes. */
static void
test_made_up(void **state)
{
	char xml[2048];

	(void)state;
	assert_refused("<a b='1' b='2'/>", "an attribute that stands twice");
	snprintf(xml, sizeof(xml), "<a%01024d/>", 0);
	assert_refused(xml, "a name is too long");
}

static void
test_no_log(void **state)
{
	struct ww_evtx_state s;

	(void)state;
	evtx_open(&w);
	evtx_close(&w);
	tell(XML, &s);
	assert_int_equal(s.records + s.losses.n, 0);
	evtx_open(&w);
	w.len = 100;
	tell(XML, &s);
	assert_true(has_loss(&s, "the header of the file is damaged"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data),
		cmocka_unit_test(test_without_template),
		cmocka_unit_test(test_names_of_event),
		cmocka_unit_test(test_nested_elements),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_growing),
		cmocka_unit_test(test_deep),
		cmocka_unit_test(test_made_up),
		cmocka_unit_test(test_no_log),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
