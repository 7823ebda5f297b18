/*
 * What the logs of loggen.c say: lines that stand anywhere, and stories that
 * begin and end.  After the grammars of real logs; all texts are our own, but
 * for the words that Windows writes and that readers know it by.
 */
#ifndef WW_BENCH_LOGLINES_H
#define WW_BENCH_LOGLINES_H

#include <stdbool.h>

/* The kinds of episodes, as winwhy names them. */
enum kind { SCAN, DOWNLOAD, SESSION, COMMAND, INSTALL, WEB, KINDS };

static const char *const kind_names[KINDS] = {
	"wu-scan", "wu-download", "cbs-session", "dism", "msi", "web-service",
};

/*
 * A line's text.  Holes stand in braces:
 *	x X b n u l	a code: 0x with small or capital digits, bare,
 *			negative, unsigned; a leftover
 *	x:80070002	this code, likewise with the other letters
 *	p		a setup pair: one code, 0xC1900101 - 0x20017
 *	s		a short success code with 0x: 0x240001
 *	w		a code with its sign in 64 bits
 *	a		an address of 11 digits
 *	g G		a GUID; one that begins like a code
 *	i d k		a number below 100, below 10,000, a KB number
 *	v		a version, one of a few
 *	h		digits of a hash
 *	m		milliseconds, three digits
 *	f		a file, one of a few
 *	t		the time of day, hh:mm:ss
 * and of the story that runs:
 *	c I S		its number, its GUID, its session of the component
 *			store
 *	B		the number of what it is about
 * A line feed starts another line; one that begins with ! is an error.
 */
struct template
{
	unsigned weight;
	const char *text;
	unsigned service, status; /* of a request to WSUS; 0: it is none */
};

/* Stories that failed from one cause are one finding. */
struct story {
	unsigned weight;
	enum kind kind;
	const char *cause; /* NULL: it went well */
	const char *begin, *scene, *end;
	unsigned service, status; /* of the scene's requests */
};

#define TABLE(name) static const struct template name[]

/* Codes that such logs hold; failures all, and none that tells a cause. */
static const uint32_t codes[] = {
	0x80244007, 0x80244022, 0x8024402C, 0x80240438, 0x80070002, 0x80070005,
	0x80070422, 0x8007000E, 0x800F0805, 0x800F080D, 0x800F081F, 0x800F0922,
	0x80073712, 0x80080005, 0x80004005, 0x800706BA, 0x80072EE2, 0x8007045B,
	0x80248007, 0xC0000034, 0x80190193, 0x87D00664,
};

static const uint32_t leftovers[] = { 2, 5, 18, 122, 183, 1008 };

static const char *const files[] = {
	"advapi32.dll",	       "Microsoft-Windows-Foundation-Package",
	"defaultuser.theme",   "wuaueng.dll",
	"amd64_microsoft-net", "Package_for_KB5031356",
	"CNBJ2531.DPB",	       "update.mum",
};

/* WindowsUpdate.log */

TABLE(wu_plain) = {
	{ 24,
	  "IdleTimer       WU operation (CSearchCall::Init ID {c}) started; "
	  "operation # {d}; does use network; is at background priority" },
	{ 8, "ProtocolTalker  OK to reuse existing configuration" },
	{ 10,
	  "WebServices     Auto proxy settings for this web service call." },
	{ 1, "ProtocolTalker  ServiceId = {{g}}, Server URL = "
	     "http://wsus.example.test:8530/ClientWebService/client.asmx" },
	{ 1, "Agent           ServiceID = {g} Third party service" },
	{ 2, "DownloadManager Update {g}.{d} is allowed to download" },
	{ 2, "Agent           Caller SID for Applicability: S-1-5-18" },
	{ 2, "Handler         Loaded KB{k} at {v}, session 30{d}33_26{d}39" },
	{ 1, "WebServices     WS error: <detail><ErrorCode>ConfigChanged"
	     "</ErrorCode><Message></Message><ID>{g}</ID></detail>" },
	{ 1, "Misc            Validating signature for C:\\Windows\\"
	     "SoftwareDistribution\\SLS\\{g}\\sls.cab with dwProvFlags "
	     "0x00000080:" },
	{ 1, "Agent           Title = Cumulative update, KB{k}, {v}" },
	{ 1, "SLS             Cache holds {G}, expires in {i} hours" },
	{ 1, "Shared          SHA-256 of the file: {h}{h}{h}{h}" },
	{ 1, "Agent           WARNING: thread {d} (0x{i}) waits, flags 0x{i}" },
};

TABLE(wu_coded) = {
	{ 80, "ProtocolTalker  *FAILED* [{b}] Extended update data was not "
	      "read" },
	{ 60, "DownloadManager *FAILED* [{b}] Job {g} was cancelled" },
	{ 40, "WebServices     The call ended with {x}" },
	{ 30, "ComApi          *FAILED* [{b}] Interface call {i}" },
	{ 30, "Agent           Update {g} was not evaluated, result {x}" },
	{ 20, "DownloadManager DO job {G} hr = {x}, url was refreshed" },
	{ 10, "Handler         Installer returned {n}, reboot is not wanted" },
	{ 10, "Misc            Got result {u} and hr:{X} of {g}" },
	{ 10, "Report          Upload of {i} events failed, error = {u}" },
	{ 10, "Service         Service exit [Exit code = {s}]" },
	{ 10, "Misc            Call of {g} returned {w}" },
	/* Harmless, as signatures know. */
	{ 9, "DataStore       *FAILED* [{b:80248007}] ISusInternal:: "
	     "GetUpdate" },
	{ 6, "DataStore       *FAILED* [{b:80248007}] wuauengcore.dll, "
	     "C:\\src\\store\\row.cpp @{i}" },
	{ 6, "Agent           *FAILED* [{b:80240013}] Update {g} is known" },
	{ 6, "EEHandler       *FAILED* [{b:8024000E}] file = C:\\src\\"
	     "EndpointProviders.cpp, line = {d}" },
	{ 4, "Misc            *FAILED* [{b:800B0109}] "
	     "CertVerifyCertificateChainPolicy failed, Flags = 0." },
	{ 4, "EEHandler       *FAILED* [{b:80041010}] Method failed "
	     "[COperatorTreeNode::Evaluate:{i}]" },
	{ 4, "EEHandler       *FAILED* [{b:80070032}] "
	     "EvaluateManifestBasedRule failed for update {g}" },
	{ 4, "Misc            *FAILED* [{b:80070057}] Method failed "
	     "[AuthTicketHelper::AddTickets:{d}]" },
	{ 4, "Misc            *FAILED* [{b:800704C6}] Cost was not read" },
	{ 3, "ProtocolTalker  *FAILED* [{b:8024402D}] Call {i} is put off" },
	{ 3, "DownloadManager *FAILED* [{b:80D03805}] DO job {{g}} hit a "
	     "transient error, updateId = {g}.{i}" },
};

#define SCAN_BEGIN                                                           \
	"Agent           * START * Finding updates CallerId = "              \
	"UpdateOrchestrator  Id = {c}\n"                                     \
	"Agent           Online = Yes; Interactive = No; AllowCachedResults" \
	" = No; Ignore download priority = No\n"                             \
	"Agent           ServiceID = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}" \
	" Managed\n"                                                         \
	"ProtocolTalker  ServiceId = "                                       \
	"{3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}, Server URL = "              \
	"http://wsus.example.test:8530/ClientWebService/client.asmx"
#define SCAN_END(code)                                         \
	"Agent           * END * Finding updates CallerId = "  \
	"UpdateOrchestrator, Id = {c}, Exit code = " code " (" \
	"cV = Xa{d}.1.1)"
#define BAD_SCAN(cause, code, scene)                                         \
	{                                                                    \
		1, SCAN, cause, SCAN_BEGIN, scene, SCAN_END("{x:" code "}"), \
	}
#define MAPPED(nws, code)                                          \
	"WebServices     MapToSusHResult mapped Nws error {x:" nws \
	"} to {x:" code "}"
#define FAULT(error, message, method)                                        \
	"WebServices     WS error: <detail><ErrorCode>" error "</ErrorCode>" \
	"<Message>" message "</Message><ID>{g}</ID><Method>http://www."      \
	"microsoft.com/SoftwareDistribution/Server/" method "</Method>"      \
	"</detail>\n"                                                        \
	"ProtocolTalker  *FAILED* [{b:80244007}] SyncUpdates_WithRecovery "  \
	"failed"
#define DOWNLOAD_BEGIN                                                     \
	"DownloadManager * START * Begin Downloading Updates [CallerId = " \
	"UpdateOrchestrator] [Call ID = {I}]"
#define DOWNLOAD_END(code)                                                     \
	"DownloadManager WU client calls back to download call {I} with code " \
	"Call complete and error " code
#define BAD_DOWNLOAD(cause, code, scene)                   \
	{                                                  \
		1, DOWNLOAD, cause, DOWNLOAD_BEGIN, scene, \
		    DOWNLOAD_END("{x:" code "}"),          \
	}

static const struct story wu_stories[] = {
	{ 38, SCAN, NULL, SCAN_BEGIN,
	  "Agent           Found {i} updates and {i} categories in search; "
	  "evaluated appl. rules of {d} out of {d} deployed entities",
	  SCAN_END("0x00000000") },
	BAD_SCAN("prerequisite limit", "80244007",
		 FAULT("InvalidParameters",
		       "parameters.InstalledNonLeafUpdateIDs",
		       "ClientWebService/SyncUpdates")),
	BAD_SCAN("cached-update limit", "80244007",
		 FAULT("InvalidParameters", "parameters.OtherCachedUpdateIDs",
		       "ClientWebService/SyncUpdates")),
	BAD_SCAN("server busy", "80244007",
		 FAULT("ServerBusy", "", "ClientWebService/SyncUpdates")),
	BAD_SCAN("client identity", "80244007",
		 FAULT("InternalServerError", "",
		       "SimpleAuthWebService/GetAuthorizationCookie")),
	BAD_SCAN("anonymous off", "80244017", MAPPED("803d0005", "80244017")),
	BAD_SCAN("TLS required", "80244018", MAPPED("803d0005", "80244018")),
	BAD_SCAN("wrong address", "80244019", MAPPED("803d000d", "80244019")),
	BAD_SCAN("server broken", "8024401f", MAPPED("803d0013", "8024401f")),
	BAD_SCAN("pool stopped", "80244022", MAPPED("803d0014", "80244022")),
	BAD_SCAN("gateway", "80244021", MAPPED("803d0008", "80244021")),
	BAD_SCAN("answer cut", "80240440", MAPPED("803d0000", "80240440")),
	BAD_SCAN("proxy unreachable", "80240438",
		 "WebServices     WS error: The given proxy cannot "
		 "be reached."),
	BAD_SCAN("certificate expired", "80240437",
		 "WebServices     WS error: The date in the "
		 "certificate is invalid or has expired"),
	BAD_SCAN("root not trusted", "80240437",
		 "WebServices     WS error: The certificate "
		 "authority is invalid or incorrect"),
	{ 12, DOWNLOAD, NULL, DOWNLOAD_BEGIN, NULL,
	  DOWNLOAD_END("{x:00000000}") },
	BAD_DOWNLOAD("hash wrong", "80246002",
		     "DownloadManager *FAILED* [{b:80246002}] Failed to "
		     "postprocess the file: URL = 'http://wsus.example.test:"
		     "8530/Content/{i}/{h}{h}.cab'"),
	BAD_DOWNLOAD("firewall stopped", "800706d9",
		     "DownloadManager Error {x:800706d9} occurred while "
		     "downloading update; notifying dependent calls."),
	BAD_DOWNLOAD("ranges stripped", "80246013",
		     "DownloadManager Download job failed because "
		     "of insufficient range support."),
};

/* CBS.log */

TABLE(cbs_plain) = {
	{ 5, "CBS    Appl: Evaluating package {f}~31bf3856ad364e35~amd64~~{v}, "
	     "applicable state is installed" },
	{ 1, "CSI    {d}@2026/3/11:7:41:07.{i} WcpInitialize (wcp.dll version "
	     "0.0.0.6) called (stack @{a} @{a} @{a} @0xff83e97c)" },
	{ 3, "CSI    Performing {i} operations; {i} are not lock or unlock" },
	{ 3, "CBS    Exec: Session {S} is at stage {i}" },
	{ 2, "CBS    Plan: Package {f} v{v} is staged, KB{k}" },
	{ 2, "CSI    Created NT transaction (seq {i}) result 0x00000000, "
	     "handle @0x214" },
	{ 2, "CBS    Hash of {f} is {h}{h}{h}{h}{h}" },
	{ 1, "CSI    [DIRSD OWNER WARNING] {i} directories are not owned" },
	{ 1, "CBS    Blocked system sleep; prior state: 0x80000000" },
	{ 1, "CBS    Scratch folder is C:\\Users\\Zo\xC3\xAB\\AppData" },
	{ 1, "CBS    SQM: Failed to start upload with file pattern: "
	     "C:\\Windows\\servicing\\sqm\\*_std.sqm" },
};

TABLE(cbs_coded) = {
	{ 80, "CBS    The element after {f} was not read [HRESULT = {x} - "
	      "CBS_E_INVALID_PACKAGE]" },
	{ 60, "CBS    Cannot open package {f}~31bf3856ad364e35~amd64~~{v} "
	      "[HRESULT = {x}]" },
	{ 30, "CSI    (F) Failed on file {f} with {x}" },
	{ 20, "CBS    Mapping of {f} failed, hr = {x}, stack @{a}" },
	{ 20, "CBS    Exec: step {i} of {S} ended with status {X}" },
	{ 10, "CBS    Watchdog reports {n} for session {S}" },
	{ 10, "SP     CSetupManager ended [gle={l}]" },
	{ 10, "MOUPG  Operation ended with {p}" },
	/* Harmless, as signatures know. */
	{ 12, "CBS    Failed to get next element [HRESULT = {x:800f080d} - "
	      "CBS_E_MANIFEST_INVALID_ITEM]" },
	{ 10, "CBS    Failed to internally open package. [HRESULT = "
	      "{x:800f0805} - CBS_E_INVALID_PACKAGE]" },
	{ 6, "CBS    Failed to read AutoRepairNeeded value from registry. "
	     "[HRESULT = {x:80070490} - ERROR_NOT_FOUND]" },
	{ 4, "CBS    Not able to add pending.xml to Windows Error Report. "
	     "[HRESULT = {x:80070002} - ERROR_FILE_NOT_FOUND]" },
	{ 2, "CBS    Failed setting restore point [HRESULT = {x:80070422} - "
	     "ERROR_SERVICE_DISABLED]" },
	{ 2, "CBS    Failed administrator access check. [HRESULT = "
	     "{x:80070005} - E_ACCESSDENIED]" },
	{ 2, "CBS    Failed Open Eventlog: System [HRESULT = {x:800706ba} - "
	     "RPC_S_SERVER_UNAVAILABLE]" },
};

#define PACKAGE                                                    \
	"Package: Package_for_KB50300{B}~31bf3856ad364e35~amd64~~" \
	"10.0.1.{i}, Identifier: KB50300{B}"
#define SESSION_BEGIN                                                    \
	"CBS    Session: {S} initialized by client WindowsUpdateAgent, " \
	"external staging directory: (null)\n"                           \
	"CBS    Exec: Processing started.  Client: WindowsUpdateAgent, " \
	"Session: {S}, " PACKAGE
#define SESSION_END(code)                                                     \
	"CBS    Exec: Processing complete.  Session: {S}, " PACKAGE           \
	" [HRESULT = " code "]\n"                                             \
	"CBS    Session: {S} finalized. Reboot required: no [HRESULT = " code \
	"]"
#define BAD_SESSION(cause, code, scene)                   \
	{                                                 \
		1, SESSION, cause, SESSION_BEGIN, scene,  \
		    SESSION_END("{x:" code "} - FAILED"), \
	}
#define INSTALLER(name, result)                                             \
	"CSI    000001{i} Failed execution of queue item Installer: " name  \
	" ({{g}}) with HRESULT " result "  Failure will not be ignored: A " \
	"rollback will be initiated"

static const struct story cbs_stories[] = {
	{ 24, SESSION, NULL, SESSION_BEGIN, NULL,
	  SESSION_END("0x00000000 - S_OK") },
	BAD_SESSION("service disabled", "800f0922",
		    INSTALLER("HTTP Installer", "HRESULT_FROM_WIN32(1058).")),
	BAD_SESSION("scheduled task broken", "800f0922",
		    INSTALLER("Task Scheduler", "{x:80041316}.")),
	BAD_SESSION("disk full", "80070070",
		    "CBS    Failed to stage the package [HRESULT = "
		    "{x:80070070} - ERROR_DISK_FULL]"),
	BAD_SESSION("rights changed", "80070005",
		    "CSI    000000{i} (F) STATUS_ACCESS_DENIED #{d}# from "
		    "Windows::Rtl::SystemImplementation::"
		    "DirectFileSystemProvider::SysCreateFile(flags = 0)"),
	BAD_SESSION("rights changed", "80070005",
		    "CSI    000000{i} (F) STATUS_ACCESS_DENIED #{d}# from "
		    "Windows::Rtl::SystemImplementation::"
		    "DirectRegistryProvider::SysOpenKey(flags = 0)"),
	BAD_SESSION("file held", "80070020",
		    "CSI    000000{i} (F) STATUS_SHARING_VIOLATION #{d}# from "
		    "Windows::Rtl::SystemImplementation::SysMoveFile"),
	BAD_SESSION("update missing", "800f0831",
		    "CBS    Store corruption, manifest missing for package: "
		    "Package_{d}_for_KB{k}~31bf3856ad364e35~amd64~~{v}"),
	BAD_SESSION("stack too old", "800f0823",
		    "CBS    Package \"Package_for_KB{k}\" requires Servicing "
		    "Stack v10.0.{d}.1 but current Servicing Stack is "
		    "v10.0.1.1"),
	BAD_SESSION("boot partition full", "800f0922",
		    "CBS    SpaceCheck: Insufficient free space "
		    "on the system partition"),
	BAD_SESSION("driver folder missing", "80070003",
		    "CBS    Doqe: Recording result: {x:80070003}, "
		    "for Inf: oem{i}.inf"),
};

/* dism.log */

TABLE(dism_plain) = {
	{ 5, "DISM   DISM Provider Store: PID={d} TID={d} Getting the provider "
	     "of {f} - CDISMProviderStore::GetProvider" },
	{ 3, "DISM   DISM Manager: PID={d} TID={d} physical location path: C:"
	     "\\ - CDISMManager::CreateImageSession" },
	{ 2, "DISM   DISM.EXE: Attempting to add the commands of {f}" },
	{ 2, "DISM   DISM Package Manager: PID={d} Loaded servicing stack "
	     "{v} - CDISMPackageManager::Internal_Load" },
	{ 1, "DISM   API: PID={d} TID={d} m_pEventManager @{a} key {g}" },
};

TABLE(dism_coded) = {
	{ 6, "DISM   DISM Provider Store: PID={d} TID={d} {f} is not there - "
	     "CDISMProviderStore::Internal_GetProvider(hr:{x})" },
	{ 3, "DISM   DISM Package Manager: PID={d} Failed processing {f} - "
	     "CDISMPackageManager::ProcessChanges(hr:{x})" },
	{ 2, "DISM   DISM.EXE: Image session was closed, exit code = {x}" },
	{ 1, "DISM   DISM OS Provider: PID={d} returned ({u})" },
	{ 1, "DISM   DISM Driver Manager: PID={d} Error {X} for {f}" },
	{ 1, "DISM   DISM Provider Store: PID={d} TID={d} Failed to load the "
	     "provider: C:\\Windows\\System32\\Dism\\{f} - "
	     "CDISMProviderStore::Internal_GetProvider(hr:{x:8007007e})" },
};

#define COMMAND_BEGIN                                                        \
	"DISM   DISM.EXE: <----- Starting Dism.exe session ----->\n"         \
	"DISM   DISM.EXE: Host machine information: OS Version=10.0.19045, " \
	"Running architecture=amd64, Number of processors=4\n"               \
	"DISM   DISM.EXE: Executing command line: dism.exe  /online "        \
	"/add-package /packagepath:C:\\stage\\kb{B}.cab"
#define COMMAND_END                                                        \
	"DISM   DISM.EXE: Image session has been closed. Reboot required=" \
	"no.\n"                                                            \
	"DISM   DISM.EXE: <----- Ending Dism.exe session ----->"
#define BAD_COMMAND(cause, code, scene)                                     \
	{                                                                   \
		1, COMMAND, cause, COMMAND_BEGIN, scene,                    \
		    "!DISM   DISM Package Manager: PID={d} TID={d} Failed " \
		    "while processing the command - "                       \
		    "CPackageManagerCLIHandler::ExecuteCmdLine(hr:{x:" code \
		    "})\n"                                                  \
		    "!DISM   DISM.EXE: DISM Package Manager processed the " \
		    "command line but failed. HRESULT={X:" code             \
		    "}\n" COMMAND_END,                                      \
	}
#define SOURCE(code)                                                   \
	"!DISM   DISM Package Manager: PID={d} TID={d} CBS AddSource " \
	"failed with HRESULT={x:" code "}! - CDISMPackageManager::AddSource"

static const struct story dism_stories[] = {
	{ 12, COMMAND, NULL, COMMAND_BEGIN, NULL, COMMAND_END },
	BAD_COMMAND("image given as folder", "800f081f", SOURCE("8007010b")),
	BAD_COMMAND("source unreachable", "800f081f", SOURCE("80070003")),
	BAD_COMMAND("source unreachable", "800f081f", SOURCE("80070005")),
	BAD_COMMAND("disk full", "800f0828",
		    "!DISM   DISM Package Manager: PID={d} TID={d} Failed to "
		    "add the package, HRESULT = {x:800f0828} - "
		    "CBS_E_INSUFFICIENT_DISK_SPACE"),
};

/* A log of Windows Installer */

#define SERVER "MSI (s) (2C:A8) [{t}:{m}]: "
#define CLIENT "MSI (c) (1C:D0) [{t}:{m}]: "

TABLE(msi_plain) = {
	{ 40, SERVER "Executing op: ComponentRegister(ComponentId={{g}},"
		     "KeyPath=C:\\Program Files\\Contoso\\{f},State=3,"
		     "ProductKey={{g}},,SharedDllRefCount=0)" },
	{ 5, "Action start {t}: InstallFiles." },
	{ 55, SERVER "PROPERTY CHANGE: Adding ContosoPath property. Its value "
		     "is 'C:\\Program Files'." },
	{ 15, CLIENT "Note: 1: 2206 2:  3: Error" },
	{ 20, "Property(S): ProductCode = {{g}}" },
	{ 10, SERVER "File: C:\\Windows\\Installer\\{f}; To be installed; "
		     "Won't patch; No existing file" },
	{ 10, SERVER "SECREPAIR: hash {h}{h} matches" },
	/* Latin-1 here: the first 256 characters of UTF-16. */
	{ 10, "Property(S): Manufacturer = Soci\xE9t\xE9 Contoso" },
	/* Harmless, as signatures know. */
	{ 4, CLIENT "Note: 1: 2205 2:  3: Error" },
	{ 2, SERVER "Note: 1: 1402 2: HKEY_LOCAL_MACHINE\\Software\\Contoso "
		    "3: 2" },
	{ 1, "Info 1603. The file C:\\Program Files\\Contoso\\{f} is being "
	     "held in use." },
	{ 1, SERVER "The call to SRSetRestorePoint API failed. Returned "
		    "status: 0. GetLastError() returned: 127" },
};

TABLE(msi_coded) = {
	{ 60, SERVER "Note: 1: 2203 2: C:\\Windows\\Installer\\{f} 3: {n}" },
	{ 30, "RemoveFoldersEx:  Result {x}: Missing folder {f}" },
	{ 20, SERVER "Failed to connect to the server. Error: {X}" },
	{ 10, "QuietExec:  Result {x}: Command line returned an error." },
	{ 10, CLIENT "Resolving the source ended: {u}" },
	{ 3, "WixRemoveFoldersEx:  Error {x:80070057}: Missing folder "
	     "property: CONTOSO{i}" },
};

#define INSTALL_BEGIN                                                    \
	"=== Verbose logging started: 3/11/2026  {t}  Build type: SHIP " \
	"UNICODE 5.00.10011.00  Calling process: "                       \
	"C:\\Windows\\system32\\msiexec.exe ===\n" SERVER                \
	"******* RunEngine:\n"                                           \
	"           ******* Product: C:\\stage\\tool{B}.msi\n"           \
	"           ******* Action: \n"                                  \
	"           ******* CommandLine: **********\n"                   \
	"Action start {t}: INSTALL."
#define INSTALL_END(value, status)                             \
	"Action ended {t}: INSTALL. Return value " value ".\n" \
	"Property(S): ProductName = Contoso Tool {B}\n" SERVER \
	"MainEngineThread is returning " status "\n"           \
	"=== Verbose logging stopped: 3/11/2026  {t} ==="
#define BAD_INSTALL(cause, scene)                                        \
	{                                                                \
		1, INSTALL, cause, INSTALL_BEGIN,                        \
		    scene "\nAction ended {t}: InstallFinalize. Return " \
			  "value 3.",                                    \
		    INSTALL_END("3", "1603"),                            \
	}

static const struct story msi_stories[] = {
	{ 27, INSTALL, NULL, INSTALL_BEGIN, NULL, INSTALL_END("1", "0") },
	BAD_INSTALL(
	    "folder refused",
	    "Error 1310. Error writing to file: C:\\Contoso\\agent.exe.  "
	    "System error 5.  Verify that you have access to that "
	    "directory."),
	BAD_INSTALL(
	    "no room for a file",
	    "Error 1310. Error writing to file: C:\\Contoso\\agent.exe.  "
	    "System error 112.  Verify that you have access to that "
	    "directory."),
	BAD_INSTALL("service does not run",
		    "Error 1920. Service 'Contoso Agent' (contosoagent) failed "
		    "to start. Verify that you have sufficient privileges to "
		    "start system services."),
	BAD_INSTALL("service to be deleted",
		    "Error 1923. Service 'Contoso Agent' (contosoagent) could "
		    "not be installed. Verify that you have sufficient "
		    "privileges to install system services."),
	BAD_INSTALL("key refused",
		    "Error 1402. Could not open key: HKEY_LOCAL_MACHINE\\"
		    "Software\\Contoso.  System error 5.  Verify that you have "
		    "sufficient access to that key."),
	BAD_INSTALL("cabinet damaged", SERVER "Note: 1: 1335 2: contoso.cab "),
	BAD_INSTALL("custom action",
		    "CustomAction WixCreateTask returned actual error code "
		    "1603 (note this may not be 100% accurate if translation "
		    "happened inside sandbox)"),
};

/* A log of IIS */

/* Services of WSUS, numbered from 1; 0 is some other page. */
enum { CLIENT_SERVICE = 1, CONTENT_SERVICE, SELF_UPDATE, SERVICES };

#define IP "10.0.0.5 "
#define CLIENT_CALL                                                  \
	IP "POST /ClientWebService/client.asmx - 8530 - 10.0.4.{i} " \
	   "Windows-Update-Agent/{v}+Client-Protocol/2.50 - "

TABLE(iis_plain) = {
	{ 3, CLIENT_CALL "200 0 0 {d}", CLIENT_SERVICE, 200 },
	{ 9,
	  IP "GET /Content/{i}/{h}{h}{h}{h}{h}.cab - 8530 - 10.0.4.{i} "
	     "Microsoft-Delivery-Optimization/10.1 - 206 0 0 {d}",
	  CONTENT_SERVICE, 206 },
	{ 3, IP "POST /inventory/put.aspx - 80 - 10.0.4.{i} ContosoAgent/{v} "
		"- 500 0 0 {d}" },
	{ 1,
	  IP "GET /selfupdate/wuident.cab {d} 8530 - 10.0.4.{i} "
	     "Windows-Update-Agent - 200 0 0 {d}",
	  SELF_UPDATE, 200 },
};

TABLE(iis_coded) = {
	{ 3, IP "POST /reports/update.asp |{i}|{b}|Type_mismatch 80 - "
		"10.0.4.{i} Mozilla/5.0+(Windows+NT+10.0) - 500 0 0 {d}" },
	{ 1, IP "GET /inventory/put.aspx hr={x} 80 - 10.0.4.{i} "
		"ContosoAgent/{v} - 200 0 0 {d}" },
};

#define REFUSED(cause, status, rest)                                        \
	{                                                                   \
		1, WEB, cause, NULL,                                        \
		    CLIENT_CALL #status rest "\n" CLIENT_CALL #status rest  \
					     "\n" CLIENT_CALL #status rest, \
		    NULL, CLIENT_SERVICE, status,                           \
	}

static const struct story iis_stories[] = {
	{ 9, WEB, NULL, NULL, NULL, NULL, 0, 0 },
	REFUSED("too many requests", 503, " 2 0 {i}"),
	REFUSED("request too large", 413, " 0 0 {i}"),
	REFUSED("configuration unreadable", 500, " 19 5 {i}"),
};

#endif
