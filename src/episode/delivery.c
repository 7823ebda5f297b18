/*
 * Downloads of Delivery Optimization, each a job with a GUID: the function
 * that writes an entry says that it was started or is complete.  Requests that
 * fail in between are made again, and end nothing.
 */
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

enum {
	JOB,
};

static const struct ww_mark marks[] = {
	{ JOB, "jobId = {job:guid}" },
	{ JOB, "jobId: {job:guid}" },
};

/*
 * What stands behind "name = " or "name: ", up to a comma; a list wraps the
 * line before a value that is long.
 */
static struct ww_slice
value_of(struct ww_slice text, struct ww_slice name)
{
	size_t n = 0;

	text = ww_slice_behind(text, name);
	while (text.len > 0 &&
	       (ww_is_space(text.p[0]) || text.p[0] == '=' || text.p[0] == ':'))
		text = ww_slice_from(text, 1);
	while (n < text.len && text.p[n] != ',' && text.p[n] != '\n')
		n++;
	return ww_slice_trim(ww_slice_of(text.p, n));
}

/* http://host/path/file.msix?x=1: the file */
static struct ww_slice
file_of(struct ww_slice address)
{
	size_t end = 0, start = 0;

	while (end < address.len && address.p[end] != '?')
		end++;
	for (size_t i = 0; i < end; i++)
		if (address.p[i] == '/')
			start = i + 1;
	return ww_slice_part(address, start, end - start);
}

static void
note(const struct ww_marked_line *l, struct ww_episode *e, const char *name,
     struct ww_slice value)
{
	if (value.len > 0)
		ww_track_note(l->t, e, name, value, l->record);
}

static void
describe(const struct ww_marked_line *l, struct ww_episode *e)
{
	struct ww_slice text = l->record->text;
	struct ww_slice address = value_of(text, WW_LIT("cdnUrl"));

	if (file_of(address).len > 0)
		ww_track_subject(l->t, e, file_of(address));
	note(l, e, "server", address);
	note(l, e, "client", value_of(text, WW_LIT(" caller:")));
}

/* "hr = 0, jobId = …": what a start that failed has there, too. */
static bool
has_failed(struct ww_slice text, uint32_t *ret)
{
	return ww_slice_starts(text, WW_LIT("hr = ")) &&
	       ww_track_code(value_of(text, WW_LIT("hr = ")), ret) && *ret != 0;
}

static void
on_job(const struct ww_marked_line *l)
{
	struct ww_slice job = ww_captured(l->captures, "job");
	struct ww_slice function = l->record->component;
	bool starts = ww_slice_casehas(function, WW_LIT("TraceDownloadStart"));
	struct ww_episode *e;
	uint32_t code;

	if (!starts &&
	    !ww_slice_casehas(function, WW_LIT("TraceDownloadCompleted")))
		return;
	e = ww_track_open(l->t, WW_EPISODE_DO_DOWNLOAD, job);
	if (e == NULL && starts)
		e = ww_track_begin(l->t, WW_EPISODE_DO_DOWNLOAD, job,
				   l->record);
	else if (e == NULL)
		e = ww_track_need(l->t, WW_EPISODE_DO_DOWNLOAD, job, l->record);
	describe(l, e);
	if (has_failed(l->record->text, &code))
		ww_track_end_code(l->t, e, code, l->record);
	else if (!starts)
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[JOB] = on_job,
};

const struct ww_tracker ww_tracker_delivery = {
	.dialects = { WW_DIALECT_DOLOG },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.on = actions,
};
