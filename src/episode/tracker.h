/*
 * A tracker: the state machine that makes episodes of the records of one
 * kind of story.  It is a row in trackers.c and a file of its own.  It says
 * by patterns which lines it wants, and is called with what their holes held.
 */
#ifndef WW_EPISODE_TRACKER_H
#define WW_EPISODE_TRACKER_H

#include "base/compiler.h"
#include "episode/episode.h"
#include "rules/matcher.h"

struct ww_tracking; /* the stories of one file; see below */

/* A line the tracker wants.  id is the tracker's own number for it. */
struct ww_mark {
	unsigned id;
	const char *pattern;
};

/* A line with such a mark, as the tracker is told of it; all borrowed. */
struct ww_marked_line {
	struct ww_tracking *t;
	void *state; /* of the tracker */
	unsigned mark;
	const struct ww_record *record;	    /* NULL: the file ends */
	const struct ww_captures *captures; /* likewise */
};

#define WW_TRACKER_DIALECTS_MAX 4

struct ww_tracker {
	/* The dialects it follows, n_dialects of them. */
	enum ww_dialect_id dialects[WW_TRACKER_DIALECTS_MAX];
	unsigned n_dialects;
	const struct ww_mark *marks;
	size_t n_marks;
	size_t state_size; /* zeroed at the start of each file */
	bool by_time;	   /* its episodes are: see there */
	/*
	 * The fields that it looks at in events with one of its marks, up to
	 * a NULL.  NULL: their whole text may matter.
	 */
	const char *const *event_fields;

	/* What to call for a mark, by its id. */
	void (*const *on)(const struct ww_marked_line *l);
	/* The file ends; NULL when nothing is left to say. */
	void (*finish)(const struct ww_marked_line *l);
};

/*
 * What trackers do.  Text that is kept is copied; names of notes are string
 * constants.
 */

/* A new open episode that began with this record.  Never NULL. */
struct ww_episode *ww_track_begin(struct ww_tracking *t,
				  enum ww_episode_id kind, struct ww_slice key,
				  const struct ww_record *record);

/*
 * The open episode of that kind and key; with an empty key the latest open
 * one of the kind.  NULL when there is none.
 */
struct ww_episode *ww_track_open(struct ww_tracking *t, enum ww_episode_id kind,
				 struct ww_slice key);

/* The same, or a new one whose beginning is not on record. */
struct ww_episode *ww_track_need(struct ww_tracking *t, enum ww_episode_id kind,
				 struct ww_slice key,
				 const struct ww_record *record);

/* From here on the record's thread works for this episode. */
void ww_track_thread(struct ww_tracking *t, struct ww_episode *e,
		     const struct ww_record *record);

/* The episode the record's process and thread work for, or NULL. */
struct ww_episode *ww_track_current(struct ww_tracking *t,
				    const struct ww_record *record);

/* The same, but NULL for a thread of which nobody said it by _thread(). */
struct ww_episode *ww_track_known(struct ww_tracking *t,
				  const struct ww_record *record);

/* The record at hand, as a number that grows: for ww_track_adopt(). */
uint64_t ww_track_now(const struct ww_tracking *t);

/*
 * What signatures saw outside of any episode from that record on belongs to
 * this one: the refusal of a source stands before the repair that lacks it.
 */
void ww_track_adopt(struct ww_tracking *t, struct ww_episode *e,
		    uint64_t since);

/* The same, as far as the record's thread wrote it. */
void ww_track_adopt_thread(struct ww_tracking *t, struct ww_episode *e,
			   uint64_t since, const struct ww_record *record);

void ww_track_subject(struct ww_tracking *t, struct ww_episode *e,
		      struct ww_slice subject);

/* A later note of the same name replaces the earlier one. */
void ww_track_note(struct ww_tracking *t, struct ww_episode *e,
		   const char *name, struct ww_slice value,
		   const struct ww_record *record);

/* The same for a number. */
void ww_track_note_number(struct ww_tracking *t, struct ww_episode *e,
			  const char *name, uint64_t v,
			  const struct ww_record *record);

void ww_track_item(struct ww_tracking *t, struct ww_episode *e,
		   struct ww_slice name, struct ww_slice detail,
		   const char *state, bool bad, const struct ww_record *record);

/*
 * The end.  code is what the system stated: 0 and success HRESULTs are
 * WW_OUTCOME_SUCCEEDED by ww_track_outcome_of().
 */
void ww_track_end(struct ww_tracking *t, struct ww_episode *e,
		  enum ww_outcome outcome, const struct ww_record *record);
void ww_track_end_code(struct ww_tracking *t, struct ww_episode *e,
		       uint32_t code, const struct ww_record *record);

/* The stop code with which Windows ended, also as the note "stop-code". */
void ww_track_stop(struct ww_tracking *t, struct ww_episode *e, uint32_t code,
		   const struct ww_record *record);

/*
 * A fact about the machine that outlasts all episodes; of one name the first
 * counts.  An empty value is none.
 */
void ww_track_fact(struct ww_tracking *t, const char *name,
		   struct ww_slice value, const struct ww_record *record);

/* The same of many parts, each told by a record; the fact is all of them. */
void ww_track_more_of_fact(struct ww_tracking *t, const char *name,
			   struct ww_slice value,
			   const struct ww_record *record);

/* What is quoted for the end is the line of that note, if there is one. */
void ww_track_quote(struct ww_episode *e, const char *note);

/* Decimal digits as a hole captured them, the first nine of them. */
unsigned ww_track_number(struct ww_slice captured);

/* A code as a hole captured it: 0x…, eight digits, signed or not. */
bool ww_track_code(struct ww_slice captured, uint32_t *ret);

extern const struct ww_tracker *const ww_trackers[]; /* ended by NULL */

#endif
