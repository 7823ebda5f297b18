/*
 * NetSetup.log: which files are, how its stamps are read, and what became of
 * the joins it tells of.  Lines are written after real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

#include "tell.h"

#include "arena.h"

#define AT  "03/06/2026 11:29:05:537 "
#define OLD "05/09 17:20:23 "

static void
test_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ AT "----\n" AT "NetpDoDomainJoin\n", WW_DIALECT_NETSETUP },
		{ OLD "NetpDoDomainJoin\n", WW_DIALECT_NETSETUP },
		{ "NetpDoDomainJoin: status: 0x5\n", WW_DIALECT_NETSETUP },
		{ "one\ntwo\nNetpDoDomainJoin: status: 0x5\n",
		  WW_DIALECT_TEXT },
		{ AT "text\n", WW_DIALECT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

static void
test_lines(void **state)
{
	static const struct {
		const char *line, *text;
		ww_time time;
	} lines[] = {
		{ AT "  HostName: PC-0412", "HostName: PC-0412",
		  1772796545537000 },
		{ OLD "NetpDoDomainJoin", "NetpDoDomainJoin", WW_NO_TIME },
		{ "13/06/2026 11:29:05:537 text",
		  "13/06/2026 11:29:05:537 text", WW_NO_TIME },
		{ "NetpDoDomainJoin: status: 0x5",
		  "NetpDoDomainJoin: status: 0x5", WW_NO_TIME },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++) {
		struct ww_reader reader = { .arena = &arena };
		struct ww_record r = { .time = 0 };

		reader.state = ww_arena_alloc(&arena, 16);
		assert_true(ww_dialect_netsetup.parse(
		    &reader, ww_slice_cstr(lines[i].line), &r));
		assert_true(ww_slice_eq(r.text, ww_slice_cstr(lines[i].text)));
		assert_int_equal(r.time, lines[i].time);
	}
}

#define JOIN(options)                                                       \
	AT "-----\n" AT "NetpDoDomainJoin\n" AT "NetpDoDomainJoin: "        \
	   "using current computer names\n" AT "NetpMachineValidToJoin: "   \
	   "'PC-0412'\n" AT "  Domain: contoso.com\n" AT                    \
	   "  MachineAccountOU: (NULL)\n" AT "  Account: contoso\\ada\n" AT \
	   "  Options: " options "\n"
#define STATUS(code) AT "NetpDoDomainJoin: status: " code "\n"
#define FACTS	     "machine=PC-0412 domain=contoso.com account=contoso\\ada"

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "a new computer: no account to take over, then made",
	  JOIN("0x25") STATUS("0x534") JOIN("0x27") STATUS("0x0"),
	  "succeeded 0 [] " FACTS "\ncancelled x1 []\n" },

	{ "no account, and none may be made", JOIN("0x1") STATUS("0x534"),
	  "failed 1332 [] " FACTS "\n" },

	{ "no account, though one might be made", JOIN("0x3") STATUS("0x534"),
	  "failed 1332 [] " FACTS "\n" },

	{ "the last word counts",
	  JOIN("0x27") STATUS("0x54b") JOIN("0x27") STATUS("0x0"),
	  "succeeded 0 [] " FACTS "\nfailed 1355 [] " FACTS "\n" },

	{ "of an old Windows, without a year",
	  OLD "NetpDoDomainJoin\n" OLD "NetpMachineValidToJoin: "
	      "'DROPZONE'\n" OLD "NetpJoinWorkgroup: joining computer "
	      "'DROPZONE' to workgroup 'HTB'\n" OLD
	      "NetpJoinWorkgroup: status:  0x0\n" OLD
	      "NetpDoDomainJoin: status: 0x0\n",
	  "succeeded 0 [HTB] machine=DROPZONE workgroup=HTB\n" },

	{ "a domain left",
	  AT "NetpUnJoinDomain: unjoin from 'CONTOSO' using '(null)' creds, "
	     "options: 0x4\n" AT "NetpUnJoinDomain: status: 0x5\n",
	  "failed 5 [] domain=CONTOSO\n" },

	{ "names that cannot be written into the account",
	  AT "NetpChangeMachineName: from 'PC-1' to 'PC-2' using 'a' [0x2]\n" AT
	     "NetpChangeMachineName: status of setting DnsHostName and SPN: "
	     "0x6ba\n",
	  "failed 1722 [] machine=PC-2\n" },

	{ "cut off", JOIN("0x27"), "open [] " FACTS "\n" },

	{ "two that were cut off, each its own",
	  JOIN("0x27") AT "NetpChangeMachineName: from 'PC-1' to 'PC-2'\n",
	  "open [] " FACTS "\nopen [] machine=PC-2\n" },

	{ "pasted without times",
	  "NetpJoinDomainOnDs: Function exits with status of: 0x40\n"
	  "NetpDoDomainJoin: status: 0x40\n",
	  "failed 64 []\n" },

	{ "a status that is none",
	  JOIN("0x27") AT "NetpDoDomainJoin: status: zz\n",
	  "open [] " FACTS "\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_NETSETUP,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
