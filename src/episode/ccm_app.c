/*
 * Applications that Configuration Manager installs or removes: AppEnforce.log.
 * The exit code of the command is looked up in the codes of the deployment
 * type, then its detection method is asked again, and what that says counts
 * as much as the exit code.  "App enforcement completed" ends either.
 */
#include "episode/trackers.h"

#include "base/banned.h"

/* What the client reports of a detection that says the contrary. */
#define NOT_DETECTED_AFTER_INSTALL 0x87D00324u
#define DETECTED_AFTER_REMOVAL	   0x87D00325u

enum {
	STARTING,
	COMMAND,
	EXITED,
	MATCHED,
	UNMATCHED,
	DISCOVERED,
	NOT_DISCOVERED,
	COMPLETED,
	NOT_ENFORCED,
};

static const struct ww_mark marks[] = {
	{ STARTING, "^+++ Starting {action:word} enforcement for App DT "
		    "\"{name:text}\" ApplicationDeliveryType - {id:text}, "
		    "Revision" },
	{ COMMAND, "^Executing Command line: {command:rest}" },
	{ EXITED, "^Process {int} terminated with exitcode: {exit:int}" },
	{ MATCHED, "^Matched exit code {exit:int} to a {class:word} entry" },
	{ UNMATCHED, "^Unmatched exit code ({exit:int}) is considered an "
		     "execution failure" },
	{ DISCOVERED, "^+++ Discovered " },
	{ DISCOVERED, "^+++ Detected app deployment type" },
	{ NOT_DISCOVERED, "^+++ Application not discovered" },
	{ NOT_DISCOVERED, "^+++ MSI application not discovered" },
	{ NOT_DISCOVERED, "^+++ Did not detect app deployment type" },
	{ COMPLETED, "^++++++ App enforcement completed ({int} seconds) for "
		     "App DT \"{name:text}\" [" },
	{ NOT_ENFORCED, "++ Failed to enforce app. Error {code}" },
};

enum answer { NOT_SAID, NO, YES };

struct state {
	bool removes;
	bool exited;
	uint32_t exit;
	enum answer worked;   /* by its exit code */
	bool restarts;	      /* it is complete after a restart */
	enum answer detected; /* behind the command */
};

static struct ww_episode *
open_app(const struct ww_marked_line *l)
{
	return ww_track_open(l->t, WW_EPISODE_CCM_APP, (struct ww_slice){ 0 });
}

static void
on_starting(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_captured(l->captures, "name");
	struct state *s = l->state;

	*s = (struct state){ .removes =
				 ww_slice_casestarts(ww_captured(l->captures,
								 "action"),
						     WW_LIT("Uninstall")) };
	ww_track_subject(l->t,
			 ww_track_begin(l->t, WW_EPISODE_CCM_APP, name,
					l->record),
			 name);
}

static void
note(const struct ww_marked_line *l, const char *name, const char *captured)
{
	struct ww_episode *e = open_app(l);

	if (e != NULL)
		ww_track_note(l->t, e, name, ww_captured(l->captures, captured),
			      l->record);
}

static void
on_command(const struct ww_marked_line *l)
{
	note(l, "command-line", "command");
}

/* The codes that a new deployment type has. */
static enum answer
worked(uint32_t exit)
{
	return exit == 0 || exit == 1707 || exit == 1641 || exit == 3010 ? YES
									 : NO;
}

static void
on_exited(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->exited = ww_track_code(ww_captured(l->captures, "exit"), &s->exit);
	s->worked = worked(s->exit);
	s->restarts = s->exit == 1641 || s->exit == 3010;
	s->detected = NOT_SAID;
	note(l, "exit-status", "exit");
}

/* Success, SoftReboot, HardReboot; Failure, FastRetry. */
static void
on_matched(const struct ww_marked_line *l)
{
	struct ww_slice class = ww_captured(l->captures, "class");
	struct state *s = l->state;

	s->restarts = ww_slice_casehas(class, WW_LIT("Reboot"));
	s->worked =
	    s->restarts || ww_slice_eq(class, WW_LIT("Success")) ? YES : NO;
}

static void
on_unmatched(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->worked = NO;
}

static void
detect(const struct ww_marked_line *l, enum answer answer)
{
	struct state *s = l->state;
	struct ww_episode *e = open_app(l);

	/* Before the command it only says that there is something to do. */
	s->detected = answer;
	if (e != NULL && s->exited)
		ww_track_note(l->t, e, "detection", l->record->text, l->record);
}

static void
on_discovered(const struct ww_marked_line *l)
{
	detect(l, YES);
}

static void
on_not_discovered(const struct ww_marked_line *l)
{
	detect(l, NO);
}

/* Whatever the number means elsewhere, here it is a failure. */
static void
fail(const struct ww_marked_line *l, struct ww_episode *e, uint32_t code,
     const char *quoted)
{
	e->has_code = true;
	e->code = code;
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
	ww_track_quote(e, quoted);
}

/* What the exit code and the detection say together. */
static void
decide(const struct ww_marked_line *l, struct ww_episode *e)
{
	const struct state *s = l->state;
	bool wanted = s->detected == (s->removes ? NO : YES);

	if (s->exited && s->worked == NO)
		fail(l, e, s->exit, "exit-status");
	else if (wanted || s->restarts)
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
	else if (s->exited && s->detected != NOT_SAID)
		fail(l, e,
		     s->removes ? DETECTED_AFTER_REMOVAL
				: NOT_DETECTED_AFTER_INSTALL,
		     "detection");
}

static void
on_completed(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_slice name = ww_captured(l->captures, "name");
	struct ww_episode *e = ww_track_open(l->t, WW_EPISODE_CCM_APP, name);

	if (e == NULL && (s->exited || s->detected != NOT_SAID)) {
		e = ww_track_need(l->t, WW_EPISODE_CCM_APP, name, l->record);
		ww_track_subject(l->t, e, name);
	}
	if (e != NULL)
		decide(l, e);
	*s = (struct state){ .exited = false };
}

static void
on_not_enforced(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_episode *e = open_app(l);
	uint32_t code;

	if (!ww_track_code(ww_captured(l->captures, "code"), &code))
		return;
	if (e == NULL)
		e = ww_track_need(l->t, WW_EPISODE_CCM_APP, WW_LIT("?"),
				  l->record);
	ww_track_end_code(l->t, e, code, l->record);
	*s = (struct state){ .exited = false };
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[STARTING] = on_starting,
	[COMMAND] = on_command,
	[EXITED] = on_exited,
	[MATCHED] = on_matched,
	[UNMATCHED] = on_unmatched,
	[DISCOVERED] = on_discovered,
	[NOT_DISCOVERED] = on_not_discovered,
	[COMPLETED] = on_completed,
	[NOT_ENFORCED] = on_not_enforced,
};

const struct ww_tracker ww_tracker_ccm_app = {
	.dialects = { WW_DIALECT_CMTRACE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
