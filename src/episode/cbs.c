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

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

/* The hole of that name. */
static struct ww_slice
rest(const struct ww_marked_line *l)
{
	return ww_captured(l->captures, "rest");
}

static bool
failed(uint32_t code)
{
	return code >> 31 != 0 && code != WW_CBS_E_CANCEL &&
	       code != WW_ERROR_CANCELLED && !ww_servicing_reboots(code);
}

static struct ww_episode *
session(const struct ww_marked_line *l, struct ww_slice id)
{
	if (id.len == 0)
		return NULL;
	return ww_track_open(l->t, WW_EPISODE_CBS_SESSION, id);
}

/* Whichever runs: most lines do not say to which session they belong. */
static struct ww_episode *
running(const struct ww_marked_line *l)
{
	const struct ww_slice any = { 0 };

	return ww_track_open(l->t, WW_EPISODE_CBS_SESSION, any);
}

static void
note(const struct ww_marked_line *l, struct ww_episode *e, const char *name,
     struct ww_slice value)
{
	if (value.len > 0)
		ww_track_note(l->t, e, name, value, l->record);
}

/* Which package it is about, and which article describes that. */
static void
identify(const struct ww_marked_line *l, struct ww_episode *e,
	 struct ww_slice package, struct ww_slice identifier)
{
	struct ww_slice name = ww_package_name(package);
	struct ww_slice own = ww_package_kb(name);
	struct ww_slice kb = own.len > 0 ? own : ww_package_kb(identifier);

	if (package.len == 0)
		return;
	note(l, e, "package", package);
	if (!ww_slice_eq(kb, WW_LIT(NO_KB)))
		note(l, e, "kb", kb);
	ww_track_subject(l->t, e, own.len > 0 ? own : name);
}

/* A session that was never finalized ended with its processing. */
static void
end_kept(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_record end = ww_kept_record(&s->end);
	struct ww_episode *e =
	    s->end.line != 0 ? session(l, ww_slice_of(s->id, s->id_len)) : NULL;

	if (e != NULL)
		ww_servicing_end(l->t, e, s->code, &end);
	s->end.line = 0;
}

static void
on_started(const struct ww_marked_line *l)
{
	struct ww_slice id = ww_servicing_field(rest(l), "Session: ");
	struct ww_episode *e = session(l, id);

	if (id.len == 0)
		return;
	if (e == NULL)
		e = ww_track_begin(l->t, WW_EPISODE_CBS_SESSION, id, l->record);
	note(l, e, "client", ww_servicing_field(rest(l), "Client: "));
	identify(l, e, ww_servicing_field(rest(l), "Package: "),
		 ww_servicing_field(rest(l), "Identifier: "));
}

/* … Session(Store Corruption Detect/Repair): 30792633_1394979193 */
static void
on_corruption(const struct ww_marked_line *l)
{
	struct ww_slice id = ww_servicing_field(rest(l), "): ");

	if (ww_slice_casehas(rest(l), WW_LIT("Corruption")))
		state_of(l)->corruption_len =
		    ww_keep_text(state_of(l)->corruption, ID_MAX, id).len;
}

static void
on_asynchronous(const struct ww_marked_line *l)
{
	state_of(l)->asynchronous_len =
	    ww_keep_text(state_of(l)->asynchronous, ID_MAX,
			 ww_captured(l->captures, "id"))
		.len;
}

static void
on_complete(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_slice id = ww_servicing_field(rest(l), "Session: ");
	struct ww_slice package = ww_servicing_field(rest(l), "Package: ");
	struct ww_episode *e;
	uint32_t code;

	if (id.len == 0 || !ww_servicing_hresult(rest(l), &code))
		return;
	e = ww_track_need(l->t, WW_EPISODE_CBS_SESSION, id, l->record);
	if (ww_episode_note(e, "package").len == 0)
		identify(l, e, package,
			 ww_servicing_field(rest(l), "Identifier: "));
	if (failed(code))
		ww_track_item(l->t, e, package, ww_slice_of(NULL, 0),
			      N_("failed"), true, l->record);
	if (ww_slice_eq(id,
			ww_slice_of(s->asynchronous, s->asynchronous_len))) {
		ww_servicing_end(l->t, e, code, l->record);
		return;
	}
	/* What is left to say is whether a restart is needed. */
	if (!ww_slice_eq(id, ww_slice_of(s->id, s->id_len)))
		end_kept(l);
	s->id_len = ww_keep_text(s->id, ID_MAX, id).len;
	s->code = code;
	ww_keep(&s->end, l->record);
}

static void
on_finalized(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_slice id = ww_captured(l->captures, "id");
	struct ww_slice reboot =
	    ww_servicing_field(rest(l), "Reboot required: ");
	struct ww_episode *e = session(l, id);
	uint32_t code;

	if (ww_slice_eq(id, ww_slice_of(s->corruption, s->corruption_len)) ||
	    !ww_servicing_hresult(rest(l), &code))
		return;
	/* It looked something up, or its end came as that of its work. */
	if (e == NULL &&
	    (!failed(code) || ww_slice_eq(id, ww_slice_of(s->id, s->id_len))))
		return;
	if (e == NULL)
		e = ww_track_need(l->t, WW_EPISODE_CBS_SESSION, id, l->record);
	if (ww_slice_eq(reboot, WW_LIT("yes")))
		note(l, e, "reboot", reboot);
	if (ww_slice_eq(id, ww_slice_of(s->id, s->id_len)))
		s->end.line = 0;
	ww_servicing_end(l->t, e, code, l->record);
}

/* Operations left by a session may take several starts of Windows. */
static void
on_startup_begun(const struct ww_marked_line *l)
{
	if (session(l, STARTUP) == NULL)
		ww_track_begin(l->t, WW_EPISODE_CBS_SESSION, STARTUP,
			       l->record);
}

static void
on_startup_package(const struct ww_marked_line *l)
{
	struct ww_slice package = ww_captured(l->captures, "package");
	struct ww_episode *e =
	    ww_track_need(l->t, WW_EPISODE_CBS_SESSION, STARTUP, l->record);
	const struct ww_slice none = { 0 };
	uint32_t code;

	/* One update is a hundred packages; only its own has this name. */
	if (ww_slice_starts(package, WW_LIT("Package_for_")))
		identify(l, e, package, none);
	if (ww_servicing_hresult(rest(l), &code) && failed(code))
		ww_track_item(l->t, e, package, none, N_("failed"), true,
			      l->record);
}

static void
on_startup_complete(const struct ww_marked_line *l)
{
	struct ww_episode *e = session(l, STARTUP);
	uint32_t code;

	if (!ww_servicing_hresult(rest(l), &code))
		return;
	/* It goes on behind the next restart. */
	if (ww_servicing_reboots(code))
		return;
	/* Rolling back may succeed: what it is done for has failed. */
	if (!failed(code) && state_of(l)->rollback &&
	    state_of(l)->original != 0)
		code = state_of(l)->original;
	state_of(l)->original = 0;
	state_of(l)->rollback = false;
	if (e == NULL && failed(code))
		e = ww_track_need(l->t, WW_EPISODE_CBS_SESSION, STARTUP,
				  l->record);
	if (e == NULL)
		return;
	ww_servicing_end(l->t, e, code, l->record);
	/* The last line says S_OK, of the rolling back. */
	if (failed(code))
		ww_track_quote(e, ORIGINAL_NOTE);
}

static void
on_original_failure(const struct ww_marked_line *l)
{
	struct ww_slice stated = ww_captured(l->captures, "code");
	struct ww_episode *e = session(l, STARTUP);
	uint32_t code;

	if (!ww_track_code(stated, &code) || !failed(code))
		return;
	state_of(l)->original = code;
	if (e != NULL)
		note(l, e, ORIGINAL_NOTE, stated);
}

static void
on_rollback(const struct ww_marked_line *l)
{
	struct ww_episode *e = session(l, STARTUP);

	state_of(l)->rollback = true;
	if (e != NULL)
		note(l, e, "rollback", WW_LIT("yes"));
}

/* WER: Generating failure report for package: …, status: 0x800f0922, … */
static void
on_failure_report(const struct ww_marked_line *l)
{
	struct ww_slice package = ww_servicing_field(rest(l), "");
	struct ww_slice source =
	    ww_servicing_field(rest(l), "failure source: ");
	struct ww_episode *e = running(l);
	const struct ww_slice none = { 0 };

	if (e == NULL)
		return;
	note(l, e, "failure-source", source);
	identify(l, e, package, ww_episode_note(e, "kb"));
	if (package.len > 0)
		ww_track_item(l->t, e, package, none, N_("failed"), true,
			      l->record);
}

/* The features of a package: all of Windows' own share one package. */
static void
on_update_change(const struct ww_marked_line *l)
{
	const struct ww_slice foundation = WW_LIT("-Foundation-Package");
	const struct ww_slice result = WW_LIT("overall result:");
	struct ww_slice update = ww_captured(l->captures, "update");
	struct ww_slice digits = ww_slice_behind(rest(l), result);
	struct ww_episode *e = running(l);
	uint32_t code;

	if (e == NULL || digits.p == NULL)
		return;
	digits = ww_slice_trim(digits);
	digits.len = digits.len < 10 ? digits.len : 10;
	if (ww_slice_casehas(e->subject, foundation))
		ww_track_subject(l->t, e, update);
	if (ww_track_code(digits, &code) && failed(code))
		ww_track_item(l->t, e, update,
			      ww_package_name(
				  ww_captured(l->captures, "package")),
			      N_("failed"), true, l->record);
}

/* New component: [l:154 ml:155]'Microsoft-Windows-X, Culture=neutral, … */
static struct ww_slice
component_behind(struct ww_slice text, struct ww_slice name)
{
	struct ww_slice s = ww_slice_behind(text, name);
	size_t n = 0;

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
on_installer_begun(const struct ww_marked_line *l)
{
	struct ww_slice name =
	    component_behind(l->record->text, WW_LIT("New component:"));

	/* Nothing new is installed: something old is removed. */
	if (name.len == 0)
		name =
		    component_behind(l->record->text, WW_LIT("Old component:"));
	state_of(l)->component_len =
	    ww_keep_text(state_of(l)->component, COMPONENT_MAX, name).len;
}

/* HRESULT_FROM_WIN32(1058). or 800f0207 [Error,…: up to a blank. */
static struct ww_slice
installer_code(struct ww_slice s)
{
	size_t n = 0;

	s = ww_slice_behind(s, WW_LIT(" with HRESULT "));
	while (n < s.len && !ww_is_space(s.p[n]))
		n++;
	if (n > 0 && s.p[n - 1] == '.')
		n--;
	return ww_slice_of(s.p, n);
}

/* HTTP Installer ({…}) with HRESULT …  Failure will not be ignored: … */
static void
on_installer_failed(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };
	struct ww_slice name =
	    ww_slice_of(rest(l).p, ww_slice_casefind(rest(l), WW_LIT(" ({")));
	struct ww_episode *e = running(l);

	if (ww_slice_casehas(rest(l), WW_LIT("Failure will be ignored")))
		return;
	if (e == NULL)
		e = ww_track_need(l->t, WW_EPISODE_CBS_SESSION, STARTUP,
				  l->record);
	/* The first is the cause; others may follow from it. */
	if (ww_episode_note(e, "installer").len == 0) {
		note(l, e, "installer", name);
		note(l, e, "installer-code", installer_code(rest(l)));
		note(l, e, "component",
		     ww_slice_of(state_of(l)->component,
				 state_of(l)->component_len));
	}
	ww_track_item(l->t, e, name, none, N_("failed"), true, l->record);
}

static void
on_driver(const struct ww_marked_line *l)
{
	const struct ww_slice none = { 0 };
	struct ww_episode *e = running(l);
	uint32_t code;

	if (e != NULL &&
	    ww_track_code(ww_captured(l->captures, "code"), &code) &&
	    failed(code))
		ww_track_item(l->t, e, ww_captured(l->captures, "inf"), none,
			      N_("failed"), true, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
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

const struct ww_tracker ww_tracker_cbs = {
	.dialects = { WW_DIALECT_CBS, WW_DIALECT_DISM },
	.n_dialects = 2,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_kept,
};
