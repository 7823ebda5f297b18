/*
 * Runs of Sysprep.  Each calls providers, first to validate, then to clean up
 * and to generalise; the first that refuses ends the run.  A run without a
 * refusal may have succeeded, or its dialog may have been closed: the log
 * does not say which.
 */
#include "episode/command.h"
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

enum {
	BEGUN,
	PACKAGE,
	PROVIDER_FAILED,
	FAILED,
};

static const struct ww_mark marks[] = {
	{ BEGUN, "^===          Beginning of a new sysprep run" },
	{ PACKAGE, "^Package {package:word} was installed for a user, but not "
		   "provisioned for all users" },
	{ PROVIDER_FAILED, "^ActionPlatform::LaunchModule: Failure occurred "
			   "while executing '{provider:text}' from "
			   "{module:path}; dwRet = {code}" },
	{ FAILED, "^WinMain:Hit failure while {stage:text}; hr = {code}" },
};

struct state {
	uint64_t since; /* the record behind the end of the run before */
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
begin(const struct ww_marked_line *l)
{
	char key[WW_LINE_KEY];

	return ww_track_begin(l->t, WW_EPISODE_SYSPREP,
			      ww_line_key(l->record->line, key), l->record);
}

static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_episode *e =
	    ww_track_open(l->t, WW_EPISODE_SYSPREP, (struct ww_slice){ 0 });

	if (e != NULL)
		return e;
	e = begin(l);
	/* setuperr.log tells why before it tells of the run. */
	ww_track_adopt(l->t, e, state_of(l)->since);
	return e;
}

static void
on_begun(const struct ww_marked_line *l)
{
	begin(l);
}

static void
note(const struct ww_marked_line *l, struct ww_episode *e, const char *name)
{
	ww_track_note(l->t, e, name, ww_captured(l->captures, name), l->record);
}

static void
on_package(const struct ww_marked_line *l)
{
	note(l, need(l), "package");
}

/* The last one that failed stopped the run. */
static void
on_provider_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = need(l);

	note(l, e, "provider");
	note(l, e, "module");
}

static void
on_failed(const struct ww_marked_line *l)
{
	struct ww_episode *e = need(l);
	uint32_t code;

	note(l, e, "stage");
	if (ww_track_code(ww_captured(l->captures, "code"), &code))
		ww_track_end_code(l->t, e, code, l->record);
	state_of(l)->since = ww_track_now(l->t) + 1;
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[BEGUN] = on_begun,
	[PACKAGE] = on_package,
	[PROVIDER_FAILED] = on_provider_failed,
	[FAILED] = on_failed,
};

const struct ww_tracker ww_tracker_sysprep = {
	.dialects = { WW_DIALECT_SETUP },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
