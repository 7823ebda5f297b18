/*
 * Logs of Windows Installer: what time and text their lines have, and what
 * became of the products they tell of.
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

static const char *
shown(ww_time time)
{
	struct ww_buf buf = ww_buf_in(&arena);

	ww_time_add(&buf, time);
	if (time != WW_NO_TIME)
		ww_buf_printf(&buf, ".%03d", (int)(time / 1000 % 1000));
	ww_buf_char(&buf, '\0');
	return buf.p;
}

static struct ww_reader *
new_reader(void)
{
	struct ww_reader *reader = ww_arena_new(&arena, struct ww_reader);

	reader->arena = &arena;
	reader->state = ww_arena_alloc(&arena, ww_dialect_msi.state_size);
	return reader;
}

static bool
parse(struct ww_reader *reader, const char *text, struct ww_record *ret)
{
	struct ww_slice line = ww_slice_cstr(text);

	*ret = (struct ww_record){ .time = WW_NO_TIME };
	return ww_dialect_msi.parse(reader, line, ret);
}

/* Lines of one log, in order. */
static const struct {
	const char *line;
	const char *time; /* NULL: it goes on with the line before */
	const char *text; /* NULL: all of the line */
	uint32_t process, thread;
} lines[] = {
	{ "Property(S): Date = 1/1/2020", "", NULL, 0, 0 },
	{ "MSI (s) (18:A8) [09:12:53:798]: no date yet", "", "no date yet",
	  0x18, 0xA8 },
	{ "=== Verbose logging started: 12/31/2026  23:59:58  Build type: SHIP "
	  "UNICODE 5.00.10011.00  Calling process: C:\\x.exe ===",
	  "2026-12-31 23:59:58.000", NULL, 0, 0 },
	{ "MSI (c) (18:A8) [23:59:58:798]: ******* RunEngine:",
	  "2026-12-31 23:59:58.798", "******* RunEngine:", 0x18, 0xA8 },
	{ "           ******* Product: C:\\a.msi", NULL, NULL, 0, 0 },
	{ "", NULL, NULL, 0, 0 },
	{ "Error 1722. There is a problem", "2026-12-31 23:59:58.798", NULL, 0,
	  0 },
	{ "Action start 23:59:59: INSTALL.", "2026-12-31 23:59:59.000", NULL, 0,
	  0 },
	{ "MSI (s) (7C!04) [00:00:00:001]: from a custom action",
	  "2027-01-01 00:00:00.001", "from a custom action", 0x7C, 0x04 },
	{ "MSI (s) (18:A8) [23:59:59:990]: a late line",
	  "2026-12-31 23:59:59.990", "a late line", 0x18, 0xA8 },
	{ "Action ended 0:00:07: INSTALL. Return value 1.",
	  "2027-01-01 00:00:07.000", NULL, 0, 0 },
	{ "Property(S): Time = 11:19:34", "2027-01-01 00:00:07.000", NULL, 0,
	  0 },
	{ "CA: 0:00:08: a clock of its own", "2027-01-01 00:00:08.000", NULL, 0,
	  0 },
	{ "MSI (c) (33:8D): Windows XP gives no time",
	  "2027-01-01 00:00:08.000", "Windows XP gives no time", 0x33, 0x8D },
	{ "MSI (s) (18:A8) [25:00:00:000]: no such hour",
	  "2027-01-01 00:00:08.000", NULL, 0, 0 },
	{ "MSI (s) (18:A8) [00:00", "2027-01-01 00:00:08.000", NULL, 0, 0 },
	{ "MSI (", "2027-01-01 00:00:08.000", NULL, 0, 0 },
	{ "=== Logging stopped: 1/2/2027  0:00:09 ===",
	  "2027-01-02 00:00:09.000", NULL, 0, 0 },
};

static void
test_lines(void **state)
{
	struct ww_reader *reader = new_reader();

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(lines); i++) {
		const char *text =
		    lines[i].text != NULL ? lines[i].text : lines[i].line;
		struct ww_record record;
		bool starts = parse(reader, lines[i].line, &record);

		assert_int_equal(starts, lines[i].time != NULL);
		if (!starts)
			continue;
		assert_string_equal(shown(record.time), lines[i].time);
		assert_int_equal(record.process, lines[i].process);
		assert_int_equal(record.thread, lines[i].thread);
		assert_true(ww_slice_eq(record.text, ww_slice_cstr(text)));
	}
}

/* Dates of banners, in the orders and languages of Windows. */
static const struct {
	const char *banner;
	const char *time;
} banners[] = {
	{ "=== Logging started: 4/5/2015  4:25:27 ===", "2015-04-05 04:25:27" },
	{ "=== Logging started: 4/25/2015 16:37:07 ===",
	  "2015-04-25 16:37:07" },
	{ "=== Logging started: 25/4/2015  4:25:27 ===",
	  "2015-04-25 04:25:27" },
	/* A zero before the number is no date of the United States. */
	{ "=== Logging started: 04/05/2015  4:25:27 ===",
	  "2015-05-04 04:25:27" },
	{ "=== Logging started: 4/05/2015  4:25:27 ===",
	  "2015-05-04 04:25:27" },
	{ "=== Logging started: 11/10/2015  4:25:27 ===",
	  "2015-11-10 04:25:27" },
	{ "=== Logging started: 08-03-2021  19:57:49 ===",
	  "2021-03-08 19:57:49" },
	{ "=== Logging stopped: 24.02.2025  10:44:04 ===",
	  "2025-02-24 10:44:04" },
	{ "=== Verbose logging started: 2018/8/13  16:53:29  Build type: SHIP "
	  "UNICODE 5.00.10011.00  Calling process: C:\\a.exe ===",
	  "2018-08-13 16:53:29" },
	{ "=== Logging started: 2026-08-03  16:53:29 ===",
	  "2026-08-03 16:53:29" },
	{ "=== Logging started: 17. 3. 2021  9:53:29 ===",
	  "2021-03-17 09:53:29" },
	{ "=== Fin de l’écriture dans le journal : 17/03/2021  10:04:09 ===",
	  "2021-03-17 10:04:09" },
	{ "=== Logging started: 31/2/2021  10:04:09 ===", "" },
	{ "=== Logging started: 1/2-2021  10:04:09 ===", "" },
	{ "=== Logging started: 1/2/2021 ===", "" },
	{ "=== Logging started: 1/2/2021  10:04", "" },
	{ "=== ", "" },
	{ "== Logging started: 1/2/2021  10:04:09 ===", "" },
};

static void
test_banners(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(banners); i++) {
		struct ww_buf buf = ww_buf_in(&arena);
		struct ww_record record;

		assert_true(parse(new_reader(), banners[i].banner, &record));
		ww_time_add(&buf, record.time);
		ww_buf_char(&buf, '\0');
		assert_string_equal(buf.p, banners[i].time);
	}
}

/* Clocks that jump about must not count days without end. */
static void
test_days_end(void **state)
{
	struct ww_reader *reader = new_reader();
	struct ww_record record;

	(void)state;
	assert_true(parse(reader, "=== Logging started: 1/1/9999  0:00:00 ===",
			  &record));
	for (unsigned i = 0; i < 100000; i++) {
		assert_true(parse(reader, "MSI (s) (18:A8) [12:00:00:000]: a",
				  &record));
		assert_true(parse(reader, "MSI (s) (18:A8) [00:00:00:000]: b",
				  &record));
	}
	assert_string_equal(shown(record.time), "10001-09-27 00:00:00.000");
}

static const struct {
	const char *head;
	bool claimed;
} heads[] = {
	{ "=== Logging started: 4/25/2015  4:25:27 ===\r\nAction start "
	  "4:25:27: INSTALL.\r\n",
	  true },
	{ "[Fri Sep 25 17:39:41 2026]\tstarted\n=== Verbose logging started: "
	  "9/25/2026  17:39:49  Build type: SHIP UNICODE 5.00 ===\n",
	  true },
	{ "MSI (s) (18:A8) [09:12:53:798]: a\nMSI (s) (18:A8) [09:12:53:798]: "
	  "b\n",
	  true },
	{ "Action was taken\nMSI is an installer\n", false },
	{ "=== a heading of something else ===\n", false },
	{ "2026-11-19 08:41:07, Info                  CBS    a\n", false },
	{ "", false },
};

static void
test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++) {
		unsigned sure =
		    ww_dialect_msi.sniff(ww_slice_cstr(heads[i].head));

		assert_int_equal(sure >= 60, heads[i].claimed);
	}
}

#define VERBOSE                                                          \
	"=== Verbose logging started: 11/19/2026  8:41:00  Build type: " \
	"SHIP UNICODE 5.00.10011.00  Calling process: C:\\msiexec.exe "  \
	"===\n"
#define RUN(side, ids, package)                                         \
	"MSI (" side ") (" ids ") [08:41:00:100]: ******* RunEngine:\n" \
	"           ******* Product: " package "\n"                     \
	"           ******* Action: \n"                                 \
	"           ******* CommandLine: **********\n"
#define STARTED "=== Logging started: 11/19/2026  8:41:00 ===\n"
#define BEGIN                                             \
	VERBOSE RUN("c", "10:20", "C:\\a\\agent.msi")     \
	    RUN("s", "30:40", "C:\\a\\agent.msi") STARTED \
	    "Action start 8:41:01: INSTALL.\n"
#define OP(name)                                                               \
	"MSI (s) (30:40) [08:41:02:000]: Executing op: ActionStart(Name=" name \
	",Description=x,)\n"
#define STATUS(name, code)                                             \
	"MSI (s) (30:40) [08:41:09:000]: Windows Installer installed " \
	"the product. Product Name: " name ". Product Version: 1.0. "  \
	"Product Language: 1033. Manufacturer: Contoso. Installation " \
	"success or error status: " code ".\n\n"
#define RETURNING(side, ids, code)                                      \
	"MSI (" side ") (" ids ") [08:41:09:100]: MainEngineThread is " \
	"returning " code "\n"
#define END(code)                                                   \
	RETURNING("s", "30:40", code)                               \
	"=== Logging stopped: 11/19/2026  8:41:09 ===\n" RETURNING( \
	    "c", "10:20",                                           \
	    code) "=== Verbose logging stopped: 11/19/2026  8:41:09 ===\n"

static const struct {
	const char *what;
	const char *log;
	const char *told;
} stories[] = {
	{ "a service that does not start, in the script",
	  BEGIN "Action start 8:41:01: InstallFinalize.\n" OP("InstallFiles") "Error 1304. An error that was ignored.\n" OP(
	      "StartServices") "MSI (s) (30:40) [08:41:05:000]: Note: 1: 1920 "
			       "2: x 3: y\n"
			       "MSI (s) (30:40) [08:41:05:000]: Product: "
			       "Contoso Agent -- Error "
			       "1920. Service 'Agent' (Agent) failed to "
			       "start.\n\n"
			       "Error 1920. Service 'Agent' (Agent) failed to "
			       "start.\n"
			       "Action ended 8:41:06: InstallFinalize. Return "
			       "value 3.\n" OP(
				   "Rollback") "Error 1999. While rolling "
					       "back.\n"
					       "Action ended 8:41:07: INSTALL. "
					       "Return value 3.\n"
					       "Property(S): ProductName = "
					       "Contoso Agent\n"
					       "MSI (s) (30:40) "
					       "[08:41:09:000]: Product: "
					       "Contoso Agent -- "
					       "Installation "
					       "failed.\n\n" STATUS(
						   "Contoso Agent", "1603")
						   END("1603"),
	  "failed 1603 [Contoso Agent] package=C:\\a\\agent.msi "
	  "action=InstallFinalize operation=StartServices action-error=Error "
	  "1920. Service 'Agent' (Agent) failed to start. exit=1603\n" },

	{ "a custom action, whose own words are worth more than its code",
	  BEGIN "Action start 8:41:01: InstallFinalize.\n" OP(
	      "Configure") "WixQuietExec:  Error 0x80070001: Command line "
			   "returned an error.\n"
			   "WixQuietExec:  Error 0x80070001: QuietExec Failed\n"
			   "CustomAction Configure returned actual error code "
			   "1603 (note this "
			   "may not be 100% accurate if translation happened "
			   "inside sandbox)\n"
			   "Action ended 8:41:06: InstallFinalize. Return "
			   "value 3.\n"
			   "Action ended 8:41:07: INSTALL. Return value "
			   "3.\n" END("1603"),
	  "failed 1603 [agent.msi] package=C:\\a\\agent.msi "
	  "action=InstallFinalize operation=Configure custom-action=Configure "
	  "action-error=WixQuietExec:  Error 0x80070001: Command line returned "
	  "an error. exit=1603\n" },

	{ "the same, translated to success",
	  BEGIN
	  "Action start 8:41:01: Configure.\n"
	  "Configure:  Error 0x80070057: a property is missing\n"
	  "CustomAction Configure returned actual error code 1603 but will be "
	  "translated to success due to continue marking\n"
	  "Action ended 8:41:06: Configure. Return value 1.\n"
	  "Action ended 8:41:07: INSTALL. Return value 1.\n" END("0"),
	  "succeeded 0 [agent.msi] package=C:\\a\\agent.msi exit=0 "
	  "(Configure good)\n" },

	{ "a condition that does not hold",
	  BEGIN
	  "Action start 8:41:01: LaunchConditions.\n"
	  "MSI (s) (30:40) [08:41:05:000]: Product: Contoso Agent -- Windows "
	  "10 or later is needed.\n\n"
	  "Action ended 8:41:06: LaunchConditions. Return value 3.\n"
	  "Action ended 8:41:07: INSTALL. Return value 3.\n" END("1603"),
	  "failed 1603 [Contoso Agent] package=C:\\a\\agent.msi "
	  "action=LaunchConditions action-error=Windows 10 or later is needed. "
	  "exit=1603\n" },

	{ "only what the debugger is told",
	  BEGIN "Action start 8:41:01: InstallValidate.\n"
		"DEBUG: Error 2318:  File does not exist: C:\\a.log\n"
		"Action ended 8:41:06: InstallValidate. Return value 3.\n"
		"Action ended 8:41:07: INSTALL. Return value 3.\n" END("1603"),
	  "failed 1603 [agent.msi] package=C:\\a\\agent.msi "
	  "action=InstallValidate action-error=DEBUG: Error 2318:  File does "
	  "not exist: C:\\a.log exit=1603\n" },

	/* The engine inside has no exit code of its own. */
	{ "an upgrade that cannot remove the old product",
	  BEGIN "Action start 8:41:02: RemoveExistingProducts.\n" RUN(
	      "s", "30:50",
	      "{9A3E86ED-F824-4A23-96F3-B30593573046}") "Action start 8:41:03: "
							"INSTALL.\n"
							"Action start 8:41:03: "
							"InstallInitialize.\n"
							"MSI (s) (30:50) "
							"[08:41:03:000]: "
							"Product: Contoso Old "
							"-- Error 1730. "
							"You must be an "
							"Administrator.\n\n"
							"Action ended 8:41:03: "
							"InstallInitialize. "
							"Return value 3.\n"
							"Action ended 8:41:03: "
							"INSTALL. Return value "
							"3.\n"
							"Property(N): "
							"ProductName = Contoso "
							"Old\n"
							"CustomAction  "
							"returned actual error "
							"code 1603 (note this "
							"may not "
							"be 100% accurate if "
							"translation happened "
							"inside sandbox)\n"
							"Action ended 8:41:04: "
							"RemoveExistingProducts"
							". Return value 3.\n"
							"Action ended 8:41:04: "
							"INSTALL. Return value "
							"3.\n"
							"Property(S): "
							"ProductName = Contoso "
							"New\n" END("1603"),
	  "failed 1603 [Contoso New] package=C:\\a\\agent.msi "
	  "action=InstallInitialize action-error=Error 1730. You must be an "
	  "Administrator. outer-action=RemoveExistingProducts exit=1603 "
	  "(Contoso Old bad)\n" },

	{ "an upgrade that goes on when the old product stays, and fails later",
	  BEGIN "Action start 8:41:02: RemoveExistingProducts.\n" RUN(
	      "s", "30:50",
	      "{9A3E86ED-F824-4A23-96F3-B30593573046}") "Action start 8:41:03: "
							"INSTALL.\n"
							"Action start 8:41:03: "
							"InstallInitialize.\n"
							"Error 1730. You must "
							"be an Administrator.\n"
							"Action ended 8:41:03: "
							"InstallInitialize. "
							"Return value 3.\n"
							"Action ended 8:41:03: "
							"INSTALL. Return value "
							"3.\n"
							"Action ended 8:41:04: "
							"RemoveExistingProducts"
							". Return value 1.\n"
							"Action start 8:41:04: "
							"CostFinalize.\n"
							"Error 1606. Could not "
							"access network "
							"location X.\n"
							"Action ended 8:41:04: "
							"CostFinalize. Return "
							"value 3.\n"
							"Action ended 8:41:04: "
							"INSTALL. Return value "
							"3.\n" END("1603"),
	  "failed 1603 [agent.msi] package=C:\\a\\agent.msi "
	  "action=CostFinalize action-error=Error 1606. Could not access "
	  "network location X. exit=1603 "
	  "({9A3E86ED-F824-4A23-96F3-B30593573046} bad)\n" },

	{ "an upgrade inside of which the server returns",
	  BEGIN "Action start 8:41:02: RemoveExistingProducts.\n" RUN(
	      "s", "30:50",
	      "{9A3E86ED-F824-4A23-96F3-B30593573046}") "Action start 8:41:03: "
							"INSTALL.\n"
							"Action ended 8:41:03: "
							"INSTALL. Return value "
							"1.\n" RETURNING(
							    "s", "30:50",
							    "0") "Action ended "
								 "8:41:04: "
								 "RemoveExistin"
								 "gProducts. "
								 "Return value "
								 "1.\n"
								 "Action ended "
								 "8:41:04: "
								 "INSTALL. "
								 "Return value "
								 "1.\n" END(
								     "3010"),
	  "succeeded 3010 [agent.msi] package=C:\\a\\agent.msi exit=3010 "
	  "reboot=required ({9A3E86ED-F824-4A23-96F3-B30593573046} good)\n" },

	{ "a dialog that was cancelled",
	  VERBOSE RUN("c", "10:20", "D:\\1.msi") STARTED
	  "Action start 8:41:01: INSTALL.\n"
	  "Action ended 8:41:02: WelcomeDlg. Return value 2.\n"
	  "Action ended 8:41:02: INSTALL. Return value 2.\n"
	  "MSI (c) (10:20) [08:41:09:000]: Product: PuTTY -- Installation "
	  "failed.\n\n" STATUS("PuTTY", "1602") RETURNING("c", "10:20", "1602"),
	  "cancelled x1 [PuTTY]\n" },

	{ "a client with dialogs, and its server",
	  VERBOSE RUN("c", "10:20", "D:\\1.msi") STARTED
	  "Action start 8:41:01: INSTALL.\n"
	  "Action start 8:41:01: ExecuteAction.\n"
	  "MSI (c) (10:20) [08:41:01:000]: Switching to server: X\n" RUN(
	      "s", "30:40",
	      "D:\\1.msi") "Action start 8:41:02: INSTALL.\n"
			   "Action ended 8:41:02: CreateFolders. Return value "
			   "3.\n"
			   "Action ended 8:41:02: INSTALL. Return value "
			   "3.\n" RETURNING(
			       "s", "30:40",
			       "1603") "Action ended 8:41:02: ExecuteAction. "
				       "Return value 3.\n"
				       "Action start 8:41:02: FatalError.\n"
				       "Action ended 8:41:09: FatalError. "
				       "Return value 2.\n"
				       "Action ended 8:41:09: INSTALL. Return "
				       "value 3.\n" STATUS("Contoso", "1603")
					   RETURNING("c", "10:20", "1603"),
	  "failed 1603 [Contoso] package=D:\\1.msi action=CreateFolders "
	  "exit=1603\n" },

	{ "a log that is cut", BEGIN OP("InstallFiles"),
	  "open [agent.msi] package=C:\\a\\agent.msi\n" },

	{ "a log whose start is missing",
	  "MSI (s) (30:40) [08:41:05:000]: Doing action: A\n"
	  "MSI (s) (30:40) [08:41:05:000]: Note: 1: 1708\n" STATUS("Contoso",
								   "1638")
	      END("1638"),
	  "failed 1638 [Contoso] exit=1638\n" },

	{ "two products, one after the other",
	  BEGIN STATUS("One", "0") END("0") BEGIN STATUS("Two", "1618")
	      END("1618"),
	  "succeeded 0 [One] package=C:\\a\\agent.msi exit=0\n"
	  "failed 1618 [Two] package=C:\\a\\agent.msi exit=1618\n" },

	{ "without RunEngine lines: the server's part is no other product",
	  STARTED "Action start 8:41:01: INSTALL.\n"
		  "Action start 8:41:01: ExecuteAction.\n"
		  "Action start 8:41:01: INSTALL.\n"
		  "Action ended 8:41:01: InstallFiles. Return value 3.\n"
		  "Action ended 8:41:01: INSTALL. Return value 3.\n"
		  "Action ended 8:41:01: ExecuteAction. Return value 3.\n"
		  "Action ended 8:41:01: INSTALL. Return value 3.\n",
	  "failed 1603 [] action=InstallFiles exit=1603\n" },

	{ "without RunEngine lines: an INSTALL inside is another",
	  STARTED
	  "Action start 8:41:01: INSTALL.\n"
	  "Action start 8:41:01: RemoveExistingProducts.\n"
	  "Action start 8:41:01: INSTALL.\n"
	  "Action ended 8:41:01: INSTALL. Return value 1.\n"
	  "Action ended 8:41:01: RemoveExistingProducts. Return value 1.\n"
	  "Action ended 8:41:02: INSTALL. Return value 4.\n",
	  "open []\n" },

	{ "without RunEngine lines: the next begins with its INSTALL",
	  STARTED
	  "Action start 8:41:01: INSTALL.\n"
	  "Action ended 8:41:01: INSTALL. Return value 1.\n"
	  "MSI (s) (30:40) [08:41:09:000]: Product: One -- Installed.\n\n"
	  "Action start 8:41:02: INSTALL.\n"
	  "Action ended 8:41:02: INSTALL. Return value 3.\n"
	  "MSI (s) (30:40) [08:41:09:000]: Product: Two -- Failed.\n\n",
	  "succeeded 0 [One] exit=0\n"
	  "failed 1603 [Two] exit=1603\n" },

	{ "Windows in French",
	  VERBOSE RUN("c", "10:20",
		      "D:\\1.msi") "CustomAction Prepare returned actual error "
				   "code 1603 (note this may "
				   "not be 100% accurate if translation "
				   "happened inside sandbox)\n"
				   "MSI (s) (0C:48) [10:04:09:811]: Produit : "
				   "Agent -- L’installation a "
				   "échoué.\n \n"
				   "MSI (s) (0C:48) [10:04:09:811]: Windows "
				   "Installer a installé le "
				   "produit. Nom du produit : Agent. Réussite "
				   "de l’installation ou état "
				   "d’erreur : 1603.\n",
	  "failed 1603 [Agent] package=D:\\1.msi custom-action=Prepare "
	  "action-error=CustomAction Prepare returned actual error code 1603 "
	  "(note this may not be 100% accurate if translation happened inside "
	  "sandbox) exit=1603\n" },

	{ "Windows in Portuguese",
	  STARTED
	  "MSI (s) (0C:48) [08:41:09:811]: O Windows Installer instalou o "
	  "produto. Nome do Produto: X. Status de erro ou êxito da instalação: "
	  "0.\n",
	  "succeeded 0 [] exit=0\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_MSI,
					      stories[i].log),
				    stories[i].told);
	}
}

/* Engines inside engines without end, and products without end. */
static void
test_hostile(void **state)
{
	struct ww_buf log = ww_buf_in(&arena);

	(void)state;
	ww_buf_add(&log, WW_LIT(BEGIN));
	for (int i = 0; i < 500; i++)
		ww_buf_printf(&log,
			      "MSI (s) (30:%02X) [08:41:05:000]: ******* "
			      "RunEngine:\nAction start 8:41:05: INSTALL.\n",
			      (unsigned)i & 0xff);
	for (int i = 0; i < 500; i++)
		ww_buf_printf(&log, "Property(S): ProductName = Name %d\n", i);
	ww_buf_add(&log, WW_LIT(END("1603")));
	ww_buf_char(&log, '\0');
	assert_string_equal(tell_text(&arena, WW_DIALECT_MSI, log.p),
			    "failed 1603 [agent.msi] "
			    "package=C:\\a\\agent.msi exit=1603 "
			    "(Name 499 good)\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),	 cmocka_unit_test(test_banners),
		cmocka_unit_test(test_days_end), cmocka_unit_test(test_heads),
		cmocka_unit_test(test_stories),	 cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
