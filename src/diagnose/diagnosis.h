/*
 * A diagnosis as the library sees it: the places, their analyses, and what
 * was concluded.  The public functions stand in <winwhy/diagnose.h>.
 */
#ifndef WW_DIAGNOSE_DIAGNOSIS_H
#define WW_DIAGNOSE_DIAGNOSIS_H

#include "diagnose/finding.h"

/* Inputs that were passed over, as the caller counted them. */
struct ww_skipped {
	struct ww_slice why;
	uint64_t count;
	struct ww_skipped *next;
};

struct ww_diagnosis {
	struct ww_arena arena; /* owns the rules and the conclusion */
	jmp_buf oom;
	const struct ww_catalogue *c; /* borrowed */
	unsigned lang;
	struct ww_rules rules;
	struct ww_analyser analyser;
	struct ww_timeline *timeline; /* owned, arena; or NULL */
	atomic_bool stop;
	struct ww_analysis **places; /* owned, and each of them */
	uint32_t n_files, cap;
	struct ww_skipped *skipped;
	bool concluded;
	struct ww_conclusion conclusion;
};

/* Conclude, once; later calls give the same.  False: no memory. */
bool ww_diagnosis_conclude(struct ww_diagnosis *d);

#endif
