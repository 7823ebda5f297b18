/*
 * The table of a file's codes: counts, roles, places, order, and its bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "evidence/codes.h"

static struct ww_arena arena;

static void
add_at(struct ww_codes *codes, uint32_t value, enum ww_role role, uint64_t line)
{
	struct ww_place place = { .line = line, .time = (ww_time)line * 10 };

	ww_codes_add(codes, value, 0, role, place);
}

static void
keeps_counts_roles_and_places(void **state)
{
	struct ww_codes codes = ww_codes_in(&arena);
	const struct ww_code_count *c;

	(void)state;
	assert_null(ww_codes_get(&codes, 5, 0));
	add_at(&codes, 5, WW_ROLE_SEEN, 1);
	add_at(&codes, 0x80244007, WW_ROLE_CAUSE, 2);
	add_at(&codes, 5, WW_ROLE_LEFTOVER, 3);
	add_at(&codes, 5, WW_ROLE_LEFTOVER, 9);
	c = ww_codes_get(&codes, 5, 0);
	assert_non_null(c);
	assert_int_equal(c->value, 5);
	assert_int_equal(c->count, 3);
	assert_int_equal(c->by_role[WW_ROLE_SEEN], 1);
	assert_int_equal(c->by_role[WW_ROLE_LEFTOVER], 2);
	assert_int_equal(c->by_role[WW_ROLE_CAUSE], 0);
	assert_int_equal(c->first.line, 1);
	assert_int_equal(c->first.time, 10);
	assert_int_equal(c->last.line, 9);
	assert_int_equal(c->last.time, 90);
	assert_int_equal(codes.n, 2);
	assert_int_equal(codes.total, 4);
	assert_null(ww_codes_get(&codes, 6, 0));
}

/* 0 is a value like others, and so is what a hash makes 0 of. */
static void
knows_every_value(void **state)
{
	struct ww_codes codes = ww_codes_in(&arena);

	(void)state;
	for (uint32_t i = 0; i < 5000; i++)
		for (uint32_t k = 0; k <= i % 3; k++)
			add_at(&codes, i * 0x10001u, WW_ROLE_SEEN, i + 1);
	assert_int_equal(codes.n, 5000);
	assert_int_equal(codes.dropped, 0);
	for (uint32_t i = 0; i < 5000; i++) {
		const struct ww_code_count *c =
		    ww_codes_get(&codes, i * 0x10001u, 0);

		assert_non_null(c);
		assert_int_equal(c->count, i % 3 + 1);
		assert_int_equal(c->first.line, i + 1);
	}
}

static void
sorts_by_count(void **state)
{
	struct ww_codes codes = ww_codes_in(&arena);
	const struct ww_code_count **sorted;

	(void)state;
	add_at(&codes, 7, WW_ROLE_SEEN, 1);
	add_at(&codes, 3, WW_ROLE_SEEN, 2);
	add_at(&codes, 9, WW_ROLE_SEEN, 3);
	add_at(&codes, 9, WW_ROLE_SEEN, 4);
	sorted = ww_codes_sorted(&codes, &arena);
	assert_int_equal(sorted[0]->value, 9);
	assert_int_equal(sorted[1]->value, 3);
	assert_int_equal(sorted[2]->value, 7);
	codes = ww_codes_in(&arena);
	assert_non_null(ww_codes_sorted(&codes, &arena));
}

static uint64_t
sum_of(const struct ww_codes *codes)
{
	const struct ww_code_count **sorted = ww_codes_sorted(codes, &arena);
	uint64_t sum = codes->dropped;

	for (uint32_t i = 0; i < codes->n; i++)
		sum += sorted[i]->count;
	return sum;
}

static void
is_bounded(void **state)
{
	struct ww_codes codes = ww_codes_in(&arena);

	(void)state;
	for (uint32_t i = 0; i < WW_CODES_MAX + 1000; i++)
		add_at(&codes, i * 2654435761u, WW_ROLE_SEEN, 1);
	assert_int_equal(codes.n, WW_CODES_MAX);
	assert_int_equal(codes.dropped, 1000);
	/* What is kept is still counted. */
	add_at(&codes, 0, WW_ROLE_SEEN, 2);
	assert_int_equal(ww_codes_get(&codes, 0, 0)->count, 2);
	assert_int_equal(sum_of(&codes), codes.total);
}

/*
 * Values that all begin their way at one slot, whatever the size: the inverse
 * of the hash's factor, times small numbers.
 */
static void
stands_chosen_values(void **state)
{
	const uint32_t inverse = 0x144CBC89u;
	struct ww_codes codes = ww_codes_in(&arena);

	(void)state;
	assert_int_equal(inverse * 0x9E3779B9u, 1);
	for (int round = 0; round < 100; round++)
		for (uint32_t i = 0; i < 20000; i++)
			add_at(&codes, inverse * i, WW_ROLE_SEEN, 1);
	assert_true(codes.dropped > 0);
	assert_true(codes.n > 0);
	assert_int_equal(codes.total, 2000000);
	assert_int_equal(sum_of(&codes), codes.total);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_counts_roles_and_places),
		cmocka_unit_test(knows_every_value),
		cmocka_unit_test(sorts_by_count),
		cmocka_unit_test(is_bounded),
		cmocka_unit_test(stands_chosen_values),
	};
	jmp_buf oom;
	int failed;

	if (setjmp(oom) != 0)
		return 1;
	ww_arena_init(&arena, &oom);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	ww_arena_release(&arena);
	return failed;
}
