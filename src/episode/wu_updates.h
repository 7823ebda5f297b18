/*
 * The updates that a download or an install is about: titles, ids, results.
 * Used by the trackers of both.
 */
#ifndef WW_EPISODE_WU_UPDATES_H
#define WW_EPISODE_WU_UPDATES_H

#include "episode/wu.h"

/* A title waits for the update's id in the line behind it. */
struct ww_wu_title {
	char text[WW_WU_TITLE_MAX];
	size_t len;
};

/*
 * "Title = ...", then "UpdateId = ...": an item of the episode of that kind
 * that the line's thread works for.  The first one is its subject.
 */
void ww_wu_take_title(const struct ww_marked_line *l, enum ww_episode_id kind,
		      struct ww_wu_title *title);
void ww_wu_take_update(const struct ww_marked_line *l, enum ww_episode_id kind,
		       struct ww_wu_title *title);

/* "Updates to install = 3": noted. */
void ww_wu_take_count(const struct ww_marked_line *l, enum ww_episode_id kind);

/* Whether the call has no more than one update. */
bool ww_wu_is_single(const struct ww_episode *e);

/*
 * The result of the update with that id, or of the only one.  good is an
 * English message; an update that failed becomes the episode's subject.
 */
void ww_wu_set_result(const struct ww_marked_line *l, struct ww_episode *e,
		      struct ww_slice id, const char *good, uint32_t code);

/* The end of the call, which is also that of its only update. */
void ww_wu_end_call(const struct ww_marked_line *l, struct ww_episode *e,
		    const char *good, uint32_t code);

/*
 * The same by what holes and text of a line say: "succeeded = 0, succeeded
 * with errors = 0, failed = 1, cancelled = 0".  The code is that of an update
 * whose result was told before.
 */
#define WW_WU_COUNTS                                                    \
	"call complete (succeeded = {ok:int}, succeeded with errors = " \
	"{part:int}, failed = {failed:int}"
void ww_wu_end_by_counts(const struct ww_marked_line *l, struct ww_episode *e,
			 const char *good);

#endif
