/*
 * The base: slices, texts that grow, UTF-8 and UTF-16, the arena, CRC-32.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/compiler.h"
#include "base/crc32.h"
#include "base/sha256.h"
#include "base/utf8.h"

/* A string constant with its NULs, as one initialiser. */
#define S(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}

/* U+FFFD as UTF-8. */
#define REPLACE "\xEF\xBF\xBD"

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

static void
assert_slice(struct ww_slice got, struct ww_slice expected)
{
	if (!ww_slice_eq(got, expected))
		fail_msg("\"%.*s\" (%zu bytes), expected \"%.*s\" (%zu)",
			 (int)got.len, got.len > 0 ? got.p : "", got.len,
			 (int)expected.len, expected.len > 0 ? expected.p : "",
			 expected.len);
}

static const struct {
	size_t off, len;
	bool good;
} subs[] = {
	{ 0, 0, true },
	{ 0, 5, true },
	{ 5, 0, true },
	{ 2, 3, true },
	{ 2, 4, false },
	{ 6, 0, false },
	{ 0, 6, false },
	{ 1, SIZE_MAX, false },
	{ SIZE_MAX, 1, false },
	{ SIZE_MAX, 6, false },
	{ SIZE_MAX, SIZE_MAX, false },
};

static void
test_slice_sub(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(subs); i++) {
		struct ww_slice s = WW_LIT("12345"), ret = { 0 };

		assert_int_equal(ww_slice_sub(s, subs[i].off, subs[i].len,
					      &ret),
				 subs[i].good);
		if (!subs[i].good)
			assert_null(ret.p);
		else
			assert_slice(ret, ww_slice_of(s.p + subs[i].off,
						      subs[i].len));
	}
}

static const struct {
	struct ww_slice a, b;
	int cmp, casecmp;
	bool starts, casestarts, casehas;
} pairs[] = {
	{ S(""), S(""), 0, 0, true, true, true },
	{ S("a"), S(""), 1, 1, true, true, true },
	{ S(""), S("a"), -1, -1, false, false, false },
	{ S("abc"), S("ab"), 1, 1, true, true, true },
	{ S("ABC"), S("abc"), -1, 0, false, true, true },
	{ S("xAbCx"), S("aBc"), 1, 1, false, false, true },
	{ S("_"), S("a"), -1, -1, false, false, false },
	{ S("_"), S("A"), 1, -1, false, false, false },
	{ S("\xC3\xA9"), S("z"), 1, 1, false, false, false },
	{ S("a\0b"), S("a\0c"), -1, -1, false, false, false },
	{ S("E_A"), S("e_b"), -1, -1, false, false, false },
};

static int
sign(int v)
{
	return (v > 0) - (v < 0);
}

static void
test_slice_compare(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(pairs); i++) {
		struct ww_slice a = pairs[i].a, b = pairs[i].b;

		assert_int_equal(sign(ww_slice_cmp(a, b)), pairs[i].cmp);
		assert_int_equal(sign(ww_slice_cmp(b, a)), -pairs[i].cmp);
		assert_int_equal(sign(ww_slice_casecmp(a, b)),
				 pairs[i].casecmp);
		assert_int_equal(sign(ww_slice_casecmp(b, a)),
				 -pairs[i].casecmp);
		assert_int_equal(ww_slice_eq(a, b), pairs[i].cmp == 0);
		assert_int_equal(ww_slice_starts(a, b), pairs[i].starts);
		assert_int_equal(ww_slice_casestarts(a, b),
				 pairs[i].casestarts);
		assert_int_equal(ww_slice_casehas(a, b), pairs[i].casehas);
	}
}

/* Against the plain way, on words of few letters, which repeat themselves. */
static void
test_slice_casefind(void **state)
{
	static const char letters[] = "aAqQ e";
	char text[24], word[4];
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		size_t n = round % (sizeof(text) + 1), m = round % 5, want;
		struct ww_slice s = { text, n }, needle = { word, m };

		for (size_t i = 0; i < n + m; i++) {
			char *at = i < n ? &text[i] : &word[i - n];

			seed = seed * 1664525 + 1013904223;
			*at = letters[(seed >> 16) % (sizeof(letters) - 1)];
		}
		for (want = 0; want < n; want++)
			if (ww_slice_casestarts(ww_slice_from(s, want), needle))
				break;
		assert_int_equal(ww_slice_casefind(s, needle),
				 m == 0 ? 0 : want);
	}
}

static void
test_slice_null(void **state)
{
	struct ww_slice none = { 0 };

	(void)state;
	assert_true(ww_slice_eq(none, WW_LIT("")));
	assert_int_equal(ww_slice_cmp(none, WW_LIT("a")), -1);
	assert_true(ww_slice_starts(WW_LIT("a"), none));
	assert_int_equal(ww_slice_trim(none).len, 0);
}

static void
test_slice_trim(void **state)
{
	(void)state;
	assert_slice(ww_slice_trim(WW_LIT(" \t\r\n a b \v\f")), WW_LIT("a b"));
	assert_slice(ww_slice_trim(WW_LIT(" \n ")), WW_LIT(""));
	assert_slice(ww_slice_trim(WW_LIT("a")), WW_LIT("a"));
	/* A no-break space is no ASCII space: trimming keeps UTF-8 whole. */
	assert_slice(ww_slice_trim(WW_LIT("\xC2\xA0")), WW_LIT("\xC2\xA0"));
}

static void
test_slice_behind(void **state)
{
	(void)state;
	assert_slice(ww_slice_behind(WW_LIT("a: B: c"), WW_LIT("b: ")),
		     WW_LIT("c"));
	assert_slice(ww_slice_behind(WW_LIT("a"), WW_LIT("")), WW_LIT("a"));
	/* At the very end nothing is left, but it was found. */
	assert_int_equal(ww_slice_behind(WW_LIT("ab"), WW_LIT("b")).len, 0);
	assert_non_null(ww_slice_behind(WW_LIT("ab"), WW_LIT("b")).p);
	assert_null(ww_slice_behind(WW_LIT("ab"), WW_LIT("c")).p);
}

static void
test_slice_hex(void **state)
{
	static const char *const bad[] = { "",	 "0x", "0xg",
					   "1 ", "-1", "11112222333344445" };
	uint64_t v;

	(void)state;
	assert_true(ww_slice_hex(WW_LIT("9f"), &v));
	assert_int_equal(v, 0x9F);
	assert_true(ww_slice_hex(WW_LIT("0XffffE00012345678"), &v));
	assert_true(v == UINT64_C(0xFFFFE00012345678));
	for (size_t i = 0; i < WW_ARRAY_LEN(bad); i++)
		assert_false(ww_slice_hex(ww_slice_cstr(bad[i]), &v));
}

static void
test_slice_decimal(void **state)
{
	static const char *const bad[] = { "",	  " 1", "1 ", "-1",
					   "0x1", "1/", ":",  "100" };
	uint64_t v;

	(void)state;
	assert_true(ww_slice_decimal(WW_LIT("0099"), 99, &v));
	assert_int_equal(v, 99);
	assert_true(ww_slice_decimal(WW_LIT("0"), 0, &v));
	assert_int_equal(v, 0);
	for (size_t i = 0; i < WW_ARRAY_LEN(bad); i++)
		assert_false(ww_slice_decimal(ww_slice_cstr(bad[i]), 99, &v));
	assert_false(ww_slice_decimal(WW_LIT("5"), 4, &v));
	assert_true(
	    ww_slice_decimal(WW_LIT("18446744073709551615"), UINT64_MAX, &v));
	assert_true(v == UINT64_MAX);
	assert_false(
	    ww_slice_decimal(WW_LIT("18446744073709551616"), UINT64_MAX, &v));
}

static void
test_slice_fits(void **state)
{
	static const struct {
		const char *name, *pattern;
		bool fits;
	} rows[] = {
		{ "MSI4f.LOG", "msi*.log", true },
		{ "MSI.log", "MSI*.log", true },
		{ "MSI.log.txt", "MSI*.log", false },
		{ "xMSI.log", "MSI*.log", false },
		{ "abcabc", "*abc", true },
		{ "abcab", "*abc", false },
		{ "", "*", true },
		{ "", "", true },
		{ "a", "", false },
		{ "aXbXc", "a*b*c", true },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*c", false },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_int_equal(ww_slice_fits(ww_slice_cstr(rows[i].name),
					       ww_slice_cstr(rows[i].pattern)),
				 rows[i].fits);
}

static void
test_slice_until(void **state)
{
	struct ww_slice rest = WW_LIT("en/code//");
	struct ww_slice none = { 0 };

	(void)state;
	assert_true(ww_slice_eq(ww_slice_until(&rest, '/'), WW_LIT("en")));
	assert_true(ww_slice_eq(ww_slice_until(&rest, '/'), WW_LIT("code")));
	assert_int_equal(ww_slice_until(&rest, '/').len, 0);
	assert_int_equal(rest.len, 0);
	rest = WW_LIT("last");
	assert_true(ww_slice_eq(ww_slice_until(&rest, '/'), WW_LIT("last")));
	assert_int_equal(rest.len, 0);
	assert_int_equal(ww_slice_until(&none, '/').len, 0);
}

static void
test_slice_item(void **state)
{
	struct ww_slice list = WW_LIT("0x3,,b,"), none = WW_LIT("");

	(void)state;
	assert_true(ww_slice_eq(ww_slice_item(&list), WW_LIT("0x3")));
	assert_int_equal(ww_slice_item(&list).len, 0);
	assert_true(ww_slice_eq(ww_slice_item(&list), WW_LIT("b")));
	assert_non_null(list.p);
	assert_int_equal(ww_slice_item(&list).len, 0);
	assert_null(list.p);
	assert_int_equal(ww_slice_item(&none).len, 0);
	assert_null(none.p);
}

static void
test_characters(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++) {
		bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z';
		bool digit = c >= '0' && c <= '9';

		assert_int_equal(ww_is_alpha((char)c), lower || upper);
		assert_int_equal(ww_is_digit((char)c), digit);
		assert_int_equal(ww_is_alnum((char)c), lower || upper || digit);
		assert_int_equal((unsigned char)ww_fold((char)c),
				 upper ? c + 32 : c);
	}
	assert_int_equal(ww_hex_value('0'), 0);
	assert_int_equal(ww_hex_value('9'), 9);
	assert_int_equal(ww_hex_value('a'), 10);
	assert_int_equal(ww_hex_value('F'), 15);
	assert_int_equal(ww_hex_value('g'), -1);
	assert_int_equal(ww_hex_value('@'), -1);
}

static const struct {
	int64_t v;
	struct ww_slice text;
} decimals[] = {
	{ 0, S("0") },
	{ 7, S("7") },
	{ -1, S("-1") },
	{ 10, S("10") },
	{ -2147024891, S("-2147024891") },
	{ 4294967295, S("4294967295") },
	{ INT64_MAX, S("9223372036854775807") },
	{ INT64_MIN, S("-9223372036854775808") },
};

static void
test_buf_decimal(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(decimals); i++) {
		struct ww_buf buf = ww_buf_in(*state);

		ww_buf_decimal(&buf, decimals[i].v);
		assert_slice(ww_buf_slice(&buf), decimals[i].text);
	}
}

static const struct {
	uint64_t v;
	unsigned digits;
	struct ww_slice text;
} hexes[] = {
	{ 0, 0, S("") },
	{ 0, 1, S("0") },
	{ 0x5, 8, S("00000005") },
	{ 0x80244007, 8, S("80244007") },
	{ 0xABCDEF, 2, S("ABCDEF") },
	{ UINT64_MAX, 1, S("FFFFFFFFFFFFFFFF") },
	{ 1, 16, S("0000000000000001") },
};

static void
test_buf_hex(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(hexes); i++) {
		struct ww_buf buf = ww_buf_in(*state);

		ww_buf_hex(&buf, hexes[i].v, hexes[i].digits);
		assert_slice(ww_buf_slice(&buf), hexes[i].text);
	}
}

static const struct {
	struct ww_slice text, filled;
	bool open; /* a hole is left */
} templates[] = {
	{ S(""), S(""), false },
	{ S("plain"), S("plain"), false },
	{ S("{hex}"), S("80244007"), false },
	{ S("a {hex} b {n} c"), S("a 80244007 b 3 c"), false },
	{ S("{hex}{hex}"), S("8024400780244007"), false },
	{ S("{unknown} {hex}"), S("{unknown} 80244007"), true },
	{ S("{{hex}}"), S("{80244007}"), true },
	{ S("{"), S("{"), false },
	{ S("{hex"), S("{hex"), false },
	{ S("}{"), S("}{"), false },
	{ S("{}"), S("{}"), true },
	{ S("{empty}|"), S("|"), false },
	{ S("{HEX}"), S("{HEX}"), true },
	{ S("${env:n} {n}"), S("${env:n} 3"), true },
	/* What is filled in is not filled again. */
	{ S("{brace}"), S("{hex}"), false },
};

static void
test_buf_base64(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "f", "Zg==" },
		{ "fo", "Zm8=" },
		{ "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" },
		{ "\xFB\xFF", "+/8=" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ww_buf buf = ww_buf_in(*state);

		ww_buf_base64(&buf, ww_slice_cstr(rows[i][0]));
		assert_true(
		    ww_slice_eq(ww_buf_slice(&buf), ww_slice_cstr(rows[i][1])));
	}
}

static void
test_buf_template(void **state)
{
	static const struct ww_fill fills[] = {
		{ "hex", S("80244007") }, { "n", S("3") },
		{ "empty", { NULL, 0 } }, { "brace", S("{hex}") },
		{ NULL, { NULL, 0 } },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(templates); i++) {
		struct ww_buf buf = ww_buf_in(*state);

		assert_int_equal(ww_buf_template(&buf, templates[i].text,
						 fills),
				 !templates[i].open);
		assert_slice(ww_buf_slice(&buf), templates[i].filled);
	}
}

/* Past every size at which the buffer moves. */
static void
test_buf_growth(void **state)
{
	struct ww_buf buf = ww_buf_in(*state);

	for (int i = 0; i < 70000; i++)
		ww_buf_char(&buf, (char)('a' + i % 26));
	ww_buf_fill(&buf, '-', 1000000);
	ww_buf_fill(&buf, '!', 0);
	ww_buf_add(&buf, (struct ww_slice){ 0 });
	ww_buf_printf(&buf, "%s%d", "end", 1);
	assert_int_equal(buf.len, 1070004);
	for (int i = 0; i < 70000; i++)
		assert_int_equal(buf.p[i], 'a' + i % 26);
	for (int i = 0; i < 1000000; i++)
		assert_int_equal(buf.p[70000 + i], '-');
	assert_memory_equal(buf.p + 1070000, "end1", 4);
}

static const struct {
	struct ww_slice text;
	uint32_t c;
	size_t len;
} characters[] = {
	{ S("A"), 'A', 1 },
	{ S("\0"), 0, 1 },
	{ S("\x7F"), 0x7F, 1 },
	{ S("\xC2\x80"), 0x80, 2 },
	{ S("\xC3\xA9x"), 0xE9, 2 },
	{ S("\xDF\xBF"), 0x7FF, 2 },
	{ S("\xE0\xA0\x80"), 0x800, 3 },
	{ S("\xE2\x80\x9C"), 0x201C, 3 },
	{ S("\xED\x9F\xBF"), 0xD7FF, 3 },
	{ S("\xEE\x80\x80"), 0xE000, 3 },
	{ S(REPLACE), 0xFFFD, 3 },
	{ S("\xF0\x90\x80\x80"), 0x10000, 4 },
	{ S("\xF4\x8F\xBF\xBF"), 0x10FFFF, 4 },
};

/* Each is invalid at its first byte. */
static const struct ww_slice invalid[] = {
	S("\x80"),	       /* continuation alone */
	S("\xBF\x80"),	       /* likewise */
	S("\xC0\x80"),	       /* overlong NUL */
	S("\xC1\xBF"),	       /* overlong */
	S("\xE0\x9F\xBF"),     /* overlong */
	S("\xF0\x8F\xBF\xBF"), /* overlong */
	S("\xED\xA0\x80"),     /* surrogate */
	S("\xED\xBF\xBF"),     /* surrogate */
	S("\xF4\x90\x80\x80"), /* above U+10FFFF */
	S("\xF5\x80\x80\x80"), /* no lead byte */
	S("\xFF"),	       /* no lead byte */
	S("\xC3"),	       /* cut off */
	S("\xE2\x80"),	       /* cut off */
	S("\xF0\x90\x80"),     /* cut off */
	S("\xC3x"),	       /* no continuation */
	S("\xE2\x80x"),	       /* no continuation */
	S("\xF0\x90\x80\xC0"), /* no continuation */
};

static void
test_utf8_decode(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(characters); i++) {
		uint32_t c = 1;

		assert_int_equal(ww_utf8_decode(characters[i].text, &c),
				 characters[i].len);
		assert_int_equal(c, characters[i].c);
		assert_int_equal(ww_utf8_check(characters[i].text),
				 characters[i].text.len);
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(invalid); i++) {
		uint32_t c = 1;

		assert_int_equal(ww_utf8_decode(invalid[i], &c), 1);
		assert_int_equal(c, WW_REPLACEMENT);
		assert_int_equal(ww_utf8_check(invalid[i]), 0);
	}
	assert_int_equal(ww_utf8_check(WW_LIT("ab\xC3\xA9\xFFz")), 4);
	assert_int_equal(ww_utf8_check(WW_LIT("")), 0);
	/* Wherever it stands among letters, and whatever is behind it. */
	for (size_t at = 0; at < 20; at++) {
		char text[20];

		memset(text, 'a', sizeof(text));
		text[at] = '\xFF';
		for (size_t len = at + 1; len <= sizeof(text); len++)
			assert_int_equal(ww_utf8_check(ww_slice_of(text, len)),
					 at);
		assert_int_equal(ww_utf8_check(ww_slice_of(text, at)), at);
	}
}

static void
test_utf8_encode(void **state)
{
	static const uint32_t odd[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };
	char text[4];

	(void)state;
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		uint32_t back = 0;
		size_t n;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		n = ww_utf8_encode(c, text);
		if (ww_utf8_decode(ww_slice_of(text, n), &back) != n ||
		    back != c)
			fail_msg("U+%04X came back as U+%04X", c, back);
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(odd); i++)
		assert_slice(ww_slice_of(text, ww_utf8_encode(odd[i], text)),
			     WW_LIT(REPLACE));
}

static void
test_utf8_width(void **state)
{
	(void)state;
	assert_int_equal(ww_utf8_width(WW_LIT("")), 0);
	assert_int_equal(ww_utf8_width(WW_LIT("abc")), 3);
	assert_int_equal(ww_utf8_width(WW_LIT("\xC3\xA9t\xC3\xA9")), 3);
	assert_int_equal(ww_utf8_width(WW_LIT("a\n\x7F")), 1);
	/* e and a combining acute accent. */
	assert_int_equal(ww_utf8_width(WW_LIT("e\xCC\x81")), 1);
}

static const struct {
	const char *what;
	struct ww_slice in, out;
} texts[] = {
	{ "empty", S(""), S("") },
	{ "ASCII", S("0x5"), S("0x5") },
	{ "UTF-8", S("\xC3\xA9"), S("\xC3\xA9") },
	{ "UTF-8 with a mark", S("\xEF\xBB\xBF\xC3\xA9"), S("\xC3\xA9") },
	{ "only a UTF-8 mark", S("\xEF\xBB\xBF"), S("") },
	{ "LE with a mark",
	  S("\xFF\xFE"
	    "0\0x\0"
	    "5\0"),
	  S("0x5") },
	{ "BE with a mark",
	  S("\xFE\xFF\0"
	    "0\0x\0"
	    "5"),
	  S("0x5") },
	{ "LE without a mark",
	  S("0\0x\0"
	    "8\0"
	    "0\0"),
	  S("0x80") },
	{ "LE accents", S("\xFF\xFE\xE9\0\x1C\x20"),
	  S("\xC3\xA9\xE2\x80\x9C") },
	{ "LE pair", S("\xFF\xFE\x3D\xD8\x00\xDE"), S("\xF0\x9F\x98\x80") },
	{ "BE pair", S("\xFE\xFF\xD8\x3D\xDE\x00"), S("\xF0\x9F\x98\x80") },
	{ "LE lone high",
	  S("\xFF\xFE\x3D\xD8"
	    "a\0"),
	  S(REPLACE "a") },
	{ "LE lone low",
	  S("\xFF\xFE\x00\xDE"
	    "a\0"),
	  S(REPLACE "a") },
	{ "LE high at the end", S("\xFF\xFE\x3D\xD8"), S(REPLACE) },
	{ "LE odd byte",
	  S("\xFF\xFE"
	    "a\0b"),
	  S("a") },
	{ "only an LE mark", S("\xFF\xFE"), S("") },
	{ "only a BE mark", S("\xFE\xFF"), S("") },
	{ "Latin-1", S("refus\xE9 !"), S("refus" REPLACE " !") },
	{ "invalid last", S("ok\xC3"), S("ok" REPLACE) },
	{ "invalid first", S("\x80ok"), S(REPLACE "ok") },
	{ "two invalid", S("\x80\x80"), S(REPLACE REPLACE) },
	{ "surrogate", S("\xED\xA0\x80"), S(REPLACE REPLACE REPLACE) },
};

static const struct {
	const char *text;
	size_t most;
	size_t kept;
} cuts[] = {
	{ "abc", 2, 2 },
	{ "abc", 3, 3 },
	{ "abc", 9, 3 },
	{ "abc", 0, 0 },
	{ "a\xC3\xA9", 1, 1 },
	{ "a\xC3\xA9", 2, 1 },
	{ "a\xC3\xA9", 3, 3 },
	{ "\xE2\x82\xAC-", 1, 0 },
	{ "\xE2\x82\xAC-", 2, 0 },
	{ "\xE2\x82\xAC-", 3, 3 },
	{ "\xF0\x9F\x98\x80-", 3, 0 },
	{ "\xF0\x9F\x98\x80-", 4, 4 },
	{ "\xC3\xA9\xC3\xA9", 3, 2 },
};

static void
test_utf8_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(cuts); i++)
		assert_int_equal(
		    ww_utf8_cut(ww_slice_cstr(cuts[i].text), cuts[i].most).len,
		    cuts[i].kept);
	assert_int_equal(ww_utf8_cut((struct ww_slice){ 0 }, 4).len, 0);
	/* What is no character at all is left to whoever shows it. */
	assert_int_equal(ww_utf8_whole(WW_LIT("a\x80")).len, 2);
	assert_int_equal(ww_utf8_whole(WW_LIT("a\xFF")).len, 2);
	assert_int_equal(ww_utf8_whole(WW_LIT("a\xE2\x82")).len, 1);
}

static void
test_utf8_from_any(void **state)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(texts); i++) {
		struct ww_slice out = ww_utf8_from_any(*state, texts[i].in);

		if (!ww_slice_eq(out, texts[i].out))
			print_error("%s\n", texts[i].what);
		assert_slice(out, texts[i].out);
		assert_int_equal(ww_utf8_check(out), out.len);
	}
}

static void
test_utf8_not_copied(void **state)
{
	struct ww_slice s = WW_LIT("0x80244007 \xC3\xA9");

	assert_ptr_equal(ww_utf8_from_any(*state, s).p, s.p);
}

static void
test_arena(void **state)
{
	static const size_t sizes[] = {
		0, 1, 7, 16, 1000, 65536, 65537, 1000000
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(sizes) * 20; i++) {
		size_t size = sizes[i % WW_ARRAY_LEN(sizes)];
		char *p = ww_arena_alloc(*state, size);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			if (p[k] != 0)
				fail_msg("byte %zu of %zu is set", k, size);
		memset(p, 0xA5, size);
	}
}

static void
test_arena_copy(void **state)
{
	char *p = ww_arena_copy(*state, "abc", 2);

	assert_string_equal(p, "ab");
	assert_string_equal(ww_arena_copy(*state, NULL, 0), "");
}

static unsigned n_released;

static void
note_release(void *ctx)
{
	assert_string_equal(ctx, "there");
	n_released++;
}

/* Once, while what was allocated is still there. */
static void
test_arena_at_release(void **state)
{
	struct ww_arena arena;
	char *text;

	(void)state;
	ww_arena_init(&arena, NULL);
	text = ww_arena_copy(&arena, "there", 5);
	ww_arena_at_release(&arena, note_release, text);
	ww_arena_at_release(&arena, note_release, text);
	assert_int_equal(n_released, 0);
	ww_arena_release(&arena);
	assert_int_equal(n_released, 2);
	ww_arena_release(&arena);
	assert_int_equal(n_released, 2);
}

static void
test_arena_reuse(void **state)
{
	struct ww_arena arena;
	jmp_buf oom;

	(void)state;
	ww_arena_init(&arena, &oom);
	ww_arena_release(&arena);
	assert_non_null(ww_arena_alloc(&arena, 10));
	ww_arena_release(&arena);
	assert_null(arena.chunks);
	assert_ptr_equal(arena.oom, &oom);
	assert_non_null(ww_arena_alloc(&arena, 10));
	ww_arena_release(&arena);
}

/* A product or a size that wraps counts as no memory. */
static void
test_arena_overflow(void **state)
{
	struct ww_arena arena;
	jmp_buf here;
	volatile int failures = 0;

	(void)state;
	ww_arena_init(&arena, &here);
	if (setjmp(here) != 0)
		failures++;
	if (failures == 0)
		ww_arena_array(&arena, SIZE_MAX / 2, 3);
	else if (failures == 1)
		ww_arena_alloc(&arena, SIZE_MAX);
	else if (failures == 2)
		ww_arena_copy(&arena, "", SIZE_MAX);
	ww_arena_release(&arena);
	assert_int_equal(failures, 3);
}

static void
test_bytes(void **state)
{
	static const uint8_t bytes[] = { 0x01, 0x82, 0x03, 0xF4, 0x05 };
	uint8_t out[5] = { 0 };

	(void)state;
	assert_int_equal(ww_load16(bytes), 0x8201);
	assert_int_equal(ww_load32(bytes), 0xF4038201);
	assert_int_equal(ww_load32(bytes + 1), 0x05F40382);
	ww_store32(out + 1, 0xF4038201);
	assert_memory_equal(out + 1, bytes, 4);
	ww_store16(out, 0x8201);
	assert_memory_equal(out, bytes, 2);
}

static void
test_crc32(void **state)
{
	static uint8_t bytes[40000];
	struct ww_crc32 crc;

	(void)state;
	assert_int_equal(ww_crc32("123456789", 9), 0xCBF43926);
	assert_int_equal(ww_crc32("", 0), 0);
	assert_int_equal(ww_crc32("\0\0\0\0", 4), 0x2144DF1C);
	assert_int_equal(ww_crc32("a", 1), 0xE8B7BE43);

	/* Parts of any length, put together, come to the same. */
	ww_crc32_prepare(&crc);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(i * 167 + (i >> 8));
	for (size_t len = 0; len <= sizeof(bytes); len += len < 64 ? 1 : 1021)
		assert_int_equal(ww_crc32_fast(&crc, bytes, len),
				 ww_crc32(bytes, len));
}

/* FIPS 180-4 and the examples of NIST; lengths round the ends of blocks. */
static void
test_sha256(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		uint8_t first[4];
	} cases[] = {
		{ "", 0, { 0xe3, 0xb0, 0xc4, 0x42 } },
		{ "abc", 3, { 0xba, 0x78, 0x16, 0xbf } },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		  56,
		  { 0x24, 0x8d, 0x6a, 0x61 } },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  55,
		  { 0x9f, 0x43, 0x90, 0xf8 } },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		  64,
		  { 0xff, 0xe0, 0x54, 0xfe } },
	};
	uint8_t sum[WW_SHA256_SIZE];

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(cases); i++) {
		ww_sha256(cases[i].text, cases[i].len, sum);
		assert_memory_equal(sum, cases[i].first, 4);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slice_sub),
		cmocka_unit_test(test_slice_compare),
		cmocka_unit_test(test_slice_casefind),
		cmocka_unit_test(test_slice_null),
		cmocka_unit_test(test_slice_trim),
		cmocka_unit_test(test_slice_behind),
		cmocka_unit_test(test_slice_hex),
		cmocka_unit_test(test_slice_decimal),
		cmocka_unit_test(test_slice_fits),
		cmocka_unit_test(test_slice_until),
		cmocka_unit_test(test_slice_item),
		cmocka_unit_test(test_characters),
		cmocka_unit_test(test_buf_decimal),
		cmocka_unit_test(test_buf_hex),
		cmocka_unit_test(test_buf_base64),
		cmocka_unit_test(test_buf_template),
		cmocka_unit_test(test_buf_growth),
		cmocka_unit_test(test_utf8_decode),
		cmocka_unit_test(test_utf8_encode),
		cmocka_unit_test(test_utf8_width),
		cmocka_unit_test(test_utf8_cut),
		cmocka_unit_test(test_utf8_from_any),
		cmocka_unit_test(test_utf8_not_copied),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_arena_copy),
		cmocka_unit_test(test_arena_at_release),
		cmocka_unit_test(test_arena_reuse),
		cmocka_unit_test(test_arena_overflow),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_crc32),
		cmocka_unit_test(test_sha256),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
