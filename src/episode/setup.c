/*
 * Runs of Windows Setup: an upgrade from a running Windows (SetupHost, from
 * Windows 8.1 on), or an installation that a medium began.
 *
 * SetupHost reports the error it ends with, and the extend code of where that
 * was; setuperr.log has only the result it returns.  Both may be missing
 * where Setup had restarted into another Windows and gave up there: then the
 * queue of operations that was abandoned, or a crash that could not be
 * recovered from, is the end.  An upgrade that goes well ends in the log of
 * the new Windows, and no line of that is known for its end.
 */
#include "episode/command.h"
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/compiler.h"
#include "code/number.h"

#include "base/banned.h"

/* What is kept of an operation's name. */
#define OPERATION_SIZE 256

/* An installation is done with Setup's phase of the first boot. */
#define PHASE_FIRST_BOOT 4

enum {
	BEGUN,
	COMMAND,
	HOST,
	TARGET,
	PHASE,
	OPERATION,
	OPERATION_DONE,
	OPERATION_FAILED,
	ABANDONED,
	CRASH,
	UNRECOVERABLE,
	REPORTED,
	RETURNED,
	PHASE_STARTED,
	PHASE_COMPLETED,
};

static const struct ww_mark marks[] = {
	{ BEGUN, "^*************** SetupHost Logging Begin" },
	{ COMMAND, "^SetupHost::Initialize: CmdLine{gap}= [{command:rest}" },
	{ HOST, "^Host OS version: {version:version}" },
	{ TARGET, "^Target OS version: {version:version}" },
	{ PHASE, "^Setup phase change: [{from:word}] -> [{phase:word}]" },
	{ OPERATION, "^Executing operation: {operation:rest}" },
	{ OPERATION_DONE,
	  "^Operation completed successfully: {operation:rest}" },
	{ OPERATION_FAILED,
	  "^Operation failed: {operation:text}. Error: {code}" },
	{ ABANDONED, "::Execute: Execution of operations queue failed, "
		     "abandoning. Error: {code}" },
	{ CRASH, "^Crash {code} detected" },
	{ UNRECOVERABLE, "^Cannot recover the system." },
	{ REPORTED, "^SetupHost: Reporting error event -> [{code}, "
		    "{extend:code}]" },
	{ RETURNED, "^CSetupHost::Execute({int}): Result = {code}" },
	{ PHASE_STARTED, "^Setup has started phase {phase:int} at" },
	{ PHASE_COMPLETED, "^Setup has completed phase {phase:int} at" },
};

/* An operation, and the line that tells of it; line 0: there is none. */
struct operation {
	char name[OPERATION_SIZE];
	size_t len;
	struct ww_kept line;
};

struct state {
	struct operation running;
	struct operation failed; /* the first that did not go well at last */
	/* What made Setup give up its operations; line 0: nothing. */
	uint32_t code;
	struct ww_kept abandoned;
	bool reported;	/* the result that follows only says it again */
	uint64_t since; /* the record behind the end of the run before */
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
open_run(const struct ww_marked_line *l)
{
	return ww_track_open(l->t, WW_EPISODE_SETUP, (struct ww_slice){ 0 });
}

static struct ww_episode *
begin(const struct ww_marked_line *l)
{
	char key[WW_LINE_KEY];

	return ww_track_begin(l->t, WW_EPISODE_SETUP,
			      ww_line_key(l->record->line, key), l->record);
}

static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_episode *e = open_run(l);

	if (e != NULL)
		return e;
	e = begin(l);
	/* setuperr.log tells why before it tells of the run. */
	ww_track_adopt(l->t, e, state_of(l)->since);
	return e;
}

static struct ww_slice
name_of(const struct operation *o)
{
	return ww_slice_of(o->name, o->len);
}

static void
keep(struct operation *o, const struct ww_marked_line *l)
{
	struct ww_slice name = ww_captured(l->captures, "operation");

	o->len = ww_keep_text(o->name, OPERATION_SIZE, name).len;
	ww_keep(&o->line, l->record);
}

static void
note_operation(const struct ww_marked_line *l, struct ww_episode *e,
	       const char *name, const struct operation *o)
{
	struct ww_record record = ww_kept_record(&o->line);

	if (o->line.line != 0)
		ww_track_note(l->t, e, name, name_of(o), &record);
}

/* Which operation it was, and a new state for the run to come. */
static void
finish_run(const struct ww_marked_line *l, struct ww_episode *e)
{
	struct state *s = state_of(l);

	note_operation(l, e, "failed-operation", &s->failed);
	note_operation(l, e, "last-operation", &s->running);
	*s = (struct state){ .since = ww_track_now(l->t) + 1 };
}

/* A run that nobody ends: what is known of where it stopped. */
static void
leave(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_kept abandoned = s->abandoned;
	uint32_t code = s->code;
	struct ww_record record = ww_kept_record(&abandoned);
	struct ww_episode *e = open_run(l);

	if (e == NULL)
		return;
	finish_run(l, e);
	if (abandoned.line != 0)
		ww_track_end_code(l->t, e, code, &record);
}

static void
on_begun(const struct ww_marked_line *l)
{
	leave(l);
	begin(l);
}

/* Facts of a run that is known to have begun. */
static void
note(const struct ww_marked_line *l, const char *name, const char *captured)
{
	struct ww_episode *e = open_run(l);

	if (e != NULL)
		ww_track_note(l->t, e, name, ww_captured(l->captures, captured),
			      l->record);
}

static void
on_command(const struct ww_marked_line *l)
{
	note(l, "command", "command");
}

static void
on_host(const struct ww_marked_line *l)
{
	note(l, "from-version", "version");
}

static void
on_target(const struct ww_marked_line *l)
{
	note(l, "to-version", "version");
}

static void
on_phase(const struct ww_marked_line *l)
{
	struct ww_slice phase = ww_captured(l->captures, "phase");

	if (!ww_slice_eq(phase, WW_LIT("SetupPhaseError")))
		note(l, "setup-phase", "phase");
}

static void
on_operation(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	keep(&s->running, l);
}

static void
on_operation_done(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_captured(l->captures, "operation");
	struct state *s = state_of(l);

	s->running.line.line = 0;
	if (ww_slice_eq(name, name_of(&s->failed)))
		s->failed.line.line = 0;
}

/* Some can be tried again, so that this alone ends nothing. */
static void
on_operation_failed(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	need(l);
	s->running.line.line = 0;
	if (s->failed.line.line == 0)
		keep(&s->failed, l);
}

static void
on_abandoned(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	if (!ww_track_code(ww_captured(l->captures, "code"), &s->code))
		return;
	need(l);
	ww_keep(&s->abandoned, l->record);
}

static void
on_crash(const struct ww_marked_line *l)
{
	ww_track_note(l->t, need(l), "stop-code",
		      ww_captured(l->captures, "code"), l->record);
}

static void
on_unrecoverable(const struct ww_marked_line *l)
{
	struct ww_episode *e = need(l);

	finish_run(l, e);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
	ww_track_quote(e, "stop-code");
}

static void
end(const struct ww_marked_line *l, uint32_t code)
{
	struct ww_episode *e = need(l);

	finish_run(l, e);
	ww_track_end_code(l->t, e, code, l->record);
}

/*
 * The second number says where it failed; where it is an error itself, Setup
 * tells the first in words of its own: [0x80070070, 0xC19001DF].
 */
static void
on_reported(const struct ww_marked_line *l)
{
	struct ww_slice extend = ww_captured(l->captures, "extend");
	struct ww_slice stated = ww_captured(l->captures, "code");
	struct ww_episode *e = need(l);
	uint32_t code, second;

	if (!ww_track_code(stated, &code) || !ww_track_code(extend, &second))
		return;
	if (ww_hresult_failed((struct ww_hresult){ second })) {
		ww_track_note(l->t, e, "first-error", stated, l->record);
		code = second;
	} else {
		e->extend = second;
	}
	end(l, code);
	state_of(l)->reported = true;
}

static void
on_returned(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	uint32_t code;

	if (!s->reported &&
	    ww_track_code(ww_captured(l->captures, "code"), &code))
		end(l, code);
	s->reported = false;
}

static void
on_phase_started(const struct ww_marked_line *l)
{
	need(l);
	note(l, "setup-phase", "phase");
}

static void
on_phase_completed(const struct ww_marked_line *l)
{
	unsigned phase = ww_track_number(ww_captured(l->captures, "phase"));
	struct ww_episode *e = need(l);

	if (phase != PHASE_FIRST_BOOT)
		return;
	finish_run(l, e);
	ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[BEGUN] = on_begun,
	[COMMAND] = on_command,
	[HOST] = on_host,
	[TARGET] = on_target,
	[PHASE] = on_phase,
	[OPERATION] = on_operation,
	[OPERATION_DONE] = on_operation_done,
	[OPERATION_FAILED] = on_operation_failed,
	[ABANDONED] = on_abandoned,
	[CRASH] = on_crash,
	[UNRECOVERABLE] = on_unrecoverable,
	[REPORTED] = on_reported,
	[RETURNED] = on_returned,
	[PHASE_STARTED] = on_phase_started,
	[PHASE_COMPLETED] = on_phase_completed,
};

const struct ww_tracker ww_tracker_setup = {
	.dialects = { WW_DIALECT_SETUP },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = leave,
};
