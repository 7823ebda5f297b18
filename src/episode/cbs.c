/*
 * Servicing sessions: what the servicing stack did with packages, from
 * "Processing started" to the session's own end, and what was left for the
 * next start of Windows.
 *
 * A session that only looked something up starts no processing and is no
 * episode; one that checks the store is store.c's.
 */
#include "episode/kept.h"
#include "episode/servicing.h"
#include "episode/trackers.h"

#include "base/compiler.h"
#include "base/message.h"

#include "base/banned.h"

/* "30792633_1394979193"; no id is longer. */
#define ID_MAX 48

/* The component an advanced installer works on, as far as it is kept. */
#define COMPONENT_MAX 200

/* Packages of features have this in the place of an article's number. */
#define NO_KB	      "KB777778"

#define STARTUP	      WW_LIT("startup")
#define ORIGINAL_NOTE "original-failure"

enum {
	STARTED,
	CORRUPTION_STARTED,
	CORRUPTION_COMPLETE,
	ASYNCHRONOUS,
	COMPLETE,
	FINALIZED,
	STARTUP_BEGUN,
	STARTUP_PACKAGE,
	STARTUP_COMPLETE,
	ORIGINAL_FAILURE,
	ROLLBACK,
	FAILURE_REPORT,
	UPDATE_CHANGE,
	INSTALLER_BEGUN,
	INSTALLER_FAILED,
	DRIVER,
};

/*
 * The two spaces behind "started." and "complete." are real, but logs get
 * quoted, so none is asked for.
 */
static const struct ww_mark marks[] = {
	{ STARTED, "^Exec: Processing started.{rest}" },
	{ CORRUPTION_STARTED, "^Exec: Session processing started.{rest}" },
	{ CORRUPTION_COMPLETE, "^Exec: Processing complete, session({rest}" },
	{ ASYNCHRONOUS, "^Asynchronous Session: {id:word} finalized" },
	{ COMPLETE, "^Exec: Processing complete.{rest}" },
	{ FINALIZED, "^Session: {id:word} finalized{rest}" },
	{ STARTUP_BEGUN, "^Startup: current ExecuteState is {rest}" },
	{ STARTUP_PACKAGE,
	  "^Startup: Package: {package:word} completed startup processing"
	  "{rest}" },
	{ STARTUP_COMPLETE, "^Startup: Processing complete.{rest}" },
	{ ORIGINAL_FAILURE, "original failure status: {code}" },
	{ ROLLBACK, "A rollback transaction will be created" },
	{ ROLLBACK, "^Startup: Rolling back " },
	{ ROLLBACK, "UI message updated. {text} Rollback." },
	{ FAILURE_REPORT, "WER: Generating failure report for package:{rest}" },
	{ UPDATE_CHANGE,
	  "Reporting selectable update change for package: {package:text}, "
	  "update: {update:text}, {rest}" },
	{ INSTALLER_BEGUN, "Begin executing advanced installer " },
	{ INSTALLER_FAILED,
	  "Failed execution of queue item Installer: {rest}" },
	{ DRIVER, "Doqe: Recording result: {code}, for Inf: {inf:rest}" },
};

struct state {
	/* A session whose processing is complete, and what it came to. */
	char id[ID_MAX];
	size_t id_len;
	uint32_t code;
	struct ww_kept end;

	char asynchronous[ID_MAX]; /* ends with its processing */
	size_t asynchronous_len;
	char corruption[ID_MAX]; /* checks the store */
	size_t corruption_len;

	char component[COMPONENT_MAX]; /* of the installer that runs */
	size_t component_len;
	uint32_t original; /* what went wrong at the last start, or 0 */
	bool rollback;	   /* it could not be mended */
};

struct call {
	struct ww_tracking *t;
	struct state *s;
	const struct ww_record *record;
	const struct ww_captures *captures;
	struct ww_slice rest; /* the hole of that name */
};

static bool
failed(uint32_t code)
{
	return code >> 31 != 0 && code != WW_CBS_E_CANCEL &&
	       code != WW_ERROR_CANCELLED && !ww_servicing_reboots(code);
}

static struct ww_episode *
session(const struct call *c, struct ww_slice id)
{
	if (id.len == 0)
		return NULL;
	return ww_track_open(c->t, WW_EPISODE_CBS_SESSION, id);
}

/* Whichever runs: most lines do not say to which session they belong. */
static struct ww_episode *
running(const struct call *c)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(c->t, WW_EPISODE_CBS_SESSION, any);
}

static void
note(const struct call *c, struct ww_episode *e, const char *name,
     struct ww_slice value)
{
	if (value.len > 0)
		ww_track_note(c->t, e, name, value, c->record);
}

/* Which package it is about, and which article describes that. */
static void
identify(const struct call *c, struct ww_episode *e, struct ww_slice package,
	 struct ww_slice identifier)
{
	struct ww_slice name = ww_package_name(package);
	struct ww_slice own = ww_package_kb(name);
	struct ww_slice kb = own.len > 0 ? own : ww_package_kb(identifier);

	if (package.len == 0)
		return;
	note(c, e, "package", package);
	if (!ww_slice_eq(kb, WW_LIT(NO_KB)))
		note(c, e, "kb", kb);
	ww_track_subject(c->t, e, own.len > 0 ? own : name);
}

/* A session that was never finalized ended with its processing. */
static void
end_kept(const struct call *c)
{
	struct state *s = c->s;
	struct ww_record end = ww_kept_record(&s->end);
	struct ww_episode *e =
	    s->end.line != 0 ? session(c, ww_slice_of(s->id, s->id_len)) : NULL;

	if (e != NULL)
		ww_servicing_end(c->t, e, s->code, &end);
	s->end.line = 0;
}

static void
on_started(const struct call *c)
{
	struct ww_slice id = ww_servicing_field(c->rest, "Session: ");
	struct ww_episode *e = session(c, id);

	if (id.len == 0)
		return;
	if (e == NULL)
		e = ww_track_begin(c->t, WW_EPISODE_CBS_SESSION, id, c->record);
	note(c, e, "client", ww_servicing_field(c->rest, "Client: "));
	identify(c, e, ww_servicing_field(c->rest, "Package: "),
		 ww_servicing_field(c->rest, "Identifier: "));
}

/* … Session(Store Corruption Detect/Repair): 30792633_1394979193 */
static void
on_corruption(const struct call *c)
{
	struct ww_slice id = ww_servicing_field(c->rest, "): ");

	if (ww_slice_casehas(c->rest, WW_LIT("Corruption")))
		c->s->corruption_len =
		    ww_keep_text(c->s->corruption, ID_MAX, id).len;
}

static void
on_asynchronous(const struct call *c)
{
	c->s->asynchronous_len = ww_keep_text(c->s->asynchronous, ID_MAX,
					      ww_captured(c->captures, "id"))
				     .len;
}

static void
on_complete(const struct call *c)
{
	struct state *s = c->s;
	struct ww_slice id = ww_servicing_field(c->rest, "Session: ");
	struct ww_slice package = ww_servicing_field(c->rest, "Package: ");
	struct ww_episode *e;
	uint32_t code;

	if (id.len == 0 || !ww_servicing_hresult(c->rest, &code))
		return;
	e = ww_track_need(c->t, WW_EPISODE_CBS_SESSION, id, c->record);
	if (ww_episode_note(e, "package").len == 0)
		identify(c, e, package,
			 ww_servicing_field(c->rest, "Identifier: "));
	if (failed(code))
		ww_track_item(c->t, e, package, ww_slice_of(NULL, 0),
			      N_("failed"), true, c->record);
	if (ww_slice_eq(id,
			ww_slice_of(s->asynchronous, s->asynchronous_len))) {
		ww_servicing_end(c->t, e, code, c->record);
		return;
	}
	/* What is left to say is whether a restart is needed. */
	if (!ww_slice_eq(id, ww_slice_of(s->id, s->id_len)))
		end_kept(c);
	s->id_len = ww_keep_text(s->id, ID_MAX, id).len;
	s->code = code;
	ww_keep(&s->end, c->record);
}

static void
on_finalized(const struct call *c)
{
	struct state *s = c->s;
	struct ww_slice id = ww_captured(c->captures, "id");
	struct ww_slice reboot =
	    ww_servicing_field(c->rest, "Reboot required: ");
	struct ww_episode *e = session(c, id);
	uint32_t code;

	if (ww_slice_eq(id, ww_slice_of(s->corruption, s->corruption_len)) ||
	    !ww_servicing_hresult(c->rest, &code))
		return;
	/* It looked something up, or its end came as that of its work. */
	if (e == NULL &&
	    (!failed(code) || ww_slice_eq(id, ww_slice_of(s->id, s->id_len))))
		return;
	if (e == NULL)
		e = ww_track_need(c->t, WW_EPISODE_CBS_SESSION, id, c->record);
	if (ww_slice_eq(reboot, WW_LIT("yes")))
		note(c, e, "reboot", reboot);
	if (ww_slice_eq(id, ww_slice_of(s->id, s->id_len)))
		s->end.line = 0;
	ww_servicing_end(c->t, e, code, c->record);
}

/* Operations left by a session may take several starts of Windows. */
static void
on_startup_begun(const struct call *c)
{
	if (session(c, STARTUP) == NULL)
		ww_track_begin(c->t, WW_EPISODE_CBS_SESSION, STARTUP,
			       c->record);
}

static void
on_startup_package(const struct call *c)
{
	struct ww_slice package = ww_captured(c->captures, "package");
	struct ww_episode *e =
	    ww_track_need(c->t, WW_EPISODE_CBS_SESSION, STARTUP, c->record);
	const struct ww_slice none = { 0 };
	uint32_t code;

	/* One update is a hundred packages; only its own has this name. */
	if (ww_slice_starts(package, WW_LIT("Package_for_")))
		identify(c, e, package, none);
	if (ww_servicing_hresult(c->rest, &code) && failed(code))
		ww_track_item(c->t, e, package, none, N_("failed"), true,
			      c->record);
}

static void
on_startup_complete(const struct call *c)
{
	struct ww_episode *e = session(c, STARTUP);
	uint32_t code;

	if (!ww_servicing_hresult(c->rest, &code))
		return;
	/* It goes on behind the next restart. */
	if (ww_servicing_reboots(code))
		return;
	/* Rolling back may succeed: what it is done for has failed. */
	if (!failed(code) && c->s->rollback && c->s->original != 0)
		code = c->s->original;
	c->s->original = 0;
	c->s->rollback = false;
	if (e == NULL && failed(code))
		e = ww_track_need(c->t, WW_EPISODE_CBS_SESSION, STARTUP,
				  c->record);
	if (e == NULL)
		return;
	ww_servicing_end(c->t, e, code, c->record);
	/* The last line says S_OK, of the rolling back. */
	if (failed(code))
		ww_track_quote(e, ORIGINAL_NOTE);
}

static void
on_original_failure(const struct call *c)
{
	struct ww_slice stated = ww_captured(c->captures, "code");
	struct ww_episode *e = session(c, STARTUP);
	uint32_t code;

	if (!ww_track_code(stated, &code) || !failed(code))
		return;
	c->s->original = code;
	if (e != NULL)
		note(c, e, ORIGINAL_NOTE, stated);
}

static void
on_rollback(const struct call *c)
{
	struct ww_episode *e = session(c, STARTUP);

	c->s->rollback = true;
	if (e != NULL)
		note(c, e, "rollback", WW_LIT("yes"));
}

/* WER: Generating failure report for package: …, status: 0x800f0922, … */
static void
on_failure_report(const struct call *c)
{
	struct ww_slice package = ww_servicing_field(c->rest, "");
	struct ww_slice source =
	    ww_servicing_field(c->rest, "failure source: ");
	struct ww_episode *e = running(c);
	const struct ww_slice none = { 0 };

	if (e == NULL)
		return;
	note(c, e, "failure-source", source);
	identify(c, e, package, ww_episode_note(e, "kb"));
	if (package.len > 0)
		ww_track_item(c->t, e, package, none, N_("failed"), true,
			      c->record);
}

/* The features of a package: all of Windows' own share one package. */
static void
on_update_change(const struct call *c)
{
	const struct ww_slice foundation = WW_LIT("-Foundation-Package");
	const struct ww_slice result = WW_LIT("overall result:");
	struct ww_slice update = ww_captured(c->captures, "update");
	size_t at = ww_slice_casefind(c->rest, result);
	struct ww_episode *e = running(c);
	struct ww_slice digits;
	uint32_t code;

	if (e == NULL || at == c->rest.len)
		return;
	digits = ww_slice_trim(ww_slice_from(c->rest, at + result.len));
	digits.len = digits.len < 10 ? digits.len : 10;
	if (ww_slice_casehas(e->subject, foundation))
		ww_track_subject(c->t, e, update);
	if (ww_track_code(digits, &code) && failed(code))
		ww_track_item(c->t, e, update,
			      ww_package_name(
				  ww_captured(c->captures, "package")),
			      N_("failed"), true, c->record);
}

/* New component: [l:154 ml:155]'Microsoft-Windows-X, Culture=neutral, … */
static struct ww_slice
component_behind(struct ww_slice text, struct ww_slice name)
{
	size_t at = ww_slice_casefind(text, name), n = 0;
	struct ww_slice s = ww_slice_from(text, at);

	while (s.len > 0 && s.p[0] != '\'' && s.p[0] != '"' && s.p[0] != '\n')
		s = ww_slice_from(s, 1);
	if (s.len == 0 || s.p[0] == '\n')
		return (struct ww_slice){ 0 };
	s = ww_slice_from(s, 1);
	while (n < s.len && s.p[n] != ',' && s.p[n] != '\'' && s.p[n] != '"' &&
	       s.p[n] != '\n')
		n++;
	return ww_slice_of(s.p, n);
}

static void
on_installer_begun(const struct call *c)
{
	struct ww_slice name =
	    component_behind(c->record->text, WW_LIT("New component:"));

	/* Nothing new is installed: something old is removed. */
	if (name.len == 0)
		name =
		    component_behind(c->record->text, WW_LIT("Old component:"));
	c->s->component_len =
	    ww_keep_text(c->s->component, COMPONENT_MAX, name).len;
}

/* HRESULT_FROM_WIN32(1058). or 800f0207 [Error,…: up to a blank. */
static struct ww_slice
installer_code(struct ww_slice s)
{
	const struct ww_slice mark = WW_LIT(" with HRESULT ");
	size_t at = ww_slice_casefind(s, mark), n = 0;

	if (at == s.len)
		return (struct ww_slice){ 0 };
	s = ww_slice_from(s, at + mark.len);
	while (n < s.len && !ww_is_space(s.p[n]))
		n++;
	if (n > 0 && s.p[n - 1] == '.')
		n--;
	return ww_slice_of(s.p, n);
}

/* HTTP Installer ({…}) with HRESULT …  Failure will not be ignored: … */
static void
on_installer_failed(const struct call *c)
{
	const struct ww_slice none = { 0 };
	struct ww_slice name =
	    ww_slice_of(c->rest.p, ww_slice_casefind(c->rest, WW_LIT(" ({")));
	struct ww_episode *e = running(c);

	if (ww_slice_casehas(c->rest, WW_LIT("Failure will be ignored")))
		return;
	if (e == NULL)
		e = ww_track_need(c->t, WW_EPISODE_CBS_SESSION, STARTUP,
				  c->record);
	/* The first is the cause; others may follow from it. */
	if (ww_episode_note(e, "installer").len == 0) {
		note(c, e, "installer", name);
		note(c, e, "installer-code", installer_code(c->rest));
		note(c, e, "component",
		     ww_slice_of(c->s->component, c->s->component_len));
	}
	ww_track_item(c->t, e, name, none, N_("failed"), true, c->record);
}

static void
on_driver(const struct call *c)
{
	const struct ww_slice none = { 0 };
	struct ww_episode *e = running(c);
	uint32_t code;

	if (e != NULL &&
	    ww_track_code(ww_captured(c->captures, "code"), &code) &&
	    failed(code))
		ww_track_item(c->t, e, ww_captured(c->captures, "inf"), none,
			      N_("failed"), true, c->record);
}

static void (*const actions[])(const struct call *c) = {
	[STARTED] = on_started,
	[CORRUPTION_STARTED] = on_corruption,
	[CORRUPTION_COMPLETE] = on_corruption,
	[ASYNCHRONOUS] = on_asynchronous,
	[COMPLETE] = on_complete,
	[FINALIZED] = on_finalized,
	[STARTUP_BEGUN] = on_startup_begun,
	[STARTUP_PACKAGE] = on_startup_package,
	[STARTUP_COMPLETE] = on_startup_complete,
	[ORIGINAL_FAILURE] = on_original_failure,
	[ROLLBACK] = on_rollback,
	[FAILURE_REPORT] = on_failure_report,
	[UPDATE_CHANGE] = on_update_change,
	[INSTALLER_BEGUN] = on_installer_begun,
	[INSTALLER_FAILED] = on_installer_failed,
	[DRIVER] = on_driver,
};

static void
mark_cbs(struct ww_tracking *t, void *state, unsigned mark,
	 const struct ww_record *record, const struct ww_captures *captures)
{
	const struct call c = { .t = t,
				.s = state,
				.record = record,
				.captures = captures,
				.rest = ww_captured(captures, "rest") };

	actions[mark](&c);
}

static void
finish_cbs(struct ww_tracking *t, void *state)
{
	const struct call c = { .t = t, .s = state };

	end_kept(&c);
}

const struct ww_tracker ww_tracker_cbs = {
	.dialects = { WW_DIALECT_CBS, WW_DIALECT_DISM },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.mark = mark_cbs,
	.finish = finish_cbs,
};
