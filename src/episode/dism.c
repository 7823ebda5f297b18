/*
 * Command lines given to DISM.  What became of one is what DISM.EXE says of
 * it, or else the manager it handed the command to; a session that ends
 * without a word of failure has succeeded.
 */
#include "episode/command.h"
#include "episode/kept.h"
#include "episode/servicing.h"
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

enum {
	COMMAND,
	REFUSED,
	UNKNOWN_COMMAND,
	RESULT,
	HANDLER_FAILED,
	SOURCE_FAILED,
	CLOSED,
	ENDED,
};

static const struct ww_mark marks[] = {
	{ COMMAND, "DISM.EXE: Executing command line: {command:rest}" },
	{ REFUSED, "DISM.EXE: Failed validating command line: {command:rest}" },
	{ UNKNOWN_COMMAND, "DISM.EXE: No providers were found that support "
			   "the command({name:text})" },
	{ RESULT, " HRESULT={code}" },
	/* Later ones do without a word of DISM.EXE. */
	{ HANDLER_FAILED, "::ExecuteCmdLine(hr:{code})" },
	{ SOURCE_FAILED, "CBS AddSource failed with HRESULT={code}" },
	{ CLOSED, "DISM.EXE: Image session has been closed. "
		  "Reboot required={reboot:rest}" },
	{ ENDED, "DISM.EXE: <----- Ending Dism.exe session ----->" },
};

struct state {
	uint64_t line; /* of the command, which is its key */
	bool refused;  /* DISM did not understand it */
	uint32_t code; /* that it failed with, or 0 */
	struct ww_kept failure, closed;
};

struct call {
	struct ww_tracking *t;
	struct state *s;
	const struct ww_record *record;
	const struct ww_captures *captures;
};

static struct ww_episode *
running(const struct call *c)
{
	char room[WW_LINE_KEY];

	return ww_track_open(c->t, WW_EPISODE_DISM,
			     ww_line_key(c->s->line, room));
}

static void
end_session(const struct call *c)
{
	struct state *s = c->s;
	struct ww_record failure = ww_kept_record(&s->failure);
	struct ww_episode *e = running(c);

	if (e != NULL && s->code != 0)
		ww_servicing_end(c->t, e, s->code, &failure);
	else if (e != NULL)
		/* A mistyped command has done nothing, and nothing wrong. */
		ww_track_end(c->t, e,
			     s->refused ? WW_OUTCOME_CANCELLED
					: WW_OUTCOME_SUCCEEDED,
			     c->record);
	*s = (struct state){ .line = 0 };
}

/* Another session has begun: the one before got at least so far. */
static void
end_closed(const struct call *c)
{
	struct ww_record closed = ww_kept_record(&c->s->closed);
	struct call kept = *c;

	kept.record = &closed;
	if (c->s->closed.line != 0)
		end_session(&kept);
	*c->s = (struct state){ .line = 0 };
}

static void
on_command(const struct call *c)
{
	struct ww_slice command =
	    ww_slice_trim(ww_captured(c->captures, "command"));
	char key[WW_LINE_KEY], room[WW_COMMAND_MAX];
	struct ww_episode *e;

	end_closed(c);
	c->s->line = c->record->line;
	e = ww_track_begin(c->t, WW_EPISODE_DISM, ww_line_key(c->s->line, key),
			   c->record);
	ww_track_subject(c->t, e, ww_dism_subject(command, room));
	ww_track_note(c->t, e, "command", command, c->record);
	if (ww_dism_source(command).len > 0)
		ww_track_note(c->t, e, "source-path", ww_dism_source(command),
			      c->record);
}

static void
refuse(const struct call *c, struct ww_slice what)
{
	struct ww_episode *e = running(c);

	c->s->refused = true;
	if (e != NULL)
		ww_track_note(c->t, e, "refused", what, c->record);
}

/* It stands in the place of "Executing command line". */
static void
on_refused(const struct call *c)
{
	struct ww_episode *e = running(c);

	if (e == NULL || c->s->closed.line != 0)
		on_command(c);
	refuse(c, ww_captured(c->captures, "command"));
}

static void
on_unknown_command(const struct call *c)
{
	refuse(c, ww_captured(c->captures, "name"));
}

static void
on_failed(const struct call *c)
{
	uint32_t code;

	if (running(c) == NULL ||
	    !ww_track_code(ww_captured(c->captures, "code"), &code) ||
	    code == 0)
		return;
	c->s->code = code;
	ww_keep(&c->s->failure, c->record);
}

static void
on_result(const struct call *c)
{
	/* Steps on the way tell their results too. */
	if (c->record->level == WW_LEVEL_ERROR &&
	    ww_slice_starts(c->record->text, WW_LIT("DISM.EXE: ")))
		on_failed(c);
}

static void
on_source_failed(const struct call *c)
{
	struct ww_episode *e = running(c);

	if (e != NULL)
		ww_track_note(c->t, e, "source-code",
			      ww_captured(c->captures, "code"), c->record);
}

static void
on_closed(const struct call *c)
{
	struct ww_slice reboot = ww_captured(c->captures, "reboot");
	struct ww_episode *e = running(c);

	if (e != NULL && ww_slice_casestarts(reboot, WW_LIT("yes")))
		ww_track_note(c->t, e, "reboot", WW_LIT("yes"), c->record);
	ww_keep(&c->s->closed, c->record);
}

static void (*const actions[])(const struct call *c) = {
	[COMMAND] = on_command,
	[REFUSED] = on_refused,
	[UNKNOWN_COMMAND] = on_unknown_command,
	[RESULT] = on_result,
	[HANDLER_FAILED] = on_failed,
	[SOURCE_FAILED] = on_source_failed,
	[CLOSED] = on_closed,
	[ENDED] = end_session,
};

static void
mark_dism(struct ww_tracking *t, void *state, unsigned mark,
	  const struct ww_record *record, const struct ww_captures *captures)
{
	const struct call c = {
		.t = t, .s = state, .record = record, .captures = captures
	};

	actions[mark](&c);
}

static void
finish_dism(struct ww_tracking *t, void *state)
{
	const struct call c = { .t = t, .s = state };

	end_closed(&c);
}

const struct ww_tracker ww_tracker_dism = {
	.dialects = { WW_DIALECT_DISM },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.mark = mark_dism,
	.finish = finish_dism,
};
