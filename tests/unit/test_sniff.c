/*
 * Formats by their first bytes, names by what they promise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "input/places.h"
#include "input/sniff.h"

#define S(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}

static const struct {
	struct ww_slice head;
	enum ww_use use;
	enum ww_packing packing;
} heads[] = {
	{ S(""), WW_USE_READ, WW_PACKING_NONE },
	{ S("2026-11-19 08:41:07, Info  CBS"), WW_USE_READ, WW_PACKING_NONE },
	{ S("PK\3\4\x14"), WW_USE_UNPACK, WW_PACKING_ZIP },
	{ S("PK\5\6"), WW_USE_UNPACK, WW_PACKING_ZIP },
	{ S("PK\3"), WW_USE_READ, WW_PACKING_NONE },
	{ S("MSCF\0\0\0\0"), WW_USE_UNPACK, WW_PACKING_CAB },
	{ S("MSCF is how a cabinet begins"), WW_USE_READ, WW_PACKING_NONE },
	{ S("7z\xBC\xAF\x27\x1C"), WW_USE_UNPACK, WW_PACKING_7Z },
	{ S("\x1F\x8B\x08"), WW_USE_UNPACK, WW_PACKING_STREAM },
	{ S("BZh91AY&SY"), WW_USE_UNPACK, WW_PACKING_STREAM },
	{ S("BZh9 is no bzip2"), WW_USE_READ, WW_PACKING_NONE },
	{ S("\xFD"
	    "7zXZ\0"),
	  WW_USE_UNPACK, WW_PACKING_STREAM },
	{ S("\x28\xB5\x2F\xFD"), WW_USE_UNPACK, WW_PACKING_STREAM },
	{ S("ElfFile\0"), WW_USE_READ, WW_PACKING_NONE },
	{ S("ElfFile of the elves"), WW_USE_READ, WW_PACKING_NONE },
	{ S("MDMP\x93\xA7"), WW_USE_READ, WW_PACKING_NONE },
	{ S("PAGEDU64\x0F\0\0\0"), WW_USE_READ, WW_PACKING_NONE },
	{ S("PAGEDU64 is a mark"), WW_USE_READ, WW_PACKING_NONE },
	{ S("regf\1\0\0\0"), WW_USE_NONE, WW_PACKING_NONE },
	{ S("MZ\x90\0"), WW_USE_NONE, WW_PACKING_NONE },
	{ S("MZ is where a line may begin"), WW_USE_READ, WW_PACKING_NONE },
	{ S("\xFF\xFEM\0Z\0"), WW_USE_READ, WW_PACKING_NONE },
	{ S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), WW_USE_NONE, WW_PACKING_NONE },
};

static void
test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++) {
		struct ww_sniffed got = ww_sniff(heads[i].head);

		if (got.use != heads[i].use || got.packing != heads[i].packing)
			fail_msg("row %zu", i);
		assert_int_equal(got.name == NULL,
				 got.use == WW_USE_READ &&
				     got.binary == WW_BINARY_NONE);
	}
}

/* Marks that stand further in. */
static void
test_deep_marks(void **state)
{
	char head[WW_SNIFF_HEAD] = "logs/CBS.log";

	(void)state;
	assert_int_equal(ww_sniff(ww_slice_of(head, sizeof(head))).use,
			 WW_USE_READ);
	memcpy(head + 257, "ustar\0", 6);
	assert_int_equal(ww_sniff(ww_slice_of(head, sizeof(head))).packing,
			 WW_PACKING_TAR);
	assert_int_equal(ww_sniff(ww_slice_of(head, 262)).use, WW_USE_READ);
	memset(head, 0, sizeof(head));
	memcpy(head + 72, "\2\0\2\xC0", 4);
	assert_int_equal(ww_sniff(ww_slice_of(head, sizeof(head))).binary,
			 WW_BINARY_ETL);
}

static const struct {
	const char *name;
	bool in_bundle, on_volume;
} names[] = {
	{ "CBS.log", true, true },
	{ "MSI4f2a.LOG", true, true },
	{ "System.evtx", true, true },
	{ "CBS.log.1", true, true },
	{ "setupact.log.old", true, true },
	{ "CbsPersist_20261119.cab", true, true },
	{ "policy.reg", true, false },
	{ "CompatData.xml", true, false },
	{ "SetupDiagResults.json", true, false },
	{ "dxgi.dll", false, false },
	{ "log.dll", false, false },
	{ "catalog", true, false },
	{ "SYSTEM", true, false },
	{ "a.", false, false },
	{ ".log", true, true },
	{ "txt.exe", false, false },
	{ "", false, false },
};

static void
test_wanted_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++) {
		struct ww_slice name = ww_slice_cstr(names[i].name);

		if (ww_place_wanted(name, false) != names[i].in_bundle ||
		    ww_place_wanted(name, true) != names[i].on_volume)
			fail_msg("\"%s\"", names[i].name);
	}
}

static void
test_places(void **state)
{
	(void)state;
	assert_string_equal(ww_place_in_windows("Windows/Logs/CBS"),
			    "Logs/CBS");
	assert_null(ww_place_in_windows("inetpub/logs"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_deep_marks),
		cmocka_unit_test(test_wanted_names),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
