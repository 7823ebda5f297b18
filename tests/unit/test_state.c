/*
 * What people export of a machine's state: values of the registry, what
 * commands print, what SetupDiag found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "input/dialects.h"

#include "arena.h"

/* Lines of one file, and what the last of them says; NULL: no record. */
struct row {
	const char *first, *second, *text;
};

static const struct row registry[] = {
	{ "[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]", "\"Name\"=\"http://a:1\"",
	  "HKLM\\SOFTWARE\\X Name = http://a:1" },
	{ "[HKEY_CURRENT_USER\\X]", "\"Number\"=dword:0000001f",
	  "HKCU\\X Number = 31" },
	{ "[HKEY_USERS\\X]", "\"Bytes\"=hex:01,02,\\",
	  "HKU\\X Bytes = hex:01,02,\\" },
	{ "HKEY_LOCAL_MACHINE\\X", "    Name    REG_SZ    a b",
	  "HKLM\\X Name = a b" },
	{ "HKEY_LOCAL_MACHINE\\X", "    A name    REG_DWORD    0x1",
	  "HKLM\\X A name = 1" },
	{ "HKEY_LOCAL_MACHINE\\X", "    Name    REG_DWORD    0x123456789",
	  "HKLM\\X Name = 123456789" },
	{ "HKEY_LOCAL_MACHINE\\X", "    Name    REG_SZ", "HKLM\\X Name = " },
	{ "[HKEY_LOCAL_MACHINE\\X]", "\"Name=\"", NULL },
	{ "[HKEY_LOCAL_MACHINE\\X]", "\"Name\"", NULL },
	{ "[HKEY_LOCAL_MACHINE\\X]", "\"", NULL },
	{ "[HKEY_LOCAL_MACHINE\\X]", "  05,06", NULL },
	{ "[HKEY_LOCAL_MACHINE\\X]", "", NULL },
	{ "", "[", NULL },
};

static const struct row status[] = {
	{ "", "             AzureAdJoined : YES", "AzureAdJoined : YES" },
	{ "", "    Bypass List     :  <local>", "Bypass List : <local>" },
	{ "", "   ", NULL },
};

static const struct row setupdiag[] = {
	{ "", "  <ProfileName>FindSPFatalError</ProfileName>",
	  "ProfileName = FindSPFatalError" },
	{ "", "    \"ProfileName\":\"FindSPFatalError\",",
	  "ProfileName = FindSPFatalError" },
	{ "", "Matching Profile found: FindSPFatalError - A4028172-5E10",
	  "ProfileName = FindSPFatalError" },
	{ "", "  <FailureDetails>Err = 0x57, LastPhase = Downlevel",
	  "FailureDetails = Err = 0x57, LastPhase = Downlevel" },
	{ "", "\tMachine Name = Offline", "Machine Name = Offline" },
	{ "", "  <FilterDrivers />", "<FilterDrivers />" },
	{ "", "<", "<" },
	{ "", "<a", "<a" },
	{ "", "\"a\":", "\"a\":" },
	{ "", "\"a\":\"", "a = " },
};

static void
reads(const struct ww_dialect *dialect, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct ww_reader reader = { .arena = &arena };
		struct ww_record record = { .time = WW_NO_TIME };
		bool is_record;

		print_message("%s\n", rows[i].second);
		reader.state = ww_arena_alloc(&arena, dialect->state_size + 1);
		dialect->parse(&reader, ww_slice_cstr(rows[i].first), &record);
		is_record =
		    dialect->parse(&reader, ww_slice_cstr(rows[i].second),
				   &record);
		assert_int_equal(is_record, rows[i].text != NULL);
		if (!is_record)
			continue;
		assert_int_equal(record.text.len, strlen(rows[i].text));
		assert_memory_equal(record.text.p, rows[i].text,
				    record.text.len);
	}
}

static void
reads_registry(void **state)
{
	(void)state;
	reads(&ww_dialect_registry, registry, WW_ARRAY_LEN(registry));
}

static void
reads_status(void **state)
{
	(void)state;
	reads(&ww_dialect_status, status, WW_ARRAY_LEN(status));
}

static void
reads_setupdiag(void **state)
{
	(void)state;
	reads(&ww_dialect_setupdiag, setupdiag, WW_ARRAY_LEN(setupdiag));
}

static void
tells_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ "Windows Registry Editor Version 5.00\r\n\r\n",
		  WW_DIALECT_REGISTRY },
		{ "REGEDIT4\r\n", WW_DIALECT_REGISTRY },
		{ "\r\nHKEY_LOCAL_MACHINE\\X\r\n    A    REG_SZ    b\r\n",
		  WW_DIALECT_REGISTRY },
		{ "HKEY_LOCAL_MACHINE\\X was read\r\nand more\r\n",
		  WW_DIALECT_TEXT },
		{ "\r\nCurrent WinHTTP proxy settings:\r\n",
		  WW_DIALECT_STATUS },
		{ "  AzureAdJoined : NO\r\n", WW_DIALECT_STATUS },
		{ "OS Configuration:          Standalone\r\n",
		  WW_DIALECT_STATUS },
		{ "it is AzureAdJoined\r\n", WW_DIALECT_TEXT },
		{ "<?xml?>\r\n<SetupDiag xmlns:xsd=\"x\">\r\n",
		  WW_DIALECT_SETUPDIAG },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_registry),
		cmocka_unit_test(reads_status),
		cmocka_unit_test(reads_setupdiag),
		cmocka_unit_test(tells_heads),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
