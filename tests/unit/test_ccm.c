/*
 * What became of the scans, updates, applications, task sequences and setups
 * that logs of Configuration Manager and of the Intune Management Extension
 * tell of.  Lines are written after real ones.
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

#define LINE(component, text)                                           \
	"<![LOG[" text "]LOG]!><time=\"08:52:46.657+240\" "             \
	"date=\"11-14-2026\" component=\"" component "\" context=\"\" " \
	"type=\"1\" thread=\"1234\" file=\"a.cpp:17\">\n"

#define WUA(text) LINE("WUAHandler", text)
#define STARTED	  WUA("Async searching of updates using WUAgent started.")
#define SEARCHED  WUA("Async searching completed.")
#define NO_END(code)                                        \
	WUA("OnSearchComplete - Failed to end search job. " \
	    "Error = " code ".")
#define NO_SCAN(code) WUA("Scan failed with error = " code ".")

#define UPDATE	      "11111111-2222-4333-8444-555555555555"
#define PROGRESS(status, result)                                             \
	LINE("UpdatesDeploymentAgent",                                       \
	     "Update (Site_AAAAAAAA-2222-4333-8444-555555555555/SUM_" UPDATE \
	     ") Progress: Status = " status                                  \
	     ", PercentComplete = 0, DownloadSize = 0, Result = " result)

#define APP(text) LINE("AppEnforce", text)
#define START(what)                                                          \
	APP("+++ Starting " what " enforcement for App DT \"Contoso Notes "  \
	    "(MSI)\" ApplicationDeliveryType - ScopeId_1/DeploymentType_2, " \
	    "Revision - 3, ContentPath - C:\\Windows\\ccmcache\\2, "         \
	    "Execution Context - System")
#define ABSENT                                            \
	APP("+++ Application not discovered. [AppDT Id: " \
	    "ScopeId_1/DeploymentType_2, Revision: 3]")
#define PRESENT                                      \
	APP("+++ Discovered application [AppDT Id: " \
	    "ScopeId_1/DeploymentType_2, Revision: 3]")
#define EXITED(code) APP("    Process 4711 terminated with exitcode: " code)
#define MATCHED(code, class)                                          \
	APP("    Matched exit code " code " to a " class " entry in " \
							 "exit codes table.")
#define DONE                                                           \
	APP("++++++ App enforcement completed (6 seconds) for App DT " \
	    "\"Contoso Notes (MSI)\" [ScopeId_1/DeploymentType_2], "   \
	    "Revision: 3, User SID: ] ++++++")

#define TS(text) LINE("TSManager", text)
#define RUN(name)                                         \
	TS("Start executing an instruction. Instruction " \
	   "name: " name ". Instruction pointer: 3")
#define RAN(name)                                     \
	TS("Successfully completed the action (" name \
	   ") with the exit win32 code 0")

#define CCMSETUP(text) LINE("ccmsetup", text)
#define BEGUN                                               \
	CCMSETUP("==========[ ccmsetup started in process " \
		 "4711 ]==========")

struct story {
	const char *what, *log, *told;
};

static const struct story stories[] = {
	{ "a scan", STARTED SEARCHED WUA("Successfully completed scan."),
	  "succeeded [WSUS]\n" },
	{ "a scan that failed, said twice",
	  STARTED SEARCHED NO_END("0x80244022") NO_SCAN("0x80244022"),
	  "failed 80244022 [WSUS]\n" },
	{ "a search that failed, and nothing else",
	  STARTED NO_END("0x80244022") STARTED,
	  "failed 80244022 [WSUS]\nopen [WSUS]\n" },
	{ "a search that failed at the end of the log", NO_END("0x80244022"),
	  "failed 80244022 [WSUS]\n" },
	{ "no scan at all: the source could not be set",
	  WUA("Failed to Add Update Source for WUAgent of type (2) and id "
	      "({AAAAAAAA-2222-4333-8444-555555555555}). Error = 0x87d00692."),
	  "failed 87d00692 [WSUS]\n" },
	{ "cancelled", STARTED NO_SCAN("0x8024000b"), "cancelled x1 [WSUS]\n" },
	{ "what wants the scan",
	  LINE("UpdatesHandler",
	       "Initiating updates scan for checking applicability.")
	      LINE("UpdatesHandler",
		   "Updates scan completion received, result = 0x0.")
		  LINE("UpdatesHandler",
		       "Updates scan completion received, result = "
		       "0x87d00631."),
	  "succeeded 0 [WSUS]\nfailed 87d00631 [WSUS]\n" },
	{ "what has it made",
	  LINE("ScanAgent", "CScanJob({1}): CScanJob::Execute- Failed at "
			    "AddUpdateSource, Error = 0x87d00692"),
	  "failed 87d00692 [WSUS]\n" },

	{ "an update that fails, and is shown so again",
	  PROGRESS("ciStateWaitInstall", "0x0")
	      PROGRESS("ciStateInstalling", "0x0")
		  PROGRESS("ciStateError", "0x80070643")
		      PROGRESS("ciStateError", "0x80070643"),
	  "failed 80070643 [" UPDATE "]\n" },
	{ "installed at the second attempt",
	  PROGRESS("ciStateInstalling", "0x0")
	      PROGRESS("ciStateError", "0x80070643")
		  PROGRESS("ciStateInstalling", "0x0")
		      PROGRESS("ciStatePendingSoftReboot", "0x0"),
	  "succeeded 0 [" UPDATE "]\nfailed 80070643 [" UPDATE "]\n" },
	{ "cut while it is installed", PROGRESS("ciStateInstalling", "0x0"),
	  "open [" UPDATE "]\n" },
	{ "only waiting", PROGRESS("ciStateWaitInstall", "0x0"), "" },
	{ "as the update client answers",
	  WUA("Update 1 (" UPDATE ") finished installing (0x80070005), "
	      "Reboot Required? No")
	      WUA("Update 1 (" UPDATE ") finished installing (0x00000000), "
		  "Reboot Required? Yes"),
	  "succeeded 0 [" UPDATE "]\nfailed 80070005 [" UPDATE "]\n" },
	{ "as it is reported",
	  LINE("UpdatesDeploymentAgent",
	       "Raised update (TopicID) (Site_1/SUM_" UPDATE
	       ") enforcement state message successfully. TopicType = 1, "
	       "StateId = 10, StateName = CI_ENFORCEMENT_SUCCESSFULL"),
	  "succeeded 0 [" UPDATE "]\n" },

	{ "an application",
	  START("Install") ABSENT APP("    Executing Command line: "
				      "\"C:\\Windows\\system32\\msiexec.exe\" "
				      "/i a.msi /q with system context")
	      EXITED("0") MATCHED("0", "Success") PRESENT DONE,
	  "succeeded [Contoso Notes (MSI)] "
	  "command-line=\"C:\\Windows\\system32\\msiexec.exe\" /i a.msi /q "
	  "with "
	  "system context exit-status=0 "
	  "detection=+++ Discovered application [AppDT Id: "
	  "ScopeId_1/DeploymentType_2, Revision: 3]\n" },
	{ "its setup failed",
	  START("Install") ABSENT EXITED("1603")
	      APP("    Unmatched exit code (1603) is considered an execution "
		  "failure.") DONE,
	  "failed 1603 [Contoso Notes (MSI)] exit-status=1603\n" },
	{ "3010 is a failure here, because the return codes say so",
	  START("Install") EXITED("3010") MATCHED("3010", "Failure") DONE,
	  "failed 3010 [Contoso Notes (MSI)] exit-status=3010\n" },
	{ "done after a restart",
	  START("Install") EXITED("3010") MATCHED("3010", "SoftReboot")
	      ABSENT DONE,
	  "succeeded [Contoso Notes (MSI)] exit-status=3010 "
	  "detection=+++ Application not discovered. [AppDT Id: "
	  "ScopeId_1/DeploymentType_2, Revision: 3]\n" },
	{ "installed and not detected",
	  START("Install") EXITED("0") MATCHED("0", "Success") ABSENT DONE,
	  "failed 87d00324 [Contoso Notes (MSI)] exit-status=0 "
	  "detection=+++ Application not discovered. [AppDT Id: "
	  "ScopeId_1/DeploymentType_2, Revision: 3]\n" },
	{ "removed, and still there",
	  START("Uninstall") EXITED("0") PRESENT DONE,
	  "failed 87d00325 [Contoso Notes (MSI)] exit-status=0 "
	  "detection=+++ Discovered application [AppDT Id: "
	  "ScopeId_1/DeploymentType_2, Revision: 3]\n" },
	{ "only the end of it", EXITED("0") ABSENT DONE,
	  "failed 87d00324 [Contoso Notes (MSI)]\n" },
	{ "no more than its end", DONE, "" },
	{ "what was never started",
	  START("Install")
	      APP("++++++ Failed to enforce app. Error 0x87d01106. ++++++"),
	  "failed 87d01106 [Contoso Notes (MSI)]\n" },
	{ "routine of AppDiscovery", ABSENT PRESENT ABSENT, "" },

	{ "a task sequence, cut", RUN("Format") RAN("Format") RUN("Apply"),
	  "open []\n" },
	{ "an action that failed",
	  RUN("Apply") TS("Failed to run the action: Apply.\nThe system cannot "
			  "find the file specified. (Error: 80070002; Source: "
			  "Windows)")
	      TS("The execution of the group (Install) has failed and the "
		 "execution has been aborted. An action failed.")
		  TS("Task Sequence Engine failed! Code: enExecutionFail")
		      TS("Task sequence execution failed with error code "
			 "80004005"),
	  "failed 80070002 [] failed-operation=Apply\n" },
	{ "its number in decimal",
	  TS("Failed to run the action: Enable (OS) drive. Error "
	     "-2147024894")
	      TS("Task Sequence Manager failed to execute task sequence. Code "
		 "0x80004005"),
	  "failed 80070002 [] failed-operation=Enable (OS) drive\n" },
	{ "an action that may fail",
	  TS("Failed to run the action: Notify. Error -2147024894")
	      TS("The execution engine ignored the failure of the action "
		 "(Notify) and continues execution") RUN("Apply") RAN("Apply")
		  TS("Execution engine result code: Success (0)"),
	  "succeeded []\n" },
	{ "an action that succeeded when it was run again",
	  TS("Failed to run the action: Apply. Error -2147024894") RAN("Apply")
	      TS("Task Sequence Engine failed! Code: enExecutionFail")
		  TS("Task sequence execution failed with error code "
		     "80004005"),
	  "failed 80004005 []\n" },
	{ "a restart, and the end in the new Windows",
	  RAN("Apply") TS("Execution engine result code: Reboot (2)")
	      TS("Task Sequence Manager returned code 0x80070BC2") RUN("Join")
		  TS("Task Sequence Manager returned code 0x00000000"),
	  "succeeded []\n" },

	{ "a setup of the client",
	  BEGUN CCMSETUP("CcmSetup is exiting with return code 0"),
	  "succeeded []\n" },
	{ "that failed: type 1 says nothing",
	  BEGUN CCMSETUP("CcmSetup failed with error code 0x80190194")
	      CCMSETUP("CcmSetup is exiting with return code 6"),
	  "failed 80190194 []\n" },
	{ "handed over to the service, which fails",
	  BEGUN CCMSETUP("Successfully started the ccmsetup service")
	      CCMSETUP("CcmSetup is exiting with return code 0") BEGUN CCMSETUP(
		  "File C:\\Windows\\ccmsetup\\{1}\\client.msi "
		  "installation failed. Error text: ExitCode: 1603\n"
		  "Action: CcmSetServiceConfig.\nErrorMessages:\n")
		  CCMSETUP("CcmSetup is exiting with return code 6"),
	  "failed 1603 [] package=C:\\Windows\\ccmsetup\\{1}\\client.msi "
	  "exit-status=1603\n" },
	{ "it goes on after a restart",
	  BEGUN CCMSETUP("CcmSetup is exiting with return code 7"),
	  "open []\n" },
	{ "another one is at work",
	  BEGUN CCMSETUP("CcmSetup is exiting with return code 8"),
	  "cancelled x1 []\n" },
};

#define IME(text)                                                    \
	"<![LOG[" text "]LOG]!><time=\"08:11:44.1234567\" "          \
	"date=\"11-4-2026\" component=\"AppWorkload\" context=\"\" " \
	"type=\"1\" thread=\"7\" file=\"\">\n"

#define NOTES  "AAAAAAAA-1111-4222-8333-444444444444"
#define VIEWER "BBBBBBBB-1111-4222-8333-444444444444"
#define EXECUTE(app)                                                \
	IME("[Win32App][ExecutionActionHandler] Handler invoked "   \
	    "with execution type: Install for policy with id: " app \
	    " and version: 1.")
#define DETECTED(app, state)                                                \
	IME("[Win32App][DetectionActionHandler] Detection for policy with " \
	    "id: " app " resulted in action status: Success and detection " \
	    "state: " state ".")
#define CODE(code)   IME("[Win32App] lpExitCode " code)
#define CLASS(class) IME("[Win32App] lpExitCode is defined as " class)
#define SET(code)    IME("[Win32App] Set EnforcementStateMessage.ErrorCode " code)
#define REPORT(app, state, code)                                      \
	IME("[Win32App][ReportingManager] Sending status to company " \
	    "portal based on report: {\"ApplicationId\":\"" app       \
	    "\",\"ResultantAppState\":1,\"EnforcementState\":" state  \
	    ",\"EnforcementErrorCode\":" code ",\"TargetingMethod\":0}")

static const struct story apps[] = {
	{ "an app",
	  IME("[Win32App] ExecManager: processing targeted app (name='Notes', "
	      "id='" NOTES "') with intent=3") DETECTED(NOTES, "NotDetected")
	      EXECUTE(NOTES) REPORT(NOTES, "2002", "0") CODE("0")
		  CLASS("Success") DETECTED(NOTES, "Detected")
		      REPORT(NOTES, "1000", "0"),
	  "succeeded [" NOTES "] app=Notes exit-status=0\n" },
	{ "its setup failed; each check-in says so again",
	  EXECUTE(NOTES) CODE("1603") SET("-2147023293")
	      IME("[Win32App] Admin did NOT set mapping for lpExitCode: 1603 "
		  "of app: " NOTES) REPORT(NOTES, "5000", "-2147023293")
		  REPORT(NOTES, "5000", "-2147023293"),
	  "failed 80070643 [" NOTES "] exit-status=1603\n" },
	{ "installed and not detected: reported by the next app's time",
	  EXECUTE(NOTES) CODE("0") CLASS("Success")
	      DETECTED(NOTES, "NotDetected") EXECUTE(VIEWER)
		  REPORT(NOTES, "5000", "-2016345060"),
	  "failed 87d1041c [" NOTES "] exit-status=0\nopen [" VIEWER "]\n" },
	{ "the log ends before the report",
	  EXECUTE(NOTES) CODE("3221225794") SET("-2147024574")
	      IME("[Win32App] Setting enforcementState as: Error with "
		  "lpExitCode: 3221225794 without mapping"),
	  "failed 80070142 [" NOTES "] exit-status=3221225794\n" },
	{ "and before anything was said of it", EXECUTE(NOTES) CODE("1"),
	  "open [" NOTES "] exit-status=1\n" },
	{ "a download that failed",
	  IME("[Win32App] Downloading app on session 2. App: " NOTES)
	      REPORT(NOTES, "5000", "-2016214937"),
	  "failed 87d30067 [" NOTES "]\n" },
	{ "only reported, then installed",
	  REPORT(NOTES, "5000", "-2147023293") REPORT(NOTES, "1000", "0"),
	  "succeeded [" NOTES "]\nfailed 80070643 [" NOTES "]\n" },
	{ "only the rest of a log that was rotated",
	  CODE("1603") SET("-2147023293")
	      IME("[Win32App] Admin did NOT set mapping for lpExitCode: 1603 "
		  "of app: " NOTES) REPORT(NOTES, "5000", "-2147023293"),
	  "failed 80070643 [" NOTES "] exit-status=1603\n" },
	{ "on the way, or nothing said",
	  REPORT(NOTES, "2008", "0") REPORT(NOTES, "null", "null"), "" },
};

static void
check(const struct story *list, size_t n, enum ww_dialect_id id)
{
	for (size_t i = 0; i < n; i++) {
		print_message("%s\n", list[i].what);
		assert_string_equal(tell_text(&arena, id, list[i].log),
				    list[i].told);
	}
}

static void
test_stories(void **state)
{
	(void)state;
	check(stories, WW_ARRAY_LEN(stories), WW_DIALECT_CMTRACE);
}

static void
test_apps(void **state)
{
	(void)state;
	check(apps, WW_ARRAY_LEN(apps), WW_DIALECT_INTUNE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stories),
		cmocka_unit_test(test_apps),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
