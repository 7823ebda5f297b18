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

#include <stdlib.h>
#include <string.h>

#include "base/compiler.h"
#include "base/simd/kernels.h"

#define BLOCKS	  5
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
	char text[WW_BLOCK];
	struct ww_masks m;
	uint64_t bit = UINT64_C(1) << at;
	const char *set = "0123456789abcdefABCDEF";

	memset(text, ' ', sizeof(text));
	text[at] = (char)c;
	assert_int_equal(k->scan_masks(text, 1, &m), c == '\n');
	assert_int_equal(m.newline, c == '\n' ? bit : 0);
	assert_int_equal(m.hex, c != 0 && strchr(set, c) != NULL ? bit : 0);
	assert_int_equal(m.x, c == 'x' || c == 'X' ? bit : 0);
	assert_int_equal(m.dash, c == '-' ? bit : 0);
	assert_int_equal(m.lines, 0);
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
masks_are_equal(void **state)
{
	static const char likely[] = "0123456789abcdefxXABCDEF\n\r -[]:g";
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 500; round++) {
		char text[BLOCKS * WW_BLOCK], *copy;
		struct ww_masks want[BLOCKS], got[BLOCKS];
		uint64_t lines;

		for (size_t at = 0; at < sizeof(text); at++)
			text[at] = draw(&seed) % 4 == 0
				       ? (char)draw(&seed)
				       : likely[draw(&seed) % 32];
		copy = copy_of(text, sizeof(text));
		lines = list[0]->scan_masks(text, BLOCKS, want);
		for (size_t i = 1; i < n; i++) {
			memset(got, 0xA5, sizeof(got));
			assert_int_equal(list[i]->scan_masks(copy, BLOCKS, got),
					 lines);
			assert_memory_equal(got, want, sizeof(got));
		}
		free(copy);
	}
}

static void
masks_count_lines(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	char text[3 * WW_BLOCK];
	struct ww_masks m[3];

	(void)state;
	memset(text, '\n', sizeof(text));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(list[i]->scan_masks(text, 3, m), 3 * WW_BLOCK);
		assert_int_equal(m[0].lines, 0);
		assert_int_equal(m[2].lines, 2 * WW_BLOCK);
	}
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
		cmocka_unit_test(masks_are_equal),
		cmocka_unit_test(masks_count_lines),
		cmocka_unit_test(narrowing_stops_at_the_first_other_unit),
		cmocka_unit_test(a_run_stops_at_the_first_other_byte),
		cmocka_unit_test(the_fastest_is_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
