/*
 * How Windows went down: in an orderly way, unexpectedly, or with a stop code.
 * Several events tell of one end, before and behind each other: what lies near
 * is one, and the one that knows most tells it.  Form: see input/events.h.
 */
#include "episode/trackers.h"
#include "episode/wu.h"
#include "evidence/event.h"

#include "base/banned.h"

/* The events of one start stand so near. */
#define NEAR (10 * WW_MINUTE)

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
	bool reported; /* a stop, by its report, at that time */
	ww_time report;
	bool waits;    /* an end, for what else is near */
	uint32_t code; /* the stop code of that, or 0 */
	struct ww_record record;
	char text[WW_QUOTE_MAX + 1];
};

static bool
is_near(ww_time a, ww_time b)
{
	return a != WW_NO_TIME && b != WW_NO_TIME && a - b < NEAR &&
	       b - a < NEAR;
}

static struct ww_episode *
begin(const struct ww_marked_line *l, enum ww_episode_id kind,
      const struct ww_record *record)
{
	struct ww_slice none = { 0 };
	struct ww_episode *e = ww_track_begin(l->t, kind, none, record);

	e->by_time = true;
	return e;
}

/* 0x0000009F: no error number, but one of the list of stop codes. */
static void
tell_stop(const struct ww_marked_line *l, uint32_t code,
	  const struct ww_record *record)
{
	static const char digits[] = "0123456789ABCDEF";
	struct ww_episode *e = begin(l, WW_EPISODE_STOP, record);
	char text[] = "0x00000000";

	e->stop = code;
	for (size_t i = sizeof(text) - 2; i > 1; i--, code >>= 4)
		text[i] = digits[code & 15];
	ww_track_note(l->t, e, "stop-code", ww_slice_cstr(text), record);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, record);
}

static void
tell_waiting(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	if (state->waits && state->code != 0)
		tell_stop(l, state->code, &state->record);
	else if (state->waits)
		ww_track_end(l->t,
			     begin(l, WW_EPISODE_SHUTDOWN, &state->record),
			     WW_OUTCOME_FAILED, &state->record);
	state->waits = false;
}

/* The record is gone before it is known what is near. */
static void
keep(struct state *state, uint32_t code, const struct ww_record *record)
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
	state->code = code;
	state->waits = true;
}

static void
wait_for_more(const struct ww_marked_line *l, uint32_t code)
{
	struct state *state = l->state;
	ww_time time = l->record->time;

	if (state->reported && is_near(state->report, time))
		return;
	if (state->waits && is_near(state->record.time, time) &&
	    (code == 0 || state->code != 0))
		return;
	if (!state->waits || !is_near(state->record.time, time))
		tell_waiting(l);
	keep(state, code, l->record);
}

static void
on_unexpected(const struct ww_marked_line *l)
{
	wait_for_more(l, 0);
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
	wait_for_more(l, code);
}

/* The report: the first number that is written as codes are. */
static void
on_stop(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	struct ww_told_event e;
	uint32_t code = 0;
	size_t at;

	if (!ww_told_event_read(l->record->text, &e))
		return;
	at = ww_slice_casefind(e.text, WW_LIT("0x"));
	if (at == e.text.len || !ww_wu_hex(ww_slice_from(e.text, at), &code) ||
	    code == 0)
		return;
	state->reported = true;
	state->report = l->record->time;
	if (state->waits && is_near(state->record.time, state->report))
		state->waits = false;
	tell_stop(l, code, l->record);
}

static void
on_orderly(const struct ww_marked_line *l)
{
	tell_waiting(l);
	ww_track_end(l->t, begin(l, WW_EPISODE_SHUTDOWN, l->record),
		     WW_OUTCOME_SUCCEEDED, l->record);
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
