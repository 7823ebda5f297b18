/*
 * What a file could not give: kinds are counted, and none is lost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "input/loss.h"

/* As many kinds as are asked for; a kind is the address of its message. */
static const char messages[2 * WW_LOSSES_MAX] = "";

static uint64_t
total(const struct ww_losses *losses)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < losses->n; i++)
		sum += losses->list[i].count;
	return sum;
}

static void
test_kinds(void **state)
{
	struct ww_losses losses = { .n = 0 };

	(void)state;
	ww_losses_add(&losses, &messages[0], 7);
	ww_losses_add(&losses, &messages[1], 8);
	ww_losses_add(&losses, &messages[0], 9);
	assert_int_equal(losses.n, 2);
	assert_int_equal(losses.list[0].count, 2);
	assert_int_equal(losses.list[0].at, 7);
}

/* What has no place of its own is counted at the last one. */
static void
test_many_kinds(void **state)
{
	struct ww_losses losses = { .n = 0 };

	(void)state;
	for (unsigned i = 0; i < 2 * WW_LOSSES_MAX; i++)
		ww_losses_add(&losses, &messages[i], i);
	assert_int_equal(losses.n, WW_LOSSES_MAX);
	assert_int_equal(total(&losses), 2 * WW_LOSSES_MAX);
	assert_string_equal(losses.list[WW_LOSSES_MAX - 1].what,
			    "problems of other kinds");
}

static void
test_many_names(void **state)
{
	struct ww_losses losses = { .n = 0 };

	(void)state;
	for (unsigned i = 0; i < 2 * WW_LOSSES_MAX; i++) {
		char name[] = { (char)('A' + i) };

		ww_losses_add_name(&losses, messages,
				   ww_slice_of(name, sizeof(name)));
		ww_losses_add_name(&losses, messages,
				   ww_slice_of(name, sizeof(name)));
	}
	assert_int_equal(losses.n, WW_LOSSES_MAX);
	assert_int_equal(total(&losses), 4 * WW_LOSSES_MAX);
	assert_int_equal(losses.list[WW_LOSSES_MAX - 1].name_len, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_many_kinds),
		cmocka_unit_test(test_many_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
