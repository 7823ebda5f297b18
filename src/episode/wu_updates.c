#include "episode/wu_updates.h"

#include "base/message.h"
#include "episode/kept.h"

#include "base/banned.h"

/* A carrier: the updates' own results tell more. */
#define WU_E_ALL_UPDATES_FAILED 0x80240022u

void
ww_wu_take_title(const struct ww_marked_line *l, enum ww_episode_id kind,
		 struct ww_wu_title *title)
{
	struct ww_slice name = ww_wu_captured(l, "title");

	if (ww_wu_here_of(l, kind) == NULL || !ww_wu_begins(l, "Title"))
		return;
	title->len = ww_keep_text(title->text, WW_WU_TITLE_MAX, name).len;
}

void
ww_wu_take_update(const struct ww_marked_line *l, enum ww_episode_id kind,
		  struct ww_wu_title *title)
{
	struct ww_episode *e = ww_wu_here_of(l, kind);
	struct ww_slice id = ww_wu_guid(ww_wu_captured(l, "update"));
	struct ww_slice name = ww_slice_of(title->text, title->len);

	if (e == NULL || !ww_wu_begins(l, "UpdateId"))
		return;
	if (name.len == 0 || ww_slice_eq(name, WW_LIT("<NULL>")))
		name = id;
	ww_track_item(l->t, e, name, id, N_("no result on record"), false,
		      l->record);
	if (e->subject.len == 0)
		ww_track_subject(l->t, e, name);
	title->len = 0;
}

void
ww_wu_take_count(const struct ww_marked_line *l, enum ww_episode_id kind)
{
	struct ww_episode *e = ww_wu_here_of(l, kind);

	if (e != NULL)
		ww_wu_note(l, e, "updates", ww_wu_captured(l, "n"));
}

bool
ww_wu_is_single(const struct ww_episode *e)
{
	struct ww_slice n = ww_episode_note(e, "updates");

	return e->n_items <= 1 && (n.len == 0 || ww_slice_eq(n, WW_LIT("1")));
}

static struct ww_item *
find_item(struct ww_episode *e, struct ww_slice id)
{
	struct ww_item *item = e->items;

	while (item != NULL && ww_slice_casecmp(item->detail, id) != 0)
		item = item->next;
	return item == NULL && ww_wu_is_single(e) ? e->items : item;
}

void
ww_wu_set_result(const struct ww_marked_line *l, struct ww_episode *e,
		 struct ww_slice id, const char *good, uint32_t code)
{
	bool bad = ww_wu_failed(code);
	const struct ww_item *item = find_item(e, id);
	struct ww_slice name = item == NULL ? id : item->name;

	if (name.len == 0)
		return;
	ww_track_item(l->t, e, name, id, bad ? N_("failed") : good, bad,
		      l->record);
	if (bad || e->subject.len == 0)
		ww_track_subject(l->t, e, name);
}

void
ww_wu_end_call(const struct ww_marked_line *l, struct ww_episode *e,
	       const char *good, uint32_t code)
{
	if (e->items != NULL && ww_wu_is_single(e))
		ww_wu_set_result(l, e, e->items->detail, good, code);
	ww_wu_end(l, e, code);
}

void
ww_wu_end_by_counts(const struct ww_marked_line *l, struct ww_episode *e,
		    const char *good)
{
	const struct ww_slice zero = WW_LIT("0");
	struct ww_slice cancelled =
	    ww_slice_behind(l->record->text, WW_LIT("cancelled = "));
	bool none = ww_slice_eq(ww_wu_captured(l, "ok"), zero) &&
		    ww_slice_eq(ww_wu_captured(l, "part"), zero);

	if (!ww_slice_eq(ww_wu_captured(l, "failed"), zero))
		ww_wu_end_call(l, e, good,
			       e->has_code ? e->code : WU_E_ALL_UPDATES_FAILED);
	else if (none && cancelled.len > 0 && cancelled.p[0] != '0')
		ww_wu_end_call(l, e, good, WW_WU_CANCELLED);
	else
		ww_wu_end_call(l, e, good, 0);
}
