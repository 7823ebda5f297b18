/*
 * An episode: something that began and ended, as the system stated it.  What
 * trackers make of records and what diagnose draws conclusions from.
 */
#ifndef WW_EPISODE_EPISODE_H
#define WW_EPISODE_EPISODE_H

#include "catalogue/format.h"
#include "evidence/quote.h"

enum ww_outcome {
	WW_OUTCOME_OPEN, /* no end is on record */
	WW_OUTCOME_SUCCEEDED,
	WW_OUTCOME_FAILED,
	WW_OUTCOME_CANCELLED, /* by a person or a newer run: no failure */
};

/* A named fact of an episode: "server", "fault-code", "action", … */
struct ww_note {
	struct ww_slice name;  /* static */
	struct ww_slice value; /* owned, arena */
	struct ww_quote quote;
	struct ww_note *next;
};

/* One of the things an episode was about: a component, a file, a package. */
struct ww_item {
	struct ww_slice name;	/* owned, arena */
	struct ww_slice detail; /* likewise; may be empty */
	const char *state;	/* English message: N_("not repaired") */
	bool bad;		/* it is part of what went wrong */
	struct ww_quote quote;
	struct ww_item *next;
};

#define WW_ITEMS_MAX 256

/* A signature that was seen while the episode ran, or outside of any. */
struct ww_hit {
	uint32_t signature; /* record number in WW_S_SIGNATURE */
	uint64_t count;
	uint64_t first_record, last_record; /* ordinals in the file */
	ww_time first_time, last_time;
	uint32_t process, thread; /* of the last */
	struct ww_quote first, last;
	struct ww_captures *captures; /* of the last; owned, arena */
	struct ww_episode *episode;   /* NULL: outside of any */
	struct ww_hit *next;
};

/* A code seen while an episode ran. */
struct ww_seen {
	uint32_t value;
	uint32_t count;
	struct ww_quote first;
};

#define WW_SEEN_MAX 12

struct ww_episode {
	enum ww_episode_id kind; /* its place among WW_WORDS_EPISODE */
	struct ww_slice key;	 /* owned, arena: what its lines share */
	struct ww_slice subject; /* what it was about; tells series apart */
	ww_time begin, end;	 /* on the file's clock, or WW_NO_TIME */
	enum ww_outcome outcome;
	bool has_code;
	uint32_t code; /* the outcome as a number, when one was stated */
	struct ww_quote first; /* the line it began with */
	struct ww_quote outcome_quote;
	struct ww_note *notes;
	struct ww_item *items;
	struct ww_item *last_item;
	unsigned n_items; /* all of them, kept or not */
	unsigned n_bad;	  /* likewise */
	struct ww_hit *hits;
	struct ww_seen seen[WW_SEEN_MAX];
	unsigned n_seen;
	uint32_t process, thread; /* of its last record */
	uint32_t file;
	struct ww_episode *next; /* in order of their beginning */
};

/* The note of that name, or an empty slice. */
struct ww_slice ww_episode_note(const struct ww_episode *e, const char *name);

#endif
