/*
 * Setups of the Configuration Manager client: ccmsetup.log.  The program that
 * a person starts leaves the work to a service and ends; the service's end is
 * that of the setup.  Its exit codes are its own: 7 asks for a restart, after
 * which it goes on, and 8 says that another one is at work.
 */
#include "episode/trackers.h"

#include "base/banned.h"

#define EXIT_RESTART 7
#define EXIT_RUNNING 8

enum {
	BEGUN,
	HANDED_OVER,
	PACKAGE_FAILED,
	FAILED,
	EXITED,
};

static const struct ww_mark marks[] = {
	{ BEGUN, "^==========[ ccmsetup started in process" },
	{ HANDED_OVER, "^Successfully started the ccmsetup service" },
	{ PACKAGE_FAILED, "^File {package:text} installation failed. Error "
			  "text: ExitCode: {exit:int}" },
	{ FAILED, "^CcmSetup failed with error code {code}" },
	{ EXITED, "^CcmSetup is exiting with return code {exit:int}" },
};

struct state {
	bool handed_over;
	bool ended; /* the exit code only says it again */
	uint64_t since;
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
open_setup(const struct ww_marked_line *l)
{
	return ww_track_open(l->t, WW_EPISODE_CCM_SETUP,
			     (struct ww_slice){ 0 });
}

static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_episode *e = open_setup(l);

	if (e != NULL)
		return e;
	e = ww_track_need(l->t, WW_EPISODE_CCM_SETUP, WW_LIT("ccmsetup"),
			  l->record);
	ww_track_adopt(l->t, e, state_of(l)->since);
	return e;
}

static void
on_begun(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	if (!s->handed_over || open_setup(l) == NULL)
		ww_track_begin(l->t, WW_EPISODE_CCM_SETUP, WW_LIT("ccmsetup"),
			       l->record);
	s->handed_over = s->ended = false;
}

static void
on_handed_over(const struct ww_marked_line *l)
{
	need(l);
	state_of(l)->handed_over = true;
}

static void
on_package_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = need(l);

	ww_track_note(l->t, e, "package", ww_captured(l->captures, "package"),
		      l->record);
	ww_track_note(l->t, e, "exit-status", ww_captured(l->captures, "exit"),
		      l->record);
}

static void
finish_run(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);

	s->ended = true;
	s->since = ww_track_now(l->t) + 1;
}

static void
on_failed(const struct ww_marked_line *l)
{
	uint32_t code;

	if (!ww_track_code(ww_captured(l->captures, "code"), &code))
		return;
	ww_track_end_code(l->t, need(l), code, l->record);
	finish_run(l);
}

/* The package that would not install says more than "6". */
static void
fail(const struct ww_marked_line *l)
{
	struct ww_episode *e = need(l);

	e->has_code =
	    ww_track_code(ww_episode_note(e, "exit-status"), &e->code);
	ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
}

static void
on_exited(const struct ww_marked_line *l)
{
	unsigned code = ww_track_number(ww_captured(l->captures, "exit"));
	struct state *s = state_of(l);

	if (s->ended || code == EXIT_RESTART || (code == 0 && s->handed_over))
		return;
	if (code == 0)
		ww_track_end(l->t, need(l), WW_OUTCOME_SUCCEEDED, l->record);
	else if (code == EXIT_RUNNING)
		ww_track_end(l->t, need(l), WW_OUTCOME_CANCELLED, l->record);
	else
		fail(l);
	finish_run(l);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[BEGUN] = on_begun,
	[HANDED_OVER] = on_handed_over,
	[PACKAGE_FAILED] = on_package_failed,
	[FAILED] = on_failed,
	[EXITED] = on_exited,
};

const struct ww_tracker ww_tracker_ccm_setup = {
	.dialects = { WW_DIALECT_CMTRACE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
