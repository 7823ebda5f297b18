/*
 * What one file tells: read once, in order, in flat memory.  Knows records,
 * rules and trackers, no format and no Windows.
 */
#ifndef WW_DIAGNOSE_ANALYSIS_H
#define WW_DIAGNOSE_ANALYSIS_H

#include <stdatomic.h>

#include <winwhy/diagnose.h>

#include "base/simd/kernels.h"
#include "diagnose/rules.h"
#include "diagnose/timeline.h"
#include "episode/tracking.h"
#include "evidence/activity.h"
#include "evidence/codes.h"
#include "evidence/pseudonyms.h"
#include "input/dialect.h"
#include "input/stream.h"

struct ww_analysis {
	struct ww_arena arena; /* owns what follows */
	struct ww_arena work;  /* while it is read: windows, and all else */
	jmp_buf oom;
	uint32_t number; /* of the file in the diagnosis */
	struct ww_slice name;
	struct ww_slice label;	 /* see label.h */
	struct ww_slice machine; /* see machine.h; empty: the only one */
	bool was_read;
	struct ww_slice unreadable; /* why, where it could not be read */
	const char *format;	    /* a binary format not read, or NULL */
	bool passed_over;	    /* --only names other logs */
	bool stopped;		    /* before its end */
	bool no_memory;		    /* it is not read, for that reason */

	enum ww_dialect_id dialect;
	enum ww_encoding encoding;
	struct ww_stream_state stream;
	struct ww_zone zone;
	const char *undecoded; /* English message, or NULL */
	const char *binary;    /* the name of its binary format, or NULL */
	struct ww_losses losses;
	uint64_t lines, records;
	uint64_t outside;  /* records before since or after until */
	uint64_t backward; /* records earlier than the one before them */
	ww_time first, last;
	struct ww_codes codes;
	struct ww_activity activity;
	struct ww_series *series;
	struct ww_sign *hits; /* outside of any episode */
	struct ww_sign *harmless;
	struct ww_note *facts;		  /* about the machine */
	struct ww_pseudonyms *identities; /* NULL: not wanted */
	struct ww_timeline_part timeline;
};

/*
 * Identities that are kept of one file.  A report looks through its own texts
 * besides, so that those of a file with more are hidden all the same.
 */
#define WW_IDENTITIES_MAX 32768

/* What the analyses of a diagnosis share; none writes to it but `stop`. */
struct ww_analyser {
	const struct ww_rules *rules;
	const struct ww_kernels *kernels;
	ww_time since, until; /* WW_NO_TIME: no limit */
	uint64_t only;	      /* bit for each dialect wanted; 0: all */
	bool codes_only;      /* neither records nor rules */
	bool redact;	      /* learn who and where the records tell of */
	struct ww_timeline *timeline; /* records only; NULL: all but that */
	const atomic_bool *stop;
};

/*
 * Read the input to its end.  The arena and the name are set before.  False:
 * no memory; what was read so far counts as not read.
 */
bool ww_analysis_run(struct ww_analysis *a, const struct ww_analyser *by,
		     const struct ww_input *input);

/* A time on the file's clock in UTC, as far as its zone is known. */
static inline ww_time
ww_analysis_utc(const struct ww_analysis *a, ww_time time)
{
	return time == WW_NO_TIME ? time : time - a->zone.minutes * WW_MINUTE;
}

#endif
