/*
 * Which names of files are those of two machines.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnose/machine.h"

static const struct {
	const char *a, *b;
	const char *machine; /* of a; empty: there is only one */
} rows[] = {
	{ "in/PC1/Logs/CBS.log", "in/PC2/Logs/CBS.log", "PC1" },
	{ "in\\PC1\\Logs\\CBS.log", "in\\PC2\\Logs\\CBS.log", "PC1" },
	{ "in/PC1/Logs/CBS.log", "in/PC1/Logs/CbsPersist.log", "" },
	{ "in/PC1/CBS.log", "in/PC1/Logs/CBS.log", "" },
	/* Two differences. */
	{ "in/PC1/a/CBS.log", "in/PC2/b/CBS.log", "" },
	/* Sites of one server. */
	{ "LogFiles/W3SVC1/u_ex261119.log", "LogFiles/W3SVC2/u_ex261119.log",
	  "" },
	{ "SRV1/W3SVC1/u_ex261119.log", "SRV2/W3SVC1/u_ex261119.log", "SRV1" },
	/* Put aside by a person, or by setup. */
	{ "C/SoftwareDistribution/ReportingEvents.log",
	  "C/SoftwareDistribution.old/ReportingEvents.log", "" },
	{ "C/Windows.old/Logs/CBS/CBS.log", "C/Windows/Logs/CBS/CBS.log", "" },
};

static void
names_tell_machines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ww_analysis a = { .name = ww_slice_cstr(rows[i].a),
					 .was_read = true,
					 .dialect = WW_DIALECT_CBS };
		struct ww_analysis b = a;
		struct ww_analysis *files[] = { &a, &b };

		b.name = ww_slice_cstr(rows[i].b);
		ww_machines_tell_apart(files, 2);
		if (!ww_slice_eq(a.machine, ww_slice_cstr(rows[i].machine)))
			fail_msg("%s: %.*s", rows[i].a, (int)a.machine.len,
				 a.machine.p);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_tell_machines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
