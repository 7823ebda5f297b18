/*
 * A conversation with an update server, as winwhy itself wrote it down: its
 * steps are the items of one episode, and its end is stated in so many words.
 */
#include "episode/trackers.h"

#include <stdio.h>

#include "base/compiler.h"
#include "base/message.h"
#include "evidence/step.h"

#include "base/banned.h"

enum { BEGINS, STEP, NOTE, WELL, BREAKS };

static const struct ww_mark marks[] = {
	{ BEGINS, "^Probe of {server:text} begins, winwhy {rest:rest}" },
	{ STEP, "^Step {name:word} {rest:rest}" },
	{ NOTE, "^Note {name:word}: {value:rest}" },
	{ WELL, "^Probe of {server:text} ends well, {took:rest}" },
	{ BREAKS, "^Probe of {server:text} breaks at {step:word}, "
		  "{trouble:rest}" },
};

/* Names of notes are constants: those that a probe writes. */
static const char *const notes[] = {
	"found-at", "server-software", "server-version", "client-certificate",
	"protocol", "auth-service",    "config-changed", "through-proxy",
};

static struct ww_episode *
here(const struct ww_marked_line *l)
{
	return ww_track_need(l->t, WW_EPISODE_WSUS_PROBE, WW_LIT("probe"),
			     l->record);
}

static void
on_begin(const struct ww_marked_line *l)
{
	struct ww_episode *e = ww_track_begin(l->t, WW_EPISODE_WSUS_PROBE,
					      WW_LIT("probe"), l->record);

	ww_track_subject(l->t, e, ww_captured(l->captures, "server"));
	ww_track_thread(l->t, e, l->record);
}

static const char *
state_of(enum ww_step_result result)
{
	static const char *const states[WW_STEP_RESULTS] = {
		[WW_STEP_OK] = N_("answered"),
		[WW_STEP_ODD] = N_("not as expected"),
		[WW_STEP_RECOVERED] = N_("refused, and recovered from"),
		[WW_STEP_FAILED] = N_("broken"),
	};

	return states[result];
}

/*
 * The whole sentence is kept: whoever tells the step reads it again.  A step
 * that is gone through twice is told twice, so it is called by its line.
 */
static void
on_step(const struct ww_marked_line *l)
{
	struct ww_episode *e = here(l);
	struct ww_step step;
	char name[24];
	int n;

	if (!ww_step_read(l->record->text, &step))
		return;
	n = snprintf(name, sizeof(name), "%llu",
		     (unsigned long long)l->record->line);
	ww_track_item(l->t, e, ww_slice_of(name, (size_t)n), l->record->text,
		      state_of(step.result), step.result == WW_STEP_FAILED,
		      l->record);
}

static void
on_note(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_captured(l->captures, "name");

	for (size_t i = 0; i < WW_ARRAY_LEN(notes); i++)
		if (ww_slice_eq(name, ww_slice_cstr(notes[i])))
			ww_track_note(l->t, here(l), notes[i],
				      ww_captured(l->captures, "value"),
				      l->record);
}

static void
on_well(const struct ww_marked_line *l)
{
	struct ww_episode *e = here(l);

	ww_track_subject(l->t, e, ww_captured(l->captures, "server"));
	ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
}

/* "http-503, clients end with 0x80244022"; without one nothing is proved. */
static void
on_break(const struct ww_marked_line *l)
{
	struct ww_slice rest = ww_captured(l->captures, "trouble");
	struct ww_slice code = ww_slice_behind(rest, WW_LIT(", clients end "
							    "with "));
	struct ww_slice trouble =
	    ww_slice_of(rest.p, ww_slice_casefind(rest, WW_LIT(", ")));
	struct ww_episode *e = here(l);
	uint32_t value;

	ww_track_subject(l->t, e, ww_captured(l->captures, "server"));
	ww_track_note(l->t, e, "step", ww_captured(l->captures, "step"),
		      l->record);
	ww_track_note(l->t, e, "trouble", trouble, l->record);
	if (ww_track_code(ww_slice_trim(code), &value))
		ww_track_end_code(l->t, e, value, l->record);
	else
		ww_track_end(l->t, e, WW_OUTCOME_OPEN, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[BEGINS] = on_begin, [STEP] = on_step,	  [NOTE] = on_note,
	[WELL] = on_well,    [BREAKS] = on_break,
};

const struct ww_tracker ww_tracker_probe = {
	.dialects = { WW_DIALECT_PROBE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.on = actions,
};
