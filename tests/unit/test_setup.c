/*
 * Logs of Windows Setup: which files are its logs, and what became of the
 * upgrades, installations and runs of Sysprep that they tell of.  Lines are
 * written after real ones.
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

#define STAMP "2026-03-10 08:08:29, "
#define INFO  STAMP "Info                  "
#define ERROR STAMP "Error                 "

#define CBS_FOUR                                                            \
	INFO "CBS    text\n" INFO "CSI    text\n" INFO "CBS    text\n" INFO \
	     "CSI    text\n"
#define CBS_TWELVE CBS_FOUR CBS_FOUR CBS_FOUR

static void
test_heads(void **state)
{
	static const struct {
		const char *head;
		enum ww_dialect_id id;
	} heads[] = {
		{ INFO "MOUPG  SetupHost::Initialize\n", WW_DIALECT_SETUP },
		{ INFO "IBS    text\n" ERROR "DISM   text\n" INFO
		       "DISM   text\n",
		  WW_DIALECT_SETUP },
		{ INFO "CBS    text\n" INFO "SYSPRP text\n", WW_DIALECT_SETUP },
		{ INFO "       Starting enumeration of PnP devices.\n",
		  WW_DIALECT_SETUP },
		{ INFO "CBS    text\n", WW_DIALECT_CBS },
		{ CBS_TWELVE INFO "SP     text\n", WW_DIALECT_CBS },
		{ INFO "DISM   text\n", WW_DIALECT_DISM },
		{ STAMP "one two\n", WW_DIALECT_TEXT },
		{ STAMP "Info of another program\n", WW_DIALECT_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(heads); i++)
		assert_int_equal(
		    ww_dialect_sniff(ww_slice_cstr(heads[i].head))->id,
		    heads[i].id);
}

#define BEGIN                                                  \
	INFO "MOUPG  *************** SetupHost Logging Begin " \
	     "***************\n"
#define REPORT(pair) \
	INFO "MOUPG  SetupHost: Reporting error event -> [" pair "]\n"
#define RETURN(code) \
	ERROR "MOUPG  CSetupHost::Execute(433): Result = " code "\n"
#define RUN(name)  INFO "SP     Executing operation: " name "\n"
#define DONE(name) INFO "SP     Operation completed successfully: " name "\n"
#define BROKE(name, code)                                       \
	ERROR "SP     Operation failed: " name ". Error: " code \
	      "[gle=0x000000b7]\n"
#define ABANDON(code)                                                     \
	ERROR                                                             \
	"SP     CSetupPlatformPrivate::Execute: Execution of operations " \
	"queue failed, abandoning. Error: " code "[gle=0x000000b7]\n"

static const struct {
	const char *what, *log, *told;
} stories[] = {
	{ "the error that SetupHost reports, said again by its result",
	  BEGIN INFO
	  "MOUPG  SetupHost::Initialize: CmdLine                = [/Install "
	  "/Media]\n" INFO
	  "CONX   Host OS version: 10.0.17134.0  (0.0) Platform 0x2\n" INFO
	  "CONX   Target OS version: 10.0.19041.1253\n" INFO
	  "MOUPG  Setup phase change: [SetupPhasePrepare] -> "
	  "[SetupPhaseInstall]\n" INFO
	  "MOUPG  Setup phase change: [SetupPhaseInstall] -> "
	  "[SetupPhaseError]\n" REPORT("0x80070032, 0x50013")
	      RETURN("0x80070032"),
	  "failed 80070032 [] command=/Install /Media] "
	  "from-version=10.0.17134.0 to-version=10.0.19041.1253 "
	  "setup-phase=SetupPhaseInstall\n" },

	{ "setuperr.log has no more than the result",
	  BROKE("Add [1] package c:\\1.cab", "0x800F0818") RETURN("0x800F0818"),
	  "failed 800f0818 [] failed-operation=Add [1] package c:\\1.cab\n" },

	{ "older Setup only says that it gives up its operations",
	  BROKE("Migrate framework (Full)", "0x8007042B") ABANDON("0x8007042B"),
	  "failed 8007042b [] failed-operation=Migrate framework (Full)\n" },

	{ "the first operation that broke and stayed so",
	  BEGIN RUN("a") BROKE("a", "0x80070005") RUN("a") DONE("a") RUN("b")
	      BROKE("b", "0x80070020") RUN("c") BROKE("c", "0x800700B7")
		  REPORT("0x80070020, 0x2000C"),
	  "failed 80070020 [] failed-operation=b\n" },

	{ "the error in words for people: the second number",
	  BEGIN REPORT("0x80070070, 0xC19001DF"),
	  "failed c19001df [] first-error=0x80070070\n" },

	{ "a crash that Setup could not recover from",
	  INFO "SP     Crash 0x0000007E detected\n" INFO
	       "SP       Bugcheck parameter 1  : 0xFFFFFFFFC0000005\n" INFO
	       "SP     Cannot recover the system.\n",
	  "failed [] stop-code=0x0000007E\n" },

	{ "cut off in an operation",
	  BEGIN RUN("Apply image") DONE("Apply image") RUN("Add drivers"),
	  "open [] last-operation=Add drivers\n" },

	{ "two runs, the second cut off",
	  BEGIN REPORT("0xC1900101, 0x20017") RETURN("0xC1900101") BEGIN,
	  "failed c1900101 []\nopen []\n" },

	{ "an installation from a medium",
	  INFO
	  "IBS    Setup has started phase 2 at 2026-03-10 08:08:29\n" INFO
	  "IBS    Setup has completed phase 2 at 2026-03-10 08:10:29\n" INFO
	  "IBS    Setup has started phase 4 at 2026-03-10 08:11:29\n" INFO
	  "IBS    Setup has completed phase 4 at 2026-03-10 08:12:29\n",
	  "succeeded [] setup-phase=4\n" },

	{ "Sysprep, refused",
	  INFO
	  "SYSPRP ===          Beginning of a new sysprep run          "
	  "===\n" ERROR
	  "SYSPRP Package Contoso.Notes_1.0.0.0_x64__8wekyb3d8bbwe was "
	  "installed for a user, but not provisioned for all users. This "
	  "package will not function properly in the sysprep image.\n" ERROR
	  "SYSPRP ActionPlatform::LaunchModule: Failure occurred while "
	  "executing 'SysprepGeneralizeValidate' from "
	  "C:\\Windows\\System32\\AppxSysprep.dll; dwRet = 0x3cf2\n" STAMP
	  "Error      [0x0f00d8] SYSPRP WinMain:Hit failure while pre-validate "
	  "sysprep generalize internal providers; hr = 0x80073cf2\n",
	  "failed 80073cf2 [] "
	  "package=Contoso.Notes_1.0.0.0_x64__8wekyb3d8bbwe "
	  "provider=SysprepGeneralizeValidate "
	  "module=C:\\Windows\\System32\\AppxSysprep.dll "
	  "stage=pre-validate sysprep generalize internal providers\n" },

	{ "Sysprep that says nothing of its end",
	  INFO "SYSPRP ===          Beginning of a new sysprep run          "
	       "===\n" INFO "SYSPRP Shutting down SysPrep log\n",
	  "open []\n" },
};

static void
test_stories(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(stories); i++) {
		print_message("%s\n", stories[i].what);
		assert_string_equal(tell_text(&arena, WW_DIALECT_SETUP,
					      stories[i].log),
				    stories[i].told);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_stories),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
