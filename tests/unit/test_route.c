/*
 * Paths to the functions that answer them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "serve/route.h"

static const struct route routes[] = {
	{ "GET", "", NULL, TAKES_NOTHING },
	{ "GET", "a", NULL, TAKES_NOTHING },
	{ "GET", "*/b", NULL, TAKES_NOTHING },
	{ "POST", "*/b/*", NULL, TAKES_FILES },
	{ "DELETE", "x/*", NULL, TAKES_NOTHING },
	{ "GET", "x/*", NULL, TAKES_NOTHING },
};

static void
test_routes(void **state)
{
	static const struct {
		const char *method, *path;
		int route; /* -1: none, and the path is not there */
		const char *allow, *captured;
	} rows[] = {
		{ "GET", "", 0, NULL, NULL },
		{ "HEAD", "a", 1, NULL, NULL },
		{ "GET", "en/b", 2, NULL, "en" },
		{ "POST", "en/b/7", 3, NULL, "en" },
		{ "GET", "x/y", 5, NULL, "y" },
		{ "DELETE", "x/y", 4, NULL, "y" },
		{ "GET", "a/", -1, NULL, NULL },
		{ "GET", "/a", -1, NULL, NULL },
		{ "GET", "/b", -1, NULL, NULL },
		{ "GET", "en/b/", -1, NULL, NULL },
		{ "GET", "en//b", -1, NULL, NULL },
		{ "GET", "c", -1, NULL, NULL },
		{ "GET", "x/y/z", -1, NULL, NULL },
		{ "POST", "a", -1, "GET", NULL },
		{ "GET", "en/b/7", -1, "POST", NULL },
		{ "get", "a", -1, "GET", NULL },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		const struct request request = {
			.method = ww_slice_cstr(rows[i].method),
			.path = ww_slice_cstr(rows[i].path),
		};
		struct call call = { .request = &request };
		const char *allow;
		bool found =
		    route_find(routes, WW_ARRAY_LEN(routes), &call, &allow);
		const struct route *wanted =
		    rows[i].route < 0 ? NULL : &routes[rows[i].route];

		if (call.route != wanted || found != (rows[i].allow == NULL))
			fail_msg("row %zu: %s", i, rows[i].path);
		if (rows[i].allow != NULL)
			assert_string_equal(allow, rows[i].allow);
		if (rows[i].captured != NULL)
			assert_true(
			    ww_slice_eq(call.captured[0],
					ww_slice_cstr(rows[i].captured)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_routes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
