/*
 * Scans for updates that Configuration Manager had the update client make.
 * Three of its logs tell of each: UpdatesHandler.log, which wants it,
 * ScanAgent.log, and WUAHandler.log, which calls the client.  They are of the
 * same kind as the client's own, whose logs say more.
 */
#include "episode/kept.h"
#include "episode/trackers.h"
#include "episode/wu.h"

#include "base/banned.h"

enum {
	INITIATED,
	RECEIVED,
	STARTED,
	SEARCH_FAILED,
	FAILED,
	COMPLETED,
	SOURCE_FAILED,
	AGENT_FAILED,
	AGENT_COMPLETED,
};

static const struct ww_mark marks[] = {
	{ INITIATED, "^Initiating updates scan for checking applicability" },
	{ RECEIVED, "^Updates scan completion received, result = {code}" },
	{ STARTED, "^Async searching of updates using WUAgent started" },
	{ SEARCH_FAILED, "^OnSearchComplete - Failed to end search job. "
			 "Error = {code}" },
	{ FAILED, "^Scan failed with error = {code}" },
	{ COMPLETED, "^Successfully completed scan." },
	{ SOURCE_FAILED, "^Failed to Add Update Source for WUAgent of type "
			 "({int}) and id ({id:text}). Error = {code}" },
	{ AGENT_FAILED, "CScanJob::Execute- Failed at AddUpdateSource, "
			"Error = {code}" },
	{ AGENT_FAILED,
	  "Scan Failed for ToolUniqueID={id:text}, with Error={code}" },
	{ AGENT_FAILED, "CScanJob::OnScanComplete -Scan Failed with "
			"Error={code}" },
	{ AGENT_COMPLETED, "CScanJob::OnScanComplete - Scan completed "
			   "successfully" },
};

/* Each log has its own. */
#define KEY_HANDLER WW_LIT("UpdatesHandler")
#define KEY_AGENT   WW_LIT("ScanAgent")
#define KEY_WUA	    WW_LIT("WUAHandler")

struct state {
	/* How the search ended, until the scan's own end; line 0: not said. */
	uint32_t code;
	struct ww_kept searched;
	uint64_t since; /* the record behind the end of the scan before */
};

static struct ww_episode *
begin(const struct ww_marked_line *l, struct ww_slice key)
{
	struct ww_episode *e =
	    ww_track_begin(l->t, WW_EPISODE_WU_SCAN, key, l->record);

	/* As the update client's own log calls it. */
	ww_track_subject(l->t, e, WW_LIT("WSUS"));
	return e;
}

static struct ww_episode *
need(const struct ww_marked_line *l, struct ww_slice key)
{
	const struct state *state = l->state;
	struct ww_episode *e = ww_track_open(l->t, WW_EPISODE_WU_SCAN, key);

	if (e != NULL)
		return e;
	e = begin(l, key);
	e->begin = WW_NO_TIME;
	/* What forbids a scan is said before one begins. */
	ww_track_adopt(l->t, e, state->since);
	return e;
}

static void
end(const struct ww_marked_line *l, struct ww_slice key)
{
	struct state *state = l->state;
	uint32_t code;

	if (!ww_wu_code(l, &code))
		return;
	ww_wu_end(l, need(l, key), code);
	state->since = ww_track_now(l->t) + 1;
	state->searched.line = 0;
}

/* A search that failed, and nothing was said of the scan. */
static void
leave(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	struct ww_record record = ww_kept_record(&state->searched);
	struct ww_episode *e = ww_track_open(l->t, WW_EPISODE_WU_SCAN, KEY_WUA);

	if (e != NULL && state->searched.line != 0)
		ww_track_end_code(l->t, e, state->code, &record);
	state->searched.line = 0;
}

static void
on_initiated(const struct ww_marked_line *l)
{
	begin(l, KEY_HANDLER);
}

static void
on_received(const struct ww_marked_line *l)
{
	end(l, KEY_HANDLER);
}

static void
on_started(const struct ww_marked_line *l)
{
	struct state *state = l->state;
	struct ww_episode *e;

	leave(l);
	e = begin(l, KEY_WUA);
	ww_track_adopt(l->t, e, state->since);
}

static void
on_search_failed(const struct ww_marked_line *l)
{
	struct state *state = l->state;

	if (!ww_wu_code(l, &state->code))
		return;
	need(l, KEY_WUA);
	ww_keep(&state->searched, l->record);
}

static void
on_failed(const struct ww_marked_line *l)
{
	end(l, KEY_WUA);
}

static void
succeed(const struct ww_marked_line *l, struct ww_slice key)
{
	struct state *state = l->state;

	ww_track_end(l->t, need(l, key), WW_OUTCOME_SUCCEEDED, l->record);
	state->since = ww_track_now(l->t) + 1;
	state->searched.line = 0;
}

static void
on_completed(const struct ww_marked_line *l)
{
	succeed(l, KEY_WUA);
}

static void
on_agent_failed(const struct ww_marked_line *l)
{
	end(l, KEY_AGENT);
}

static void
on_agent_completed(const struct ww_marked_line *l)
{
	succeed(l, KEY_AGENT);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[INITIATED] = on_initiated,
	[RECEIVED] = on_received,
	[STARTED] = on_started,
	[SEARCH_FAILED] = on_search_failed,
	[FAILED] = on_failed,
	[COMPLETED] = on_completed,
	[SOURCE_FAILED] = on_failed,
	[AGENT_FAILED] = on_agent_failed,
	[AGENT_COMPLETED] = on_agent_completed,
};

const struct ww_tracker ww_tracker_ccm_scan = {
	.dialects = { WW_DIALECT_CMTRACE },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
	.finish = leave,
};
