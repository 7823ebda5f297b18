/*
 * The stories of one file: feeds trackers, keeps what they make, and folds
 * episodes that look alike.  Used by diagnose; trackers see tracker.h only.
 */
#ifndef WW_EPISODE_TRACKING_H
#define WW_EPISODE_TRACKING_H

#include "episode/tracker.h"
#include "evidence/activity.h"

/*
 * The stories of the file with this number.  Failures are counted in
 * *activity at the time of their end.
 */
struct ww_tracking *ww_tracking_new(struct ww_arena *arena, uint32_t file,
				    struct ww_activity *activity);

/* How many of ww_trackers[] there are, and whether one follows a dialect. */
unsigned ww_tracker_count(void);
bool ww_tracker_follows(const struct ww_tracker *tracker,
			enum ww_dialect_id dialect);

/*
 * One record: first _record(), then _mark() for each mark that matched, and
 * for the signatures and codes in it _hit() and _code().
 */
void ww_tracking_record(struct ww_tracking *t);

void ww_tracking_mark(struct ww_tracking *t, unsigned tracker, unsigned mark,
		      const struct ww_record *record,
		      const struct ww_captures *captures);

void ww_tracking_hit(struct ww_tracking *t, uint32_t signature,
		     const struct ww_record *record,
		     const struct ww_captures *captures);

/* A fact that others build on: it also counts outside of the episode. */
void ww_tracking_context(struct ww_tracking *t, uint32_t signature,
			 const struct ww_record *record,
			 const struct ww_captures *captures);

/* A line that looks bad and means nothing: it belongs to no episode. */
void ww_tracking_harmless(struct ww_tracking *t, uint32_t signature,
			  const struct ww_record *record,
			  const struct ww_captures *captures);

/* Whether the code belongs to a running episode. */
bool ww_tracking_code(struct ww_tracking *t, uint32_t value,
		      enum ww_code_kind kind, const struct ww_record *record);

/*
 * Whether the record at hand ended an episode with a number that is written
 * in decimal, as exit codes are: the outcome as the system stated it.
 */
bool ww_tracking_stated(const struct ww_tracking *t, uint32_t *ret);

/* The file ends: open episodes stay open, trackers say their last. */
void ww_tracking_finish(struct ww_tracking *t);

/* What came of it; owned by the arena. */
struct ww_series *ww_tracking_series(const struct ww_tracking *t);
struct ww_sign *ww_tracking_hits(const struct ww_tracking *t);
struct ww_note *ww_tracking_facts(const struct ww_tracking *t);
struct ww_sign *ww_tracking_harmless_hits(const struct ww_tracking *t);

#endif
