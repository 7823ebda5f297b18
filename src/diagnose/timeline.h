/*
 * The records of all files as one time line: which of a file's are wanted, and
 * all of them in order.  Knows no rules and no episodes.
 */
#ifndef WW_DIAGNOSE_TIMELINE_H
#define WW_DIAGNOSE_TIMELINE_H

#include "code/cue.h"
#include "diagnose/runs.h"
#include "input/dialect.h"

struct ww_analysis;
struct ww_records;

/* Times with what is near them, ends included. */
struct ww_span {
	ww_time first, last;
};

/* So many are told apart of one file; then the last one grows. */
#define WW_SPANS_MAX 4096

/* What one file gives to the time line; part of its analysis. */
struct ww_timeline_part {
	struct ww_sorted_run *runs; /* owned, the analysis' arena */
	struct ww_span *spans;	    /* likewise: around the code asked for */
	size_t n_spans;
	uint64_t timeless; /* records before the first that has a time */
	ww_time last;	   /* of a record */
	bool timed;
};

/* What is asked, and what all files share. */
struct ww_timeline {
	const struct ww_catalogue *c; /* borrowed */
	struct ww_timeline_options options;
	struct ww_runs *runs;
	struct ww_cue_memo memo;
	struct ww_merging *merging; /* once all files are read */
	bool begun;		    /* a record was asked for */
};

struct ww_timeline *ww_timeline_new(struct ww_arena *arena,
				    const struct ww_catalogue *c,
				    const struct ww_timeline_options *options);

/* Take a record of the file.  False: it is none that was asked for. */
bool ww_timeline_take(struct ww_timeline *t, struct ww_analysis *a,
		      const struct ww_records *records);

/* The file has ended. */
void ww_timeline_end(struct ww_timeline *t, struct ww_analysis *a);

/* A record of the merged line, and whose it is. */
struct ww_timed {
	const struct ww_analysis *file;
	ww_time utc; /* as far as the file's zone is known */
	struct ww_kept_record record;
};

/* All files have been read, and their zones are known. */
void ww_timeline_merge(struct ww_timeline *t, struct ww_arena *arena,
		       struct ww_analysis *const *files, size_t n);

/*
 * The next record of all; valid until the next call.  False: none is left, or
 * the storage failed.
 */
bool ww_timeline_next(struct ww_timeline *t, struct ww_timed *ret);

/* Whether files have clocks that differ, so that UTC is what they share. */
bool ww_timeline_is_mixed(struct ww_analysis *const *files, size_t n);

#endif
