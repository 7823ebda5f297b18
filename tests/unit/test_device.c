/*
 * Logs of SetupAPI: which files are, how their lines are read, and what became
 * of the devices and drivers they tell of.  Lines are written after real ones.
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

#define HEAD                                                        \
	"[Device Install Log]\n     OS Version = 10.0.22631\n     " \
	"Architecture = amd64\n\n[BeginLog]\n\n"

static void
test_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ HEAD, WW_DIALECT_SETUPAPI },
		{ "[Boot Session: 2026/03/10 08:08:29.123]\n",
		  WW_DIALECT_SETUPAPI },
		{ ">>>  [Device Install - X]\n>>>  Section start 2026/03/10 "
		  "08:08:29.123\n     ndv: text\n",
		  WW_DIALECT_SETUPAPI },
		{ "!!!  sig: text\n!!!  sto:      text\n",
		  WW_DIALECT_SETUPAPI },
		{ ">>> import re\n>>> re.sub()\n", WW_DIALECT_TEXT },
		{ "see: one thing\nand another\n", WW_DIALECT_TEXT },
		{ "to: Ada\ncc: Grace\n", WW_DIALECT_TEXT },
		{ "C: is a drive\nD: too\n", WW_DIALECT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

/* One line, with what stands before it in the file. */
static struct ww_record
read_last(const char *lines)
{
	struct ww_reader reader = { .arena = &arena };
	struct ww_slice rest = ww_slice_cstr(lines), line;
	struct ww_record record = { .time = WW_NO_TIME };

	reader.state = ww_arena_alloc(&arena, ww_dialect_setupapi.state_size);
	while (rest.len > 0) {
		const char *nl = memchr(rest.p, '\n', rest.len);
		size_t len = (size_t)(nl - rest.p);

		line = ww_slice_of(rest.p, len);
		rest = ww_slice_from(rest, len + 1);
		record = (struct ww_record){ .time = WW_NO_TIME };
		ww_dialect_setupapi.parse(&reader, line, &record);
	}
	return record;
}

#define START ">>>  Section start 2026/03/10 08:08:29.123\n"

static void
test_lines(void **state)
{
	static const struct {
		const char *lines, *component, *text;
		enum ww_level level;
		bool timed;
	} lines[] = {
		{ "     dvi:      {Build Driver List} 17:59:28.176\n", "dvi",
		  "{Build Driver List} 17:59:28.176", WW_LEVEL_INFO, false },
		{ START "!!!  sig:           refused\n", "sig", "refused",
		  WW_LEVEL_ERROR, true },
		{ START "!    ui : asked\n", "ui", "asked", WW_LEVEL_WARNING,
		  true },
		{ START "     ...: of a vendor\n", "...", "of a vendor",
		  WW_LEVEL_INFO, true },
		{ START "     C:\\Windows\n", "", "C:\\Windows", WW_LEVEL_INFO,
		  true },
		{ START "<<<  [Exit status: SUCCESS]\n", "",
		  "<<<  [Exit status: SUCCESS]", WW_LEVEL_INFO, true },
		{ START ">>>  [2026/03/10 08:08:29.123]\n", "",
		  ">>>  [2026/03/10 08:08:29.123]", WW_LEVEL_INFO, false },
		{ START "[Boot Session: 2026/13/10 08:08:29.123]\n", "",
		  "[Boot Session: 2026/13/10 08:08:29.123]", WW_LEVEL_INFO,
		  false },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++) {
		struct ww_record r = read_last(lines[i].lines);

		assert_true(ww_slice_eq(r.component,
					ww_slice_cstr(lines[i].component)));
		assert_true(ww_slice_eq(r.text, ww_slice_cstr(lines[i].text)));
		assert_int_equal(r.level, lines[i].level);
		assert_int_equal(r.time != WW_NO_TIME, lines[i].timed);
	}
}

#define BEGIN(title) ">>>  [" title "]\n" START
#define END(status)                                                            \
	"<<<  Section end 2026/03/10 08:09:11.001\n<<<  [Exit status: " status \
	"]\n\n\n"
#define USB "USB\\VID_1234&PID_5678\\5&2a&0&3"

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "a device and the driver chosen for it",
	  BEGIN(
	      "Device Install (Hardware initiated) - " USB) "     dvi:         "
							    "            "
							    "Description - "
							    "[Contoso Sonic]\n"
							    "     dvi:         "
							    "            "
							    "InfFile     - "
							    "[c:"
							    "\\windows\\system3"
							    "2\\x\\ContosoSonic"
							    ".inf]\n" END(
								"SUCCESS"),
	  "succeeded [" USB "] device=" USB
	  " driver=Contoso Sonic inf=contososonic.inf\n" },

	{ "of the drivers told of, the one that was selected",
	  BEGIN("Device Install (Hardware initiated) - " USB) "     utl:      "
							      "Driver Node:\n"
							      "     utl:       "
							      "    Status      "
							      "   - Selected\n"
							      "     utl:       "
							      "    Driver INF  "
							      "   - oem3.inf "
							      "(C:\\a\\b.inf)\n"
							      "     utl:      "
							      "Driver Node:\n"
							      "     utl:       "
							      "    Status      "
							      "   - Outranked\n"
							      "     utl:       "
							      "    Driver INF  "
							      "   - usb.inf "
							      "(C:\\a\\usb.inf)"
							      "\n" END(
								  "SUCCESS "
								  "(REBOOT_"
								  "REQUIRED)"),
	  "succeeded [" USB "] device=" USB " inf=b.inf reboot=yes\n" },

	{ "a package that was refused, then taken",
	  BEGIN("Setup Import Driver Package - D:\\a\\Contoso.inf")
	      END("FAILURE(0xe0000247)")
		  BEGIN("SetupCopyOEMInf - C:\\b\\contoso.inf") END("SUCCESS"),
	  "succeeded [contoso.inf] inf=contoso.inf\n"
	  "failed e0000247 [contoso.inf] inf=contoso.inf\n" },

	{ "the whole of a number of which the status has half",
	  BEGIN(
	      "Setup Root Device - Install") "     set: {Install Root Device: "
					     "ROOT\\MPIO\\0001} 21:57:01.843\n"
					     "!!!  set:      Could not create "
					     "it. HRESULT = 0x800f0207\n" END(
						 "FAILURE(0x00000207)"),
	  "failed 800f0207 [ROOT\\MPIO\\0001] device=ROOT\\MPIO\\0001\n" },

	{ "nothing better was offered",
	  BEGIN("Device Install (DiInstallDriver) - C:\\b\\contoso.inf")
	      END("FAILURE(0x00000103)")
		  BEGIN("Device Install (UpdateDriverForPlugAndPlayDevices) - "
			"PCI\\VEN_1") END("FAILURE(0xe0000203)"),
	  "succeeded [contoso.inf] inf=contoso.inf\n"
	  "succeeded [PCI\\VEN_1] device=PCI\\VEN_1\n" },

	{ "somebody did not want the driver",
	  BEGIN("SetupCopyOEMInf - C:\\b\\contoso.inf")
	      END("FAILURE(0x000004c7)"),
	  "cancelled x1 [contoso.inf]\n" },

	{ "no driver at all",
	  BEGIN("Device Install (Hardware initiated) - " USB) "     ndv: "
							      "Installing NULL "
							      "driver.\n" END(
								  "FAILURE("
								  "0xe0000203"
								  ")"),
	  "failed e0000203 [" USB "] device=" USB "\n" },

	{ "installed, and the device does not start",
	  BEGIN(
	      "Device Install (Hardware initiated) - " USB) "!!!  dvi:      "
							    "Device not "
							    "started: Device "
							    "has problem: 0x0a "
							    "(CM_PROB_FAILED_"
							    "START), problem "
							    "status: "
							    "0xc0000001.\n" END(
								"SUCCESS"),
	  "failed c0000001 [" USB "] device=" USB " problem=0x0a "
	  "(CM_PROB_FAILED_START), problem status: 0xc0000001.\n" },

	{ "a problem that passes",
	  BEGIN(
	      "Device Install (Hardware initiated) - " USB) "!    dvi:      "
							    "Device pending "
							    "start: Device has "
							    "problem: 0x38 "
							    "(CM_PROB_NEED_"
							    "CLASS_CONFIG), "
							    "problem status: "
							    "0x00000000.\n"
							    "!!!  dvi:      "
							    "Device not "
							    "started: Device "
							    "has problem: "
							    "0x0e: "
							    "CM_PROB_NEED_"
							    "RESTART.\n" END(
								"SUCCESS "
								"(REBOOT_"
								"REQUIRED)"),
	  "succeeded [" USB "] device=" USB " reboot=yes\n" },

	{ "the device at which Windows hung",
	  BEGIN(
	      "Device Install (Hardware initiated) - " USB) "     dvi:      "
							    "Install Device: "
							    "Starting device. "
							    "08:08:31.001\n"
							    "[Boot Session: "
							    "2026/03/10 "
							    "08:31:00.500]"
							    "\n" BEGIN(
								"Delete Device "
								"- " USB)
								END("FAILURE("
								    "0x00000002"
								    ")"),
	  "open [" USB "] device=" USB " restarted=2026/03/10 08:31:00.500\n" },

	{ "what tidies up is no installation",
	  BEGIN("SetupUninstallOEMInf - oem126.inf") END("FAILURE(0x00000003)")
	      BEGIN("Device Installation Restrictions Policy Check")
		  END("FAILURE(0x00000002)"),
	  "" },

	{ "the end of a section, pasted",
	  "!!!  sto: Failed to import driver package. Error = 0xE0000247\n" END(
	      "FAILURE(0xe0000247)"),
	  "failed e0000247 []\n" },

	{ "a status that is none",
	  BEGIN("Device Install - " USB) END("FAILURE(") END("FAILURE(zz)")
	      END(""),
	  "open [" USB "] device=" USB "\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_SETUPAPI,
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
