/*
 * The compatibility scan of Windows Setup, from its report: what it lists as
 * blocking ends the upgrade before anything has changed.  A report without a
 * block says that the scan found none.
 */
#include "episode/trackers.h"

#include "base/compiler.h"
#include "base/message.h"

#include "base/banned.h"

enum {
	PROGRAM,
	HARDWARE,
	DRIVER,
	ELSE,
};

static const struct ww_mark marks[] = {
	{ PROGRAM, "^Program {name:text}: BlockingType = Hard" },
	{ HARDWARE, "^HardwareItem {name:text}: BlockingType = Hard" },
	{ DRIVER, "^DriverPackage {name:text}: BlockMigration = True" },
	{ ELSE, "BlockingType = None" },
	{ ELSE, "BlockingType = Soft" },
	{ ELSE, "BlockMigration = False" },
};

struct state {
	bool blocked;
};

static struct ww_episode *
scan(const struct ww_marked_line *l)
{
	return ww_track_need(l->t, WW_EPISODE_SETUP_SCAN, WW_LIT("compat"),
			     l->record);
}

static void
on_block(const struct ww_marked_line *l)
{
	struct state *s = l->state;

	s->blocked = true;
	ww_track_item(l->t, scan(l), ww_captured(l->captures, "name"),
		      (struct ww_slice){ 0 }, N_("blocks the upgrade"), true,
		      l->record);
}

/* It is left behind, which may be all, or be why the upgrade is refused. */
static void
on_driver(const struct ww_marked_line *l)
{
	ww_track_item(l->t, scan(l), ww_captured(l->captures, "name"),
		      (struct ww_slice){ 0 }, N_("is not taken along"), false,
		      l->record);
}

static void
on_else(const struct ww_marked_line *l)
{
	scan(l);
}

static void
conclude(const struct ww_marked_line *l)
{
	const struct state *s = l->state;
	struct ww_episode *e =
	    ww_track_open(l->t, WW_EPISODE_SETUP_SCAN, WW_LIT("compat"));
	struct ww_record none = { .time = WW_NO_TIME };

	if (e != NULL)
		ww_track_end(l->t, e,
			     s->blocked ? WW_OUTCOME_FAILED
					: WW_OUTCOME_SUCCEEDED,
			     &none);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[PROGRAM] = on_block,
	[HARDWARE] = on_block,
	[DRIVER] = on_driver,
	[ELSE] = on_else,
};

const struct ww_tracker ww_tracker_compat = {
	.dialects = { WW_DIALECT_COMPAT },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = conclude,
};
