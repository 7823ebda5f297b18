/*
 * The generic reader: time stamps in their many forms, levels, lines that go
 * on, and what is no text at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/compiler.h"
#include "input/dialect.h"
#include "input/stamp.h"

static int
setup(void **state)
{
	static struct ww_arena arena;

	/* No way out: a test that runs out of memory crashes. */
	ww_arena_init(&arena, NULL);
	*state = &arena;
	return 0;
}

static int
teardown(void **state)
{
	ww_arena_release(*state);
	return 0;
}

/* "2026-11-19 08:41:07.083000+60", as far as the stamp has it. */
static const char *
show(struct ww_arena *arena, const struct ww_stamp *stamp)
{
	struct ww_buf out = ww_buf_in(arena);
	struct ww_civil c = ww_time_civil(stamp->time);

	if (stamp->has_date)
		ww_buf_printf(&out, "%04d-%02d-%02d ", c.year, c.month, c.day);
	ww_buf_printf(&out, "%02d:%02d:%02d", c.hour, c.minute, c.second);
	if (c.microsecond != 0)
		ww_buf_printf(&out, ".%06d", c.microsecond);
	if (stamp->has_zone)
		ww_buf_printf(&out, "%+d", stamp->zone_minutes);
	ww_buf_char(&out, '\0');
	return out.p;
}

/* What stands in braces is the stamp; without any, there is none. */
static const struct {
	const char *line;
	const char *stamp;
} stamps[] = {
	/* Year first. */
	{ "{2026-11-19 08:41:07} x", "2026-11-19 08:41:07" },
	{ "{2026-11-19T08:41:07} x", "2026-11-19 08:41:07" },
	{ "{2026-11-19T08:41:07Z} x", "2026-11-19 08:41:07+0" },
	{ "{2026-11-19T08:41:07.1234567+01:00} x",
	  "2026-11-19 08:41:07.123456+60" },
	{ "{2026-11-19 08:41:07,083} ERROR", "2026-11-19 08:41:07.083000" },
	{ "{2026-11-19 08:41:07}, Info  x", "2026-11-19 08:41:07" },
	{ "{2026-11-19 08:41:07 -0530} x", "2026-11-19 08:41:07-330" },
	{ "{2026-11-19 08:41:07} -1234 x", "2026-11-19 08:41:07" },
	{ "{2026-11-19 08:41:07} - x", "2026-11-19 08:41:07" },
	{ "{2026-11-19 08:41:07 UTC} x", "2026-11-19 08:41:07+0" },
	{ "{2026-11-19 08:41} x", "2026-11-19 08:41:00" },
	{ "{2026-11-19  8:41:07} x", "2026-11-19 08:41:07" },
	{ "{2026-11-19_08:41:07} x", "2026-11-19 08:41:07" },
	{ "{2026/11/19 08:41:07} x", "2026-11-19 08:41:07" },
	{ "{2018.10.21 08:41:07.0832690} x", "2018-10-21 08:41:07.083269" },
	{ "{2021-08-28\t03:07:48:216}\t 648", "2021-08-28 03:07:48.216000" },
	{ "[{2026-11-19 08:41:07} ERROR] x", "2026-11-19 08:41:07" },
	{ "{[2026-11-19 08:41:07]} x", "2026-11-19 08:41:07" },
	{ "{(2026-11-19 08:41:07)} x", "2026-11-19 08:41:07" },
	{ "{2026-11-19 08:41:07}: x", "2026-11-19 08:41:07" },
	{ "\"time\":\"{2026-11-19T08:41:07Z}\"", "2026-11-19 08:41:07+0" },

	/* Month or day first. */
	{ "{11/19/2026 8:41:07 AM} x", "2026-11-19 08:41:07" },
	{ "{11/19/2026 8:41:07 PM} x", "2026-11-19 20:41:07" },
	{ "{11/19/2026 12:41:07 AM} x", "2026-11-19 00:41:07" },
	{ "{11/19/2026 12:41:07pm} x", "2026-11-19 12:41:07" },
	{ "{11/19/2026 8:41:07\xE2\x80\xAFPM} x", "2026-11-19 20:41:07" },
	{ "{11/19/2026 8:41:07} AMD", "2026-11-19 08:41:07" },
	{ "{11/19/2026 13:41:07} PM", "2026-11-19 13:41:07" },
	{ "{11/19/2026, 8:41:07 AM} x", "2026-11-19 08:41:07" },
	{ "{08/20/2020 20:50:43:617} NetpDoDomainJoin",
	  "2020-08-20 20:50:43.617000" },
	{ "{8/20/2017 8:47:41} - PFRO Error", "2017-08-20 08:47:41" },
	{ "=== Logging started: {4/25/2015  4:25:27} ===",
	  "2015-04-25 04:25:27" },
	{ "{19/11/2026 08:41:07} x", "2026-11-19 08:41:07" },
	{ "{10/11/2026 08:41:07} x", "2026-10-11 08:41:07" },
	{ "{10.11.2026 08:41:07} x", "2026-11-10 08:41:07" },
	{ "{11.19.2026 08:41:07} x", "2026-11-19 08:41:07" },
	{ "{07-14-2021 08:41:07} x", "2021-07-14 08:41:07" },
	{ "{11/19/26 08:41:07} x", "2026-11-19 08:41:07" },
	{ "{19.11.99 08:41} x", "1999-11-19 08:41:00" },

	/* The month as a word. */
	{ "Started On {Sun Jun  5 23:53:36 2022}", "2022-06-05 23:53:36" },
	{ "{Thu Nov 26 13:06:52 2026} x", "2026-11-26 13:06:52" },
	{ "{Thu Nov 26 13:06:52 UTC 2026} x", "2026-11-26 13:06:52+0" },
	{ "{Thu, 26 Nov 2026 13:06:52 GMT} x", "2026-11-26 13:06:52+0" },
	{ "{Nov 26, 2026 1:06:52 PM} x", "2026-11-26 13:06:52" },
	{ "{26 November 2026 13:06:52} x", "2026-11-26 13:06:52" },
	{ "{26-Nov-2026 13:06:52} x", "2026-11-26 13:06:52" },
	{ "{[26/Nov/2026:13:06:52 +0100]} x", "2026-11-26 13:06:52+60" },

	/* No date. */
	{ "{[08:41:07]} x", "08:41:07" },
	{ "MSI (s) (C4:7C) {[08:41:07:123]}: x", "08:41:07.123000" },
	{ "{08:41:07} x", "08:41:07" },
	{ "{08:41:07.5} x", "08:41:07.500000" },
	{ "at 08:41:07 x", NULL },
	{ "08:41 x", NULL },
	{ "[08:41] x", NULL },

	/* What only looks like one. */
	{ "", NULL },
	{ "12:34:56:78:9a:bc", NULL },
	{ "10.0.19041.1 08:41:07", NULL },
	{ "2026-02-30 08:41:07", NULL },
	{ "2026-11-19", NULL },
	{ "2026-11-19 25:41:07", NULL },
	{ "2026-11/19 08:41:07", NULL },
	{ "2026-11-19 08:41:7", NULL },
	{ "99999-11-19 08:41:07", NULL },
	{ "x2026-11-19 08:41:07", NULL },
	{ "C:\\logs\\2026-11-19 08:41:07", NULL },
	{ "13/13/2026 08:41:07", NULL },
	{ "Nov 26 13:06:52 host", NULL },
	{ "Maybe 12 08:41:07", NULL },
	{ "2026-11-19T08:41:07abc", NULL },
	{ "this stands far behind the first words of a line 2026-11-19 "
	  "08:41:07",
	  NULL },
	{ "{2026-11-19 08:41}:", "2026-11-19 08:41:00" },
	{ "2026-11-19 ", NULL },
	{ "2026-11-", NULL },
	{ "[", NULL },
};

/* The line without its braces, and the place of these. */
static struct ww_slice
unmark(struct ww_arena *arena, const char *line, size_t *retat, size_t *retend)
{
	struct ww_buf out = ww_buf_in(arena);

	for (; *line != '\0'; line++) {
		if (*line == '{')
			*retat = out.len;
		else if (*line == '}')
			*retend = out.len;
		else
			ww_buf_char(&out, *line);
	}
	return ww_buf_slice(&out);
}

static void
finds_stamps(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(stamps); i++) {
		enum ww_date_order order = WW_DATE_UNKNOWN;
		struct ww_stamp stamp;
		size_t at = 0, end = 0;
		struct ww_slice line =
		    unmark(*state, stamps[i].line, &at, &end);

		print_message("%s\n", stamps[i].line);
		if (stamps[i].stamp == NULL) {
			assert_false(ww_stamp_find(line, 48, &order, &stamp));
			continue;
		}
		assert_true(ww_stamp_find(line, 48, &order, &stamp));
		assert_string_equal(show(*state, &stamp), stamps[i].stamp);
		assert_int_equal(stamp.at, at);
		assert_int_equal(stamp.at + stamp.len, end);
	}
}

/* Any part of a line with a stamp can be the last that was written. */
static void
reads_cut_stamps(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(stamps); i++) {
		size_t at, end;
		struct ww_slice line =
		    unmark(*state, stamps[i].line, &at, &end);

		for (size_t len = 0; len < line.len; len++) {
			enum ww_date_order order = WW_DATE_UNKNOWN;
			struct ww_stamp stamp;
			/* Of its own length, so that the sanitizer watches. */
			char *copy = len > 0 ? malloc(len) : NULL;

			if (len > 0)
				memcpy(copy, line.p, len);
			if (ww_stamp_find(ww_slice_of(copy, len), 48, &order,
					  &stamp))
				assert_true(stamp.at + stamp.len <= len);
			free(copy);
		}
	}
}

static void
learns_the_order_of_dates(void **state)
{
	enum ww_date_order order = WW_DATE_UNKNOWN;
	struct ww_stamp stamp;

	assert_true(
	    ww_stamp_find(WW_LIT("10/11/2026 08:41:07"), 48, &order, &stamp));
	assert_string_equal(show(*state, &stamp), "2026-10-11 08:41:07");
	assert_int_equal(order, WW_DATE_UNKNOWN);
	assert_true(
	    ww_stamp_find(WW_LIT("19/11/2026 08:41:07"), 48, &order, &stamp));
	assert_int_equal(order, WW_DATE_DAY_FIRST);
	assert_true(
	    ww_stamp_find(WW_LIT("10/11/2026 08:41:07"), 48, &order, &stamp));
	assert_string_equal(show(*state, &stamp), "2026-11-10 08:41:07");
	/* A date that is none teaches nothing. */
	order = WW_DATE_UNKNOWN;
	assert_false(
	    ww_stamp_find(WW_LIT("31/02/2026 08:41:07"), 48, &order, &stamp));
	assert_int_equal(order, WW_DATE_UNKNOWN);
}

/* Records of several lines: "time level text", a line each. */
static const struct {
	const char *in;
	const char *out;
} files[] = {
	/* Without stamps each line is a record. */
	{ "one\n  two\nat three\n\nError: 5", "- - one\n"
					      "- -   two\n"
					      "- - at three\n"
					      "- - \n"
					      "- E Error: 5\n" },
	/* With stamps, indented lines and stack traces go on. */
	{ "2026-11-19 08:41:07 ERROR boom\n"
	  "\tdetail\n"
	  "at Some.Method()\n"
	  "\n"
	  "Caused by: other\n"
	  "plain\n"
	  "  indented\n"
	  "2026-11-19 08:41:08 INFO  fine\n",
	  "08:41:07 E ERROR boom\n"
	  "- - plain\n"
	  "- -   indented\n"
	  "08:41:08 I fine\n" },
	/* Levels, in columns and in sentences. */
	{ "2026-11-19 08:41:07,123 [ERROR] boom\n"
	  "2026-11-19 08:41:07 <Warning> boom\n"
	  "2026-11-19 08:41:07 [12] INFO boom\n"
	  "[2026-11-19 08:41:07] [1234] [DEBUG] boom\n"
	  "2026-11-19 08:41:07\tFehler\tboom\n"
	  "2026-11-19 08:41:07 | WARN | boom\n"
	  "2026-11-19 08:41:07 Error 1603 in it\n"
	  "2026-11-19 08:41:07 no error was found\n"
	  "2026-11-19 08:41:07 errors: 0\n"
	  "2026-11-19 08:41:07 ERROR_SUCCESS\n"
	  "ERROR 2026-11-19 08:41:07 boom\n"
	  "[warning] 2026-11-19 08:41:07 boom\n"
	  "Erreur : boom\n",
	  "08:41:07 E boom\n"
	  "08:41:07 W boom\n"
	  "08:41:07 I [12] INFO boom\n"
	  "08:41:07 V [1234] [DEBUG] boom\n"
	  "08:41:07 E boom\n"
	  "08:41:07 W boom\n"
	  "08:41:07 E Error 1603 in it\n"
	  "08:41:07 - no error was found\n"
	  "08:41:07 - errors: 0\n"
	  "08:41:07 - ERROR_SUCCESS\n"
	  "08:41:07 E boom\n"
	  "08:41:07 W boom\n"
	  "- E Erreur : boom\n" },
	/* A minus is part of its number. */
	{ "2026-11-19 08:41:07 - -2147024891 returned\n"
	  "2026-11-19 08:41:07: -5\n",
	  "08:41:07 - -2147024891 returned\n"
	  "08:41:07 - -5\n" },
	/* A stamp inside the message leaves it whole. */
	{ "Last start: 2026-11-19 08:41:07.5\n"
	  "  indented\n",
	  "08:41:07 - Last start: 2026-11-19 08:41:07.5\n"
	  "- -   indented\n" },
	/* A clock takes the last date, and passes midnight. */
	{ "[08:41:07] before any date\n"
	  "started 2026-11-19 23:59:58\n"
	  "[23:59:59] a\n"
	  "[00:00:01] b\n"
	  "[00:00:00] c\n",
	  "- - before any date\n"
	  "23:59:58 - started 2026-11-19 23:59:58\n"
	  "23:59:59 - a\n"
	  "+1 00:00:01 - b\n"
	  "+1 00:00:00 - c\n" },
	/* All on the clock of the first zone. */
	{ "2026-11-19T08:41:07+01:00 a\n"
	  "2026-11-19T08:41:07Z b\n"
	  "2026-11-19 08:41:07 c\n",
	  "08:41:07 - a\n"
	  "09:41:07 - b\n"
	  "08:41:07 - c\n" },
};

static const char *
show_time(ww_time time)
{
	static char text[32];
	struct ww_civil c;

	if (time == WW_NO_TIME)
		return "-";
	c = ww_time_civil(time);
	snprintf(text, sizeof(text), "%s%02d:%02d:%02d",
		 c.day == 20 ? "+1 " : "", c.hour, c.minute, c.second);
	return text;
}

static void
read_file(struct ww_arena *arena, struct ww_reader *reader,
	  struct ww_slice text, struct ww_buf *out)
{
	const struct ww_dialect *d = ww_dialect_of(WW_DIALECT_TEXT);

	*reader = (struct ww_reader){ .arena = arena };
	reader->state = ww_arena_alloc(arena, d->state_size);
	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t len = end ? (size_t)(end - text.p) : text.len;
		struct ww_slice line = ww_slice_of(text.p, len);
		struct ww_record r = { 0 };

		if (d->parse(reader, line, &r)) {
			assert_true(r.text.p >= line.p);
			assert_true(r.text.p + r.text.len == line.p + line.len);
			ww_buf_printf(out, "%s %c %.*s\n", show_time(r.time),
				      "-VIWE"[r.level], (int)r.text.len,
				      r.text.p);
		}
		text = ww_slice_from(text, end ? len + 1 : len);
	}
	ww_buf_char(out, '\0');
}

static void
reads_records(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(files); i++) {
		struct ww_buf out = ww_buf_in(*state);
		struct ww_reader reader;

		read_file(*state, &reader, ww_slice_cstr(files[i].in), &out);
		assert_string_equal(out.p, files[i].out);
	}
}

static void
states_a_zone_that_the_log_states(void **state)
{
	struct ww_buf out = ww_buf_in(*state);
	struct ww_reader reader;

	read_file(*state, &reader, WW_LIT("2026-11-19T08:41:07-05:30 a\n"),
		  &out);
	assert_int_equal(reader.zone.source, WW_ZONE_STATED);
	assert_int_equal(reader.zone.minutes, -330);
	read_file(*state, &reader, WW_LIT("2026-11-19T08:41:07 a\n"), &out);
	assert_int_equal(reader.zone.source, WW_ZONE_ASSUMED);
}

static void
tells_text_from_rubbish(void **state)
{
	const struct ww_dialect *d = ww_dialect_of(WW_DIALECT_TEXT);
	char bytes[4096];
	uint32_t seed = 1;

	(void)state;
	assert_int_equal(d->sniff(WW_LIT("any text\r\n\tat all\n")), 1);
	assert_int_equal(d->sniff((struct ww_slice){ 0 }), 1);
	assert_int_equal(d->sniff(WW_LIT("\x1B[31mred\x1B[0m\n")), 1);
	assert_int_equal(d->sniff(WW_LIT("\xEF\xBF\xBD\xEF\xBF\xBD error\n")),
			 1);
	assert_int_equal(d->sniff(WW_LIT("MZ\x90\x03\x04\xFF\xB8@")), 0);
	for (size_t i = 0; i < sizeof(bytes); i++) {
		seed = seed * 1664525 + 1013904223;
		bytes[i] = (char)(seed >> 24);
	}
	assert_int_equal(d->sniff(ww_slice_of(bytes, sizeof(bytes))), 0);
	/* The generic reader takes what no other claims. */
	assert_ptr_equal(ww_dialect_sniff(WW_LIT("hello\n")), d);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(finds_stamps),
		T(reads_cut_stamps),
		T(learns_the_order_of_dates),
		T(reads_records),
		T(states_a_zone_that_the_log_states),
		T(tells_text_from_rubbish),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
