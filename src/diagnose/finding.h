/*
 * Conclusions: what fails, why, how sure that is, and by which lines.  Joins
 * groups and signatures; says nothing in words of its own.
 */
#ifndef WW_DIAGNOSE_FINDING_H
#define WW_DIAGNOSE_FINDING_H

#include "diagnose/group.h"
#include "explain/reading.h"

enum ww_confidence {
	WW_CONFIDENCE_POSSIBLE, /* only the code says so */
	WW_CONFIDENCE_LIKELY,	/* a line says so, by what is likely */
	WW_CONFIDENCE_CERTAIN,	/* a line of the failure itself says so */
};

/* A line that shows the finding. */
struct ww_proof {
	const struct ww_analysis *file;
	const struct ww_quote *quote;
	struct ww_proof *next;
};

/* Another group that tells of the same failure. */
struct ww_echo {
	const struct ww_group *group;
	const struct ww_group_failure *failure;
	struct ww_echo *next;
};

/* What several crash dumps of a machine tell together. */
enum ww_stops_pattern {
	WW_STOPS_SAME_DRIVER, /* most of them point to one driver */
	WW_STOPS_CHANGING,    /* other codes, and no driver twice */
};

struct ww_stops {
	enum ww_stops_pattern pattern;
	uint64_t count; /* dumps */
	uint64_t alike; /* dumps of the driver; or different stop codes */
	ww_time first;
};

struct ww_finding {
	const struct ww_group *group; /* NULL: a line that stands alone */
	const struct ww_group_failure *failure;
	struct ww_told told;	   /* the episode that shows it, if one does */
	const struct ww_sign *hit; /* what shows the cause, or NULL */
	struct ww_rec signature;   /* p is NULL without a hit */
	struct ww_rec topic;	   /* p is NULL where none covers it */
	struct ww_rec cause;	   /* likewise */
	struct ww_rec number; /* to be told by its own sentence; likewise */
	enum ww_confidence confidence;
	ww_time since; /* the first of it, in UTC as far as known */
	const struct ww_note *policy; /* see facts.h; or NULL */
	struct ww_slice listed; /* the update that is installed; or empty */
	const struct ww_stops *stops; /* or NULL */
	struct ww_proof *proofs;
	struct ww_echo *echoes;
	struct ww_finding *next; /* best first */
};

/* A line that looks bad and is not, over all files. */
struct ww_harmless {
	struct ww_rec signature;
	const struct ww_analysis *file; /* where it stands first */
	const struct ww_sign *hit;
	uint64_t count;
	struct ww_harmless *next; /* most frequent first */
};

struct ww_conclusion {
	struct ww_group *groups;
	struct ww_finding *findings;
	uint64_t omitted; /* findings that there was no room for */
	struct ww_harmless *harmless;
	enum ww_verdict verdict;
};

/*
 * What a code says in a file: of the kind that is known of it, else what they
 * mean by it who write such logs, of one space, or of any for WW_SPACES.
 */
struct ww_readings ww_code_readings(struct ww_arena *arena,
				    const struct ww_catalogue *c,
				    const struct ww_analysis *file,
				    enum ww_space space, enum ww_code_kind kind,
				    uint32_t code);

/* Whether an episode of the outer kind may be nothing but one of the inner. */
bool ww_kind_is_inside(const struct ww_catalogue *c, enum ww_episode_id outer,
		       enum ww_episode_id inner);

void ww_conclude(struct ww_conclusion *ret, struct ww_arena *arena,
		 const struct ww_catalogue *c, struct ww_analysis *const *files,
		 size_t n);

#endif
