/*
 * Files that were to be deleted or replaced at a start of Windows.  A file to
 * delete that is gone has no need of it, and a folder that is not empty was
 * filled again; neither is a fault.  A file that was not replaced is: the old
 * one is still in use.
 */
#include "episode/kept.h"
#include "episode/trackers.h"

#include "base/message.h"

#include "base/banned.h"

enum {
	FAILED,
	ENDED,
};

static const struct ww_mark marks[] = {
	{ FAILED, "^PFRO Error: {what:rest}" },
	{ ENDED, " Successful PFRO operations" },
};

struct state {
	bool broke; /* a file was not replaced, the first with this … */
	uint32_t code;
	struct ww_kept line;
};

/* A line of an error, taken apart from its end: names may have commas. */
struct operation {
	struct ww_slice file;
	struct ww_slice target; /* empty: it was to be deleted */
	uint32_t code;
};

static struct state *
state_of(const struct ww_marked_line *l)
{
	return l->state;
}

static struct ww_episode *
need(const struct ww_marked_line *l)
{
	struct ww_slice none = { 0 };
	struct ww_episode *e =
	    ww_track_open(l->t, WW_EPISODE_PENDING_RENAMES, none);

	return e != NULL ? e
			 : ww_track_begin(l->t, WW_EPISODE_PENDING_RENAMES,
					  none, l->record);
}

/* Where the last of that text begins; s.len when it does not stand there. */
static size_t
find_last(struct ww_slice s, struct ww_slice text)
{
	for (size_t n = s.len; n >= text.len; n--)
		if (memcmp(s.p + n - text.len, text.p, text.len) == 0)
			return n - text.len;
	return s.len;
}

/* \??\C:\a\b.dll, of a replacement also !\??\C:\a\b.dll */
static struct ww_slice
without_prefix(struct ww_slice path)
{
	const struct ww_slice prefix = WW_LIT("\\??\\");

	if (path.len > 0 && path.p[0] == '!')
		path = ww_slice_from(path, 1);
	return ww_slice_starts(path, prefix) ? ww_slice_from(path, prefix.len)
					     : path;
}

static bool
read_operation(struct ww_slice what, struct operation *ret)
{
	const struct ww_slice comma = WW_LIT(", ");
	const struct ww_slice deleted = WW_LIT(", |delete operation|");
	size_t at = find_last(what, comma), end;

	if (at == what.len ||
	    !ww_track_code(ww_slice_trim(ww_slice_from(what, at + comma.len)),
			   &ret->code))
		return false;
	what.len = at;
	ret->target.len = 0;
	at = find_last(what, deleted);
	if (at == what.len || at + deleted.len != what.len) {
		at = find_last(what, WW_LIT(", \\??\\"));
		end = find_last(what, WW_LIT(", !\\??\\"));
		if (end < what.len && (at == what.len || end > at))
			at = end;
		if (at < what.len)
			ret->target =
			    without_prefix(ww_slice_from(what, at + comma.len));
	}
	ret->file = without_prefix(ww_slice_of(what.p, at));
	return ret->file.len > 0;
}

/* The file, or the folder it was in, is gone. */
static bool
is_gone(uint32_t status)
{
	return status == 0xc0000034u || status == 0xc000003au;
}

static bool
is_not_empty(uint32_t status)
{
	return status == 0xc0000101u;
}

static void
take_replacement(const struct ww_marked_line *l, struct ww_episode *e,
		 const struct operation *o)
{
	struct state *s = state_of(l);

	ww_track_item(l->t, e, o->target, o->file, N_("not replaced"), true,
		      l->record);
	if (s->broke)
		return;
	s->broke = true;
	s->code = o->code;
	ww_keep(&s->line, l->record);
	ww_track_note(l->t, e, "file", o->target, l->record);
}

static void
on_failed(const struct ww_marked_line *l)
{
	struct ww_slice what = ww_captured(l->captures, "what");
	struct ww_episode *e = need(l);
	struct operation o;

	if (!read_operation(what, &o) || is_gone(o.code))
		return;
	if (o.target.len > 0)
		take_replacement(l, e, &o);
	else if (!is_not_empty(o.code))
		ww_track_item(l->t, e, o.file, (struct ww_slice){ 0 },
			      N_("not deleted"), false, l->record);
}

static void
on_ended(const struct ww_marked_line *l)
{
	struct state *s = state_of(l);
	struct ww_record line = ww_kept_record(&s->line);
	struct ww_episode *e = need(l);

	if (s->broke)
		ww_track_end_code(l->t, e, s->code, &line);
	else
		ww_track_end(l->t, e, WW_OUTCOME_SUCCEEDED, l->record);
	*s = (struct state){ .broke = false };
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[FAILED] = on_failed,
	[ENDED] = on_ended,
};

const struct ww_tracker ww_tracker_renames = {
	.dialects = { WW_DIALECT_PFRO },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.state_size = sizeof(struct state),
	.on = actions,
};
