/*
 * Updates that Configuration Manager installs.  UpdatesDeployment.log shows
 * each update's progress, WUAHandler.log what the update client answered; both
 * know it by its GUID.
 */
#include "episode/stated.h"
#include "episode/trackers.h"
#include "episode/wu.h"

#include "base/banned.h"

enum {
	PROGRESS,
	FINISHED,
	ENFORCED,
};

static const struct ww_mark marks[] = {
	{ PROGRESS, "^Update ({id:text}) Progress: Status = {status:word}, "
		    "PercentComplete = {int}, DownloadSize = {int}, "
		    "Result = {code}" },
	{ FINISHED, "^Update {int} ({id:text}) finished installing ({code})" },
	{ ENFORCED, "^Raised update ({id:text}) enforcement state message "
		    "successfully.{text}StateName = CI_ENFORCEMENT_SUCCESS" },
};

struct state {
	struct ww_stated stated;
};

/* Site_…/SUM_3cbcf577-5139-49b8-afe8-620af5c52f95, or the GUID alone. */
static struct ww_slice
guid_of(const struct ww_marked_line *l)
{
	struct ww_slice id = ww_wu_captured(l, "id");
	struct ww_slice behind = ww_slice_behind(id, WW_LIT("/SUM_"));

	return behind.p == NULL ? id : behind;
}

static struct ww_episode *
need(const struct ww_marked_line *l, struct ww_slice guid)
{
	struct ww_episode *e =
	    ww_track_need(l->t, WW_EPISODE_WU_INSTALL, guid, l->record);

	ww_track_subject(l->t, e, guid);
	return e;
}

/* The result; what is said again without another attempt is no other one. */
static void
end(const struct ww_marked_line *l, struct ww_slice guid, uint32_t code)
{
	struct state *state = l->state;
	bool again = ww_stated_again(&state->stated, guid, code);

	if (!again || ww_track_open(l->t, WW_EPISODE_WU_INSTALL, guid) != NULL)
		ww_wu_end(l, need(l, guid), code);
}

static bool
is_done(struct ww_slice status)
{
	return ww_slice_eq(status, WW_LIT("ciStateInstallComplete")) ||
	       ww_slice_eq(status, WW_LIT("ciStatePendingSoftReboot")) ||
	       ww_slice_eq(status, WW_LIT("ciStatePendingHardReboot"));
}

static void
on_progress(const struct ww_marked_line *l)
{
	struct ww_slice status = ww_captured(l->captures, "status");
	uint32_t code;

	if (!ww_wu_code(l, &code))
		return;
	if (ww_slice_eq(status, WW_LIT("ciStateInstalling")))
		need(l, guid_of(l));
	else if (ww_slice_eq(status, WW_LIT("ciStateError")) && code != 0)
		end(l, guid_of(l), code);
	else if (is_done(status))
		end(l, guid_of(l), 0);
}

static void
on_finished(const struct ww_marked_line *l)
{
	uint32_t code;

	if (ww_wu_code(l, &code))
		ww_wu_end(l, need(l, guid_of(l)), code);
}

static void
on_enforced(const struct ww_marked_line *l)
{
	end(l, guid_of(l), 0);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[PROGRESS] = on_progress,
	[FINISHED] = on_finished,
	[ENFORCED] = on_enforced,
};

const struct ww_tracker ww_tracker_ccm_update = {
	.dialects = { WW_DIALECT_CMTRACE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
