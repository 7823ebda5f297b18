/*
 * Line ends: the same as memchr() finds, in texts of every length around the
 * borders of blocks and strips, with line feeds beyond the end that are none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "input/lines.h"
#include "input/stream.h"

#define TEXT_MAX ((WW_STRIP + 2) * WW_BLOCK)

static size_t
next_by_memchr(struct ww_slice text, size_t at)
{
	const char *p =
	    at < text.len ? memchr(text.p + at, '\n', text.len - at) : NULL;

	return p == NULL ? text.len : (size_t)(p - text.p);
}

static void
assert_lines(const struct ww_kernels *kernels, struct ww_slice text)
{
	struct ww_lines lines = { .kernels = kernels };
	size_t at = 0, end;

	ww_lines_start(&lines, text);
	do {
		end = ww_lines_next(&lines);
		assert_int_equal(end, next_by_memchr(text, at));
		at = end + 1;
	} while (end < text.len);
	/* It has ended, and stays so. */
	assert_int_equal(ww_lines_next(&lines), text.len);
}

/* Every n-th byte is a line feed; 0: none but those behind the end. */
static void
assert_every(const struct ww_kernels *kernels, size_t len, size_t n)
{
	char text[TEXT_MAX + WW_WINDOW_PAD];

	memset(text, '\n', sizeof(text));
	for (size_t i = 0; i < len; i++)
		if (n == 0 || i % n != n - 1)
			text[i] = 'x';
	assert_lines(kernels, (struct ww_slice){ .p = text, .len = len });
}

static void
lines_end_where_memchr_says(void **state)
{
	static const size_t steps[] = { 0, 1, 2, 63, 64, 65, 700 };
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);

	(void)state;
	for (size_t i = 0; i < n; i++)
		for (size_t len = 0; len <= TEXT_MAX; len++)
			for (size_t k = 0; k < sizeof(steps) / sizeof(*steps);
			     k++)
				assert_every(list[i], len, steps[k]);
}

static void
starts_anew(void **state)
{
	char text[WW_BLOCK * 2] = "a\nb\n";
	struct ww_lines lines = { .kernels = ww_kernels_choose() };

	(void)state;
	for (int round = 0; round < 2; round++) {
		ww_lines_start(&lines,
			       (struct ww_slice){ .p = text, .len = 4 });
		assert_int_equal(ww_lines_next(&lines), 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_where_memchr_says),
		cmocka_unit_test(starts_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
