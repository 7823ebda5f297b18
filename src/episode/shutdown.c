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

/* code is 0: no stop is known of. */
struct stop {
	uint32_t code;
	bool has_parameters;
	uint64_t parameters[WW_STOP_PARAMETERS_MAX];
};

struct state {
	bool reported; /* a stop, by its report, at that time */
	ww_time report;
	bool waits; /* an end, for what else is near */
	struct stop stop;
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
	return ww_track_begin(l->t, kind, (struct ww_slice){ 0 }, record);
}

/* In hexadecimal; all of them, or none is known. */
static void
read_parameters(struct stop *stop, const struct ww_slice *parameters)
{
	stop->has_parameters = true;
	for (size_t i = 0; i < WW_STOP_PARAMETERS_MAX; i++)
		if (!ww_slice_hex(parameters[i], &stop->parameters[i]))
			stop->has_parameters = false;
}

static void
tell_stop(const struct ww_marked_line *l, const struct stop *stop,
	  const struct ww_record *record)
{
	struct ww_episode *e = begin(l, WW_EPISODE_STOP, record);

	ww_track_stop(l->t, e, stop->code, record);
	e->has_parameters = stop->has_parameters;
	memcpy(e->parameters, stop->parameters, sizeof(e->parameters));
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, record);
}

static void
tell_waiting(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	if (state->waits && state->stop.code != 0)
		tell_stop(l, &state->stop, &state->record);
	else if (state->waits)
		ww_track_end(l->t,
			     begin(l, WW_EPISODE_SHUTDOWN, &state->record),
			     WW_OUTCOME_FAILED, &state->record);
	state->waits = false;
}

/* The record is gone before it is known what is near. */
static void
keep(struct state *state, const struct stop *stop,
     const struct ww_record *record)
{
	struct ww_slice text = ww_record_raw(record);

	if (text.len > sizeof(state->text))
		text.len = sizeof(state->text);
	if (text.len > 0)
		memcpy(state->text, text.p, text.len);
	state->record = *record;
	state->record.whole = NULL;
	state->record.text = state->record.raw =
	    ww_slice_of(state->text, text.len);
	state->record.component = (struct ww_slice){ 0 };
	state->stop = *stop;
	state->waits = true;
}

static void
wait_for_more(const struct ww_marked_line *l, const struct stop *stop)
{
	struct state *state = l->state;
	ww_time time = l->record->time;

	if (state->reported && is_near(state->report, time))
		return;
	if (state->waits && is_near(state->record.time, time) &&
	    (stop->code == 0 || state->stop.code != 0))
		return;
	if (!state->waits || !is_near(state->record.time, time))
		tell_waiting(l);
	keep(state, stop, l->record);
}

static void
on_unexpected(const struct ww_marked_line *l)
{
	const struct stop none = { .code = 0 };

	wait_for_more(l, &none);
}

/* Without a stop code it was the power, the button, or a hang. */
static void
on_power(const struct ww_marked_line *l)
{
	struct ww_slice parameters[WW_STOP_PARAMETERS_MAX];
	struct stop stop = { .code = 0 };
	struct ww_told_event e;
	char name[] = "BugcheckParameter1";

	if (ww_told_event_read(l->record->text, &e)) {
		stop.code = ww_track_number(
		    ww_told_event_field(&e, WW_LIT("BugcheckCode")));
		for (size_t i = 0; i < WW_STOP_PARAMETERS_MAX; i++) {
			name[sizeof(name) - 2] = (char)('1' + i);
			parameters[i] =
			    ww_told_event_field(&e, ww_slice_cstr(name));
		}
		read_parameters(&stop, parameters);
	}
	wait_for_more(l, &stop);
}

/* 0x0000009f (0x3, 0xffffc10a2e2a1060, …): the first number of such a form. */
static bool
read_report(struct ww_slice text, struct stop *ret)
{
	struct ww_slice parameters[WW_STOP_PARAMETERS_MAX], list;
	size_t at = ww_slice_casefind(text, WW_LIT("0x"));

	if (at == text.len || !ww_wu_hex(ww_slice_from(text, at), &ret->code) ||
	    ret->code == 0)
		return false;
	list = ww_slice_behind(ww_slice_from(text, at), WW_LIT(" ("));
	list = ww_wu_before(list, ")");
	for (size_t i = 0; i < WW_STOP_PARAMETERS_MAX; i++)
		parameters[i] = ww_slice_trim(ww_slice_item(&list));
	read_parameters(ret, parameters);
	return true;
}

static void
on_stop(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	struct stop stop = { .code = 0 };
	struct ww_told_event e;

	if (!ww_told_event_read(l->record->text, &e) ||
	    !read_report(e.text, &stop))
		return;
	state->reported = true;
	state->report = l->record->time;
	if (state->waits && is_near(state->record.time, state->report))
		state->waits = false;
	tell_stop(l, &stop, l->record);
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
	.by_time = true,
	.on = actions,
	.finish = tell_waiting,
};
