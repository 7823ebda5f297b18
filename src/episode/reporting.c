#include "episode/trackers.h"
#include "episode/wu.h"

#include "base/banned.h"

/*
 * ReportingEvents.log: each line that tells of a finished scan, download or
 * install is an episode of its own, known by the event's GUID.  Events of
 * something begun say nothing that counts.  Names: see input/reporting.c.
 */
static const struct {
	const char *name; /* how the event's name begins */
	enum ww_episode_id kind;
} events[] = {
	{ "DETECTION_FAILED", WW_EPISODE_WU_SCAN },
	{ "DETECTION_FINISHED", WW_EPISODE_WU_SCAN },
	{ "DOWNLOAD_FAILED", WW_EPISODE_WU_DOWNLOAD },
	{ "DOWNLOAD_SUCCEEDED", WW_EPISODE_WU_DOWNLOAD },
	{ "INSTALLING_FAILED", WW_EPISODE_WU_INSTALL },
	{ "INSTALLING_PENDING", WW_EPISODE_WU_INSTALL },
	{ "INSTALLING_SUCCEEDED", WW_EPISODE_WU_INSTALL },
};

/* The line's first GUID is the event's, its second the update's. */
static struct ww_slice
event_guid(const struct ww_record *record)
{
	return ww_wu_guid(ww_wu_before(record->raw, "\t"));
}

static struct ww_slice
update_guid(const struct ww_record *record)
{
	return ww_wu_guid(ww_slice_behind(record->raw, WW_LIT("\t{")));
}

static void
set_subject(const struct ww_marked_line *l, struct ww_episode *e)
{
	struct ww_slice message =
	    ww_slice_behind(ww_wu_captured(l, "rest"), WW_LIT(" : "));
	struct ww_slice title = ww_wu_title(message);

	if (e->kind == WW_EPISODE_WU_SCAN)
		return;
	/* Downloads are reported without their title. */
	if (e->kind == WW_EPISODE_WU_DOWNLOAD || title.len == 0)
		title = update_guid(l->record);
	ww_track_subject(l->t, e, title);
}

static void
report(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_episode *e =
	    ww_wu_begin(l, kind, event_guid(l->record), l->record->component);
	bool failure =
	    ww_slice_eq(ww_wu_captured(l, "status"), WW_LIT("Failure"));
	uint32_t code;

	set_subject(l, e);
	ww_wu_hex(ww_wu_captured(l, "code"), &code);
	/* The status can say what no code says. */
	if (code == 0 && failure)
		ww_track_end(l->t, e, WW_OUTCOME_FAILED, l->record);
	else
		ww_wu_end(l, e, code);
}

static void
take_event(const struct ww_marked_line *l)
{
	struct ww_slice name = ww_wu_captured(l, "event");

	for (size_t i = 0; i < WW_ARRAY_LEN(events); i++)
		if (ww_slice_starts(name, ww_slice_cstr(events[i].name))) {
			report(l, events[i].kind);
			return;
		}
}

static const struct ww_mark marks[] = {
	{ 0, "[AGENT_{event:word}] {code:hex} {status:word} {rest:rest}" },
};

static void (*const takers[])(const struct ww_marked_line *l) = { take_event };

const struct ww_tracker ww_tracker_reporting = {
	.dialects = { WW_DIALECT_REPORTING },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.on = takers,
};
