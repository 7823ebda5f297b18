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

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
running(const struct ww_marked_line *l)
{
	char room[WW_LINE_KEY];

	return ww_track_open(l->t, WW_EPISODE_DISM,
			     ww_line_key(state_of(l)->line, room));
}

static void
end_session(const struct ww_marked_line *l)
{
	struct state *s = l->state;
	struct ww_record failure = ww_kept_record(&s->failure);
	struct ww_episode *e = running(l);

	if (e != NULL && s->code != 0)
		ww_servicing_end(l->t, e, s->code, &failure);
	else if (e != NULL)
		/* A mistyped command has done nothing, and nothing wrong. */
		ww_track_end(l->t, e,
			     s->refused ? WW_OUTCOME_CANCELLED
					: WW_OUTCOME_SUCCEEDED,
			     l->record);
	*s = (struct state){ .line = 0 };
}

/* Another session has begun: the one before got at least so far. */
static void
end_closed(const struct ww_marked_line *l)
{
	struct ww_record closed = ww_kept_record(&state_of(l)->closed);
	struct ww_marked_line kept = *l;

	kept.record = &closed;
	if (state_of(l)->closed.line != 0)
		end_session(&kept);
	*state_of(l) = (struct state){ .line = 0 };
}

static void
on_command(const struct ww_marked_line *l)
{
	struct ww_slice command =
	    ww_slice_trim(ww_captured(l->captures, "command"));
	char key[WW_LINE_KEY], room[WW_COMMAND_MAX];
	struct ww_episode *e;

	end_closed(l);
	state_of(l)->line = l->record->line;
	e = ww_track_begin(l->t, WW_EPISODE_DISM,
			   ww_line_key(state_of(l)->line, key), l->record);
	ww_track_subject(l->t, e, ww_dism_subject(command, room));
	ww_track_note(l->t, e, "command", command, l->record);
	if (ww_dism_source(command).len > 0)
		ww_track_note(l->t, e, "source-path", ww_dism_source(command),
			      l->record);
}

static void
refuse(const struct ww_marked_line *l, struct ww_slice what)
{
	struct ww_episode *e = running(l);

	state_of(l)->refused = true;
	if (e != NULL)
		ww_track_note(l->t, e, "refused", what, l->record);
}

/* It stands in the place of "Executing command line". */
static void
on_refused(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	if (e == NULL || state_of(l)->closed.line != 0)
		on_command(l);
	refuse(l, ww_captured(l->captures, "command"));
}

static void
on_unknown_command(const struct ww_marked_line *l)
{
	refuse(l, ww_captured(l->captures, "name"));
}

static void
on_failed(const struct ww_marked_line *l)
{
	uint32_t code;

	if (running(l) == NULL ||
	    !ww_track_code(ww_captured(l->captures, "code"), &code) ||
	    code == 0)
		return;
	state_of(l)->code = code;
	ww_keep(&state_of(l)->failure, l->record);
}

static void
on_result(const struct ww_marked_line *l)
{
	/* Steps on the way tell their results too. */
	if (l->record->level == WW_LEVEL_ERROR &&
	    ww_slice_starts(l->record->text, WW_LIT("DISM.EXE: ")))
		on_failed(l);
}

static void
on_source_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = running(l);

	if (e != NULL)
		ww_track_note(l->t, e, "source-code",
			      ww_captured(l->captures, "code"), l->record);
}

static void
on_closed(const struct ww_marked_line *l)
{
	struct ww_slice reboot = ww_captured(l->captures, "reboot");
	struct ww_episode *e = running(l);

	if (e != NULL && ww_slice_casestarts(reboot, WW_LIT("yes")))
		ww_track_note(l->t, e, "reboot", WW_LIT("yes"), l->record);
	ww_keep(&state_of(l)->closed, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[COMMAND] = on_command,
	[REFUSED] = on_refused,
	[UNKNOWN_COMMAND] = on_unknown_command,
	[RESULT] = on_result,
	[HANDLER_FAILED] = on_failed,
	[SOURCE_FAILED] = on_source_failed,
	[CLOSED] = on_closed,
	[ENDED] = end_session,
};

const struct ww_tracker ww_tracker_dism = {
	.dialects = { WW_DIALECT_DISM },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = end_closed,
};
