/*
 * The kernels: what each says of known bytes, and that all say the same of
 * any.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/simd/kernels.h"

#define UNITS_MAX 200

static uint32_t
draw(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)(*state * UINT64_C(0x2545f4914f6cdd1d) >> 32);
}

/*
 * A copy of exactly len bytes on the heap: a kernel that reads or writes
 * beyond is caught by the sanitizers.
 */
static void *
copy_of(const void *p, size_t len)
{
	void *copy = malloc(len > 0 ? len : 1);

	assert_non_null(copy);
	memcpy(copy, p, len);
	return copy;
}

static void
assert_masks(const struct ww_kernels *k, unsigned char c, size_t at)
{
	static const char set[] = "0123456789abcdefABCDEF";
	bool is_hex = c != 0 && strchr(set, c) != NULL;
	uint64_t bit = UINT64_C(1) << at;
	char text[WW_BLOCK];
	struct ww_masks m;
	uint64_t newlines[2] = { 0, 7 };

	memset(text, ' ', sizeof(text));
	text[at] = (char)c;
	m.lines[3] = 7;
	k->scan_masks(text, 1, 3, &m);
	assert_int_equal(m.newline[3], c == '\n' ? bit : 0);
	assert_int_equal(m.hex[3], is_hex ? bit : 0);
	assert_int_equal(m.x[3], c == 'x' || c == 'X' ? bit : 0);
	assert_int_equal(m.dash[3], c == '-' ? bit : 0);
	assert_int_equal(m.lines[4], c == '\n' ? 8 : 7);
	k->newlines(text, 1, newlines);
	assert_int_equal(newlines[0], m.newline[3]);
	assert_int_equal(newlines[1], 7);
}

static void
masks_tell_every_byte_at_every_place(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (unsigned c = 0; c < 256; c++)
			for (size_t at = 0; at < WW_BLOCK; at++)
				assert_masks(list[i], (unsigned char)c, at);
}

static void
fill_likely(char *text, size_t len, uint64_t *seed)
{
	static const char likely[] = "0123456789abcdefxXABCDEF\n\r -[]:g";

	for (size_t at = 0; at < len; at++)
		text[at] = draw(seed) % 8 == 0 ? (char)draw(seed)
					       : likely[draw(seed) % 32];
}

/* A strip and the blocks beside it. */
static void
fill_masks(const struct ww_kernels *k, const char *text, size_t n_blocks,
	   struct ww_masks *ret)
{
	memset(ret, 0, sizeof(*ret));
	k->scan_masks(text, n_blocks, 0, ret);
}

/* A word between blanks, and which of its bytes make it odd. */
static const struct {
	const char *text, *odd;
} words[] = {
	{ "error", "     " },
	{ "Error", "     " },
	{ "KB5", "  x" },
	{ "ABORT", "    x" },
	{ "E_FAIL", " x   x" },
	{ "failed(", "     x " },
	{ "(0x8)", " x x " },
	{ "a(b)c", "x    " },
	{ "Wu-A", "   x" },
	{ "A\xE9"
	  "b",
	  "x  " },
	{ "@[`{", "    " },
	{ "x2y", " x " },
};

static void
assert_odd(const struct ww_kernels *k, size_t row, size_t at)
{
	size_t len = strlen(words[row].text);
	char text[2 * WW_BLOCK + 1];
	uint64_t odd[2];

	memset(text, ' ', sizeof(text));
	memcpy(text + at, words[row].text, len);
	k->odd_words(text, 2, odd);
	for (size_t i = 0; i < (size_t)2 * WW_BLOCK; i++) {
		bool inside = i >= at && i < at + len;

		assert_int_equal(odd[i / WW_BLOCK] >> i % WW_BLOCK & 1,
				 inside && words[row].odd[i - at] == 'x');
	}
}

static void
odd_words_are_told(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t row = 0; row < WW_ARRAY_LEN(words); row++)
			for (size_t at = 0; at < 100; at++)
				assert_odd(list[i], row, at);
}

static void
odd_words_are_equal(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	uint64_t seed = 7, want, got;
	char *text = malloc(WW_BLOCK + 1);

	(void)state;
	assert_non_null(text);
	for (int round = 0; round < 20000; round++) {
		for (size_t at = 0; at <= WW_BLOCK; at++)
			text[at] = (char)(draw(&seed) >> 8);
		list[0]->odd_words(text, 1, &want);
		for (size_t i = 1; i < n; i++) {
			list[i]->odd_words(text, 1, &got);
			assert_int_equal(got, want);
		}
	}
	free(text);
}

static void
masks_and_starts_are_equal(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 500; round++) {
		size_t n_blocks = 2 + draw(&seed) % (WW_STRIP + 1);
		size_t len = n_blocks * WW_BLOCK;
		char *text = malloc(len);
		struct ww_masks want, got;
		struct ww_starts starts = { 0 }, got_starts = { 0 };
		uint64_t newlines[WW_STRIP + 2];

		assert_non_null(text);
		fill_likely(text, len, &seed);
		fill_masks(list[0], text, n_blocks, &want);
		list[0]->find_starts(&want, n_blocks - 2, &starts);
		for (size_t i = 1; i < n; i++) {
			fill_masks(list[i], text, n_blocks, &got);
			assert_memory_equal(&got, &want, sizeof(got));
			list[i]->newlines(text, n_blocks, newlines);
			assert_memory_equal(newlines, want.newline,
					    n_blocks * sizeof(newlines[0]));
			list[i]->find_starts(&got, n_blocks - 2, &got_starts);
			assert_memory_equal(&got_starts, &starts,
					    sizeof(starts));
		}
		free(text);
	}
}

/* A line of digits and dashes; what is wanted stands below each start. */
static const struct {
	const char *text;
	const char *starts; /* p: prefixed, b: bare */
} rows[] = {
	{ "0x1 ", "  p " },
	{ "0x80244007 ", "  p        " },
	{ "0x802440071 ", "            " },
	{ "0x7fed806eb5d ", "              " },
	{ "0xffffffff80244007 ", "  p                " },
	{ "x80244007 ", " b        " },
	{ "8024400 ", "        " },
	{ "80244007 ", "b        " },
	{ "2147942405 ", "b          " },
	{ "21479424051 ", "            " },
	{ "18446744071562362885 ", "b                    " },
	{ "31bf3856ad364e35 ", "                 " },
	{ "80244007-4e5b ", "              " },
	{ "802440071-4e5b ", "b              " },
	{ "gx1 ", "    " },
	{ "1x080 ", "  p   " },
};

static void
assert_starts(const struct ww_kernels *k, const char *text, const char *want,
	      size_t at)
{
	char padded[(WW_STRIP + 2) * WW_BLOCK];
	size_t begin = WW_BLOCK + at;
	struct ww_starts starts;
	struct ww_masks m;

	memset(padded, ' ', sizeof(padded));
	memcpy(padded + begin, text, strlen(text));
	fill_masks(k, padded, WW_STRIP + 2, &m);
	k->find_starts(&m, WW_STRIP, &starts);
	for (size_t i = 0; i < WW_STRIP * WW_BLOCK; i++) {
		uint64_t p = starts.prefixed[i / WW_BLOCK] >> i % WW_BLOCK & 1;
		uint64_t b = starts.bare[i / WW_BLOCK] >> i % WW_BLOCK & 1;
		size_t k_at = i - at;
		bool inside = i >= at && k_at < strlen(want);

		assert_int_equal(p, inside && want[k_at] == 'p');
		assert_int_equal(b, inside && want[k_at] == 'b');
	}
}

static void
starts_tell_lengths(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < WW_ARRAY_LEN(rows); r++)
			for (size_t at = 0; at < 130; at++)
				assert_starts(list[i], rows[r].text,
					      rows[r].starts, at);
}

/* Units of text; the one at `odd` is something else. */
static size_t
fill_units(uint8_t *units, size_t n, size_t odd, uint64_t *seed)
{
	static const uint16_t others[] = { 0,	   0x80,   0xE9,   0x100,
					   0x2019, 0xD83D, 0xFEFF, 0x4100,
					   0x8000, 0x7F80, 0xFF41, 0xFFFF };

	for (size_t i = 0; i < n; i++) {
		uint16_t unit = (uint16_t)(1 + draw(seed) % 127);

		if (i == odd)
			unit = others[draw(seed) % WW_ARRAY_LEN(others)];
		units[2 * i] = (uint8_t)unit;
		units[2 * i + 1] = (uint8_t)(unit >> 8);
	}
	return odd < n ? odd : n;
}

static void
narrowing_stops_at_the_first_other_unit(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	uint8_t units[2 * UNITS_MAX];
	uint64_t seed = 2;

	(void)state;
	for (size_t len = 0; len <= UNITS_MAX; len++) {
		size_t odd = draw(&seed) % (UNITS_MAX + 20);
		size_t want = fill_units(units, len, odd, &seed);

		for (size_t i = 0; i < n; i++) {
			uint8_t *copy = copy_of(units, 2 * len);
			char *out = copy_of(units, len);

			assert_int_equal(list[i]->ascii16_narrow(copy, len,
								 out),
					 want);
			for (size_t at = 0; at < want; at++)
				assert_int_equal(out[at], units[2 * at]);
			free(out);
			free(copy);
		}
	}
}

static void
a_run_stops_at_the_first_other_byte(void **state)
{
	static const char others[] = { '\0', '\x80', '\xC3', '\xFF' };
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	char text[UNITS_MAX];
	uint64_t seed = 3;

	(void)state;
	for (size_t i = 0; i < UNITS_MAX; i++)
		text[i] = (char)(1 + draw(&seed) % 127);
	for (size_t len = 0; len <= UNITS_MAX; len++) {
		size_t odd = draw(&seed) % (UNITS_MAX + 20);
		char *copy = copy_of(text, len);

		if (odd < len)
			copy[odd] = others[draw(&seed) % 4];
		for (size_t i = 0; i < n; i++)
			assert_int_equal(list[i]->ascii_run(copy, len),
					 odd < len ? odd : len);
		free(copy);
	}
}

/* Of a text whose sum is known, and of bytes of any number. */
static void
check_sums_are_equal(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	uint64_t seed = 4;
	uint8_t bytes[3000];
	struct ww_crc32 crc;

	(void)state;
	ww_crc32_prepare(&crc);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)draw(&seed);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(list[i]->crc32(&crc, "123456789", 9),
				 0xCBF43926);
	for (size_t len = 0; len <= sizeof(bytes);
	     len += len < 300 ? 1 : 1 + draw(&seed) % 64) {
		uint8_t *copy = copy_of(bytes, len);

		for (size_t i = 0; i < n; i++)
			assert_int_equal(list[i]->crc32(&crc, copy, len),
					 ww_crc32(bytes, len));
		free(copy);
	}
}

/* 64 zeros and more, whose sums are known. */
static void
check_sums_of_zeros(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	static const uint8_t zeros[65536];
	struct ww_crc32 crc;

	(void)state;
	ww_crc32_prepare(&crc);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i]->crc32(&crc, zeros, 64), 0x758D6336);
		assert_int_equal(list[i]->crc32(&crc, zeros, 65536),
				 0xD7978EEB);
	}
}

static void
the_fastest_is_chosen(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);

	(void)state;
	assert_ptr_equal(ww_kernels_choose(), list[n - 1]);
	for (size_t i = 0; i < n; i++)
		print_message("%s\n", list[i]->name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(masks_tell_every_byte_at_every_place),
		cmocka_unit_test(masks_and_starts_are_equal),
		cmocka_unit_test(odd_words_are_told),
		cmocka_unit_test(odd_words_are_equal),
		cmocka_unit_test(starts_tell_lengths),
		cmocka_unit_test(narrowing_stops_at_the_first_other_unit),
		cmocka_unit_test(a_run_stops_at_the_first_other_byte),
		cmocka_unit_test(check_sums_are_equal),
		cmocka_unit_test(check_sums_of_zeros),
		cmocka_unit_test(the_fastest_is_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
