/*
 * Win32 apps that the Intune Management Extension installs or removes.  Since
 * 2024 they stand in AppWorkload.log, before that in
 * IntuneManagementExtension.log, in the same words.  The state that is reported
 * to the service is the outcome; it is reported again at each check-in.  Where
 * a log ends before it, the exit code as the app's return codes define it, and
 * the detection behind it, tell the same.
 */
#include "episode/kept.h"
#include "episode/stated.h"
#include "episode/trackers.h"

#include "base/banned.h"

#define NAME_SIZE		   256
#define GUID_LEN		   36

#define NOT_DETECTED_AFTER_INSTALL 0x87D1041Cu

/* States that are reported: installed, and what went wrong. */
#define STATE_DONE   1000
#define STATE_FAILED 5000
#define STATES	     1000

enum {
	TARGETED,
	EXECUTE,
	DOWNLOAD,
	FOLDER,
	EXITED,
	CLASS,
	UNMAPPED,
	AS_ERROR,
	ERROR_CODE,
	DETECTED,
	REPORTED,
};

static const struct ww_mark marks[] = {
	{ TARGETED, "processing targeted app (name='{name:text}', "
		    "id='{id:guid}')" },
	{ EXECUTE, "^[Win32App][ExecutionActionHandler] Handler invoked with "
		   "execution type: {type:word} for policy with id: "
		   "{id:guid}" },
	{ DOWNLOAD,
	  "^[Win32App] Downloading app on session {int}. App: {id:guid}" },
	{ FOLDER,
	  "^[Win32App] SetCurrentDirectory: {text}IMECache\\{id:guid}" },
	{ EXITED, "^[Win32App] lpExitCode {exit:int}" },
	{ CLASS, "^[Win32App] lpExitCode is defined as {class:rest}" },
	{ UNMAPPED, "^[Win32App] Admin did NOT set mapping for lpExitCode: "
		    "{exit:int} of app: {id:guid}" },
	{ AS_ERROR, "^[Win32App] Setting enforcementState as: Error" },
	{ ERROR_CODE,
	  "^[Win32App] Set EnforcementStateMessage.ErrorCode {code:int}" },
	{ DETECTED, "^[Win32App][DetectionActionHandler] Detection for policy "
		    "with id: {id:guid} resulted in action status: "
		    "{status:word} and detection state: {state:word}." },
	{ REPORTED, "\"ApplicationId\":\"{id:guid}\"{text}"
		    "\"EnforcementState\":{state:int},"
		    "\"EnforcementErrorCode\":{code:int}" },
};

enum answer { NOT_SAID, NO, YES };

struct state {
	char id[GUID_LEN]; /* of the app at work */
	bool exited;
	bool removes;
	bool has_code;
	uint32_t code;	      /* what the service is to be told */
	enum answer worked;   /* by the app's return codes */
	enum answer detected; /* behind the command */
	struct ww_kept line;  /* that decides; line 0: none */

	/* The app that was last named. */
	char named[GUID_LEN];
	char name[NAME_SIZE];
	size_t name_len;

	struct ww_stated stated;
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

/* Without braces, in whatever letters it was written. */
static struct ww_slice
guid_of(const struct ww_marked_line *l)
{
	struct ww_slice id = ww_captured(l->captures, "id");

	if (id.len > 0 && id.p[0] == '{')
		id = ww_slice_part(id, 1, id.len - 2);
	return id;
}

static bool
is_app(const char id[GUID_LEN], struct ww_slice guid)
{
	return ww_slice_casecmp(ww_slice_of(id, GUID_LEN), guid) == 0;
}

static struct ww_episode *
open_app(const struct ww_marked_line *l)
{
	return ww_track_open(l->t, WW_EPISODE_INTUNE_APP,
			     (struct ww_slice){ 0 });
}

static struct ww_episode *
begin(const struct ww_marked_line *l, struct ww_slice guid)
{
	struct state *s = state_of(l);
	struct ww_episode *e =
	    ww_track_begin(l->t, WW_EPISODE_INTUNE_APP, guid, l->record);

	ww_track_subject(l->t, e, guid);
	if (is_app(s->named, guid))
		ww_track_note(l->t, e, "app", ww_slice_of(s->name, s->name_len),
			      l->record);
	return e;
}

static void
forget(struct state *s)
{
	memset(s->id, 0, sizeof(s->id));
	s->exited = s->removes = s->has_code = false;
	s->worked = s->detected = NOT_SAID;
	s->line.line = 0;
}

/* The detection says the contrary of what was to be done. */
static bool
is_contradicted(const struct state *s)
{
	return s->detected == (s->removes ? YES : NO);
}

/* Ends it by what the record says; a report that says the same is an echo. */
static void
end(const struct ww_marked_line *l, struct ww_episode *e, bool failed,
    uint32_t code, const struct ww_record *record)
{
	struct state *s = state_of(l);

	ww_stated_again(&s->stated, e->subject, failed ? code : 0);
	if (failed && code != 0)
		ww_track_end_code(l->t, e, code, record);
	else
		ww_track_end(l->t, e,
			     failed ? WW_OUTCOME_FAILED : WW_OUTCOME_SUCCEEDED,
			     record);
}

/* An app that is done with, as far as the log tells. */
static void
leave(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_record record = ww_kept_record(&s->line);
	struct ww_episode *e = open_app(l);

	if (e != NULL && s->line.line != 0) {
		if (s->worked == NO)
			end(l, e, true, s->has_code ? s->code : 0, &record);
		else if (s->detected != NOT_SAID && !is_contradicted(s))
			end(l, e, false, 0, &record);
		else if (s->detected != NOT_SAID && !s->removes)
			end(l, e, true, NOT_DETECTED_AFTER_INSTALL, &record);
	}
	forget(s);
}

/* The app that is at work from here on. */
static void
take_up(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_slice guid = guid_of(l);

	if (guid.len != GUID_LEN || is_app(s->id, guid))
		return;
	leave(l);
	memcpy(s->id, guid.p, GUID_LEN);
	if (ww_track_open(l->t, WW_EPISODE_INTUNE_APP, guid) == NULL)
		begin(l, guid);
}

static void
on_targeted(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_slice guid = guid_of(l);

	if (guid.len != GUID_LEN)
		return;
	memcpy(s->named, guid.p, GUID_LEN);
	s->name_len =
	    ww_keep_text(s->name, NAME_SIZE, ww_captured(l->captures, "name"))
		.len;
}

static void
on_execute(const struct ww_marked_line *l)
{
	take_up(l);
	state_of(l)->removes =
	    ww_slice_casestarts(ww_captured(l->captures, "type"),
				WW_LIT("Uninstall"));
}

static void
on_exited(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_episode *e = open_app(l);

	s->exited = true;
	s->worked = s->detected = NOT_SAID;
	if (e != NULL)
		ww_track_note(l->t, e, "exit-status",
			      ww_captured(l->captures, "exit"), l->record);
}

/* Success, SoftReboot, HardReboot; Failed, Retry. */
static void
on_class(const struct ww_marked_line *l)
{
	struct ww_slice class =
	    ww_slice_trim(ww_captured(l->captures, "class"));
	struct state *s = state_of(l);

	if (ww_slice_eq(class, WW_LIT("Success")) ||
	    ww_slice_casehas(class, WW_LIT("Reboot")))
		s->worked = YES;
	else if (ww_slice_casestarts(class, WW_LIT("Fail")))
		s->worked = NO;
	ww_keep(&s->line, l->record);
}

/* Where a log was rotated the app may be named here only. */
static void
on_unmapped(const struct ww_marked_line *l)
{
	struct ww_slice guid = guid_of(l);
	struct ww_episode *e = ww_track_open(l->t, WW_EPISODE_INTUNE_APP, guid);

	take_up(l);
	if (e == NULL && (e = open_app(l)) != NULL)
		e->begin = WW_NO_TIME;
	on_exited(l);
}

static void
on_as_error(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	s->worked = NO;
	ww_keep(&s->line, l->record);
}

static void
on_error_code(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	s->has_code =
	    ww_track_code(ww_captured(l->captures, "code"), &s->code) &&
	    s->code != 0;
}

/* Before the command the app is looked for, too. */
static void
on_detected(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	if (!s->exited || !is_app(s->id, guid_of(l)))
		return;
	s->detected =
	    ww_slice_eq(ww_captured(l->captures, "state"), WW_LIT("Detected"))
		? YES
		: NO;
	if (s->worked != NO)
		ww_keep(&s->line, l->record);
}

/* False: the state is one of those on the way. */
static bool
read_state(const struct ww_marked_line *l, bool *retfailed, uint32_t *retcode)
{
	unsigned class =
	    ww_track_number(ww_captured(l->captures, "state")) / STATES;

	*retfailed = class == STATE_FAILED / STATES;
	return (*retfailed || class == STATE_DONE / STATES) &&
	       ww_track_code(ww_captured(l->captures, "code"), retcode);
}

static void
on_reported(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_slice guid = guid_of(l);
	struct ww_episode *e = ww_track_open(l->t, WW_EPISODE_INTUNE_APP, guid);
	uint32_t code;
	bool failed;

	if (guid.len != GUID_LEN || !read_state(l, &failed, &code) ||
	    (e == NULL && ww_stated_again(&s->stated, guid, failed ? code : 0)))
		return;
	if (e == NULL) {
		e = begin(l, guid);
		e->begin = WW_NO_TIME;
	}
	end(l, e, failed, code, l->record);
	forget(s);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[TARGETED] = on_targeted,     [EXECUTE] = on_execute,
	[DOWNLOAD] = take_up,	      [FOLDER] = take_up,
	[EXITED] = on_exited,	      [CLASS] = on_class,
	[UNMAPPED] = on_unmapped,     [AS_ERROR] = on_as_error,
	[ERROR_CODE] = on_error_code, [DETECTED] = on_detected,
	[REPORTED] = on_reported,
};

const struct ww_tracker ww_tracker_intune_app = {
	.dialects = { WW_DIALECT_INTUNE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = leave,
};
