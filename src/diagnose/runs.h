/*
 * Records of files, kept outside of memory until all are read: sorted by time
 * in pieces, each a run in the caller's storage.  Knows no rules.
 */
#ifndef WW_DIAGNOSE_RUNS_H
#define WW_DIAGNOSE_RUNS_H

#include <winwhy/diagnose.h>

#include "base/arena.h"
#include "evidence/record.h"

/* What is kept of a record; what follows is cut off. */
#define WW_KEPT_TEXT	  2048
#define WW_KEPT_COMPONENT 64

/* A record as it is kept and comes back. */
struct ww_kept_record {
	ww_time time; /* on its file's clock; never WW_NO_TIME */
	uint64_t line;
	bool stamped; /* false: the time is the one before's */
	bool cut;
	enum ww_level level;
	struct ww_slice component, text; /* borrowed */
};

/* Side by side in the storage, in order of time. */
struct ww_sorted_run {
	uint64_t at, end;
	struct ww_sorted_run *next;
};

/* One for all files, which are read one after the other. */
struct ww_runs {
	struct ww_arena *arena; /* borrowed */
	struct ww_storage storage;
	uint64_t end; /* of what is in the storage */
	bool failed;  /* the storage takes no more */
	char *bytes;  /* owned, arena: of the run that grows */
	size_t fill;
	uint32_t *starts; /* likewise: of its records */
	size_t n;
	bool sorted;
	ww_time last;
};

struct ww_runs *ww_runs_new(struct ww_arena *arena,
			    const struct ww_storage *storage);

/* Keep a record; *list is the file's, a run may become its first. */
void ww_runs_add(struct ww_runs *runs, const struct ww_kept_record *record,
		 struct ww_arena *arena, struct ww_sorted_run **list);

/* The file has ended: what is left is its last run. */
void ww_runs_finish(struct ww_runs *runs, struct ww_arena *arena,
		    struct ww_sorted_run **list);

/* The most bytes of a record in a run. */
#define WW_RUN_RECORD_MAX (32 + WW_KEPT_TEXT + WW_KEPT_COMPONENT)

/*
 * Read the record that the bytes start with; returns its length, 0 when it is
 * not all there.
 */
size_t ww_run_read(struct ww_slice bytes, struct ww_kept_record *ret);

#endif
