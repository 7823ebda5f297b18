/*
 * Who may ask a server: its names, and where what it is sent may come from.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "serve/guard.h"

static void
test_host(void **state)
{
	static const struct {
		const char *host;
		bool ours;
	} rows[] = {
		{ "localhost", true },
		{ "LocalHost:8650", true },
		{ "127.0.0.1", true },
		{ "127.1.2.3:80", true },
		{ "[::1]", true },
		{ "[::1]:8650", true },
		{ "pc.example", true },
		{ "PC.EXAMPLE:443", true },
		{ "pc.example.", true },
		{ "pc.example.:80", true },
		{ "localhost.", true },
		{ "127.0.0.1.", true },
		{ "other.example:80", true },
		{ "other.example", true },
		{ "localhost..", false },
		{ ".", false },
		{ "", false },
		{ ":80", false },
		{ "localhost:", false },
		{ "localhost:80:80", false },
		{ "localhost.evil.example", false },
		{ "localhost:80@evil.example", false },
		{ "evil.example", false },
		{ "127.0.0.1.evil.example", false },
		{ "127.evil", false },
		{ "127.0.0", false },
		{ "128.0.0.1", false },
		{ "[::2]", false },
		{ "pc.example.evil", false },
		{ "pc.exampl", false },
	};
	const struct ww_slice hosts[] = { WW_LIT("pc.example"),
					  WW_LIT("other.example.:8443") };
	const struct guard guard = { .hosts = hosts,
				     .n_hosts = WW_ARRAY_LEN(hosts) };

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		if (guard_host(&guard, ww_slice_cstr(rows[i].host)) !=
		    rows[i].ours)
			fail_msg("row %zu: %s", i, rows[i].host);
}

static void
test_origin(void **state)
{
	static const struct {
		const char *origin, *site, *host;
		bool ours;
	} rows[] = {
		{ "http://pc:8650", "", "pc:8650", true },
		{ "https://pc", "same-origin", "PC", true },
		{ "", "", "pc", true },
		{ "", "same-origin", "pc", true },
		{ "", "none", "pc", true },
		{ "", "cross-site", "pc", false },
		{ "", "same-site", "pc", false },
		{ "null", "", "pc", false },
		{ "null", "", "null", false },
		{ "http://evil", "", "pc", false },
		{ "http://pc:8651", "", "pc:8650", false },
		{ "pc", "", "pc", false },
		{ "ftp://pc", "", "pc", false },
		{ "http://pc.evil", "", "pc", false },
		{ "http://", "", "pc", false },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		if (guard_origin(ww_slice_cstr(rows[i].origin),
				 ww_slice_cstr(rows[i].site),
				 ww_slice_cstr(rows[i].host)) != rows[i].ours)
			fail_msg("row %zu: %s", i, rows[i].origin);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_origin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
