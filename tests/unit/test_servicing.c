/*
 * What servicing logs tell: sessions of the servicing stack, checks of the
 * component store, runs of sfc and of DISM, each read from a log as a whole.
 * Lines are written after real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/compiler.h"
#include "diagnose/analysis.h"

#include "input/slice_input.h"

static struct ww_rules rules;
static struct ww_arena rules_arena;
static jmp_buf oom;
static struct ww_analyser analyser;

/* One log, read. */
static struct ww_analysis *told;
static atomic_bool stop;

static int
set_up_rules(void **state)
{
	(void)state;
	ww_arena_init(&rules_arena, &oom);
	ww_rules_make(&rules, &rules_arena, ww_catalogue_embedded());
	analyser = (struct ww_analyser){ .rules = &rules,
					 .kernels = ww_kernels_choose(),
					 .since = WW_NO_TIME,
					 .until = WW_NO_TIME,
					 .stop = &stop };
	return 0;
}

static int
release_rules(void **state)
{
	(void)state;
	ww_arena_release(&rules_arena);
	return 0;
}

static int
set_up(void **state)
{
	(void)state;
	told = NULL;
	return 0;
}

static int
release(void **state)
{
	(void)state;
	if (told != NULL)
		ww_arena_release(&told->arena);
	free(told);
	told = NULL;
	return 0;
}

static void
tell(const char *text)
{
	struct ww_slice rest = ww_slice_cstr(text);
	struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	void *state = NULL;

	release(&state);
	told = calloc(1, sizeof(*told));
	assert_non_null(told);
	ww_arena_init(&told->arena, &told->oom);
	assert_true(ww_analysis_run(told, &analyser, &input));
}

static unsigned
count(enum ww_episode_id kind)
{
	unsigned n = 0;

	for (struct ww_series *s = told->series; s != NULL; s = s->next)
		n += s->kind == kind;
	return n;
}

/* The series of that kind; of that subject, unless it is NULL. */
static struct ww_series *
series(enum ww_episode_id kind, const char *subject)
{
	for (struct ww_series *s = told->series; s != NULL; s = s->next)
		if (s->kind == kind &&
		    (subject == NULL ||
		     ww_slice_eq(s->subject, ww_slice_cstr(subject))))
			return s;
	fail_msg("no series %s", subject == NULL ? "" : subject);
	return NULL;
}

static void
assert_counts(const struct ww_series *s, unsigned open, unsigned succeeded,
	      unsigned failed, unsigned cancelled)
{
	assert_int_equal(s->n[WW_OUTCOME_OPEN], open);
	assert_int_equal(s->n[WW_OUTCOME_SUCCEEDED], succeeded);
	assert_int_equal(s->n[WW_OUTCOME_FAILED], failed);
	assert_int_equal(s->n[WW_OUTCOME_CANCELLED], cancelled);
}

static struct ww_episode *
only_good(enum ww_episode_id kind, const char *subject)
{
	struct ww_series *s = series(kind, subject);

	assert_counts(s, 0, 1, 0, 0);
	assert_non_null(s->good);
	return s->good;
}

static struct ww_episode *
only_failed(enum ww_episode_id kind, const char *subject)
{
	struct ww_series *s = series(kind, subject);

	assert_counts(s, 0, 0, 1, 0);
	return s->failed->latest;
}

static void
assert_code(const struct ww_episode *e, uint32_t code)
{
	assert_true(e->has_code);
	assert_int_equal(e->code, code);
}

/* NULL: there is no note of that name. */
static void
assert_note(const struct ww_episode *e, const char *name, const char *value)
{
	struct ww_slice got = ww_episode_note(e, name);

	if (value == NULL) {
		assert_int_equal(got.len, 0);
		return;
	}
	assert_int_equal(got.len, strlen(value));
	assert_memory_equal(got.p, value, got.len);
}

static const struct ww_item *
item(const struct ww_episode *e, const char *name)
{
	for (const struct ww_item *i = e->items; i != NULL; i = i->next)
		if (ww_slice_eq(i->name, ww_slice_cstr(name)))
			return i;
	fail_msg("no item %s", name);
	return NULL;
}

static void
assert_item(const struct ww_episode *e, const char *name, const char *detail,
	    const char *item_state, bool bad)
{
	const struct ww_item *i = item(e, name);

	assert_true(ww_slice_eq(i->detail, ww_slice_cstr(detail)));
	assert_string_equal(i->state, item_state);
	assert_int_equal(i->bad, bad);
}

static void
assert_ends_with_line(const struct ww_episode *e, uint64_t line)
{
	assert_int_equal(e->outcome_quote.line, line);
}

#define AT(time, text) \
	"2026-05-22 " time ", Info                  CBS    " text "\r\n"
#define CBS(text) AT("16:22:42", text)
#define CSI(text)                                                          \
	"2026-05-22 16:22:42, Info                  CSI    00000006 " text \
	"\r\n"
#define BARE(text) text "\r\n"

/* The store */

#define ASKED CBS("Client specifies store corruption detect and repair.")
#define BEGUN                                                             \
	CBS("Exec: Session processing started.  Client: DISM Package "    \
	    "Manager Provider, Session(Store Corruption Detect/Repair): " \
	    "30792633_1394979193")
#define COMPLETE(result)                                                   \
	CBS("Exec: Processing complete, session(Corruption Repairing): "   \
	    "30792633_1394979193 [HRESULT = " result "]")                  \
	CBS("Session: 30792633_1394979193 finalized. Reboot required: no " \
	    "[HRESULT = " result "]")
#define TITLE                                    \
	CBS("=================================") \
	CBS("Checking System Update Readiness.") \
	CBS("")
#define SUMMARY(operation, result, detected, repaired)           \
	CBS("")                                                  \
	CBS("Summary:")                                          \
	CBS("Operation: " operation)                             \
	CBS("Operation result: " result)                         \
	CBS("Last Successful Step: Entire operation completes.") \
	CBS("Total Detected Corruption:\t" detected)             \
	CBS("\tCBS Manifest Corruption:\t0")                     \
	CBS("Total Repaired Corruption:\t" repaired)             \
	CBS("Total Operation Time: 95 seconds.")

#define PRINTER(version, rest)                                       \
	"amd64_prncacla.inf_31bf3856ad364e35_" version "_none_" rest \
	"\\Amd64\\CNBJ2531.DPB"
#define OLD_PRINTER PRINTER("6.2.9200.16430", "fdce12188b615b12")
#define NEW_PRINTER PRINTER("6.2.9200.20531", "fe58af2da47e1433")

static void
store_not_repaired(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(CBS("Session: 30792633_1394979193 initialized by client DISM "
		 "Package Manager Provider, external staging directory: "
		 "(null)") CBS("Exec: Addsource called, session: "
			       "30792633_1394979193, Path: "
			       "f:\\sources\\install.wim") ASKED BEGUN TITLE
		 CBS("(p)\tCSI Payload Corrupt\t(n)\t\t" OLD_PRINTER) CBS(
		     "Repair failed: Missing replacement payload.")
		     CBS("(p)\tCSI Payload Corrupt\t(n)\t\t" NEW_PRINTER) CBS(
			 "Repair failed: Missing replacement payload.")
			 SUMMARY("Detect and Repair ", "0x800f081f", "2", "0")
			     CBS("Clients specified using local source only.")
				 COMPLETE("0x800f081f - CBS_E_SOURCE_MISSING"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_code(e, 0x800f081f);
	assert_ends_with_line(e, 22);
	assert_int_equal(e->n_items, 2);
	assert_item(e, OLD_PRINTER, "6.2.9200.16430", "not repaired", true);
	assert_item(e, NEW_PRINTER, "6.2.9200.20531", "not repaired", true);
	assert_note(e, "version", "6.2.9200.20531");
	assert_note(e, "source-path", "f:\\sources\\install.wim");
	assert_note(e, "local-source-only", "yes");
	assert_note(e, "skip-wu", NULL);
	assert_note(e, "operation", "Detect and Repair");
	assert_note(e, "detected", "2");
	assert_note(e, "repaired", "0");
	assert_note(e, "client", "DISM Package Manager Provider");
	/* It is the store's episode, and not one of packages as well. */
	assert_int_equal(count(WW_EPISODE_CBS_SESSION), 0);
}

static void
store_repaired(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(ASKED BEGUN TITLE CBS("(p)\tCSI Payload "
				   "Corrupt\t(w)\t(Fixed)\t" OLD_PRINTER)
		 CBS("(p)\tCBS MUM "
		     "Missing\t(w)\t(Fixed)\tPackage_1_for_KB5004237"
		     "~31bf3856ad364e35~amd64~~19041.1110.1.8")
		     SUMMARY("Detect and Repair ", "0x0", "2", "2")
			 COMPLETE("0x00000000 - S_OK"));
	e = only_good(WW_EPISODE_STORE_CHECK, NULL);
	assert_int_equal(e->n_items, 2);
	assert_int_equal(e->n_bad, 0);
	assert_item(e, OLD_PRINTER, "6.2.9200.16430", "repaired", false);
	assert_item(e,
		    "Package_1_for_KB5004237~31bf3856ad364e35~amd64~~"
		    "19041.1110.1.8",
		    "19041.1110.1.8", "repaired", false);
	assert_note(e, "version", NULL);
}

/* Found by /ScanHealth, which repairs nothing and says 0. */
static void
store_detected_only(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(ASKED BEGUN TITLE CBS(
	    "(p)\tCSI Payload Corrupt\t(n)\t\t" OLD_PRINTER)
		 SUMMARY("Detect only ", "0x0", "1", "0")
		     COMPLETE("0x00000000 - S_OK"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_false(e->has_code);
	assert_item(e, OLD_PRINTER, "6.2.9200.16430", "found, not repaired",
		    true);
	assert_note(e, "version", "6.2.9200.16430");
}

/* One file of two, and the whole says 0 nevertheless. */
static void
store_half_repaired(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(ASKED BEGUN TITLE CBS(
	    "(p)\tCSI Payload Corrupt\t(w)\t(Fixed)\t" OLD_PRINTER)
		 CBS("(p)\tCSI Payload Corrupt\t(n)\t\t" NEW_PRINTER)
		     SUMMARY("Detect and Repair ", "0x0", "2", "1")
			 COMPLETE("0x00000000 - S_OK"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_int_equal(e->n_bad, 1);
	assert_item(e, OLD_PRINTER, "6.2.9200.16430", "repaired", false);
	assert_item(e, NEW_PRINTER, "6.2.9200.20531", "not repaired", true);
	assert_note(e, "version", "6.2.9200.20531");
}

static void
store_clean(void **state)
{
	(void)state;
	tell(ASKED BEGUN TITLE SUMMARY("Detect and Repair ", "0x0", "0", "0")
		 COMPLETE("0x00000000 - S_OK"));
	assert_int_equal(only_good(WW_EPISODE_STORE_CHECK, NULL)->n_items, 0);
}

/* By whoever pressed Ctrl+C, before there is a block. */
static void
store_cancelled(void **state)
{
	struct ww_series *s;

	(void)state;
	tell(ASKED BEGUN COMPLETE("0x800f0820 - CBS_E_CANCEL"));
	s = series(WW_EPISODE_STORE_CHECK, NULL);
	assert_counts(s, 0, 0, 0, 1);
	assert_int_equal(s->failing, 0);
}

/* The log ends while the check runs. */
static void
store_open(void **state)
{
	(void)state;
	tell(ASKED BEGUN CBS("Exec: text"));
	assert_counts(series(WW_EPISODE_STORE_CHECK, NULL), 1, 0, 0, 0);
}

/* Nothing was looked at: the last update's operations come first. */
static void
store_behind_a_restart(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(ASKED BEGUN TITLE SUMMARY("Detect only ", "0x80070bc9", "0", "0")
		 COMPLETE("0x80070bc9 - ERROR_FAIL_REBOOT_REQUIRED"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_code(e, 0x80070bc9);
	assert_note(e, "detected", "0");
}

/* Up to Windows 8 the block has no stamps, and its lines no letters. */
static void
store_block_without_stamps(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(ASKED BEGUN BARE("=================================")
		 BARE("Checking System Update Readiness.") BARE("")
		     BARE("(p)\tCSI Payload Corrupt\t\t\t" OLD_PRINTER) BARE(
			 "Repair failed: Missing replacement payload.") BARE("")
			 BARE("Summary:") BARE("Operation: Detect and Repair ")
			     BARE("Operation result: 0x800f081f") BARE(
				 "Total Detected Corruption:\t1")
				 BARE("Total Repaired Corruption:\t0") COMPLETE(
				     "0x800f081f - CBS_E_SOURCE_MISSING"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_code(e, 0x800f081f);
	assert_int_equal(e->n_items, 1);
	assert_int_equal(item(e, OLD_PRINTER)->quote.line, 6);
	assert_true(e->end != WW_NO_TIME);
}

/* A block that was cut out of its log tells as much. */
static void
store_block_alone(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(BARE("=================================")
		 BARE("Checking System Update Readiness.") BARE("")
		     BARE("(p) CSI Payload Corrupt (n) " OLD_PRINTER) BARE("")
			 BARE("Summary:") BARE("Operation: Detect and Repair ")
			     BARE("Operation result: 0x800f081f")
				 BARE("Total Detected Corruption: 1")
				     BARE("Total Repaired Corruption: 0"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_code(e, 0x800f081f);
	assert_item(e, OLD_PRINTER, "6.2.9200.16430", "not repaired", true);
	assert_ends_with_line(e, 8);
}

/* Of a log that was cut before it, the session still tells the end. */
static void
store_begun_elsewhere(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(TITLE CBS("(p)\tCSI Payload Corrupt\t(n)\t\t" OLD_PRINTER)
		 SUMMARY("Detect and Repair ", "0x800f0906", "1", "0")
		     CBS("CheckSur: hrStatus: 0x800f0906")
			 COMPLETE("0x800f0906 - CBS_E_DOWNLOAD_FAILURE"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_code(e, 0x800f0906);
	assert_int_equal(e->n_items, 1);
	assert_true(ww_slice_casehas(e->outcome_quote.text,
				     WW_LIT("Processing complete")));
}

/* Another session is none of it. */
static void
store_before_a_session(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(TITLE CBS("(p)\tCSI Payload Corrupt\t(n)\t\t" OLD_PRINTER)
		 SUMMARY("Detect and Repair ", "0x800f0906", "1", "0")
		     CBS("Session: 30792634_1 initialized by client X, "
			 "external staging directory: (null)")
			 COMPLETE("0x00000000 - S_OK"));
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_true(ww_slice_casehas(e->outcome_quote.text,
				     WW_LIT("Total Operation Time")));
}

/* A failure before a success is the past. */
static void
store_repaired_later(void **state)
{
	struct ww_series *s;

	(void)state;
	tell(ASKED BEGUN TITLE CBS(
	    "(p)\tCSI Payload Corrupt\t(n)\t\t" OLD_PRINTER)
		 SUMMARY("Detect and Repair ", "0x800f081f", "1",
			 "0") COMPLETE("0x800f081f - CBS_E_SOURCE_MISSING")
		     ASKED BEGUN TITLE CBS(
			 "(p)\tCSI Payload Corrupt\t(w)\t(Fixed)\t" OLD_PRINTER)
			 SUMMARY("Detect and Repair ", "0x0", "1", "1")
			     COMPLETE("0x00000000 - S_OK"));
	s = series(WW_EPISODE_STORE_CHECK, NULL);
	assert_counts(s, 0, 1, 1, 0);
	assert_int_equal(s->failing, 0);
	assert_item(s->good, OLD_PRINTER, "6.2.9200.16430", "repaired", false);
}

/* Items of a line that looks alike, but in no block. */
static void
store_nothing(void **state)
{
	(void)state;
	tell(CBS("(p)\tCSI Payload Corrupt\t(n)\t\t" OLD_PRINTER)
		 CBS("Operation result: 0x800f081f")
		     CBS("Total Operation Time: 95 seconds."));
	assert_null(told->series);
}

/* Sessions */

#define ROLLUP	   "Package_for_RollupFix~31bf3856ad364e35~amd64~~19041.1.1.0"
#define KB_PACKAGE "Package_for_KB5004237~31bf3856ad364e35~amd64~~19041.1.1.8"
#define PROCESSING(session, package, identifier)                      \
	CBS("Exec: Processing started.  Client: WindowsUpdateAgent, " \
	    "Session: " session ", Package: " package                 \
	    ", Identifier: " identifier)
#define PROCESSED(session, package, result)                                    \
	CBS("Exec: Processing complete.  Session: " session                    \
	    ", Package: " package ", Identifier: KB5004237 [HRESULT = " result \
	    "]")
#define FINALIZED(session, reboot, result)                             \
	CBS("Session: " session " finalized. Reboot required: " reboot \
	    " [HRESULT = " result "]")

static void
session_succeeds(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(PROCESSING("1_2", KB_PACKAGE, "KB5004237")
		 PROCESSED("1_2", KB_PACKAGE, "0x00000000 - S_OK")
		     FINALIZED("1_2", "yes", "0x00000000 - S_OK"));
	e = only_good(WW_EPISODE_CBS_SESSION, "KB5004237");
	assert_note(e, "client", "WindowsUpdateAgent");
	assert_note(e, "package", KB_PACKAGE);
	assert_note(e, "kb", "KB5004237");
	assert_note(e, "reboot", "yes");
	assert_ends_with_line(e, 3);
	assert_int_equal(e->n_items, 0);
}

static void
session_fails(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(PROCESSING("1_2", ROLLUP, "KB5004237")
		 PROCESSED("1_2", ROLLUP,
			   "0x80073712 - "
			   "ERROR_SXS_COMPONENT_STORE_CORRUPT")
		     FINALIZED("1_2", "no",
			       "0x80073712 - "
			       "ERROR_SXS_COMPONENT_STORE_CORRUPT"));
	e = only_failed(WW_EPISODE_CBS_SESSION, "Package_for_RollupFix");
	assert_code(e, 0x80073712);
	assert_note(e, "kb", "KB5004237");
	assert_item(e, ROLLUP, "", "failed", true);
}

/* A number that stands for no article at all. */
static void
session_of_a_feature(void **state)
{
	const char *package = "Microsoft-Windows-NetFx3-OnDemand-Package~"
			      "31bf3856ad364e35~amd64~~10.0.19041.1";
	const struct ww_episode *e;

	(void)state;
	tell(PROCESSING("1_2",
			"Microsoft-Windows-NetFx3-OnDemand-Package~"
			"31bf3856ad364e35~amd64~~10.0.19041.1",
			"KB777778")
		 FINALIZED("1_2", "no", "0x00000000 - S_OK"));
	e = only_good(WW_EPISODE_CBS_SESSION,
		      "Microsoft-Windows-NetFx3-OnDemand-Package");
	assert_note(e, "package", package);
	assert_note(e, "kb", NULL);
}

/* "finalized" comes first where nobody waits, and its S_OK means nothing. */
static void
session_asynchronous(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(CBS("Asynchronous Session: 1_2 finalized. Reboot required: no "
		 "[HRESULT = 0x00000000 - S_OK]")
		 PROCESSING("1_2", KB_PACKAGE, "KB5004237")
		     PROCESSED("1_2", KB_PACKAGE,
			       "0x800f0922 - "
			       "CBS_E_INSTALLERS_FAILED"));
	e = only_failed(WW_EPISODE_CBS_SESSION, "KB5004237");
	assert_code(e, 0x800f0922);
	assert_ends_with_line(e, 3);
}

/* Ended with its work: the log ends there, or another session begins. */
static void
session_not_finalized(void **state)
{
	(void)state;
	tell(PROCESSING("1_2", KB_PACKAGE, "KB5004237")
		 PROCESSED("1_2", KB_PACKAGE, "0x80070070 - ERROR_DISK_FULL"));
	assert_code(only_failed(WW_EPISODE_CBS_SESSION, "KB5004237"),
		    0x80070070);
	tell(PROCESSING("1_2", KB_PACKAGE, "KB5004237")
		 PROCESSED("1_2", KB_PACKAGE, "0x80070070 - ERROR_DISK_FULL")
		     PROCESSING("1_3", ROLLUP, "KB5004238")
			 PROCESSED("1_3", ROLLUP, "0x00000000 - S_OK"));
	only_failed(WW_EPISODE_CBS_SESSION, "KB5004237");
	only_good(WW_EPISODE_CBS_SESSION, "Package_for_RollupFix");
}

static void
session_cancelled_or_restarting(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(PROCESSING("1_2", KB_PACKAGE, "KB5004237")
		 PROCESSED("1_2", KB_PACKAGE, "0x800f0820 - CBS_E_CANCEL")
		     FINALIZED("1_2", "no", "0x800f0820 - CBS_E_CANCEL"));
	assert_counts(series(WW_EPISODE_CBS_SESSION, "KB5004237"), 0, 0, 0, 1);
	tell(PROCESSING("1_2", KB_PACKAGE, "KB5004237")
		 PROCESSED("1_2", KB_PACKAGE,
			   "0x80070bc2 - ERROR_SUCCESS_REBOOT_REQUIRED")
		     FINALIZED("1_2", "yes",
			       "0x80070bc2 - ERROR_SUCCESS_REBOOT_REQUIRED"));
	e = only_good(WW_EPISODE_CBS_SESSION, "KB5004237");
	assert_note(e, "reboot", "yes");
	assert_int_equal(e->n_items, 0);
}

/* What healthy logs are full of. */
static void
session_of_no_kind(void **state)
{
	(void)state;
	tell(CBS("Session: 31255072_1 initialized by client WinMgmt") CBS(
	    "InternalOpenPackage failed for Package_for_KB3025096~x~~"
	    "6.4.1.0 [HRESULT = 0x800f0805 - CBS_E_INVALID_PACKAGE]")
		 CBS("Session: 31255072_1 finalized. Reboot required: no "
		     "[HRESULT = 0x00000000 - S_OK]")
		     CBS("SQM: Failed to start upload with file pattern: "
			 "C:\\Windows\\servicing\\sqm\\*_std.sqm, flags: 0x2 "
			 "[HRESULT = 0x80004005 - E_FAIL]")
			 CBS("Failed to get next element [HRESULT = 0x800f080d "
			     "- "
			     "CBS_E_MANIFEST_INVALID_ITEM]")
			     CBS("Startup: Processing complete. [HRESULT = "
				 "0x00000000 - "
				 "S_OK]"));
	assert_null(told->series);
}

#define INSTALLER_LINES                                                    \
	CSI("Begin executing advanced installer phase 38 (0x00000026) "    \
	    "index 44 (sequence 83)\r\n"                                   \
	    "    Old component: [ml:306{153},l:304{152}]\"Microsoft-"      \
	    "Windows-IIS-W3SVC, Culture=neutral, Version=6.1.7600.16385\"" \
	    "\r\n"                                                         \
	    "    New component: [ml:306{153},l:304{152}]\"Microsoft-"      \
	    "Windows-IIS-SharedLibraries, Culture=neutral, "               \
	    "Version=6.1.7601.17514\"\r\n"                                 \
	    "    Installer name: [12]\"HTTP Installer\"")                  \
	CBS("Failed execution of queue item Installer: HTTP Installer "    \
	    "({f0a8f9d4-1d08-48ee-bb89-ad4baa2a7e96}) with HRESULT "       \
	    "HRESULT_FROM_WIN32(1058).  Failure will not be ignored: A "   \
	    "rollback will be initiated")

/* What could not be finished at the start of Windows, and was undone. */
static void
startup_rolls_back(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(
	    CBS("Startup: current ExecuteState is CbsExecuteStateInitiate")
		INSTALLER_LINES CBS(
		    "Startup: Changing logon timeout; original failure status: "
		    "0x80070422") CBS("A rollback transaction will be created")
		    CBS("Startup: Package: " KB_PACKAGE " completed startup "
			"processing, new state: Staged, original: Staged, "
			"targeted: "
			"Installed.  hr = 0x80070422")
			CBS("Startup: Processing complete. [HRESULT = "
			    "0x00000000 - "
			    "S_OK]"));
	e = only_failed(WW_EPISODE_CBS_SESSION, "KB5004237");
	assert_code(e, 0x80070422);
	assert_note(e, "rollback", "yes");
	assert_note(e, "installer", "HTTP Installer");
	assert_note(e, "installer-code", "HRESULT_FROM_WIN32(1058)");
	assert_note(e, "component", "Microsoft-Windows-IIS-SharedLibraries");
	assert_item(e, "HTTP Installer", "", "failed", true);
	assert_item(e, KB_PACKAGE, "", "failed", true);
}

/* What Windows retried in the next stage of its start went well. */
static void
startup_succeeds(void **state)
{
	(void)state;
	tell(
	    CBS("Startup: current ExecuteState is CbsExecuteStateInitiate") CBS(
		"Startup: Processing complete. [HRESULT = 0x80070bc2 - "
		"ERROR_SUCCESS_REBOOT_REQUIRED]")
		CBS("Startup: current ExecuteState is CbsExecuteStateResolve")
		    CBS("text, original failure status: 0x80070005") CBS(
			"Startup: Package: " KB_PACKAGE " completed startup "
			"processing, new state: Installed, original: Staged, "
			"targeted: Installed.  hr = 0x0")
			CBS("Startup: Processing complete. [HRESULT = "
			    "0x00000000 - "
			    "S_OK]"));
	assert_ends_with_line(only_good(WW_EPISODE_CBS_SESSION, "KB5004237"),
			      6);
}

static void
failure_report(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(PROCESSING("1_2", ROLLUP, "KB5004237") CBS(
	    "WER: Generating failure report for package: " KB_PACKAGE
	    ", status: 0x800f0988, failure source: Delta, start state: "
	    "Absent, target state: Installed, client id: X")
		 CBS("Doqe: Recording result: 0x80070002, for Inf: oem7.inf")
		     FINALIZED("1_2", "no",
			       "0x800f0988 - "
			       "PSFX_E_INVALID_DELTA_COMBINATION"));
	e = only_failed(WW_EPISODE_CBS_SESSION, "KB5004237");
	assert_note(e, "failure-source", "Delta");
	assert_item(e, KB_PACKAGE, "", "failed", true);
	assert_item(e, "oem7.inf", "", "failed", true);
}

/* sfc */

#define SFC_ASKED CBS("TiWorker: Client requests SFP repair object.")
#define VERIFY(n)                              \
	CSI("[SR] Verifying " n " components") \
	CSI("[SR] Beginning Verify and Repair transaction")
#define VERIFIED CSI("[SR] Verify complete")
#define CANNOT                                                            \
	CSI("[SR] Cannot repair member file [l:11]'opencl.dll' of "       \
	    "Microsoft-Windows-RemoteFX-clientVM, version 10.0.14393.0, " \
	    "arch amd64, nonSxS, pkt {l:8 b:31bf3856ad364e35} in the "    \
	    "store, hash mismatch")
#define OPENCL "Microsoft-Windows-RemoteFX-clientVM\\opencl.dll (amd64)"
#define REPAIR                             \
	CSI("[SR] Repairing 2 components") \
	CSI("[SR] Beginning Verify and Repair transaction")
#define REPAIRED CSI("[SR] Repair complete")

static void
sfc_clean(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(SFC_ASKED VERIFY("100") VERIFIED VERIFY("28") VERIFIED);
	e = only_good(WW_EPISODE_SFC, NULL);
	assert_int_equal(e->first.line, 2);
	assert_ends_with_line(e, 7);
	assert_int_equal(e->n_items, 0);
}

/* What the catalogue knows to be harmless is no damage. */
static void
sfc_known_file(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(VERIFY("28") CSI(
	    "[SR] Cannot repair member file [l:36{18}]\"Amd64\\CNBJ2530.DPB\" "
	    "of prncacla.inf, Version = 6.2.9200.16430, pA = "
	    "PROCESSOR_ARCHITECTURE_AMD64 (9), Culture neutral") VERIFIED);
	e = only_good(WW_EPISODE_SFC, NULL);
	assert_int_equal(e->n_items, 1);
	assert_int_equal(e->n_bad, 0);
	assert_string_equal(e->items->state, "known and harmless");
}

/* A file is named once for each attempt, and is one file. */
static void
sfc_not_repaired(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(VERIFY("100") CANNOT VERIFIED VERIFY(
	    "28") VERIFIED REPAIR CANNOT CANNOT REPAIRED
		 /* Of those that could be. */
		 CSI("[SR] Committing transaction") CSI(
		     "[SR] Verify and Repair Transaction completed. All files "
		     "and registry keys listed in this transaction have been "
		     "successfully repaired"));
	e = only_failed(WW_EPISODE_SFC, NULL);
	assert_false(e->has_code);
	assert_int_equal(e->n_items, 1);
	assert_int_equal(e->n_bad, 1);
	assert_item(e, OPENCL, "10.0.14393.0", "not repaired", true);
	assert_ends_with_line(e, 12);
}

/* The form of Windows 7. */
static void
sfc_not_repaired_old(void **state)
{
	(void)state;
	tell(VERIFY("28") CSI(
	    "[SR] Cannot repair member file [l:24{12}]\"settings.ini\" "
	    "of Microsoft-Windows-Sidebar, Version = 6.0.6000.16386, pA "
	    "= PROCESSOR_ARCHITECTURE_INTEL (0), Culture neutral, "
	    "VersionScope neutral, PublicKeyToken = {l:8 "
	    "b:31bf3856ad364e35}, Type neutral, TypeName neutral, "
	    "PublicKey neutral in the store, hash mismatch") VERIFIED);
	assert_item(only_failed(WW_EPISODE_SFC, NULL),
		    "Microsoft-Windows-Sidebar\\settings.ini (x86)",
		    "6.0.6000.16386", "not repaired", true);
}

static void
sfc_repaired(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(VERIFY("100") CANNOT VERIFIED VERIFY("28") VERIFIED REPAIR CSI(
	    "[SR] Repaired file \\SystemRoot\\WinSxS\\amd64_microsoft-"
	    "windows-r..clientvm_31bf3856ad364e35_10.0.14393.0_none_00\\"
	    "\\[l:10]'opencl.dll' by copying from backup")
		 CSI("[SR] Repairing file \\??\\C:\\WINDOWS\\Web\\\\img0.jpg "
		     "from "
		     "store") REPAIRED);
	e = only_good(WW_EPISODE_SFC, NULL);
	assert_int_equal(e->n_bad, 0);
	assert_item(e, OPENCL, "10.0.14393.0", "repaired", false);
	assert_item(e, "C:\\WINDOWS\\Web\\img0.jpg", "", "repaired", false);
}

/* Another version of the file was repaired, not the one that is damaged. */
static void
sfc_repairs_other_version(void **state)
{
	(void)state;
	tell(VERIFY("28") CSI(
	    "[SR] Cannot repair member file [l:5]'a.dll' of Lab-Part, version "
	    "10.0.1.2, arch amd64, nonSxS")
		 VERIFIED REPAIR CSI(
		     "[SR] Repaired file \\SystemRoot\\WinSxS\\amd64_lab-part_"
		     "31bf3856ad364e35_10.0.1.20_none_00\\[l:5]'a.dll' by "
		     "copying from backup") REPAIRED);
	assert_item(only_failed(WW_EPISODE_SFC, NULL),
		    "Lab-Part\\a.dll (amd64)", "10.0.1.2", "not repaired",
		    true);
}

/* The copy in use is damaged too: that is no second file. */
static void
sfc_reprojects_known_file(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(VERIFY("28") CSI(
	    "[SR] Cannot repair member file [l:5]'a.dll' of Lab-Part, version "
	    "10.0.1.2, arch amd64, nonSxS")
		 CSI("[SR] Could not reproject corrupted file "
		     "\\??\\C:\\Windows\\"
		     "System32\\a.dll; source file in store is also corrupted")
		     CSI("[SR] Could not reproject corrupted file "
			 "\\??\\C:\\Windows\\"
			 "System32\\ba.dll; source file in store is also "
			 "corrupted") VERIFIED);
	e = only_failed(WW_EPISODE_SFC, NULL);
	assert_int_equal(e->n_items, 2);
	assert_item(e, "C:\\Windows\\System32\\ba.dll", "", "not repaired",
		    true);
}

/* A driver's file, named in two cases. */
static void
sfc_repairs_driver(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(VERIFY("28") CSI("[SR] Verify complete") CSI(
	    "[Pnp] Corrupt file: C:\\Windows\\System32\\drivers\\a.sys")
		 CSI("[Pnp] Repaired file: "
		     "C:\\WINDOWS\\system32\\drivers\\a.sys"));
	e = only_good(WW_EPISODE_SFC, NULL);
	assert_int_equal(e->n_items, 1);
	assert_item(e, "C:\\Windows\\System32\\drivers\\a.sys", "", "repaired",
		    false);
}

/* Two runs, and one that was broken off. */
static void
sfc_again(void **state)
{
	struct ww_series *s;

	(void)state;
	tell(SFC_ASKED VERIFY("100") CANNOT VERIFIED VERIFY("28")
		 VERIFIED SFC_ASKED VERIFY("100") VERIFIED VERIFY("28")
		     VERIFIED SFC_ASKED VERIFY("100"));
	s = series(WW_EPISODE_SFC, NULL);
	assert_counts(s, 1, 1, 1, 0);
	assert_int_equal(s->failing, 0);
}

/* Windows looks at single components by itself. */
static void
sfc_not_run(void **state)
{
	(void)state;
	tell(VERIFY("1") VERIFIED VERIFY("1") VERIFIED);
	assert_null(told->series);
}

/* What findstr takes out of several logs. */
static void
sfc_details(void **state)
{
	(void)state;
	tell("C:\\Windows\\Logs\\CBS\\CBS.log:" CSI(
	    "[SR] Verifying 28 components") "C:\\Windows\\Logs\\CBS\\CBS."
					    "log:" CANNOT
					    "C:\\Windows\\Logs\\CBS\\CBS."
					    "log:" VERIFIED);
	assert_item(only_failed(WW_EPISODE_SFC, NULL), OPENCL, "10.0.14393.0",
		    "not repaired", true);
}

/* DISM */

#define DISM(level, text) "2026-05-22 16:22:42, " level " DISM   " text "\r\n"
#define DISM_INFO(text)	  DISM("Info                 ", text)
#define DISM_ERROR(text)  DISM("Error                ", text)
#define COMMAND(line)	  DISM_INFO("DISM.EXE: Executing command line: " line)
#define CLOSED(reboot)                                               \
	DISM_INFO("DISM.EXE: Image session has been closed. Reboot " \
		  "required=" reboot ".")
#define ENDED	DISM_INFO("DISM.EXE: <----- Ending Dism.exe session ----->")
#define RESTORE "/online /cleanup-image /restorehealth"

static void
dism_succeeds(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(COMMAND("Dism  /Online /Cleanup-Image /RestoreHealth "
		     "/Source:\"F:\\my iso\\install.wim\" /LimitAccess")
		 CLOSED("yes") ENDED);
	e = only_good(WW_EPISODE_DISM, RESTORE);
	assert_note(e, "source-path", "F:\\my iso\\install.wim");
	assert_note(e, "reboot", "yes");
	assert_ends_with_line(e, 3);
}

static void
dism_fails(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(COMMAND("dism /online /cleanup-image /restorehealth") DISM_ERROR(
	    "DISM Package Manager: PID=2 TID=3 CBS AddSource "
	    "failed with HRESULT=0x8007010b! - "
	    "CDISMPackageManager::Internal_AddSource")
		 DISM_ERROR("DISM Package Manager: PID=2 TID=3 The specified "
			    "package cannot be opened. - "
			    "CDISMPackage::X(hr:0x800f0805)")
		     DISM_ERROR(
			 "DISM.EXE: DISM Package Manager processed the command "
			 "line but failed. HRESULT=800F081F") CLOSED("no")
			 ENDED);
	e = only_failed(WW_EPISODE_DISM, RESTORE);
	assert_code(e, 0x800f081f);
	assert_note(e, "source-code", "0x8007010b");
	assert_ends_with_line(e, 4);
}

/* Later builds have no word of DISM.EXE, only that of the manager. */
static void
dism_fails_in_manager(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(COMMAND("dism /online /cleanup-image /restorehealth")
		 DISM_ERROR("DISM Package Manager: PID=2 TID=3 Failed while "
			    "processing command cleanup-image. - "
			    "CPackageManagerCLIHandler::ExecuteCmdLine"
			    "(hr:0x800f081f)") CLOSED("no") ENDED);
	e = only_failed(WW_EPISODE_DISM, RESTORE);
	assert_code(e, 0x800f081f);
	assert_ends_with_line(e, 2);
	assert_true(e->end != WW_NO_TIME);
}

/* Ctrl+C; and an image that nothing was wrong with, behind it. */
static void
dism_cancelled(void **state)
{
	(void)state;
	tell(COMMAND("dism /online /cleanup-image /restorehealth") DISM_ERROR(
	    "DISM.EXE: DISM Package Manager processed the command "
	    "line but failed. HRESULT=800704C7") CLOSED("no")
		 ENDED COMMAND("dism /online /get-features") CLOSED("no")
		     ENDED);
	assert_counts(series(WW_EPISODE_DISM, RESTORE), 0, 0, 0, 1);
	only_good(WW_EPISODE_DISM, "/online /get-features");
}

/* Mistyped: nothing was done, and nothing is wrong. */
static void
dism_refused(void **state)
{
	(void)state;
	tell(COMMAND("dism /online /cleanup-imag") DISM_ERROR(
	    "DISM.EXE: No providers were found that support the "
	    "command(cleanup-imag). HRESULT=0") CLOSED("no") ENDED);
	assert_counts(series(WW_EPISODE_DISM, NULL), 0, 0, 0, 1);
	tell(DISM_ERROR("DISM.EXE: Failed validating command line: dism "
			"/online /cleanup-image /restorehealth /limit access")
		 CLOSED("no") ENDED);
	assert_counts(series(WW_EPISODE_DISM, NULL), 0, 0, 0, 1);
}

/* A window that was closed leaves a command without an end. */
static void
dism_open(void **state)
{
	(void)state;
	tell(COMMAND("dism /online /cleanup-image /restorehealth") COMMAND(
	    "dism /online /cleanup-image /restorehealth") CLOSED("no") ENDED);
	assert_counts(series(WW_EPISODE_DISM, RESTORE), 1, 1, 0, 0);
}

/* Consoles */

#define DISM_TITLE                                           \
	"Deployment Image Servicing and Management tool\r\n" \
	"Version: 10.0.19041.844\r\n\r\n"                    \
	"Image Version: 10.0.19045.2006\r\n\r\n"
#define BAR                                                                 \
	"\r[===                        6.0%                           ] \r" \
	"[==========================100.0%==========================] \r\n"
#define DISM_TITLE_FR                                                     \
	"Outil Gestion et maintenance des images de d\u00e9ploiement\r\n" \
	"Version\u00a0: 10.0.26100.5074\r\n\r\n"                          \
	"Version de l\u2019image\u00a0: 10.0.26200.6901\r\n\r\n"

static void
console_dism_fails(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell("C:\\Windows\\system32>DISM /Online /Cleanup-Image "
	     "/RestoreHealth /Source:D:\\a.wim\r\n\r\n" DISM_TITLE BAR
	     "Error: 0x800f081f\r\n\r\n"
	     "The source files could not be found. \r\n"
	     "The DISM log file can be found at "
	     "C:\\Windows\\Logs\\DISM\\dism.log\r\n");
	e = only_failed(WW_EPISODE_DISM, RESTORE);
	assert_code(e, 0x800f081f);
	assert_note(e, "source-path", "D:\\a.wim");
	assert_note(e, "tool-version", "10.0.19041.844");
	assert_note(e, "image-version", "10.0.19045.2006");
}

static void
console_dism_fails_in_french(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(DISM_TITLE_FR "Erreur\u00a0: 0x800f080c\r\n\r\n"
			   "Le nom de fonctionnalit\u00e9 X est inconnu.\r\n");
	e = only_failed(WW_EPISODE_DISM, NULL);
	assert_code(e, 0x800f080c);
	assert_note(e, "tool-version", "10.0.26100.5074");
	assert_note(e, "image-version", "10.0.26200.6901");
}

struct verdict {
	const char *text;
	enum ww_episode_id kind;
	enum ww_outcome outcome;
	const char *note, *value; /* or NULL */
};

static const struct verdict verdicts[] = {
	{ DISM_TITLE BAR "The restore operation completed successfully.\r\n"
			 "The operation completed successfully.\r\n",
	  WW_EPISODE_STORE_CHECK, WW_OUTCOME_SUCCEEDED, "repairable", NULL },
	{ DISM_TITLE BAR "The restore operation completed successfully.\r\n"
			 "The operation completed successfully.\r\n",
	  WW_EPISODE_DISM, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ DISM_TITLE "No component store corruption detected.\r\n",
	  WW_EPISODE_STORE_CHECK, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ DISM_TITLE "The component store is repairable.\r\n",
	  WW_EPISODE_STORE_CHECK, WW_OUTCOME_FAILED, "repairable", "yes" },
	{ DISM_TITLE "The component store cannot be repaired.\r\n",
	  WW_EPISODE_STORE_CHECK, WW_OUTCOME_FAILED, "repairable", "no" },
	{ DISM_TITLE_FR "Le magasin de composants est r\u00e9parable.\r\n",
	  WW_EPISODE_STORE_CHECK, WW_OUTCOME_FAILED, "repairable", "yes" },
	{ DISM_TITLE_FR "Aucun endommagement du magasin de composants n'a "
			"\u00e9t\u00e9 d\u00e9tect\u00e9.\r\n"
			"L\u2019op\u00e9ration a r\u00e9ussi.\r\n",
	  WW_EPISODE_STORE_CHECK, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ DISM_TITLE_FR "L\u2019op\u00e9ration a r\u00e9ussi.\r\n",
	  WW_EPISODE_DISM, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ "Windows Resource Protection did not find any integrity "
	  "violations.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ "Beginning system scan.  This process will take some time.\r\n\r\n"
	  "Windows Resource Protection found corrupt files and successfully "
	  "repaired them.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	/* Broken where the window ended. */
	{ "Windows Resource Protection found corrupt files but was unable to "
	  "fix some\r\nof them.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_FAILED, "not-checked", NULL },
	{ "Windows Resource Protection could not perform the requested "
	  "operation.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_FAILED, "not-checked", "yes" },
	{ "Windows Resource Protection could not start the repair "
	  "service.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_FAILED, "not-checked", "yes" },
	{ "There is a system repair pending which requires reboot to "
	  "complete.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_FAILED, "not-checked", "yes" },
	{ "You must be an administrator running a console session in order "
	  "to use the sfc utility.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_CANCELLED, NULL, NULL },
	{ "Le programme de protection des ressources Windows n\u2019a "
	  "trouv\u00e9 aucune violation d\u2019int\u00e9grit\u00e9.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ "La Protection des ressources Windows a d\u00e9tect\u00e9 des "
	  "fichiers corrompus et les a r\u00e9par\u00e9s.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_SUCCEEDED, NULL, NULL },
	{ "La Protection des ressources Windows a d\u00e9tect\u00e9 des "
	  "fichiers corrompus, mais n'a pas pu r\u00e9parer certains d'entre "
	  "eux.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_FAILED, "not-checked", NULL },
	{ "La protection des ressources Windows n\u2019a pas r\u00e9ussi "
	  "\u00e0 effectuer l\u2019op\u00e9ration demand\u00e9e.\r\n",
	  WW_EPISODE_SFC, WW_OUTCOME_FAILED, "not-checked", "yes" },
};

static void
console_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(verdicts); i++) {
		const struct verdict *v = &verdicts[i];
		const struct ww_series *s;
		const struct ww_episode *e;

		tell(v->text);
		s = series(v->kind, NULL);
		assert_int_equal(s->n[v->outcome], 1);
		assert_int_equal(s->n[WW_OUTCOME_OPEN], 0);
		if (v->outcome == WW_OUTCOME_CANCELLED)
			continue;
		e = v->outcome == WW_OUTCOME_FAILED ? s->failed->latest
						    : s->good;
		assert_false(e->has_code);
		if (v->note != NULL)
			assert_note(e, v->note, v->value);
	}
}

/* The tool of Windows 7 */

#define TOOL                                    \
	"=================================\r\n" \
	"Checking System Update Readiness.\r\n" \
	"Binary Version 6.1.7601.21645\r\n"     \
	"Package Version 15.0\r\n"              \
	"2012-05-01 10:21\r\n\r\n"              \
	"Checking Windows Servicing Packages\r\n\r\n"
#define MUM                                                               \
	"servicing\\packages\\Package_114_for_KB955839~31bf3856ad364e35~" \
	"amd64~~6.0.1.0.mum"
#define BOOT                                                            \
	"x86_microsoft-windows-b..pcat_31bf3856ad364e35_6.0.6000.16386" \
	"_none_c0f2f087b6457236"
#define FAULTS                                                        \
	"(f)\tCBS MUM Missing\t0x00000002\t" MUM "\t\t\r\n"           \
	"(fix)\tCBS MUM Missing\tCBS File Replaced\tPackage_114_for_" \
	"KB955839~31bf3856ad364e35~amd64~~6.0.1.0.mum from Cabinet: " \
	"C:\\Windows\\CheckSUR\\v1.0\\x.cab.\r\n"                     \
	"(f)\tCSI Payload File Missing\t0x00000000\tbootmgr\t" BOOT "\r\n"

/* (fix) is about the file of that name, not of one that ends so. */
static void
checksur_repairs_named(void **state)
{
	const struct ww_episode *e;

	(void)state;
	tell(TOOL
	     "(f)\tCSI Payload File Missing\t0x00000000\ta.dll\t" BOOT "\r\n"
	     "(f)\tCSI Payload File Missing\t0x00000000\tba.dll\t" BOOT "\r\n"
	     "(fix)\tCSI Payload File Missing\tCSI File Replaced\tFile: a.dll "
	     "From: C:\\x.cab\r\n"
	     "\r\nSummary:\r\nSeconds executed: 264\r\n"
	     " Found 2 errors\r\n Fixed 1 errors\r\n");
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_item(e, BOOT "\\a.dll", "6.0.6000.16386", "repaired", false);
	assert_item(e, BOOT "\\ba.dll", "6.0.6000.16386", "not repaired", true);
}

static void
checksur_not_repaired(void **state)
{
	const struct ww_episode *e;
	struct ww_civil c;

	(void)state;
	tell(TOOL FAULTS "\r\nSummary:\r\nSeconds executed: 264\r\n"
			 " Found 2 errors\r\n Fixed 1 errors\r\n"
			 "  CBS MUM Missing Total count: 1\r\n"
			 " Unavailable repair files:\r\n"
			 "\twinsxs\\manifests\\x86_a_31bf3856ad364e35_6.0.6002."
			 "18005_none_0b4ada54c46c45b0.manifest\r\n");
	e = only_failed(WW_EPISODE_STORE_CHECK, NULL);
	assert_false(e->has_code);
	assert_item(e, MUM, "6.0.1.0", "repaired", false);
	assert_item(e, BOOT "\\bootmgr", "6.0.6000.16386", "not repaired",
		    true);
	assert_item(e,
		    "winsxs\\manifests\\x86_a_31bf3856ad364e35_6.0.6002.18005_"
		    "none_0b4ada54c46c45b0.manifest",
		    "6.0.6002.18005", "no replacement at hand", true);
	assert_note(e, "detected", "2");
	assert_note(e, "repaired", "1");
	c = ww_time_civil(e->end);
	assert_int_equal(c.year, 2012);
	assert_int_equal(c.minute, 21);
}

/* A second run found what the first one left. */
static void
checksur_again(void **state)
{
	struct ww_series *s;

	(void)state;
	tell(TOOL FAULTS "\r\nSummary:\r\nSeconds executed: 264\r\n"
			 " Found 2 errors\r\n Fixed 1 errors\r\n\r\n" TOOL
			 "Summary:\r\nSeconds executed: 200\r\n"
			 " No errors detected\r\n");
	s = series(WW_EPISODE_STORE_CHECK, NULL);
	assert_counts(s, 0, 1, 1, 0);
	assert_int_equal(s->failing, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, release)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(store_not_repaired),
		TEST(store_repaired),
		TEST(store_detected_only),
		TEST(store_half_repaired),
		TEST(store_clean),
		TEST(store_cancelled),
		TEST(store_open),
		TEST(store_behind_a_restart),
		TEST(store_block_without_stamps),
		TEST(store_block_alone),
		TEST(store_begun_elsewhere),
		TEST(store_before_a_session),
		TEST(store_repaired_later),
		TEST(store_nothing),
		TEST(session_succeeds),
		TEST(session_fails),
		TEST(session_of_a_feature),
		TEST(session_asynchronous),
		TEST(session_not_finalized),
		TEST(session_cancelled_or_restarting),
		TEST(session_of_no_kind),
		TEST(startup_rolls_back),
		TEST(startup_succeeds),
		TEST(failure_report),
		TEST(sfc_clean),
		TEST(sfc_known_file),
		TEST(sfc_not_repaired),
		TEST(sfc_not_repaired_old),
		TEST(sfc_repaired),
		TEST(sfc_repairs_other_version),
		TEST(sfc_reprojects_known_file),
		TEST(sfc_repairs_driver),
		TEST(sfc_again),
		TEST(sfc_not_run),
		TEST(sfc_details),
		TEST(dism_succeeds),
		TEST(dism_fails),
		TEST(dism_fails_in_manager),
		TEST(dism_cancelled),
		TEST(dism_refused),
		TEST(dism_open),
		TEST(console_dism_fails),
		TEST(console_dism_fails_in_french),
		TEST(console_verdicts),
		TEST(checksur_repairs_named),
		TEST(checksur_not_repaired),
		TEST(checksur_again),
	};

	return cmocka_run_group_tests_name("servicing", tests, set_up_rules,
					   release_rules);
}
