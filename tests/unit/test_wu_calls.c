/*
 * The update client's calls: a piece of log in, episodes out.  Each story is
 * told again with other ids, stamps and line ends, with its end cut off, and
 * with another result.  Logs are written after real ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "episode/tracking.h"
#include "episode/wu.h"
#include "input/dialects.h"

static jmp_buf oom;

#define RULES_MAX     512
#define TRACKER_SHIFT 16

/* A file that is read: what src/diagnose does, without its signatures. */
struct reading {
	struct ww_arena arena;
	struct ww_reader reader;
	struct ww_activity activity;
	const struct ww_dialect *dialect;
	struct ww_matcher *matcher;
	struct ww_tracking *tracking;
};

static struct ww_matcher *
matcher_for(struct ww_arena *arena, enum ww_dialect_id id)
{
	struct ww_rule *rules =
	    ww_arena_array(arena, RULES_MAX, sizeof(*rules));
	struct ww_error error;
	uint32_t n = 0;

	for (uint32_t t = 0; t < ww_tracker_count(); t++) {
		const struct ww_tracker *tracker = ww_trackers[t];

		if (!ww_tracker_follows(tracker, id))
			continue;
		for (size_t i = 0; i < tracker->n_marks; i++) {
			assert_true(n < RULES_MAX);
			/* A mark that cannot be read would never be met. */
			assert_int_equal(
			    ww_pattern_read(
				arena, ww_slice_cstr(tracker->marks[i].pattern),
				&rules[n].pattern, &error),
			    WW_OK);
			rules[n++].id =
			    t << TRACKER_SHIFT | tracker->marks[i].id;
		}
	}
	return ww_matcher_new(arena, rules, n);
}

static void
open_reading(struct reading *r, struct ww_slice log)
{
	*r = (struct reading){ .dialect = ww_dialect_sniff(log) };
	assert_non_null(r->dialect);
	ww_arena_init(&r->arena, &oom);
	r->reader.arena = &r->arena;
	r->reader.state = ww_arena_alloc(&r->arena, r->dialect->state_size + 1);
	r->matcher = matcher_for(&r->arena, r->dialect->id);
	r->tracking = ww_tracking_new(&r->arena, 0, &r->activity);
}

static void
take_record(struct reading *r, const struct ww_record *record)
{
	struct ww_matched matched[WW_MATCHES_MAX];
	size_t n = ww_matcher_run(r->matcher, record->text, matched);

	ww_tracking_record(r->tracking);
	for (size_t i = 0; i < n; i++)
		ww_tracking_mark(r->tracking, matched[i].id >> TRACKER_SHIFT,
				 matched[i].id & ((1u << TRACKER_SHIFT) - 1),
				 record, &matched[i].captures);
}

/* A record goes on to where the next one starts, or to the log's end. */
static void
finish(struct reading *r, struct ww_record *record, const char *end)
{
	record->raw.len = (size_t)(end - record->raw.p);
	if (!r->dialect->single_line)
		record->text.len = (size_t)(end - record->text.p);
	take_record(r, record);
}

static void
read_log(struct reading *r, struct ww_slice log)
{
	struct ww_record pending = { 0 }, next;
	const char *end;
	uint64_t number = 0;

	open_reading(r, log);
	for (; log.len > 0; log = ww_slice_from(log, (size_t)(end - log.p))) {
		const char *newline = memchr(log.p, '\n', log.len);
		struct ww_slice line;

		number++;
		end = newline == NULL ? log.p + log.len : newline + 1;
		line = ww_slice_of(log.p, (size_t)(end - log.p));
		while (line.len > 0 && (line.p[line.len - 1] == '\n' ||
					line.p[line.len - 1] == '\r'))
			line.len--;
		next = (struct ww_record){ .time = WW_NO_TIME };
		if (!r->dialect->parse(&r->reader, line, &next))
			continue;
		if (pending.line != 0)
			finish(r, &pending, log.p);
		pending = next;
		pending.raw = line;
		pending.line = number;
		if (r->dialect->single_line) {
			finish(r, &pending, line.p + line.len);
			pending.line = 0;
		}
	}
	if (pending.line != 0)
		finish(r, &pending, log.p);
	ww_tracking_finish(r->tracking);
}

static void
close_reading(struct reading *r)
{
	ww_arena_release(&r->arena);
}

/* What came of it */

static const struct ww_series *
series_of(const struct reading *r, enum ww_episode_id kind, const char *subject)
{
	const struct ww_series *s = ww_tracking_series(r->tracking);

	for (; s != NULL; s = s->next)
		if (s->kind == kind &&
		    ww_slice_eq(s->subject, ww_slice_cstr(subject)))
			return s;
	return NULL;
}

static size_t
count_series(const struct reading *r)
{
	const struct ww_series *s = ww_tracking_series(r->tracking);
	size_t n = 0;

	for (; s != NULL; s = s->next)
		n++;
	return n;
}

static void
assert_slice(struct ww_slice got, const char *want)
{
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.p, want, got.len);
}

static void
assert_note(const struct ww_episode *e, const char *name, const char *want)
{
	assert_slice(ww_episode_note(e, name), want);
}

/* The only episode of the series, which ended so. */
static const struct ww_episode *
only(const struct reading *r, enum ww_episode_id kind, const char *subject,
     enum ww_outcome outcome)
{
	const struct ww_series *s = series_of(r, kind, subject);
	uint64_t all = 0;

	assert_non_null(s);
	for (int i = 0; i < WW_OUTCOMES; i++)
		all += s->n[i];
	assert_int_equal(all, 1);
	assert_int_equal(s->n[outcome], 1);
	switch (outcome) {
	case WW_OUTCOME_SUCCEEDED:
		return s->good;
	case WW_OUTCOME_FAILED:
		return s->failed->latest;
	case WW_OUTCOME_OPEN:
		return s->open;
	default:
		return NULL;
	}
}

/* Variants of a story */

/* The log with every `from` replaced; malloc'd, ended by a NUL. */
static char *
replaced(const char *log, const char *from, const char *to)
{
	size_t n = 0, from_len = strlen(from), to_len = strlen(to);
	const char *at = log, *next;
	char *ret, *out;

	for (next = log; (next = strstr(next, from)) != NULL; next += from_len)
		n++;
	ret = malloc(strlen(log) + n * to_len + 1);
	assert_non_null(ret);
	out = ret;
	while ((next = strstr(at, from)) != NULL) {
		memcpy(out, at, (size_t)(next - at));
		out += next - at;
		memcpy(out, to, to_len);
		out += to_len;
		at = next + from_len;
	}
	memcpy(out, at, strlen(at) + 1);
	return ret;
}

/* The log without the lines that have `what` in them. */
static char *
without(const char *log, const char *what)
{
	size_t len = strlen(log);
	char *ret = malloc(len + 1), *out = ret;

	assert_non_null(ret);
	while (*log != '\0') {
		const char *end = strchr(log, '\n');
		size_t n = end == NULL ? strlen(log) : (size_t)(end - log) + 1;
		const char *found = strstr(log, what);

		if (found == NULL || found >= log + n) {
			memcpy(out, log, n);
			out += n;
		}
		log += n;
	}
	*out = '\0';
	return ret;
}

#define T "2026/11/19 08:41:07.1234567 4352  18200 "

/* A scan that a WSUS refuses: a fault over two lines, then the exit code. */
static const char refused_scan[] =
    "2026/11/19 08:40:00.0000000 4352  1188  Agent           WSUS server: "
    "http://wsus.example.test:8530 (Changed)\n"
    "2026/11/19 08:41:06.1000000 4352  1188  Agent           * START * "
    "Queueing Finding updates [CallerId = UpdateOrchestrator  Id = 25]\n" T
    "Agent           * START * Finding updates CallerId = "
    "UpdateOrchestrator  Id = 25 (cV = a.1)\n" T
    "Agent           Online = Yes; Interactive = No; AllowCachedResults = "
    "No; Ignore download priority = No\n" T
    "Agent           ServiceID = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7} "
    "Managed\n" T
    "ProtocolTalker  ServiceId = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}, "
    "Server URL = "
    "http://wsus.example.test:8530/ClientWebService/client.asmx\n" T
    "WebServices     WS error: The body of the received message contained "
    "a fault.\n" T "WebServices     WS error: Fault occurred\n" T
    "WebServices     WS Error code: Client\n" T
    "WebServices     WS error: <detail><ErrorCode>InvalidParameters"
    "</ErrorCode><Message>parameters.InstalledNonLeafUpdateIDs</Message>\n"
    "<ID>8889e6f6-cc94-4b2b-9d0c-9818649a5dfc</ID><Method>http://www."
    "microsoft.com/SoftwareDistribution/Server/ClientWebService/"
    "SyncUpdates\"</Method></detail>\"\n" T
    "ProtocolTalker  *FAILED* [80244007] SyncUpdates_WithRecovery failed\n"
    "2026/11/19 08:41:07.2000000 4352  999   Agent           *FAILED* "
    "[8024000C] some other thread\n" T
    "Agent           * END * Finding updates CallerId = UpdateOrchestrator,"
    " Id = 25, Exit code = 0x80244007 (cV = a.1)\n"
    "2026/11/19 08:41:08.0000000 1480  3764  ComApi          * END *   Search "
    "ClientId = UpdateOrchestrator, Updates found = 0, ServiceId = "
    "3DA21691-E39D-4DA6-8A4B-B43877BCB1B7 (cV = a)\n";

static void
check_refused(const char *log)
{
	const struct ww_episode *e;
	struct reading r;

	read_log(&r, ww_slice_cstr(log));
	assert_int_equal(count_series(&r), 1);
	e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80244007);
	assert_note(e, "caller", "UpdateOrchestrator");
	assert_note(e, "service", "WSUS");
	assert_note(e, "server",
		    "http://wsus.example.test:8530/ClientWebService/"
		    "client.asmx");
	assert_note(e, "wsus-server", "http://wsus.example.test:8530");
	assert_note(e, "fault-code", "InvalidParameters");
	assert_note(e, "fault-message", "parameters.InstalledNonLeafUpdateIDs");
	assert_note(e, "fault-id", "8889e6f6-cc94-4b2b-9d0c-9818649a5dfc");
	assert_note(e, "fault-method", "SyncUpdates");
	assert_note(e, "fault-class", "Client");
	assert_true(e->begin != WW_NO_TIME && e->end >= e->begin);
	assert_true(ww_slice_casehas(e->outcome_quote.text,
				     WW_LIT("Exit code = 0x80244007")));
	close_reading(&r);
}

static void
scan_refused(void **state)
{
	static const char *const changes[][2] = {
		{ "2026/11/19", "2027.03.01" }, /* another culture */
		{ "2026/11/19 ", "19/11/2026 " },
		{ " 18200 ", " 77    " }, /* another thread */
		{ " 25", " 4711" },	  /* another number */
		{ "\n", "\r\n" },
		{ " 4352  ", " 712   " },
	};
	char *other;

	(void)state;
	check_refused(refused_scan);
	for (size_t i = 0; i < WW_ARRAY_LEN(changes); i++) {
		other = replaced(refused_scan, changes[i][0], changes[i][1]);
		check_refused(other);
		free(other);
	}
	/* Noise in the same thread changes nothing. */
	other = replaced(refused_scan, T "WebServices     WS error: Fault",
			 T "Misc            *FAILED* [80240013] noise\n" T
			   "WebServices     WS error: Fault");
	check_refused(other);
	free(other);
}

static void
scan_without_end(void **state)
{
	char *log = without(refused_scan, "* END * Finding updates");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_OPEN);
	assert_false(e->has_code);
	close_reading(&r);
	free(log);
}

/* The beginning stands in another file: the end alone is still a result. */
static void
scan_without_start(void **state)
{
	char *log = without(refused_scan, "* START * Finding updates");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_SCAN, "", WW_OUTCOME_FAILED);
	assert_true(e->begin == WW_NO_TIME);
	assert_int_equal(e->code, 0x80244007);
	assert_note(e, "caller", "UpdateOrchestrator");
	close_reading(&r);
	free(log);
}

/* The fault was recovered from: a note of a scan that succeeded. */
static void
scan_recovered(void **state)
{
	static const char *const codes[] = { "0x00000000", "0x00240010",
					     "0x00240001" };
	char *changed =
	    replaced(refused_scan, "InvalidParameters", "ConfigChanged");
	const struct ww_episode *e;
	struct reading r;
	char *log;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(codes); i++) {
		log = replaced(changed, "0x80244007", codes[i]);
		read_log(&r, ww_slice_cstr(log));
		e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_SUCCEEDED);
		assert_note(e, "fault-code", "ConfigChanged");
		close_reading(&r);
		free(log);
	}
	free(changed);
}

static void
scan_cancelled(void **state)
{
	static const char *const codes[] = { "0x8024000B", "0x8024001E",
					     "0x80240016" };
	struct reading r;
	char *log;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(codes); i++) {
		log = replaced(refused_scan, "0x80244007", codes[i]);
		read_log(&r, ww_slice_cstr(log));
		only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_CANCELLED);
		close_reading(&r);
		free(log);
	}
}

/* A timeout behind a fault that was recovered from: no word of the fault. */
static void
scan_fault_then_status(void **state)
{
	char *log = replaced(
	    refused_scan, T "ProtocolTalker  *FAILED*",
	    T "WebServices     WS error: There was an error communicating with "
	      "the endpoint at 'http://wsus.example.test'.\n" T
	      "WebServices     WS error: The server returned HTTP status code "
	      "'503 (0x1F7)' with text 'Service Unavailable'.\n" T
	      "ProtocolTalker  *FAILED*");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_FAILED);
	assert_note(e, "http-status", "503");
	assert_note(e, "fault-code", "");
	assert_note(e, "fault-id", "");
	assert_true(ww_slice_casehas(ww_episode_note(e, "ws-error"),
				     WW_LIT("Service Unavailable")));
	close_reading(&r);
	free(log);
}

/* What is answered from the store says nothing of the server. */
static void
scan_offline(void **state)
{
	char *log = replaced(refused_scan, "Online = Yes", "Online = No");
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	only(&r, WW_EPISODE_WU_SCAN, "WSUS (offline)", WW_OUTCOME_FAILED);
	close_reading(&r);
	free(log);
}

/* Two scans at a time: each line goes to the scan of its thread. */
static void
scans_interleaved(void **state)
{
	static const char log[] =
	    "2026/11/19 08:41:01.0000000 4352  11    Agent           * START * "
	    "Finding updates CallerId = A  Id = 1 (cV = a)\n"
	    "2026/11/19 08:41:02.0000000 4352  22    Agent           * START * "
	    "Finding updates CallerId = B  Id = 2 (cV = b)\n"
	    "2026/11/19 08:41:03.0000000 4352  11    Agent           ServiceID "
	    "= {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7} Managed\n"
	    "2026/11/19 08:41:04.0000000 4352  22    Agent           ServiceID "
	    "= {855E8A7C-ECB4-4CA3-B045-1DFA50104289} Third party service\n"
	    "2026/11/19 08:41:05.0000000 4352  33    Agent           ServiceID "
	    "= {9482F4B4-E343-43B6-B170-9A65BC822C77} Windows Update\n"
	    "2026/11/19 08:41:06.0000000 4352  22    Agent           * END * "
	    "Finding updates CallerId = B, Id = 2, Exit code = 0x00000000\n"
	    "2026/11/19 08:41:07.0000000 4352  11    Agent           * END * "
	    "Finding updates CallerId = A, Id = 1, Exit code = 0x80240438\n";
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	assert_int_equal(count_series(&r), 2);
	only(&r, WW_EPISODE_WU_SCAN, "Microsoft Store", WW_OUTCOME_SUCCEEDED);
	e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80240438);
	close_reading(&r);
}

/* In Windows 10 1607 and 1709 the exit code stands alone. */
static void
scan_two_lines(void **state)
{
	static const char log[] =
	    "2018.10.21 12:08:49.8046643 1276  3628  Agent           * START * "
	    "Finding updates CallerId = UpdateOrchestrator  Id = 1\n"
	    "2018.10.21 12:08:49.8046643 1276  3628  Agent           Exit code "
	    "= 0x8024401C\n"
	    "2018.10.21 12:08:49.8046643 1276  3628  Misc            a step "
	    "ended, Exit code = 0x80070005\n"
	    "2018.10.21 12:08:49.8046643 1276  3628  Agent           * END * "
	    "Finding updates CallerId = UpdateOrchestrator  Id = 1\n";
	const struct ww_episode *e;
	struct reading r;
	char *good = replaced(log, "0x8024401C", "0x00000000");

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_SCAN, "", WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x8024401C);
	close_reading(&r);
	read_log(&r, ww_slice_cstr(good));
	only(&r, WW_EPISODE_WU_SCAN, "", WW_OUTCOME_SUCCEEDED);
	close_reading(&r);
	free(good);
}

#define C "2016-09-08\t10:48:19:500\t 848\t604\t"

/* An agent of Windows 7, refused by a WSUS. */
static const char classic_scan[] =
    C "Agent\t  * WSUS server: http://wsus.example.test\n" C
      "Agent\t*************\n" C
      "Agent\t** START **  Agent: Finding updates [CallerId = "
      "AutomaticUpdates]\n" C "Agent\t*********\n" C
      "Agent\t  * Online = Yes; Ignore download priority = No\n" C
      "Agent\t  * ServiceID = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7} "
      "Managed\n" C
      "PT\t  + ServiceId = {3DA21691-E39D-4DA6-8A4B-B43877BCB1B7}, Server "
      "URL = http://wsus.example.test/ClientWebService/client.asmx\n" C
      "PT\tWARNING: SyncUpdates failure, error = 0x8024400E, soap client "
      "error = 7, soap error code = 400, HTTP status code = 200\n" C
      "PT\tWARNING: SOAP Fault: 0x000190\n" C
      "PT\tWARNING:     faultstring:Fault occurred\n" C
      "PT\tWARNING:     ErrorCode:InternalServerError(5)\n" C
      "PT\tWARNING:     Message:(null)\n" C
      "PT\tWARNING:     Method:\"http://www.microsoft.com/"
      "SoftwareDistribution/Server/ClientWebService/SyncUpdates\"\n" C
      "PT\tWARNING:     ID:c0a7445f-b989-43fa-ac20-11f8ca65fa8c\n" C
      "Agent\t  * WARNING: Failed to synchronize, error = 0x8024400E\n" C
      "Agent\t  * WARNING: Exit code = 0x8024400E\n" C "Agent\t*********\n" C
      "Agent\t**  END  **  Agent: Finding updates [CallerId = "
      "AutomaticUpdates]\n" C "Agent\t*************\n" C
      "Agent\tWARNING: WU client failed Searching for update with error "
      "0x8024400e\n"
      "2016-09-08\t10:48:20:500\t 848\t700\tAU\t>>##  RESUMED  ## AU: Search "
      "for updates\n"
      "2016-09-08\t10:48:20:500\t 848\t700\tAU\t  # WARNING: Search callback "
      "failed, result = 0x8024400E\n";

static void
classic_refused(void **state)
{
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(classic_scan));
	assert_int_equal(count_series(&r), 1);
	e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x8024400E);
	assert_note(e, "fault-code", "InternalServerError");
	assert_note(e, "fault-method", "SyncUpdates");
	assert_note(e, "fault-id", "c0a7445f-b989-43fa-ac20-11f8ca65fa8c");
	assert_note(e, "fault-message", "");
	assert_note(e, "soap-client-error", "7");
	assert_note(e, "soap-error-code", "400");
	assert_note(e, "http-status", "200");
	assert_note(e, "wsus-server", "http://wsus.example.test");
	close_reading(&r);
}

/* Each of the statements is a result when those before it are missing. */
static void
classic_cut(void **state)
{
	static const char *const cut[] = { "Exit code", "END  **",
					   "failed Searching" };
	char *log = without(classic_scan, "no such line"), *shorter;
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(cut); i++) {
		shorter = without(log, cut[i]);
		free(log);
		log = shorter;
		read_log(&r, ww_slice_cstr(log));
		e = only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_FAILED);
		assert_int_equal(e->code, 0x8024400E);
		close_reading(&r);
	}
	shorter = without(log, "Search callback");
	read_log(&r, ww_slice_cstr(shorter));
	only(&r, WW_EPISODE_WU_SCAN, "WSUS", WW_OUTCOME_OPEN);
	close_reading(&r);
	free(shorter);
	free(log);
}

static void
classic_good(void **state)
{
	static const char log[] =
	    C "Agent\t** START **  Agent: Finding updates [CallerId = ]\n" C
	      "Agent\t  * ServiceID = {9482F4B4-E343-43B6-B170-9A65BC822C77} "
	      "Windows Update\n" C
	      "Agent\t  * Found 0 updates and 76 categories in search; "
	      "evaluated appl. rules of 0 out of 0 deployed entities\n" C
	      "Agent\t**  END  **  Agent: Finding updates [CallerId = ]\n";
	char *bare = without(log, "Found 0");
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	only(&r, WW_EPISODE_WU_SCAN, "Windows Update", WW_OUTCOME_SUCCEEDED);
	close_reading(&r);
	/* An end that says nothing of the result is none. */
	read_log(&r, ww_slice_cstr(bare));
	only(&r, WW_EPISODE_WU_SCAN, "Windows Update", WW_OUTCOME_OPEN);
	close_reading(&r);
	free(bare);
}

#define D    "2026/11/19 09:00:00.0000000 7160  1100  "
#define CALL "6217E6E8-5B5C-4FB2-93D1-F4902AEA9F3F"

static const char download[] =
    D "DownloadManager * START * Begin Downloading Updates [CallerId = "
      "UpdateOrchestrator] [Call ID = {" CALL "}]\n" D
      "DownloadManager Priority = 3, NetworkCostPolicy = 0, Interactive = 1, "
      "Download on Battery = 0, Bypass Regulation = 1, Owner is system = 1, "
      "Proxy session id = -1, ServiceId = "
      "3DA21691-E39D-4DA6-8A4B-B43877BCB1B7.\n" D
      "DownloadManager Updates to download = 1\n" D
      "Agent             Title = Example update (KB5000001)\n" D
      "Agent             UpdateId = 4E95DCBD-E67C-46AF-985B-F29D655C3480.1\n" D
      "DownloadManager * END * Begin Downloading Updates [CallerId = "
      "UpdateOrchestrator] [Call ID = {" CALL "}] [hr = 0x00000000]\n"
      "2026/11/19 09:00:01.0000000 7160  5668  Agent           WU client calls "
      "back to download call {" CALL "} with code Call progress and error 0\n"
      "2026/11/19 09:00:02.0000000 1180  1240  ComApi          Download call "
      "complete (succeeded = 0, succeeded with errors = 0, failed = 1, "
      "cancelled = 0, unaccounted = 0)\n"
      "2026/11/19 09:00:02.0000000 1180  1240  ComApi          ClientId = "
      "UpdateOrchestrator: Exit code = 0x00000000; Call error code = "
      "0x80240022\n"
      "2026/11/19 09:00:03.0000000 7160  5668  Agent           WU client calls "
      "back to download call {" CALL "} with code Call complete and error "
      "0x80246007\n";

static void
check_download(const char *log, enum ww_outcome outcome)
{
	struct reading r;

	read_log(&r, ww_slice_cstr(log));
	assert_int_equal(count_series(&r), 1);
	only(&r, WW_EPISODE_WU_DOWNLOAD, "Example update (KB5000001)", outcome);
	close_reading(&r);
}

static void
downloads(void **state)
{
	static const char done[] = "Call complete and error 0x80246007";
	const struct ww_episode *e;
	struct reading r;
	char *log;

	(void)state;
	read_log(&r, ww_slice_cstr(download));
	e = only(&r, WW_EPISODE_WU_DOWNLOAD, "Example update (KB5000001)",
		 WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80246007);
	assert_note(e, "service", "WSUS");
	assert_int_equal(e->n_bad, 1);
	assert_slice(e->items->detail, "4E95DCBD-E67C-46AF-985B-F29D655C3480");
	close_reading(&r);

	log = replaced(download, done, "Call complete and error 0");
	check_download(log, WW_OUTCOME_SUCCEEDED);
	free(log);
	log = replaced(download, done, "Call Aborted and error 0x8024000b");
	check_download(log, WW_OUTCOME_CANCELLED);
	free(log);
	log = without(download, "Call complete");
	check_download(log, WW_OUTCOME_OPEN);
	free(log);
	log = without(download, "START");
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_DOWNLOAD, "", WW_OUTCOME_FAILED);
	assert_slice(e->key, CALL);
	close_reading(&r);
	free(log);
}

static void
download_not_begun(void **state)
{
	char *failed =
	    replaced(download, "[hr = 0x00000000]", "[hr = 0x80246008]");
	char *log = without(failed, "calls back");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_DOWNLOAD, "Example update (KB5000001)",
		 WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80246008);
	close_reading(&r);
	free(log);
	free(failed);
}

#define JOB_A	   "DD522C36-B07A-4587-AE51-EC08BDDE115A"
#define JOB_B	   "9A4AE8D5-1464-4C08-8EF5-49C4E1938054"
#define CALL_A	   "407344EB-982A-460D-B154-63EFEB1B4B43"
#define ID_A	   "075A4121-DB52-4709-91F0-1A3DBD9BEB30"
#define ID_B	   "98A2E852-820F-48A5-BEBF-030E65A81CC2"
#define AT(s)	   "2026-11-19 10:00:" s ".0000000 "
#define DEPLOYMENT "Deployment      Deployment job Id "

/* Windows 11: two calls of one caller, the second fails. */
static const char installs[] = AT(
    "01") "10460 4184  ComApi          * START *   Install "
	  "ClientId = "
	  "Update;Scan, Flags: 0X40 (cV: x.2.0)\n" AT(
	      "01") "10"
		    "46"
		    "0 "
		    "41"
		    "84"
		    "  "
		    "Co"
		    "mA"
		    "pi"
		    "  "
		    "  "
		    "  "
		    "  "
		    "  "
		    "Up"
		    "da"
		    "te"
		    "s "
		    "in"
		    " r"
		    "eq"
		    "ue"
		    "st"
		    ": "
		    "1"
		    "\n" AT("02") "26136 18696 " DEPLOYMENT JOB_A
				  " : Beginning deployment of "
				  "updates, CallerId = Update;Scan.\n" AT(
				      "02") "10460 4184  ComApi          "
					    "Install ClientId = Update;Scan "
					    "(cV: x.2.0)\n" AT(
						"02") "26136 26104 Agent       "
						      "    * START * execution "
						      "of Deploy call "
						      "id = " CALL_A
						      ", CallerId = "
						      "Update;Scan\n" AT(
							  "03") "26136 26104 "
								"ComApi        "
								"  WU client "
								"deploy call "
								"id " CALL_A
								" successfully "
								"resumed "
								"update "
								"deployment "
								"job " JOB_A
								".\n" AT(
								    "04") "1046"
									  "0 "
									  "2340"
									  "  "
									  "ComA"
									  "pi  "
									  "    "
									  "    "
									  "* "
									  "STAR"
									  "T * "
									  "  "
									  "Inst"
									  "all "
									  "Clie"
									  "ntId"
									  " = "
									  "Upda"
									  "te;"
									  "Scan"
									  ", "
									  "Flag"
									  "s: "
									  "0X40"
									  " ("
									  "cV: "
									  "x.4."
									  "0)"
									  "\n" AT("04") "26136 18696 Deployment        Title = Example app A\n" AT("04") "26136 18696 Deployment        UpdateId = " ID_A ".1\n" AT("05") "26136 17052 " DEPLOYMENT
									      JOB_B " : Beginning deployment of "
																											  "updates, CallerId = Update;Scan.\n" AT("06") "26136 17052 Deployment        Title = Example app B\n" AT("06") "26136 17052 Deployment        UpdateId = " ID_B ".1\n" AT("07") "26136 22372 " DEPLOYMENT
																											      JOB_A " : NotifyClient (22372)(0) "
																																																	  "called for update id " ID_A ".1, code = Update success\n" AT(
																																																	      "07") "26136 22372 Agent           LogHistory called for Caller=Update;"
																																																		    "Scan, idUpdate=" ID_A
																																																		    ".1, operation = Install, "
																																																		    "resultMapped=240006, resultUnMapped=0\n" AT("08") "10460 8704  ComApi           Install ClientId = Update;Scan\n" AT("08") "10460 8704  ComApi          Install call complete (succeeded = "
																																																																		"1, succeeded with errors = 0, failed = 0, cancelled = 0, "
																																																																		"unaccounted = 0\n" AT(
																																																																		    "09") "26136 4464  " DEPLOYMENT
																																																																		    JOB_B " : NotifyClient (4464)(0) "
																																																																			  "called for update id " ID_B ".1, code = Update failed\n" AT("09") "26136 4464  Agent           LogHistory called for Caller=Update;"
																																																																											     "Scan, idUpdate=" ID_B
																																																																											     ".1, operation = Install, "
																																																																											     "resultMapped=80073CF9, resultUnMapped=80073CF9\n" AT(
																																																																												 "10") "26136 17052 " DEPLOYMENT
																																																																												 JOB_B " : Ending deployment for "
																																																																												       "updates, CallerId = Update;Scan, Exit code = 0x00000000\n" AT("11") "10460 8704  ComApi           Install ClientId = Update;Scan\n" AT(
																																																																													   "11") "10460 8704  ComApi          Install call complete (succeeded = "
																																																																														 "0, succeeded with errors = 0, failed = 1, cancelled = 0, "
																																																																														 "unaccounted = 0\n";

static void
installs_overlap(void **state)
{
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(installs));
	assert_int_equal(count_series(&r), 2);
	e = only(&r, WW_EPISODE_WU_INSTALL, "Example app A",
		 WW_OUTCOME_SUCCEEDED);
	assert_int_equal(e->code, 0x00240006);
	assert_string_equal(e->items->state, "installed");
	e = only(&r, WW_EPISODE_WU_INSTALL, "Example app B", WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80073CF9);
	assert_int_equal(e->n_bad, 1);
	assert_true(
	    ww_slice_casehas(e->outcome_quote.text, WW_LIT("LogHistory")));
	close_reading(&r);
}

/* Windows 11 writes no history of some failures; the callback has the code. */
static void
install_callback(void **state)
{
	char *log = replaced(
	    installs,
	    "Agent           LogHistory called for Caller=Update;Scan, "
	    "idUpdate=" ID_A ".1, operation = Install, resultMapped=240006, "
	    "resultUnMapped=0",
	    "Agent           Deploy call " CALL_A " : deployment callback for "
	    "top-level update " ID_A ".1, callback code = Update failed, "
	    "reboot required = unspecified, commit required = No, mapped "
	    "result = 0x80070002, unmapped result = 0x00000000");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_INSTALL, "Example app A", WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80070002);
	close_reading(&r);
	free(log);
}

#define I "2021/07/13 18:08:37.0000000 3736  9756  Agent           "

/* Windows 10: several updates in one call; the counts end it. */
static const char install_several[] =
    "2021/07/13 18:08:37.0000000 3752  11660 ComApi          * START *   "
    "Install ClientId = CcmExec, Flags: 0X10050 (cV: l.3.0.0)\n" I
    "* START *  Installing updates CallerId = CcmExec\n" I
    "Updates to install = 2\n" I "  Title = Example update A (KB5000001)\n" I
    "  UpdateId = " ID_A ".204\n" I "  Title = Example update B (KB5000002)\n" I
    "  UpdateId = " ID_B ".204\n"
    "2021/07/13 18:08:38.0000000 3752  11660 ComApi          Install ClientId "
    "= CcmExec (cV: l.3.0.0)\n" I "LogHistory called. idUpdate={" ID_A
    "}.204, resultMapped=80242014, "
    "resultUnMapped=0\n" I "LogHistory called. idUpdate={" ID_B
    "}.204, resultMapped=800F0922, "
    "resultUnMapped=800F0922\n"
    "2021/07/13 18:08:48.0000000 3752  12076 ComApi            Install "
    "ClientId = CcmExec\n"
    "2021/07/13 18:08:48.0000000 3752  12076 ComApi          Install call "
    "complete (succeeded = 1, succeeded with errors = 0, failed = 1, "
    "cancelled = 0, unaccounted = 0\n"
    "2021/07/13 18:08:48.0000000 3752  12076 ComApi          * END *   "
    "Install ClientId = CcmExec\n"
    "2021/07/13 18:08:48.0000000 3752  11660 ComApi          Install call "
    "complete (succeeded = 1, succeeded with errors = 0, failed = 1, "
    "cancelled = 0, unaccounted = 0\n";

static void
install_of_several(void **state)
{
	char *all = replaced(install_several, "800F0922", "0");
	char *good = replaced(all, "failed = 1", "failed = 0");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(install_several));
	assert_int_equal(count_series(&r), 1);
	/* The subject is the update that failed. */
	e = only(&r, WW_EPISODE_WU_INSTALL, "Example update B (KB5000002)",
		 WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x800F0922);
	assert_int_equal(e->n_items, 2);
	assert_int_equal(e->n_bad, 1);
	/* What waits for a restart has been installed. */
	assert_string_equal(e->items->state, "installed");
	assert_string_equal(e->items->next->state, "failed");
	close_reading(&r);

	read_log(&r, ww_slice_cstr(good));
	only(&r, WW_EPISODE_WU_INSTALL, "Example update A (KB5000001)",
	     WW_OUTCOME_SUCCEEDED);
	close_reading(&r);
	free(good);
	free(all);
}

/* No update's own result is known: the counts say that it failed. */
static void
install_by_counts(void **state)
{
	char *log = without(install_several, "LogHistory");
	const struct ww_episode *e;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(log));
	e = only(&r, WW_EPISODE_WU_INSTALL, "Example update A (KB5000001)",
		 WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x80240022);
	close_reading(&r);
	free(log);
}

#define EVENT(n) "{2C3C39FA-FC0F-4F44-9049-D2AA53B27FB" n "}\t"
#define WHEN	 "2026-11-19 05:59:52:781+0100\t1\t"
#define UPDATE	 "\t101\t{BFC8A103-FD5F-4458-9935-231D9F79E2C1}\t203\t"
#define NONE	 "\t101\t{00000000-0000-0000-0000-000000000000}\t0\t"

static const char events[] = EVENT("0") WHEN
    "147 [AGENT_DETECTION_FINISHED]" NONE
    "0\tOOBE ZDP\tSuccess\tSoftware Synchronization\tWindows Update Client "
    "successfully detected 0 updates.\tcV\n" EVENT("1") WHEN
    "148 [AGENT_DETECTION_FAILED]" NONE
    "80244007\tAutomaticUpdates\tFailure\tSoftware Synchronization\tWindows "
    "Update Client failed to detect with error 0x80244007.\tcV\n" EVENT("2")
	WHEN
    "181 [AGENT_INSTALLING_STARTED]" UPDATE
    "0\tUpdateOrchestrator\tSuccess\tContent Install\tInstallation Started: "
    "Windows has started installing the following update: x\tcV\n" EVENT("3")
	WHEN
    "182 [AGENT_INSTALLING_FAILED]" UPDATE
    "800f0922\tUpdateOrchestrator\tFailure\tContent Install\tInstallation "
    "Failure: Windows failed to install the following update with error "
    "0x800f0922: Update: example (KB5000001).\tcV\n" EVENT("4") WHEN
    "162 [AGENT_DOWNLOAD_SUCCEEDED]" UPDATE
    "0\tUpdateOrchestrator\tSuccess\tContent Download\tDownload succeeded.\t"
    "cV\n";

static void
reported(void **state)
{
	const struct ww_episode *e;
	const struct ww_series *s;
	struct reading r;

	(void)state;
	read_log(&r, ww_slice_cstr(events));
	assert_ptr_equal(r.dialect, &ww_dialect_reporting);
	assert_int_equal(count_series(&r), 3);
	s = series_of(&r, WW_EPISODE_WU_SCAN, "");
	assert_int_equal(s->n[WW_OUTCOME_SUCCEEDED], 1);
	assert_int_equal(s->n[WW_OUTCOME_FAILED], 1);
	e = s->failed->latest;
	assert_int_equal(e->code, 0x80244007);
	assert_slice(e->key, "2C3C39FA-FC0F-4F44-9049-D2AA53B27FB1");
	assert_note(e, "caller", "AutomaticUpdates");
	assert_true(e->begin == e->end && e->begin != WW_NO_TIME);
	e = only(&r, WW_EPISODE_WU_INSTALL, "Update: example (KB5000001)",
		 WW_OUTCOME_FAILED);
	assert_int_equal(e->code, 0x800F0922);
	only(&r, WW_EPISODE_WU_DOWNLOAD, "BFC8A103-FD5F-4458-9935-231D9F79E2C1",
	     WW_OUTCOME_SUCCEEDED);
	close_reading(&r);
}

/* Whatever is cut or filled in, no line is worth more than what it says. */
static void
hostile(void **state)
{
	static const char *const logs[] = { refused_scan,    classic_scan,
					    download,	     installs,
					    install_several, events };
	struct reading r;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(logs); i++) {
		size_t len = strlen(logs[i]);
		char *copy = malloc(len);

		assert_non_null(copy);
		for (size_t cut = 60; cut < len; cut += 7) {
			memcpy(copy, logs[i], cut);
			/* One byte damaged as well. */
			copy[cut * 5 % cut / 2 + cut / 3] ^= 0x15;
			if (ww_dialect_sniff(ww_slice_of(copy, cut)) == NULL)
				continue;
			read_log(&r, ww_slice_of(copy, cut));
			close_reading(&r);
		}
		free(copy);
	}
}

/* What stands in a GUID's place may be any text, and is not cut in two. */
static void
guid_of_text(void **state)
{
	static const char zeros[] = "00000000-0000-0000-0000-000000000000";
	static const char text[] =
	    "{00000000-0000-0000-0000-00000000000\xC3\xA9}";

	(void)state;
	assert_int_equal(ww_wu_guid(WW_LIT(zeros)).len, 36);
	assert_int_equal(ww_wu_guid(WW_LIT("{12}.201")).len, 7);
	assert_int_equal(ww_wu_guid(WW_LIT(text)).len, 35);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scan_refused),
		cmocka_unit_test(scan_without_end),
		cmocka_unit_test(scan_without_start),
		cmocka_unit_test(scan_recovered),
		cmocka_unit_test(scan_cancelled),
		cmocka_unit_test(scan_fault_then_status),
		cmocka_unit_test(scan_offline),
		cmocka_unit_test(scans_interleaved),
		cmocka_unit_test(scan_two_lines),
		cmocka_unit_test(classic_refused),
		cmocka_unit_test(classic_cut),
		cmocka_unit_test(classic_good),
		cmocka_unit_test(downloads),
		cmocka_unit_test(download_not_begun),
		cmocka_unit_test(installs_overlap),
		cmocka_unit_test(install_callback),
		cmocka_unit_test(install_of_several),
		cmocka_unit_test(install_by_counts),
		cmocka_unit_test(reported),
		cmocka_unit_test(guid_of_text),
		cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
