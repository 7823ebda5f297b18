/*
 * pfirewall.log: which files are, and how their lines are read.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

#define FIELDS                                                                \
	"#Fields: date time action protocol src-ip dst-ip src-port dst-port " \
	"size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\n"

static void
test_heads(void **state)
{
	(void)state;
	assert_int_equal(ww_dialect_sniff(WW_LIT("#Version: 1.5\n" FIELDS))->id,
			 WW_DIALECT_FIREWALL);
	assert_int_equal(
	    ww_dialect_sniff(WW_LIT("#Fields: date time cs-uri-stem\n"))->id,
	    WW_DIALECT_IIS);
}

static void
test_lines(void **state)
{
	static const struct {
		const char *line, *text; /* NULL: the line starts no record */
	} lines[] = {
		{ "2026-03-16 08:05:57 DROP UDP 192.0.2.1 192.0.2.2 137 137",
		  "DROP UDP 192.0.2.1 192.0.2.2 137 137" },
		{ "#Version: 1.5", NULL },
		{ "2026-03-16 08:05:57", NULL },
		{ "2026-13-16 08:05:57 DROP", NULL },
		{ "2026-03-16 28:05:57 DROP", NULL },
		{ "", NULL },
	};
	_Alignas(16) char room[64];

	(void)state;
	assert_true(ww_dialect_firewall.state_size <= sizeof(room));
	for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++) {
		struct ww_reader reader = { .state = room };
		struct ww_record r = { .time = WW_NO_TIME };

		memset(room, 0, sizeof(room));
		assert_int_equal(ww_dialect_firewall.parse(
				     &reader, ww_slice_cstr(lines[i].line), &r),
				 lines[i].text != NULL);
		if (lines[i].text == NULL)
			continue;
		assert_int_equal(r.time, 1773648357000000);
		assert_true(ww_slice_eq(r.text, ww_slice_cstr(lines[i].text)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
