/*
 * Every spelling of a code: one argument in, its readings out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "code/spelling.h"

#define HEX	 WW_FORM_HEX
#define BARE	 WW_FORM_BARE_HEX
#define DECIMAL	 WW_FORM_DECIMAL
#define NEGATIVE WW_FORM_NEGATIVE
#define MACRO	 WW_FORM_MACRO

/* One reading. */
static const struct {
	const char *in;
	enum ww_form form;
	uint32_t value;
	unsigned digits;
} once[] = {
	/* Prefixes and suffixes. */
	{ "0x80244007", HEX, 0x80244007, 8 },
	{ "0X8007000e", HEX, 0x8007000E, 8 },
	{ "0x0000007E", HEX, 0x7E, 8 },
	{ "0x7E", HEX, 0x7E, 2 },
	{ "0x1000007E", HEX, 0x1000007E, 8 },
	{ "&H80244007", HEX, 0x80244007, 8 },
	{ "\\x80244007", HEX, 0x80244007, 8 },
	{ "#C0000022", BARE, 0xC0000022, 8 },
	{ "80244007h", HEX, 0x80244007, 8 },
	{ "7Eh", HEX, 0x7E, 2 },
	{ "0x80244007L", HEX, 0x80244007, 8 },
	{ "0x80244007ul", HEX, 0x80244007, 8 },
	{ "0xC0000022U", HEX, 0xC0000022, 8 },
	{ "2149859335UL", DECIMAL, 2149859335, 10 },

	/* Packing. */
	{ "  0x80244007\r\n", HEX, 0x80244007, 8 },
	{ "(0x80244007)", HEX, 0x80244007, 8 },
	{ "[8024402f]", BARE, 0x8024402F, 8 },
	{ "{0x5}", HEX, 5, 1 },
	{ "\"0x5\".", HEX, 5, 1 },
	{ "'0x5',", HEX, 5, 1 },
	{ "`0x5`", HEX, 5, 1 },
	{ "\xE2\x80\x9C"
	  "0x5\xE2\x80\x9D",
	  HEX, 5, 1 },
	{ "\xE2\x80\x9E"
	  "0x5\xE2\x80\x9C",
	  HEX, 5, 1 },
	{ "\xC2\xAB\xC2\xA0"
	  "0x5\xC2\xA0\xC2\xBB",
	  HEX, 5, 1 },
	{ "\"(0x5)\"", HEX, 5, 1 },

	/* Bare hexadecimal. */
	{ "c0000022", BARE, 0xC0000022, 8 },
	{ "7E", BARE, 0x7E, 2 },
	{ "DEADDEAD", BARE, 0xDEADDEAD, 8 },

	/* 64 bits. */
	{ "0xFFFFFFFF80244007", HEX, 0x80244007, 16 },
	{ "0xffffffff`80244007", HEX, 0x80244007, 16 },
	{ "ffffffff`80244007", BARE, 0x80244007, 16 },
	{ "0x00000000`c0000005", HEX, 0xC0000005, 16 },
	{ "0x8024`4007", HEX, 0x80244007, 8 },
	{ "18446744071564443655", DECIMAL, 0x80244007, 20 },

	/* Decimal. */
	{ "5", DECIMAL, 5, 1 },
	{ "2149859335", DECIMAL, 0x80244007, 10 },
	{ "3221225477", DECIMAL, 0xC0000005, 10 },
	{ "4294967295", DECIMAL, 0xFFFFFFFF, 10 },
	{ "2,149,859,335", DECIMAL, 0x80244007, 10 },
	{ "2.149.859.335", DECIMAL, 0x80244007, 10 },
	{ "2'149'859'335", DECIMAL, 0x80244007, 10 },
	{ "2 149 859 335", DECIMAL, 0x80244007, 10 },
	{ "2\xC2\xA0"
	  "149\xC2\xA0"
	  "859\xC2\xA0"
	  "335",
	  DECIMAL, 0x80244007, 10 },
	{ "1\xE2\x80\xAF"
	  "603",
	  DECIMAL, 1603, 4 },

	/* Negative. */
	{ "-2145107961", NEGATIVE, 0x80244007, 10 },
	{ "-1073741819", NEGATIVE, 0xC0000005, 10 },
	{ "-1811", NEGATIVE, 0xFFFFF8ED, 4 },
	{ "-2,145,107,961", NEGATIVE, 0x80244007, 10 },
	{ "-2147483648", NEGATIVE, 0x80000000, 10 },
	{ "\xE2\x88\x92"
	  "2145107961",
	  NEGATIVE, 0x80244007, 10 },
	{ "\xE2\x80\x93"
	  "1811",
	  NEGATIVE, 0xFFFFF8ED, 4 },
	{ "\xE2\x80\x90"
	  "1811",
	  NEGATIVE, 0xFFFFF8ED, 4 },
	{ "\xEF\xB9\xA3"
	  "1811",
	  NEGATIVE, 0xFFFFF8ED, 4 },
	{ "\xEF\xBC\x8D"
	  "1811",
	  NEGATIVE, 0xFFFFF8ED, 4 },
};

static void
reads_one_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(once); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];

		print_message("%s\n", once[i].in);
		assert_int_equal(ww_spelling_parse(ww_slice_cstr(once[i].in),
						   got),
				 1);
		assert_int_equal(got[0].form, once[i].form);
		assert_int_equal(got[0].value, once[i].value);
		assert_int_equal(got[0].digits, once[i].digits);
	}
}

/* Two readings, the likely one first. */
static const struct {
	const char *in;
	uint32_t value[2];
	enum ww_form first;
} twice[] = {
	{ "80244007", { 0x80244007, 80244007 }, BARE },
	{ "80070005", { 0x80070005, 80070005 }, BARE },
	{ "[80244007]", { 0x80244007, 80244007 }, BARE },
	{ "40000015", { 0x40000015, 40000015 }, BARE },
	{ "1603", { 1603, 0x1603 }, DECIMAL },
	{ "14098", { 14098, 0x14098 }, DECIMAL },
	{ "50", { 50, 0x50 }, DECIMAL },
	{ "#1603", { 1603, 0x1603 }, DECIMAL },
};

static void
reads_both_bases(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(twice); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];

		print_message("%s\n", twice[i].in);
		assert_int_equal(ww_spelling_parse(ww_slice_cstr(twice[i].in),
						   got),
				 2);
		assert_int_equal(got[0].form, twice[i].first);
		assert_int_equal(got[0].value, twice[i].value[0]);
		assert_int_equal(got[1].value, twice[i].value[1]);
	}
}

static void
marks_sign_extension(void **state)
{
	struct ww_spelled got[WW_SPELLED_MAX];

	(void)state;
	ww_spelling_parse(WW_LIT("0xFFFFFFFF80244007"), got);
	assert_true(got[0].extended);
	ww_spelling_parse(WW_LIT("18446744071564443655"), got);
	assert_true(got[0].extended);
	ww_spelling_parse(WW_LIT("0x80244007"), got);
	assert_false(got[0].extended);
}

static const char *const refused[] = {
	"",
	" ",
	"()",
	"dead",
	"face",
	"add",
	"each",
	"beach",
	"null",
	"0x",
	"0x8024400G",
	"-",
	"--5",
	"E_FAIL",
	"KB5001330",
	"10.0.19041.1",
	"1,2345",
	"12,34",
	"1,603.200",
	"4294967296",
	"0x180244007",
	"0x7fed806eb5d",
	"0x00007ffb12345678",
	"0xFFFFFFFF00000005",
	"0x1FFFFFFFF80244007",
	"-2147483649",
	"99999999999999999999999999",
	"0xC1900101 - ",
	"0xC1900101, 0x20017",
	"0xC1900101 0x20017",
	"0x9F (",
	"0x9F ()",
	"0x9F (0x1, 0x2, 0x3, 0x4, 0x5)",
	"0x9F (0x1, 0x2",
	"HRESULT_FROM_WIN32(",
	"HRESULT_FROM_WIN32()",
	"HRESULT_FROM_WIN32(1, 2)",
	"HRESULT_FROM_WIN32(ERROR_ACCESS_DENIED)",
	"MAKE_HRESULT(1, 7)",
};

static void
refuses_what_is_no_number(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(refused); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];

		print_message("%s\n", refused[i]);
		assert_int_equal(ww_spelling_parse(ww_slice_cstr(refused[i]),
						   got),
				 0);
	}
}

static const struct {
	const char *in;
	uint32_t value, extend;
} pairs[] = {
	{ "0xC1900101 - 0x20017", 0xC1900101, 0x20017 },
	{ "0xC1900101-0x20017", 0xC1900101, 0x20017 },
	{ "0xc1900101 \xE2\x80\x93 0x4000D", 0xC1900101, 0x4000D },
	{ "0x8007042B-0x2000D", 0x8007042B, 0x2000D },
	{ "(0x8007042B - 0x2000D).", 0x8007042B, 0x2000D },
};

static void
reads_setup_pairs(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(pairs); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];

		print_message("%s\n", pairs[i].in);
		assert_int_equal(ww_spelling_parse(ww_slice_cstr(pairs[i].in),
						   got),
				 1);
		assert_int_equal(got[0].value, pairs[i].value);
		assert_true(got[0].has_extend);
		assert_int_equal(got[0].extend, pairs[i].extend);
	}
}

static const struct {
	const char *in;
	uint32_t value;
	unsigned n;
	uint64_t params[WW_STOP_PARAMETERS_MAX];
} stops[] = {
	{ "0x0000009F (0x0000000000000003, 0xffffe000`12345678, "
	  "0xfffff802`5e8ab960, 0xffffe000`0a1b2c30)",
	  0x9F,
	  4,
	  { 3, 0xffffe00012345678, 0xfffff8025e8ab960, 0xffffe0000a1b2c30 } },
	{ "0x0000009f (0x3,0x0,0x1,0x2)", 0x9F, 4, { 3, 0, 1, 2 } },
	{ "STOP: 0x0000007B (0xF78D2524, 0xC0000034)",
	  0x7B,
	  2,
	  { 0xF78D2524, 0xC0000034 } },
	{ "*** STOP: 0x1000007E (0xC0000005)", 0x1000007E, 1, { 0xC0000005 } },
	{ "9F, {3, ffffe00012345678, 0, 1}",
	  0x9F,
	  4,
	  { 3, 0xffffe00012345678, 0, 1 } },
	{ "STOP: 0x0000007B", 0x7B, 0, { 0 } },
	{ "0x109 (0,0,0,0x7)", 0x109, 4, { 0, 0, 0, 7 } },
	{ "0x144 (0x1001,1,2,3)", 0x144, 4, { 0x1001, 1, 2, 3 } },
	{ "0xC000021A (0x1, 0xC0000005, 0, 0)",
	  0xC000021A,
	  4,
	  { 1, 0xC0000005, 0, 0 } },
};

static void
reads_stop_codes(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stops); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];

		print_message("%s\n", stops[i].in);
		assert_int_equal(ww_spelling_parse(ww_slice_cstr(stops[i].in),
						   got),
				 1);
		assert_int_equal(got[0].value, stops[i].value);
		assert_int_equal(got[0].n_params, stops[i].n);
		assert_int_equal(got[0].stop,
				 strstr(stops[i].in, "STOP") != NULL);
		for (unsigned k = 0; k < stops[i].n; k++)
			assert_true(got[0].params[k] == stops[i].params[k]);
	}
}

static const struct {
	const char *in;
	uint32_t value;
} macro_calls[] = {
	{ "HRESULT_FROM_WIN32(14098)", 0x80073712 },
	{ "__HRESULT_FROM_WIN32(5)", 0x80070005 },
	{ "HRESULT_FROM_WIN32( 0x5 )", 0x80070005 },
	{ "HRESULT_FROM_NT(0xC0000022)", 0xD0000022 },
	{ "MAKE_HRESULT(1, 7, 5)", 0x80070005 },
	{ "MAKE_SCODE(1,0x24,0x4007)", 0x80244007 },
};

static void
reads_macros(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(macro_calls); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];

		print_message("%s\n", macro_calls[i].in);
		assert_int_equal(
		    ww_spelling_parse(ww_slice_cstr(macro_calls[i].in), got),
		    1);
		assert_int_equal(got[0].form, MACRO);
		assert_int_equal(got[0].value, macro_calls[i].value);
	}
}

/* The value meant is among the guesses; first, where that is asked. */
static const struct {
	const char *in;
	uint32_t meant;
	bool first;
} slips[] = {
	{ "0x8O244007", 0x80244007, true },
	{ "Ox80244007", 0x80244007, true },
	{ "0x8024400l", 0x80244001, true },
	{ "0xC0OOOO22", 0xC0000022, true },
	{ "0x8007OOOS", 0x80070005, true },
	{ "80O7OOOS", 0x80070005, true },
	{ "B0070005", 0x80070005, true },
	{ "-2l45107961", 0x80244007, true },
	{ "0x800700005", 0x80070005, false }, /* a zero too many */
	{ "0x802440077", 0x80244007, false },
	{ "0x802544007", 0x80244007, false },
	{ "0x8024407", 0x80244007, false }, /* a zero too few */
	{ "0x8024007", 0x80244007, false }, /* one of a double lost */
	{ "8024407", 0x80244007, false },
	{ "0x80240447", 0x80244047, false },
	{ "0x80424007", 0x80244007, false }, /* swapped */
	{ "c0000202", 0xC0000022, false },
};

static void
guesses_what_was_meant(void **state)
{
	uint32_t got[64];

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(slips); i++) {
		size_t n = ww_spelling_near(ww_slice_cstr(slips[i].in), got,
					    WW_ARRAY_LEN(got));
		size_t at = 0;

		print_message("%s\n", slips[i].in);
		while (at < n && got[at] != slips[i].meant)
			at++;
		assert_true(at < n);
		assert_true(!slips[i].first || at == 0);
	}
}

static void
guesses_each_value_once(void **state)
{
	uint32_t got[64];
	size_t n =
	    ww_spelling_near(WW_LIT("0x800700005"), got, WW_ARRAY_LEN(got));

	(void)state;
	assert_true(n > 1);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			assert_int_not_equal(got[i], got[k]);
	assert_int_equal(ww_spelling_near(WW_LIT("0x800700005"), got, 2), 2);
	assert_int_equal(ww_spelling_near(WW_LIT("0x800700005"), got, 0), 0);
	/* What is written is no guess, and words are left alone. */
	n = ww_spelling_near(WW_LIT("0x80070005"), got, WW_ARRAY_LEN(got));
	for (size_t i = 0; i < n; i++)
		assert_int_not_equal(got[i], 0x80070005);
	assert_int_equal(ww_spelling_near(WW_LIT("sold"), got, 64), 0);
	assert_int_equal(ww_spelling_near(WW_LIT(""), got, 64), 0);
}

static void
tells_names(void **state)
{
	(void)state;
	assert_true(ww_spelling_is_name(WW_LIT("E_FAIL")));
	assert_true(ww_spelling_is_name(WW_LIT("WSAEACCES")));
	assert_false(ww_spelling_is_name(WW_LIT("E")));
	assert_false(ww_spelling_is_name(WW_LIT("")));
	assert_false(ww_spelling_is_name(WW_LIT("5_E")));
	assert_false(ww_spelling_is_name(WW_LIT("E-FAIL")));
}

/* Quotes within quotes, a megabyte of them: linear, not quadratic. */
static void
reads_long_arguments(void **state)
{
	static const char fills[] = { '(', '0', '`', '8', ' ', '.' };
	static char text[1 << 20];

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(fills); i++) {
		struct ww_spelled got[WW_SPELLED_MAX];
		uint32_t near[8];

		memset(text, fills[i], sizeof(text));
		if (fills[i] == '(')
			memset(text + sizeof(text) / 2, ')', sizeof(text) / 2);
		ww_spelling_parse(ww_slice_of(text, sizeof(text)), got);
		ww_spelling_near(ww_slice_of(text, sizeof(text)), near, 8);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_one_number),
		cmocka_unit_test(reads_both_bases),
		cmocka_unit_test(marks_sign_extension),
		cmocka_unit_test(refuses_what_is_no_number),
		cmocka_unit_test(reads_setup_pairs),
		cmocka_unit_test(reads_stop_codes),
		cmocka_unit_test(reads_macros),
		cmocka_unit_test(guesses_what_was_meant),
		cmocka_unit_test(guesses_each_value_once),
		cmocka_unit_test(tells_names),
		cmocka_unit_test(reads_long_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
