/*
 * Civil time to microseconds and back, digits, fractions, formatting; and the
 * place that a quote keeps.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "evidence/quote.h"
#include "evidence/time.h"

static const struct {
	struct ww_civil civil;
	ww_time time; /* in seconds */
} known[] = {
	{ { 1970, 1, 1, 0, 0, 0, 0 }, 0 },
	{ { 1969, 12, 31, 23, 59, 59, 0 }, -1 },
	{ { 2000, 2, 29, 12, 0, 0, 0 }, 951825600 },
	{ { 2026, 11, 19, 8, 41, 7, 0 }, 1795077667 },
	{ { 2038, 1, 19, 3, 14, 8, 0 }, 2147483648 },
	/* Where FILETIME begins. */
	{ { 1601, 1, 1, 0, 0, 0, 0 }, -11644473600 },
	{ { 9999, 12, 31, 23, 59, 59, 0 }, 253402300799 },
};

static void
knows_some_times(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(known); i++) {
		ww_time time = ww_time_of(&known[i].civil);

		assert_int_equal(time, known[i].time * WW_SECOND);
	}
}

static const struct ww_civil none[] = {
	{ 2026, 2, 29, 0, 0, 0, 0 },	    { 1900, 2, 29, 0, 0, 0, 0 },
	{ 2026, 2, 31, 0, 0, 0, 0 },	    { 2026, 4, 31, 0, 0, 0, 0 },
	{ 2026, 13, 1, 0, 0, 0, 0 },	    { 2026, 0, 1, 0, 0, 0, 0 },
	{ 2026, 1, 0, 0, 0, 0, 0 },	    { 2026, 1, 32, 0, 0, 0, 0 },
	{ 1600, 12, 31, 0, 0, 0, 0 },	    { 10000, 1, 1, 0, 0, 0, 0 },
	{ 2026, 1, 1, 24, 0, 0, 0 },	    { 2026, 1, 1, 0, 60, 0, 0 },
	{ 2026, 1, 1, 0, 0, 60, 0 },	    { 2026, 1, 1, 0, 0, 0, 1000000 },
	{ 2026, 1, 1, -1, 0, 0, 0 },	    { 2026, 1, 1, 0, -1, 0, 0 },
	{ 2026, 1, 1, 0, 0, -1, 0 },	    { 2026, 1, 1, 0, 0, 0, -1 },
	{ 2026, -1, 1, 0, 0, 0, 0 },	    { INT32_MIN, 1, 1, 0, 0, 0, 0 },
	{ 2026, INT32_MAX, 1, 0, 0, 0, 0 }, { 2026, 1, INT32_MAX, 0, 0, 0, 0 },
};

static void
refuses_what_is_no_time(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(none); i++) {
		print_message("row %zu\n", i);
		assert_true(ww_time_of(&none[i]) == WW_NO_TIME);
	}
}

/* Each day from 1601 on is the one after the day before, there and back. */
static void
counts_every_day(void **state)
{
	struct ww_civil c = { 1601, 1, 1, 23, 59, 59, 999999 };
	ww_time expected = ww_time_of(&c);
	unsigned days = 0;

	(void)state;
	for (;; expected += WW_DAY, days++) {
		struct ww_civil back = ww_time_civil(expected);

		c = (struct ww_civil){ back.year, back.month, back.day, 23,
				       59,	  59,	      999999 };
		if (back.year == 10000)
			break;
		assert_memory_equal(&back, &c, sizeof(c));
		assert_true(ww_time_of(&c) == expected);
	}
	assert_int_equal(days, 3067671);
}

static void
goes_beyond_the_calendar(void **state)
{
	struct ww_civil c = ww_time_civil(-62135596800 * WW_SECOND);

	(void)state;
	assert_int_equal(c.year, 1);
	assert_int_equal(c.month, 1);
	assert_int_equal(c.day, 1);
	/* No overflow: the sanitizer watches. */
	ww_time_civil(INT64_MAX);
	ww_time_civil(INT64_MIN + 1);
}

static void
reads_digits(void **state)
{
	(void)state;
	assert_int_equal(ww_time_digits("2026", 4), 2026);
	assert_int_equal(ww_time_digits("08:", 2), 8);
	assert_int_equal(ww_time_digits("0", 0), 0);
	assert_int_equal(ww_time_digits("999999999", 9), 999999999);
	assert_int_equal(ww_time_digits("8:", 2), -1);
	assert_int_equal(ww_time_digits(" 8", 2), -1);
	assert_int_equal(ww_time_digits("-8", 2), -1);
	assert_int_equal(ww_time_digits("\xB2\xB2", 2), -1);
}

static const struct {
	const char *text;
	unsigned taken;
	int microseconds;
} fractions[] = {
	{ "", 0, 0 },
	{ "x", 0, 0 },
	{ "5", 1, 500000 },
	{ "083", 3, 83000 },
	{ "0832690", 7, 83269 },
	{ "0000009", 7, 0 },
	{ "999999999999", 12, 999999 },
	{ "123 456", 3, 123000 },
};

static void
reads_fractions(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(fractions); i++) {
		int microseconds = -1;

		assert_int_equal(ww_time_fraction(ww_slice_cstr(
						      fractions[i].text),
						  &microseconds),
				 fractions[i].taken);
		assert_int_equal(microseconds, fractions[i].microseconds);
	}
}

static const struct {
	ww_time time;
	const char *text;
} formatted[] = {
	{ WW_NO_TIME, "" },
	{ 0, "1970-01-01 00:00:00" },
	{ 1795077667 * WW_SECOND + 999999, "2026-11-19 08:41:07" },
	{ -1, "1969-12-31 23:59:59" },
	{ -11644473600 * WW_SECOND, "1601-01-01 00:00:00" },
};

static void
writes_times(void **state)
{
	struct ww_arena arena;

	(void)state;
	ww_arena_init(&arena, NULL);
	for (size_t i = 0; i < WW_ARRAY_LEN(formatted); i++) {
		struct ww_buf buf = ww_buf_in(&arena);

		ww_time_add(&buf, formatted[i].time);
		assert_true(ww_slice_eq(ww_buf_slice(&buf),
					ww_slice_cstr(formatted[i].text)));
	}
	ww_arena_release(&arena);
}

static void
quotes_whole_characters(void **state)
{
	char text[WW_QUOTE_MAX + 8];
	struct ww_record record = { .time = 5, .line = 7 };
	struct ww_quote quote;

	(void)state;
	record.raw = WW_LIT("  one line \r\n");
	quote = ww_quote_place(3, &record);
	assert_int_equal(quote.file, 3);
	assert_int_equal(quote.line, 7);
	assert_int_equal(quote.time, 5);
	assert_false(quote.cut);
	assert_true(ww_slice_eq(quote.text, WW_LIT("one line")));
	/* Four bytes a character, begun at each place before the limit. */
	for (size_t off = 0; off < 4; off++) {
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] =
			    i < off ? 'x' : "\xF0\x9D\x84\x9E"[(i - off) % 4];
		record.raw = ww_slice_of(text, sizeof(text) - 4 + off);
		quote = ww_quote_place(3, &record);
		assert_true(quote.cut);
		assert_int_equal(quote.text.len,
				 WW_QUOTE_MAX - (WW_QUOTE_MAX - off) % 4);
		assert_int_equal(ww_utf8_check(quote.text), quote.text.len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_some_times),
		cmocka_unit_test(refuses_what_is_no_time),
		cmocka_unit_test(counts_every_day),
		cmocka_unit_test(goes_beyond_the_calendar),
		cmocka_unit_test(reads_digits),
		cmocka_unit_test(reads_fractions),
		cmocka_unit_test(writes_times),
		cmocka_unit_test(quotes_whole_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
