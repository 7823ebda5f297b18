/*
 * How Windows went down: in an orderly way, or unexpectedly and without a
 * stop code.  Several events tell of one such end, before and behind each
 * other: what lies near is one, and where a stop code is near it is the story
 * of event.c.  Form: see input/events.h.
 */
#include "episode/trackers.h"
#include "evidence/event.h"

#include "base/banned.h"

/* The events of one start stand so near. */
#define NEAR (10 * 60 * WW_SECOND)

enum { MARK_UNEXPECTED, MARK_POWER, MARK_STOP, MARK_ORDERLY };

static const struct ww_mark marks[] = {
	{ MARK_UNEXPECTED, "^Event ID 6008 of EventLog: " },
	{ MARK_POWER, "^Event ID 41 of Microsoft-Windows-Kernel-Power: " },
	{ MARK_STOP,
	  "^Event ID 1001 of Microsoft-Windows-WER-SystemErrorReporting: " },
	{ MARK_STOP, "^Event ID 1001 of BugCheck: " },
	{ MARK_ORDERLY, "^Event ID 6006 of EventLog: " },
};

struct state {
	bool stopped; /* with a stop code, at that time */
	ww_time stop;
	bool waits; /* an unexpected end, for what else is near */
	struct ww_record record;
	char text[WW_QUOTE_MAX + 1];
};

static bool
is_near(ww_time a, ww_time b)
{
	return a != WW_NO_TIME && b != WW_NO_TIME && a - b < NEAR &&
	       b - a < NEAR;
}

static void
tell(const struct ww_marked_line *l, enum ww_outcome outcome,
     const struct ww_record *record)
{
	struct ww_slice none = { 0 };
	struct ww_episode *e =
	    ww_track_begin(l->t, WW_EPISODE_SHUTDOWN, none, record);

	e->by_time = true;
	ww_track_end(l->t, e, outcome, record);
}

static void
tell_waiting(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	if (state->waits)
		tell(l, WW_OUTCOME_FAILED, &state->record);
	state->waits = false;
}

/* The record is gone before it is known what is near. */
static void
keep(struct state *state, const struct ww_record *record)
{
	struct ww_slice text = record->raw;

	if (text.len > sizeof(state->text))
		text.len = sizeof(state->text);
	if (text.len > 0)
		memcpy(state->text, text.p, text.len);
	state->record = *record;
	state->record.text = state->record.raw =
	    ww_slice_of(state->text, text.len);
	state->record.component = (struct ww_slice){ 0 };
	state->waits = true;
}

static void
on_unexpected(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	ww_time time = l->record->time;

	if ((state->stopped && is_near(state->stop, time)) ||
	    (state->waits && is_near(state->record.time, time)))
		return;
	tell_waiting(l);
	keep(state, l->record);
}

static void
on_stop(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	state->stopped = true;
	state->stop = l->record->time;
	if (state->waits && is_near(state->record.time, state->stop))
		state->waits = false;
}

/* Without a stop code it was the power, the button, or a hang. */
static void
on_power(const struct ww_marked_line *l)
{
	struct ww_told_event e;
	uint32_t code = 0;

	if (ww_told_event_read(l->record->text, &e))
		code = ww_track_number(
		    ww_told_event_field(&e, WW_LIT("BugcheckCode")));
	if (code != 0)
		on_stop(l);
	else
		on_unexpected(l);
}

static void
on_orderly(const struct ww_marked_line *l)
{
	tell_waiting(l);
	tell(l, WW_OUTCOME_SUCCEEDED, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[MARK_UNEXPECTED] = on_unexpected,
	[MARK_POWER] = on_power,
	[MARK_STOP] = on_stop,
	[MARK_ORDERLY] = on_orderly,
};

const struct ww_tracker ww_tracker_shutdown = {
	.dialects = { WW_DIALECT_EVENTS },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = tell_waiting,
};
