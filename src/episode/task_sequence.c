/*
 * Task sequences: smsts.log.  An action that fails ends the sequence unless it
 * may fail: then the engine goes on and the next action, or the end, says so.
 * Only what is said of the sequence itself is its outcome.  A restart is none:
 * the sequence goes on in another Windows.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/banned.h"

#define NAME_SIZE 256

/* A restart was asked for, as an HRESULT. */
#define RESTART 0x80070BC2u

enum {
	STARTED,
	ACTION_DONE,
	ACTION_FAILED,
	ACTION_IGNORED,
	ENGINE_FAILED,
	FAILED,
	ENGINE_RESULT,
	RETURNED,
};

static const struct ww_mark marks[] = {
	{ STARTED, "^Start executing an instruction. Instruction name: " },
	{ ACTION_DONE, "^Successfully completed the action ({name:text}) with "
		       "the exit win32 code {code}" },
	{ ACTION_FAILED, "^Failed to run the action: {name:rest}" },
	{ ACTION_IGNORED, "^The execution engine ignored the failure of the "
			  "action ({name:text})" },
	{ ENGINE_FAILED, "^Task Sequence Engine failed! Code:" },
	{ FAILED, "^Task sequence execution failed with error code {code}" },
	{ FAILED, "^Task Sequence Manager failed to execute task sequence. "
		  "Code {code}" },
	{ ENGINE_RESULT, "^Execution engine result code: {result:rest}" },
	{ RETURNED, "^Task Sequence Manager returned code {code}" },
};

struct state {
	/* The last action that failed and was not passed over; line 0: none. */
	char name[NAME_SIZE];
	size_t name_len;
	bool has_code;
	uint32_t code;
	struct ww_kept line;
	bool ended; /* what follows says it again */
	uint64_t since;
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
open_sequence(const struct ww_marked_line *l)
{
	return ww_track_open(l->t, WW_EPISODE_TASK_SEQUENCE,
			     (struct ww_slice){ 0 });
}

/* A log tells of one sequence at a time; only its rest may be on record. */
static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_episode *e = open_sequence(l);

	if (e == NULL) {
		e = ww_track_begin(l->t, WW_EPISODE_TASK_SEQUENCE,
				   WW_LIT("sequence"), l->record);
		ww_track_adopt(l->t, e, state_of(l)->since);
	}
	return e;
}

static struct ww_slice
failed_action(const struct state *s)
{
	return ww_slice_of(s->name, s->name_len);
}

static void
on_started(const struct ww_marked_line *l)
{
	need(l);
	state_of(l)->ended = false;
}

static void
pass_over(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	if (ww_slice_eq(ww_captured(l->captures, "name"), failed_action(s)))
		s->line.line = 0;
}

static void
on_action_done(const struct ww_marked_line *l)
{
	on_started(l);
	pass_over(l);
}

/*
 * "Error -2147024894" behind the name, or on the next line the system's words
 * with "(Error: 80070002; Source: Windows)".
 */
static bool
code_of(const struct ww_record *record, uint32_t *ret)
{
	const struct ww_slice mark = WW_LIT("(Error: ");
	struct ww_slice s = ww_slice_behind(record->text, mark);
	size_t n = 0;

	if (s.p == NULL)
		s = ww_slice_behind(record->text, WW_LIT(". Error "));
	while (n < s.len && (ww_is_alnum(s.p[n]) || s.p[n] == '-'))
		n++;
	return ww_track_code(ww_slice_of(s.p, n), ret);
}

/* Without the full stop, or what follows it. */
static struct ww_slice
action_name(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_slice_trim(ww_captured(l->captures, "name"));
	size_t code = ww_slice_casefind(name, WW_LIT(". Error "));

	if (code < name.len)
		return ww_slice_of(name.p, code);
	if (name.len > 0 && name.p[name.len - 1] == '.')
		name.len--;
	return name;
}

static void
on_action_failed(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	on_started(l);
	s->name_len = ww_keep_text(s->name, NAME_SIZE, action_name(l)).len;
	s->has_code = code_of(l->record, &s->code);
	ww_keep(&s->line, l->record);
}

static void
finish_run(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	s->line.line = 0;
	s->ended = true;
	s->since = ww_track_now(l->t) + 1;
}

/* The action's number says more than that of the sequence. */
static void
fail(const struct ww_marked_line *l, bool has_code, uint32_t code)
{
	struct state *s = state_of(l);
	struct ww_record record = ww_kept_record(&s->line);
	struct ww_episode *e;

	if (s->ended)
		return;
	e = need(l);
	if (s->line.line != 0) {
		ww_track_note(l->t, e, "failed-operation", failed_action(s),
			      &record);
		has_code = s->has_code;
		code = s->code;
	}
	if (has_code) {
		e->has_code = true;
		e->code = code;
	}
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
	finish_run(l);
}

static void
on_engine_failed(const struct ww_marked_line *l)
{
	/* Where no action is known, the number follows. */
	if (state_of(l)->line.line != 0)
		fail(l, false, 0);
	else
		need(l);
}

static void
on_failed(const struct ww_marked_line *l)
{
	uint32_t code;

	if (ww_track_code(ww_captured(l->captures, "code"), &code))
		fail(l, true, code);
}

static void
succeed(const struct ww_marked_line *l)
{
	if (state_of(l)->ended)
		return;
	ww_track_end(l->t, need(l), WW_OUTCOME_SUCCEEDED, l->record);
	finish_run(l);
}

/* Success (0), Reboot (2), or that it failed. */
static void
on_engine_result(const struct ww_marked_line *l)
{
	struct ww_slice result = ww_captured(l->captures, "result");

	if (ww_slice_casestarts(result, WW_LIT("Success")))
		succeed(l);
	else if (ww_slice_casestarts(result, WW_LIT("Fail")))
		fail(l, false, 0);
}

static void
on_returned(const struct ww_marked_line *l)
{
	uint32_t code;

	if (!ww_track_code(ww_captured(l->captures, "code"), &code) ||
	    code == RESTART)
		return;
	if (code == 0)
		succeed(l);
	else
		fail(l, true, code);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[STARTED] = on_started,
	[ACTION_DONE] = on_action_done,
	[ACTION_FAILED] = on_action_failed,
	[ACTION_IGNORED] = pass_over,
	[ENGINE_FAILED] = on_engine_failed,
	[FAILED] = on_failed,
	[ENGINE_RESULT] = on_engine_result,
	[RETURNED] = on_returned,
};

const struct ww_tracker ww_tracker_task_sequence = {
	.dialects = { WW_DIALECT_CMTRACE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
