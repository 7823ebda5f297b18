/*
 * The cache of answers: what is kept, what goes first, and that nothing is
 * dropped twice or never.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "serve/cache.h"

/* Large enough that what an entry takes besides counts for little. */
#define SIZE	 ((size_t)10000)
#define VALUES	 5
#define CAPACITY (4 * SIZE - SIZE / 2)

/* How often each was dropped. */
static int values[VALUES];

static void
on_drop(void *value)
{
	++*(int *)value;
}

static void
on_use(void *ctx, void *value)
{
	*(int **)ctx = value;
}

static struct ww_slice
key(unsigned i)
{
	static const char *const keys[VALUES] = { "", "en/a", "en/b", "fr/a",
						  "fr/b" };

	return ww_slice_cstr(keys[i]);
}

static bool
is_kept(struct cache *cache, unsigned i)
{
	int *found = NULL;
	bool kept = cache_use(cache, key(i), on_use, &found);

	assert_true(!kept || found == &values[i]);
	return kept;
}

static void
test_oldest_goes(void **state)
{
	struct cache *cache = cache_new(CAPACITY, on_drop);

	(void)state;
	assert_non_null(cache);
	memset(values, 0, sizeof(values));
	for (unsigned i = 0; i < 3; i++)
		cache_keep(cache, key(i), &values[i], SIZE);
	/* The first becomes the one that was used last. */
	assert_true(is_kept(cache, 0));
	cache_keep(cache, key(3), &values[3], SIZE);
	assert_false(is_kept(cache, 1));
	assert_true(is_kept(cache, 0));
	assert_true(is_kept(cache, 2));
	assert_true(is_kept(cache, 3));
	/* One that needs the room of two. */
	cache_keep(cache, key(4), &values[4], 2 * SIZE);
	assert_false(is_kept(cache, 0));
	assert_false(is_kept(cache, 2));
	assert_true(is_kept(cache, 4));
	cache_free(cache);
	for (unsigned i = 0; i < VALUES; i++)
		assert_int_equal(values[i], 1);
}

static void
test_not_kept(void **state)
{
	struct cache *cache = cache_new(CAPACITY, on_drop);
	int other = 0, *found = NULL;

	(void)state;
	assert_non_null(cache);
	memset(values, 0, sizeof(values));
	cache_keep(cache, key(1), &values[1], 4 * SIZE);
	assert_int_equal(values[1], 1);
	assert_false(is_kept(cache, 1));
	cache_keep(cache, key(2), &values[2], SIZE);
	cache_keep(cache, key(2), &other, SIZE);
	assert_int_equal(other, 1);
	assert_true(cache_use(cache, key(2), on_use, &found));
	assert_ptr_equal(found, &values[2]);
	cache_free(cache);
	cache_free(NULL);
	assert_int_equal(values[2], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_oldest_goes),
		cmocka_unit_test(test_not_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
