/*
 * Patterns: what each hole takes, where it ends, what is refused; and the
 * matcher against the plain search.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "rules/matcher.h"

static jmp_buf oom;

struct row {
	const char *pattern;
	const char *text;
	const char *captures; /* name=value;…  or NULL: no match */
};

static const struct row rows[] = {
	{ "Exit code = {code}", "* END * Exit code = 0x80244007 (cV = x)",
	  "code=0x80244007;" },
	{ "exit CODE = {code}", "Exit code = 80244007.", "code=80244007;" },
	{ "returning {n:int}.", "MainEngineThread is returning 1603.",
	  "n=1603;" },
	{ "error {int}", "unknown error -2145107961", "int=-2145107961;" },
	{ "file [l:{int}]'{file}' of {package}, version {version}{rest}",
	  "repair member file [l:13]'a b.dll' of Pkg-X, version 10.0.1.2, "
	  "hash",
	  "int=13;file=a b.dll;package=Pkg-X;version=10.0.1.2;rest=, hash;" },
	{ "CallerId = {text}  Id = {int}", "CallerId = a  b  Id = 25",
	  "text=a  b;int=25;" },
	{ "Client {word}.", "Client DISM.", "word=DISM;" },
	{ "Client {word}.", "Client DISM Package.", NULL },
	{ "(p)\tCSI{gap}{rest}", "x (p)\tCSI  \tamd64_x\\f.dll",
	  "rest=amd64_x\\f.dll;" },
	{ "for id {guid}", "for id {1aa87b66-9bd6-42c1-975e-b24fa422f7e5}!",
	  "guid={1aa87b66-9bd6-42c1-975e-b24fa422f7e5};" },
	{ "for id {guid}", "for id 1aa87b66-9bd6-42c1-975e-b24fa422f7e", NULL },
	{ "name is {quoted} and", "name is \"a 'b'\" and", "quoted=a 'b';" },
	{ "since {time} it", "since 2026-11-19 08:41:07 it",
	  "time=2026-11-19 08:41:07;" },
	{ "^Error {int}.", "Error 1722. There", "int=1722;" },
	{ "^Error {int}.", "x Error 1722. There", NULL },
	{ "braces {{{hex}}}", "braces {0x1F}", "hex=0x1F;" },
	{ "up to {rest}", "up to here\r\nnot there", "rest=here;" },
	{ "path {path}]", "path C:\\a\nb]", NULL },
	{ "literal", "LITERAL", "" },
	{ "literal", "liter", NULL },
};

static void
check_row(struct ww_arena *arena, const struct row *row)
{
	struct ww_buf buf = ww_buf_in(arena);
	struct ww_captures got;
	struct ww_pattern pattern;
	struct ww_error error;

	assert_int_equal(ww_pattern_read(arena, ww_slice_cstr(row->pattern),
					 &pattern, &error),
			 WW_OK);
	if (!ww_pattern_find(&pattern, ww_slice_cstr(row->text), &got)) {
		if (row->captures != NULL)
			fail_msg("%s does not match %s", row->pattern,
				 row->text);
		return;
	}
	if (row->captures == NULL)
		fail_msg("%s matches %s", row->pattern, row->text);
	for (unsigned i = 0; i < got.n; i++) {
		ww_buf_add(&buf, got.p[i].name);
		ww_buf_char(&buf, '=');
		ww_buf_add(&buf, got.p[i].value);
		ww_buf_char(&buf, ';');
	}
	ww_buf_char(&buf, '\0');
	assert_string_equal(buf.p, row->captures);
}

static void
test_holes(void **state)
{
	struct ww_arena arena;

	(void)state;
	ww_arena_init(&arena, &oom);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		check_row(&arena, &rows[i]);
	ww_arena_release(&arena);
}

/* x: and so many letters, then what is given. */
static struct ww_slice
long_text(struct ww_arena *arena, size_t n, char c, const char *end)
{
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, WW_LIT("text: "));
	ww_buf_fill(&buf, c, n);
	ww_buf_add(&buf, ww_slice_cstr(end));
	return ww_buf_slice(&buf);
}

/* A hole takes so much and no more, and cuts no character. */
static void
test_long_holes(void **state)
{
	static const struct {
		const char *pattern;
		size_t letters;
		char letter;
		const char *end;
		size_t taken;  /* 0: no match */
		size_t looked; /* at most, behind the literal */
	} holes[] = {
		{ "text: {rest}", 2000, 'x', "", 1024, 1024 },
		{ "text: {rest}", 1023, 'x', "\xC3\xA9", 1023, 1023 },
		{ "text: {text}|", 1024, 'x', "|", 1024, 1025 },
		{ "text: {text}|", 1025, 'x', "|", 0, 1025 },
		{ "text: {text}|", 60000, 'x', "|", 0, 1025 },
		{ "text: {int}", 1024, '7', "", 1024, 1024 },
		{ "text: {int}", 60000, '7', "", 0, 1025 },
		{ "text: {time}", 60000, '7', "", 0, 1025 },
	};
	struct ww_arena arena;
	struct ww_pattern pattern;
	struct ww_captures got;
	struct ww_error error;

	(void)state;
	ww_arena_init(&arena, &oom);
	for (size_t i = 0; i < WW_ARRAY_LEN(holes); i++) {
		struct ww_slice text = long_text(&arena, holes[i].letters,
						 holes[i].letter, holes[i].end);
		size_t cost = 0;

		ww_pattern_read(&arena, ww_slice_cstr(holes[i].pattern),
				&pattern, &error);
		assert_int_equal(ww_pattern_match(&pattern, text, 0, &got,
						  &cost),
				 holes[i].taken > 0);
		assert_in_range(cost, 6, 6 + holes[i].looked);
		if (holes[i].taken > 0)
			assert_int_equal(got.p[0].value.len, holes[i].taken);
	}
	ww_arena_release(&arena);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *pattern;
		uint64_t at;
	} bad[] = {
		{ "", 0 },
		{ "{int} is first", 0 },
		{ "four{int}", 0 },
		{ "a literal {nothing}", 11 },
		{ "a literal {int", 10 },
		{ "a literal } alone", 10 },
		{ "a literal {path}{file}", 0 },
		{ "a literal {rest} more", 0 },
	};
	struct ww_arena arena;
	struct ww_pattern pattern;
	struct ww_error error;

	(void)state;
	ww_arena_init(&arena, &oom);
	for (size_t i = 0; i < WW_ARRAY_LEN(bad); i++) {
		assert_int_equal(ww_pattern_read(&arena,
						 ww_slice_cstr(bad[i].pattern),
						 &pattern, &error),
				 WW_INVALID);
		assert_int_equal(error.at, bad[i].at);
	}
	ww_arena_release(&arena);
}

/* Every rule is found wherever it stands, whatever lies before it. */
static void
test_matcher_places(void **state)
{
	static const char *const patterns[] = {
		"Exit code = {code}",
		"Return value {int}",
		"short{int}",
		"*FAILED* [{code}]",
		"By its {int} second literal",
		"At its {time} second text {int}",
		"of its {word}, by the second",
	};
	static const char *const texts[] = {
		"Exit code = 0x1",
		"return VALUE 3",
		"short7",
		"*FAILED* [80244007]",
		"By its by its -12 second literal",
		"At its 2026-11-27 12:30 second text 2",
		"of its word of its end, by the second",
	};
	struct ww_rule rules[WW_ARRAY_LEN(patterns)];
	struct ww_matched got[WW_MATCHES_MAX];
	struct ww_matcher *matcher;
	struct ww_arena arena;
	struct ww_error error;

	(void)state;
	ww_arena_init(&arena, &oom);
	for (uint32_t i = 0; i < WW_ARRAY_LEN(patterns); i++) {
		rules[i].id = i + 100;
		ww_pattern_read(&arena, ww_slice_cstr(patterns[i]),
				&rules[i].pattern, &error);
	}
	matcher = ww_matcher_new(&arena, rules, WW_ARRAY_LEN(rules));
	for (size_t pad = 0; pad < 40; pad++) {
		for (uint32_t i = 0; i < WW_ARRAY_LEN(texts); i++) {
			struct ww_buf buf = ww_buf_in(&arena);

			ww_buf_fill(&buf, 'x', pad);
			ww_buf_add(&buf, ww_slice_cstr(texts[i]));
			assert_int_equal(ww_matcher_run(matcher,
							ww_buf_slice(&buf),
							got),
					 1);
			assert_int_equal(got[0].id, i + 100);
		}
	}
	ww_arena_release(&arena);
}

static void
test_matcher_several(void **state)
{
	struct ww_slice text = WW_LIT("first thing, second thing, first thing");
	struct ww_matched got[WW_MATCHES_MAX];
	struct ww_rule rules[2] = { { .id = 1 }, { .id = 2 } };
	struct ww_matcher *matcher;
	struct ww_arena arena;
	struct ww_error error;

	(void)state;
	ww_arena_init(&arena, &oom);
	ww_pattern_read(&arena, WW_LIT("first {word},"), &rules[0].pattern,
			&error);
	ww_pattern_read(&arena, WW_LIT("second {word},"), &rules[1].pattern,
			&error);
	matcher = ww_matcher_new(&arena, rules, 2);
	assert_int_equal(ww_matcher_run(matcher, text, got), 2);
	assert_int_equal(got[0].id, 1);
	assert_int_equal(got[1].id, 2);
	ww_arena_release(&arena);
}

/*
 * What stands behind false beginnings is found; but a line that is made of
 * them is given up, however long it goes on.
 */
static void
test_false_beginnings(void **state)
{
	static const struct {
		unsigned beginnings;
		size_t found;
	} rows_of[] = { { 20, 1 }, { 50000, 0 } };
	struct ww_matched got[WW_MATCHES_MAX];
	struct ww_rule rules[2] = { { .id = 1 }, { .id = 2 } };
	struct ww_matcher *matcher;
	struct ww_arena arena;
	struct ww_error error;

	(void)state;
	ww_arena_init(&arena, &oom);
	ww_pattern_read(&arena, WW_LIT("begin {text}|"), &rules[0].pattern,
			&error);
	ww_pattern_read(&arena, WW_LIT("found {word}"), &rules[1].pattern,
			&error);
	matcher = ww_matcher_new(&arena, rules, 2);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows_of); i++) {
		struct ww_buf buf = ww_buf_in(&arena);

		for (unsigned k = 0; k < rows_of[i].beginnings; k++)
			ww_buf_add(&buf, WW_LIT("begin "));
		ww_buf_add(&buf, WW_LIT("found it"));
		assert_int_equal(ww_matcher_run(matcher, ww_buf_slice(&buf),
						got),
				 rows_of[i].found);
	}
	ww_arena_release(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_holes),
		cmocka_unit_test(test_long_holes),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_matcher_places),
		cmocka_unit_test(test_matcher_several),
		cmocka_unit_test(test_false_beginnings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
