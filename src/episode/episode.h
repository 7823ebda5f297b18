/*
 * An episode: something that began and ended, as the system stated it.  What
 * trackers make of records and what diagnose draws conclusions from.
 */
#ifndef WW_EPISODE_EPISODE_H
#define WW_EPISODE_EPISODE_H

#include "catalogue/format.h"
#include "code/stop.h"
#include "episode/pool.h"
#include "evidence/quote.h"
#include "rules/pattern.h"

enum ww_outcome {
	WW_OUTCOME_OPEN, /* no end is on record */
	WW_OUTCOME_SUCCEEDED,
	WW_OUTCOME_FAILED,
	WW_OUTCOME_CANCELLED, /* by a person or a newer run: no failure */
	WW_OUTCOMES
};

/* Whom a crash dump blames, and by what; later ones are surer. */
enum ww_suspicion {
	WW_SUSPECT_UNSAID,   /* nobody: no dump, or nothing in it tells */
	WW_SUSPECT_KERNEL,   /* it failed in the kernel, for others */
	WW_SUSPECT_STACK,    /* a driver whose code stands on the stack */
	WW_SUSPECT_NAMELESS, /* it failed in a driver without a name */
	WW_SUSPECT_CARRIER,  /* it failed in a driver that works for others */
	WW_SUSPECT_DRIVER,   /* it failed in this driver */
	WW_SUSPECT_UNLOADED, /* it failed in what was unloaded before */
	WW_SUSPECT_NOBODY,   /* somebody asked for it */
};

/* A named fact of an episode: "server", "fault-code", "action", … */
struct ww_note {
	struct ww_slice name;  /* static */
	struct ww_slice value; /* owned, a chain */
	struct ww_quote quote;
	struct ww_chain replaced; /* owned: of a value that is not the first */
	struct ww_note *next;
};

/* One of the things an episode was about: a component, a file, a package. */
struct ww_item {
	struct ww_slice name;	/* owned, chain */
	struct ww_slice detail; /* likewise; may be empty */
	const char *state;	/* English message: N_("not repaired") */
	bool bad;		/* it is part of what went wrong */
	bool broke;		/* it was, at some time: quoted so */
	struct ww_quote quote;
	struct ww_item *next;
};

#define WW_ITEMS_MAX 256

/* A signature that was seen while the episode ran, or outside of any. */
struct ww_sign {
	uint32_t signature; /* record number in WW_S_SIGNATURE */
	uint64_t count;
	uint64_t first_record, last_record; /* ordinals in the file */
	ww_time first_time, last_time;
	uint32_t process, thread; /* of the last */
	struct ww_quote first;
	uint64_t last_line;
	struct ww_captures *captures; /* of the first, copied */
	struct ww_sign *last; /* outside of episodes: the last by itself */
	struct ww_chain last_chain; /* owned: where that is allocated */
	struct ww_sign *next;
};

/* A code seen while an episode ran. */
struct ww_seen {
	uint32_t value;
	enum ww_code_kind kind; /* as the record says, if it does */
	uint32_t count;
	uint64_t last_record; /* its ordinal in the file */
	struct ww_quote first;
	struct ww_seen *next; /* seen later */
};

/* The latest of them: what led to the end stands near it. */
#define WW_SEEN_MAX 12

struct ww_episode {
	enum ww_episode_id kind; /* its place among WW_WORDS_EPISODE */
	struct ww_slice key;	 /* owned, chain: what its lines share */
	struct ww_slice subject; /* what it was about; tells series apart */
	ww_time begin, end;	 /* on the file's clock, or WW_NO_TIME */
	/*
	 * Its log may have the newest record first: what is later is told by
	 * the time, not by the place.
	 */
	bool by_time;
	bool on_thread; /* the tracking knows a thread of it */
	enum ww_outcome outcome;
	bool has_code;
	uint32_t code; /* the outcome as a number, when one was stated */
	enum ww_code_kind code_kind; /* of what kind, where that is known */
	uint32_t message; /* the number of the error that led to it, or 0 */
	uint32_t extend;  /* where Windows Setup was: its second number, or 0 */
	uint32_t stop;	  /* the stop code with which Windows ended, or 0 */
	bool has_parameters;
	uint64_t parameters[WW_STOP_PARAMETERS_MAX]; /* of the stop code */
	enum ww_suspicion suspicion;
	struct ww_quote first; /* the line it began with */
	struct ww_quote outcome_quote;
	struct ww_note *notes;
	struct ww_item *items;
	struct ww_item *last_item;
	unsigned n_items;	  /* all of them, kept or not */
	unsigned n_kept;	  /* at most WW_ITEMS_MAX */
	unsigned n_bad;		  /* likewise */
	struct ww_sign *hits;	  /* in order of their first sighting */
	struct ww_seen *codes;	  /* likewise, at most WW_SEEN_MAX */
	uint32_t process, thread; /* of its last record */
	uint32_t file;
	struct ww_chain chain;	 /* owned: where all else is allocated */
	struct ww_chain renamed; /* owned: of a subject that is not the first */
	struct ww_episode *next; /* of the list it is in */
};

/*
 * Failures of one series that look the same: by their code, the error that led
 * to it and the signatures seen in them.  The latest is kept, the others are
 * counted.
 */
struct ww_variant {
	uint32_t signs; /* a hash of the signatures */
	uint64_t count;
	ww_time first; /* end of the first of them */
	uint64_t first_line;
	struct ww_episode *latest;
	struct ww_variant *next; /* by first sighting */
};

#define WW_VARIANTS_MAX 16

/* All episodes of one kind and subject in a file. */
struct ww_series {
	enum ww_episode_id kind;
	struct ww_slice subject;      /* owned, arena */
	uint64_t n[WW_OUTCOMES];      /* by outcome */
	struct ww_episode *good;      /* the last that succeeded, or NULL */
	struct ww_variant *failed;    /* at most WW_VARIANTS_MAX */
	struct ww_episode *open;      /* those without an end, a few */
	struct ww_episode *cancelled; /* the last, if more than that is known */
	/* Failures behind the last success: how many, since when. */
	uint64_t failing;
	ww_time failing_since;
	struct ww_series *next; /* by first sighting */
	struct ww_series *near; /* the tracking's: of the same hash */
};

/* The note of that name, or an empty slice. */
struct ww_slice ww_episode_note(const struct ww_episode *e, const char *name);

#endif
