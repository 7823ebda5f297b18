/*
 * Series of all files side by side: what was attempted on a machine, how
 * often, how it ended, and whether it fails now.
 */
#ifndef WW_DIAGNOSE_GROUP_H
#define WW_DIAGNOSE_GROUP_H

#include "diagnose/analysis.h"

/* An episode and the file it stands in. */
struct ww_told {
	const struct ww_analysis *file; /* NULL: there is none */
	struct ww_episode *episode;
};

/* Failures that look the same, of one file. */
struct ww_group_failure {
	const struct ww_analysis *file;
	const struct ww_variant *variant;
	struct ww_group_failure *next;
};

enum ww_state {
	WW_STATE_UNKNOWN, /* begun, and no end is on record */
	WW_STATE_GOOD,	  /* the last one succeeded */
	WW_STATE_FAILING, /* the last one failed */
};

/* All episodes of one kind on one machine, whatever they are about. */
struct ww_of_kind {
	struct ww_slice machine;
	enum ww_episode_id kind;
	bool has_good;
	ww_time good; /* when the last one that succeeded ended, in UTC */
	struct ww_of_kind *same_bucket;
};

/* All episodes of one kind and subject on one machine. */
struct ww_group {
	struct ww_slice machine; /* empty where there is only one */
	enum ww_episode_id kind;
	struct ww_slice subject;
	uint64_t n[WW_OUTCOMES];
	struct ww_told good;	  /* the last that succeeded */
	struct ww_told open;	  /* the last without an end */
	struct ww_told cancelled; /* the last with something seen in it */
	struct ww_group_failure *failures;
	uint64_t failing;      /* failures behind the last success */
	ww_time failing_since; /* in UTC, as far as zones are known */
	enum ww_state state;
	struct ww_of_kind *of_kind; /* all like it but for the subject */
	struct ww_group *next;	    /* by first sighting */
	struct ww_group *same_bucket;
};

/* files[n] in the order of the report. */
struct ww_group *ww_groups_make(struct ww_arena *arena,
				struct ww_analysis *const *files, size_t n);

/* When the episode began, in UTC as far as the zone is known. */
static inline ww_time
ww_told_begin(struct ww_told told)
{
	return told.file == NULL
		   ? WW_NO_TIME
		   : ww_analysis_utc(told.file, told.episode->begin);
}

/* When the episode ended, in UTC as far as the zone is known. */
static inline ww_time
ww_told_end(struct ww_told told)
{
	return told.file == NULL
		   ? WW_NO_TIME
		   : ww_analysis_utc(told.file, told.episode->end);
}

/*
 * Whether a ended behind b; there are both.  Within a file its lines tell,
 * whatever its clock did.  Between files the clocks do, and where one has
 * none, the file that is read later counts as the later one.
 */
bool ww_told_is_later(struct ww_told a, struct ww_told b);

#endif
