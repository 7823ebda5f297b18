/*
 * Logs of an endpoint and of its update server, as many bytes as wanted, the
 * same from the same seed on every machine:
 *
 *	loggen FOLDER BYTES SEED
 *
 * Beside them stands expected.json with what is in them, counted while it was
 * written.  24 lines in 100 hold a code, in every spelling; a fifth of the
 * bytes is UTF-16.  All texts are our own, after the grammars of real logs.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "bench.h"

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
#define CODED	     25 /* lines in 100, without the ends of episodes */
#define STORY	     60 /* lines of an episode, on average */
#define LINE_MAX     1024

/* How a code is spelled in a line; what expected.json counts. */
enum spelling {
	HEX,	  /* 0x80244007 */
	BARE,	  /* [80244007] */
	NEGATIVE, /* -2145107961 */
	UNSIGNED, /* 2149859335 */
	LEFTOVER, /* gle=0x000000b7: no code of the line's failure */
	SPELLINGS
};

static const char *const spelling_names[SPELLINGS] = {
	"hex", "bare", "negative", "unsigned", "leftover",
};

/*
 * A line's text.  Holes stand in braces:
 *	x X b n u l	a code: 0x with small or capital digits, bare,
 *			negative, unsigned; a leftover
 *	p		a setup pair: one code, 0xC1900101 - 0x20017
 *	s		a short success code with 0x: 0x240001
 *	w		a code with its sign in 64 bits
 *	a		an address of 11 digits
 *	g G		a GUID; one that begins like a code
 *	i d k		a number below 100, below 10,000, a KB number
 *	v		a version, one of a few
 *	h		digits of a hash
 *	c		the number of the episode
 *	m		milliseconds, three digits
 *	S		a session id of the component store
 *	f		a file, one of a few
 *	t		the time of day, hh:mm:ss
 */
struct line {
	unsigned weight;
	const char *text;
};

struct dialect {
	const char *file;
	unsigned share; /* of all bytes, in percent */
	bool wide;	/* UTF-16LE with a byte order mark */
	const char *head;
	void (*stamp)(char *out, uint64_t ms, uint64_t *random);
	const struct line *plain, *coded;
	size_t n_plain, n_coded;
	const char *episode; /* its name in expected.json */
	const char *begin, *good, *bad;
};

/* Codes that such logs hold; failures all. */
static const uint32_t codes[] = {
	0x80244007, 0x80244022, 0x8024402C, 0x80240438, 0x80070002, 0x80070005,
	0x80070422, 0x8007000E, 0x800F0805, 0x800F080D, 0x800F081F, 0x800F0922,
	0x80073712, 0x80080005, 0x80004005, 0x800706BA, 0x80072EE2, 0x80072F8F,
	0x8024000B, 0x80246007, 0x80248007, 0xC0000034, 0x80190193, 0x87D00664,
};

static const char *const files[] = {
	"advapi32.dll",	       "Microsoft-Windows-Foundation-Package",
	"defaultuser.theme",   "wuaueng.dll",
	"amd64_microsoft-net", "Package_for_KB5031356",
	"CNBJ2530.DPB",	       "update.mum",
};

#define TABLE(name) static const struct line name[]

TABLE(wu_plain) = {
	{ 9, "IdleTimer       WU operation (CSearchCall::Init ID {c}) started; "
	     "operation # {d}; does use network; is at background priority" },
	{ 4, "ProtocolTalker  OK to reuse existing configuration" },
	{ 4, "WebServices     Auto proxy settings for this web service call." },
	{ 3, "ProtocolTalker  ServiceId = {{g}}, Server URL = "
	     "http://wsus.example.test:8530/ClientWebService/client.asmx" },
	{ 3, "Agent           ServiceID = {g} Third party service" },
	{ 2, "DownloadManager Update {g}.{d} is allowed to download" },
	{ 2, "Agent           Caller SID for Applicability: S-1-5-18" },
	{ 2, "Handler         Loaded KB{k} at {v}, session 30{d}33_26{d}39" },
	{ 1, "WebServices     WS error: <detail><ErrorCode>InvalidParameters"
	     "</ErrorCode><Message>parameters.InstalledNonLeafUpdateIDs"
	     "</Message><ID>{g}</ID></detail>" },
	{ 1, "Misc            Validating signature for C:\\Windows\\"
	     "SoftwareDistribution\\SLS\\{g}\\sls.cab with dwProvFlags "
	     "0x00000080:" },
	{ 1, "Agent           Title = Cumulative update, KB{k}, {v}" },
	{ 1, "SLS             Cache holds {G}, expires in {i} hours" },
	{ 1, "Shared          SHA-256 of the file: {h}{h}{h}{h}" },
	{ 1, "Agent           WARNING: thread {d} (0x{i}) waits, flags 0x{i}" },
};

TABLE(wu_coded) = {
	{ 8, "ProtocolTalker  *FAILED* [{b}] SyncUpdates_WithRecovery failed" },
	{ 6, "DownloadManager *FAILED* [{b}] Job {g} was cancelled" },
	{ 4, "WebServices     WS error: the call ended with {x}" },
	{ 3, "ComApi          *FAILED* [{b}] Interface call {i}" },
	{ 3, "Agent           Update {g} could not be evaluated, error = {x}" },
	{ 2, "DownloadManager DO job {G} hr = {x}, url was refreshed" },
	{ 1, "Handler         Installer returned {n}, reboot is not wanted" },
	{ 1, "Misc            Got result {u} and hr:{X} of {g}" },
	{ 1, "Report          Upload of {i} events failed, error = {u}" },
	{ 1, "Service         Service exit [Exit code = {s}]" },
	{ 1, "Misc            Call of {g} returned {w}" },
};

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
	{ 1, "CSI    [SR] Verifying {i} components" },
	{ 1, "CBS    Blocked system sleep; prior state: 0x80000000" },
	{ 1, "CBS    Scratch folder is C:\\Users\\Zo\xC3\xAB\\AppData" },
};

TABLE(cbs_coded) = {
	{ 8, "CBS    Failed to get the next element of {f} [HRESULT = {x} - "
	     "CBS_E_INVALID_PACKAGE]" },
	{ 6, "CBS    Cannot open package {f}~31bf3856ad364e35~amd64~~{v} "
	     "[HRESULT = {x}]" },
	{ 3, "CSI    (F) Failed on file {f} with {x}" },
	{ 2, "CBS    Mapping of {f} failed, hr = {x}, stack @{a}" },
	{ 2, "CBS    Exec: step {i} of {S} ended with status {X}" },
	{ 1, "CBS    Watchdog reports {n} for session {S}" },
	{ 1, "SP     CSetupManager ended [gle={l}]" },
	{ 1, "MOUPG  Operation ended with {p}" },
};

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
};

TABLE(msi_plain) = {
	{ 4, "MSI (s) (2C:A8) [{t}:{m}]: Executing op: ComponentRegister("
	     "ComponentId={{g}},KeyPath=C:\\Program Files\\Contoso\\{f},"
	     "State=3,ProductKey={{g}},,SharedDllRefCount=0)" },
	{ 3, "Action start {t}: InstallFiles." },
	{ 3, "MSI (s) (2C:A8) [{t}:{m}]: PROPERTY CHANGE: Adding "
	     "ContosoPath property. Its value is 'C:\\Program Files'." },
	{ 2, "MSI (c) (1C:D0) [{t}:{m}]: Note: 1: 2205 2:  3: Error" },
	{ 2, "Property(S): ProductCode = {{g}}" },
	{ 1, "MSI (s) (2C:A8) [{t}:{m}]: File: C:\\Windows\\Installer\\{f}; "
	     "To be installed; Won't patch; No existing file" },
	{ 1, "MSI (s) (2C:A8) [{t}:{m}]: SECREPAIR: hash {h}{h} matches" },
	/* Latin-1 here: the first 256 characters of UTF-16. */
	{ 1, "Property(S): Manufacturer = Soci\xE9t\xE9 Contoso" },
};

TABLE(msi_coded) = {
	{ 6, "MSI (s) (2C:A8) [{t}:{m}]: Note: 1: 2203 2: C:\\Windows\\"
	     "Installer\\{f} 3: {n}" },
	{ 3, "WixRemoveFoldersEx:  Error {x}: Missing folder property" },
	{ 2, "MSI (s) (2C:A8) [{t}:{m}]: Failed to connect to the server. "
	     "Error: {X}" },
	{ 1, "CAQuietExec:  Error {x}: Command line returned an error." },
	{ 1, "MSI (c) (1C:D0) [{t}:{m}]: Resolving the source ended: {u}" },
};

TABLE(iis_plain) = {
	{ 8, "10.0.0.5 POST /ClientWebService/client.asmx - 8530 - 10.0.4.{i} "
	     "Windows-Update-Agent/{v}+Client-Protocol/2.50 - 200 0 0 {d}" },
	{ 4,
	  "10.0.0.5 GET /Content/{i}/{h}{h}{h}{h}{h}.cab - 8530 - 10.0.4.{i} "
	  "Microsoft-Delivery-Optimization/10.1 - 206 0 0 {d}" },
	{ 1, "10.0.0.5 POST /SimpleAuthWebService/SimpleAuth.asmx - 8530 - "
	     "10.0.4.{i} Windows-Update-Agent/{v} - 500 0 0 {d}" },
	{ 1, "10.0.0.5 GET /selfupdate/wuident.cab {d} 8530 - 10.0.4.{i} "
	     "Windows-Update-Agent - 401 2 5 {d}" },
};

TABLE(iis_coded) = {
	{ 3, "10.0.0.5 POST /reports/update.asp |{i}|{b}|Type_mismatch 80 - "
	     "10.0.4.{i} Mozilla/5.0+(Windows+NT+10.0) - 500 0 0 {d}" },
	{ 1, "10.0.0.5 GET /inventory/put.aspx hr={x} 80 - 10.0.4.{i} "
	     "ContosoAgent/{v} - 200 0 0 {d}" },
};

struct counts {
	uint64_t bytes, lines, coded_lines, spelled[SPELLINGS];
	uint64_t episodes, failed;
};

/* A file on its way. */
struct writer {
	const struct dialect *dialect;
	FILE *f;
	uint64_t random;
	uint64_t ms;   /* since the log began */
	uint64_t left; /* lines of the episode still to come */
	bool open;
	struct counts counts;
	size_t len;
	char line[LINE_MAX];
};

static uint32_t
below(uint64_t *random, uint32_t n)
{
	return (uint32_t)((uint64_t)bench_random(random) * n >> 32);
}

static void
stamp_wu(char *out, uint64_t ms, uint64_t *random)
{
	unsigned s = (unsigned)(ms / 1000);

	snprintf(out, LINE_MAX,
		 "2026/03/%02u %02u:%02u:%02u.%03u%04u %-5u %-5u ",
		 1 + s / 86400 % 28, s / 3600 % 24, s / 60 % 60, s % 60,
		 (unsigned)(ms % 1000), below(random, 10000), 8668u,
		 1000 + below(random, 9000));
}

static void
stamp_cbs(char *out, uint64_t ms, uint64_t *random)
{
	uint32_t grade = below(random, 20);
	const char *level = grade == 0	? "Error"
			    : grade < 3 ? "Warning"
					: "Info";
	unsigned s = (unsigned)(ms / 1000);

	snprintf(out, LINE_MAX, "2026-03-%02u %02u:%02u:%02u, %-22s",
		 1 + s / 86400 % 28, s / 3600 % 24, s / 60 % 60, s % 60, level);
}

static void
stamp_iis(char *out, uint64_t ms, uint64_t *random)
{
	unsigned s = (unsigned)(ms / 1000);

	(void)random;
	snprintf(out, LINE_MAX, "2026-03-%02u %02u:%02u:%02u ",
		 1 + s / 86400 % 28, s / 3600 % 24, s / 60 % 60, s % 60);
}

static void
stamp_none(char *out, uint64_t ms, uint64_t *random)
{
	(void)ms;
	(void)random;
	out[0] = '\0';
}

#define ROWS(name)                                                 \
	.plain = name##_plain, .n_plain = ARRAY_LEN(name##_plain), \
	.coded = name##_coded, .n_coded = ARRAY_LEN(name##_coded)

static const struct dialect dialects[] = {
	{ .file = "WindowsUpdate.log",
	  .share = 32,
	  .stamp = stamp_wu,
	  ROWS(wu),
	  .head = "",
	  .episode = "scans",
	  .begin = "Agent           * START * Finding updates CallerId = "
		   "Update;taskhostw  Id = {c}",
	  .good = "Agent           * END * Finding updates CallerId = "
		  "Update;taskhostw, Id = {c}, Exit code = 0x00000000",
	  .bad = "Agent           * END * Finding updates CallerId = "
		 "Update;taskhostw, Id = {c}, Exit code = {x}" },
	{ .file = "CBS.log",
	  .share = 28,
	  .stamp = stamp_cbs,
	  ROWS(cbs),
	  .head = "\xEF\xBB\xBF",
	  .episode = "sessions",
	  .begin = "CBS    Session: {S} initialized by client "
		   "WindowsUpdateAgent",
	  .good = "CBS    Session: {S} finalized. Reboot required: no "
		  "[HRESULT = 0x00000000 - S_OK]",
	  .bad = "CBS    Session: {S} finalized. Reboot required: no "
		 "[HRESULT = {x} - CBS_E_SOURCE_MISSING]" },
	{ .file = "dism.log",
	  .share = 12,
	  .stamp = stamp_cbs,
	  ROWS(dism),
	  .head = "\xEF\xBB\xBF",
	  .episode = "commands",
	  .begin = "DISM   DISM.EXE: <----- Starting Dism.exe session ----->",
	  .good = "DISM   DISM.EXE: <----- Ending Dism.exe session ----->",
	  .bad = "DISM   DISM.EXE: <----- Ending Dism.exe session -----> "
		 "(hr:{x})" },
	{ .file = "msi-install.log",
	  .share = 20,
	  .wide = true,
	  .stamp = stamp_none,
	  ROWS(msi),
	  .head = "=== Verbose logging started: 3/11/2026  8:41:07  Build "
		  "type: SHIP UNICODE 5.00.10011.00 ===\r\n",
	  .episode = "installs",
	  .begin = "Action start {t}: INSTALL.",
	  .good = "Action ended {t}: INSTALL. Return value 1.",
	  .bad = "Action ended {t}: INSTALL. Return value 3." },
	{ .file = "u_ex260311.log",
	  .share = 8,
	  .stamp = stamp_iis,
	  ROWS(iis),
	  .head = "#Software: Microsoft Internet Information "
		  "Services 10.0\r\n#Version: 1.0\r\n#Fields: date time s-ip "
		  "cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip "
		  "cs(User-Agent) cs(Referer) sc-status sc-substatus "
		  "sc-win32-status time-taken\r\n" },
};

static void
add(struct writer *w, const char *fmt, unsigned value)
{
	int n = snprintf(w->line + w->len, LINE_MAX - w->len, fmt, value);

	w->len += (size_t)n;
}

static void
add_text(struct writer *w, const char *text)
{
	size_t n = strlen(text);

	memcpy(w->line + w->len, text, n);
	w->len += n;
}

static void
add_code(struct writer *w, enum spelling spelling, const char *fmt)
{
	/* A few make most of the lines, as in life. */
	uint32_t i = below(&w->random, ARRAY_LEN(codes));

	i = below(&w->random, i + 1);
	w->counts.spelled[spelling]++;
	if (spelling == NEGATIVE) {
		add_text(w, "-");
		add(w, "%u", 0 - codes[i]);
	} else {
		add(w, fmt, codes[i]);
	}
}

static void
add_guid(struct writer *w, uint32_t first)
{
	add(w, "%08X", first);
	add(w, "-%04X", below(&w->random, 0x10000));
	add(w, "-%04X", below(&w->random, 0x10000));
	add(w, "-%04X", below(&w->random, 0x10000));
	add(w, "-%04X", below(&w->random, 0x10000));
	add(w, "%08X", bench_random(&w->random));
}

/* An address of a module in the upper 8 TB, as Windows 7 to 11 have them. */
static void
add_address(struct writer *w)
{
	add(w, "0x7fe%08x", bench_random(&w->random));
}

static void
add_time(struct writer *w)
{
	unsigned s = (unsigned)(w->ms / 1000);

	add(w, "%02u:", s / 3600 % 24);
	add(w, "%02u:", s / 60 % 60);
	add(w, "%02u", s % 60);
}

/* A hole that is a code or a leftover; false when it is something else. */
static bool
add_code_hole(struct writer *w, char hole)
{
	switch (hole) {
	case 'x':
		add_code(w, HEX, "0x%08x");
		return true;
	case 'X':
		add_code(w, HEX, "0x%08X");
		return true;
	case 'w':
		add_code(w, HEX, "0xffffffff%08x");
		return true;
	case 'b':
		add_code(w, BARE, "%08X");
		return true;
	case 'n':
		add_code(w, NEGATIVE, "");
		return true;
	case 'u':
		add_code(w, UNSIGNED, "%u");
		return true;
	case 'p':
		w->counts.spelled[HEX]++;
		add_text(w, "0xC1900101 - 0x20017");
		return true;
	case 's':
		w->counts.spelled[HEX]++;
		add_text(w, "0x240001");
		return true;
	case 'l':
		w->counts.spelled[LEFTOVER]++;
		add(w, "0x%08x", 1 + below(&w->random, 200));
		return true;
	default:
		return false;
	}
}

/* A hole that only looks like one, or like nothing. */
static bool
add_decoy_hole(struct writer *w, char hole)
{
	uint64_t *r = &w->random;

	switch (hole) {
	case 'a':
		add_address(w);
		return true;
	case 'g':
		add_guid(w, bench_random(r));
		return true;
	case 'G':
		add_guid(w, codes[below(r, ARRAY_LEN(codes))]);
		return true;
	case 'h':
		add(w, "%08x", bench_random(r));
		return true;
	case 'S':
		add(w, "30792633_%u",
		    1394979193 + (unsigned)w->counts.episodes);
		return true;
	case 'k':
		add(w, "%u", 5000000 + below(r, 90000));
		return true;
	case 'v':
		/* A machine meets a few dozen of them. */
		add(w, "10.0.%u", 19041 + 1000 * below(r, 4));
		add(w, ".%u", 1 + 211 * below(r, 16));
		return true;
	default:
		return false;
	}
}

static void
add_hole(struct writer *w, char hole)
{
	if (add_code_hole(w, hole) || add_decoy_hole(w, hole))
		return;
	switch (hole) {
	case 'i':
		add(w, "%u", 1 + below(&w->random, 99));
		break;
	case 'd':
		add(w, "%u", 100 + below(&w->random, 9900));
		break;
	case 'm':
		add(w, "%03u", below(&w->random, 1000));
		break;
	case 'c':
		add(w, "%u", (unsigned)w->counts.episodes);
		break;
	case 'f':
		add_text(w, files[below(&w->random, ARRAY_LEN(files))]);
		break;
	case 't':
		add_time(w);
		break;
	default:
		fprintf(stderr, "loggen: no hole {%c}\n", hole);
		exit(2);
	}
}

static void
add_template(struct writer *w, const char *text)
{
	for (; *text != '\0'; text++) {
		/* {{g}} is a GUID in braces. */
		if (text[0] == '{' && text[1] != '{' && text[1] != '\0' &&
		    text[2] == '}') {
			add_hole(w, text[1]);
			text += 2;
		} else {
			w->line[w->len++] = *text;
		}
	}
}

static void
put(struct writer *w, const char *p, size_t n)
{
	w->counts.bytes += w->dialect->wide ? 2 * n : n;
	if (!w->dialect->wide) {
		fwrite(p, 1, n, w->f);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		putc(p[i], w->f);
		putc('\0', w->f);
	}
}

static uint64_t
codes_written(const struct writer *w)
{
	uint64_t n = 0;

	for (int i = 0; i < LEFTOVER; i++)
		n += w->counts.spelled[i];
	return n;
}

static void
put_line(struct writer *w, const char *text)
{
	uint64_t before = codes_written(w);

	w->ms += below(&w->random, 40);
	w->dialect->stamp(w->line, w->ms, &w->random);
	w->len = strlen(w->line);
	add_template(w, text);
	add_text(w, "\r\n");
	put(w, w->line, w->len);
	w->counts.lines++;
	w->counts.coded_lines += codes_written(w) > before;
}

static const char *
draw(struct writer *w, const struct line *rows, size_t n)
{
	unsigned sum = 0;
	uint32_t at;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		sum += rows[k].weight;
	at = below(&w->random, sum);
	while (at >= rows[i].weight)
		at -= rows[i++].weight;
	return rows[i].text;
}

static void
begin_episode(struct writer *w)
{
	w->open = true;
	w->left = 10 + below(&w->random, 2 * STORY - 20);
	w->counts.episodes++;
	put_line(w, w->dialect->begin);
}

static void
end_episode(struct writer *w)
{
	bool bad = below(&w->random, 4) == 0;

	w->open = false;
	w->counts.failed += bad;
	put_line(w, bad ? w->dialect->bad : w->dialect->good);
}

static void
step(struct writer *w)
{
	const struct dialect *d = w->dialect;

	if (d->episode != NULL && !w->open)
		begin_episode(w);
	else if (d->episode != NULL && w->left == 0)
		end_episode(w);
	else if (below(&w->random, 100) < CODED)
		put_line(w, draw(w, d->coded, d->n_coded));
	else
		put_line(w, draw(w, d->plain, d->n_plain));
	w->left -= w->left > 0;
}

static void
put_head(struct writer *w)
{
	const char *head = w->dialect->head;

	if (w->dialect->wide) {
		fwrite("\xFF\xFE", 1, 2, w->f);
		w->counts.bytes += 2;
	}
	put(w, head, strlen(head));
	for (; *head != '\0'; head++)
		w->counts.lines += *head == '\n';
}

static struct counts
write_log(const struct dialect *d, const char *folder, uint64_t bytes,
	  uint64_t seed)
{
	struct writer w = { .dialect = d, .random = seed };
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, d->file);
	if ((w.f = fopen(path, "wb")) == NULL) {
		perror(path);
		exit(2);
	}
	put_head(&w);
	while (w.counts.bytes < bytes)
		step(&w);
	/* Each story has its end, so that they can be counted. */
	if (w.open)
		end_episode(&w);
	if (fclose(w.f) != 0) {
		perror(path);
		exit(2);
	}
	return w.counts;
}

static void
print_counts(FILE *f, const struct counts *c)
{
	uint64_t sum = 0;

	fprintf(f,
		"\"bytes\": %" PRIu64 ", \"lines\": %" PRIu64
		", \"coded_lines\": %" PRIu64,
		c->bytes, c->lines, c->coded_lines);
	for (int i = 0; i < SPELLINGS; i++) {
		fprintf(f, ", \"%s\": %" PRIu64, spelling_names[i],
			c->spelled[i]);
		sum += i == LEFTOVER ? 0 : c->spelled[i];
	}
	fprintf(f, ", \"codes\": %" PRIu64, sum);
}

static void
sum_up(struct counts *all, const struct counts *c)
{
	all->bytes += c->bytes;
	all->lines += c->lines;
	all->coded_lines += c->coded_lines;
	for (int i = 0; i < SPELLINGS; i++)
		all->spelled[i] += c->spelled[i];
}

static FILE *
open_expected(const char *folder)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof(path), "%s/expected.json", folder);
	if ((f = fopen(path, "w")) == NULL) {
		perror(path);
		exit(2);
	}
	return f;
}

int
main(int argc, char **argv)
{
	struct counts all = { 0 };
	uint64_t bytes, seed;
	FILE *f;

	if (argc != 4) {
		fputs("usage: loggen FOLDER BYTES SEED\n", stderr);
		return 2;
	}
	bytes = strtoull(argv[2], NULL, 10);
	seed = strtoull(argv[3], NULL, 10);
	f = open_expected(argv[1]);
	fprintf(f, "{\"seed\": %" PRIu64 ",\n \"files\": [", seed);
	for (size_t i = 0; i < ARRAY_LEN(dialects); i++) {
		const struct dialect *d = &dialects[i];
		/* Any seed will do, 0 too; the generator must not be 0. */
		struct counts c =
		    write_log(d, argv[1], bytes / 100 * d->share,
			      (seed * 2 + 1) * UINT64_C(0x9E3779B97F4A7C15) +
				  i);

		fprintf(f, "%s\n  {\"file\": \"%s\", ", i > 0 ? "," : "",
			d->file);
		print_counts(f, &c);
		if (d->episode != NULL)
			fprintf(f,
				", \"%s\": %" PRIu64 ", \"failed\": %" PRIu64,
				d->episode, c.episodes, c.failed);
		fputs("}", f);
		sum_up(&all, &c);
	}
	fputs("\n ],\n ", f);
	print_counts(f, &all);
	fputs("}\n", f);
	return fclose(f) != 0;
}
