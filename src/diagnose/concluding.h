/*
 * Conclusions being made: what the files of the room share while they do so.
 * Used by finding.c, proof.c and merge.c.
 */
#ifndef WW_DIAGNOSE_CONCLUDING_H
#define WW_DIAGNOSE_CONCLUDING_H

#include "diagnose/finding.h"

struct ww_concluding {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	struct ww_analysis *const *files;
	size_t n_files;
	struct ww_conclusion *ret;
	struct ww_finding **end; /* where the next finding goes */
	size_t n_findings;
	/* When one of the kind last succeeded on this machine. */
	ww_time good[WW_EPISODES];
	struct ww_slice machine;
};

/* 1603, 0x80070643: some installer failed, and it may be any. */
static inline bool
ww_is_carrier(struct ww_rec topic)
{
	return topic.p != NULL &&
	       ww_rec_num(topic, WW_TOPIC_KIND) == WW_TOPIC_IS_CARRIER;
}

/* Quote that line for the finding, unless it is or has enough. */
void ww_add_proof(struct ww_concluding *k, struct ww_finding *f,
		  const struct ww_quote *quote);

/* What shows the cause, then what it needs near it, then the outcome. */
void ww_add_proofs(struct ww_concluding *k, struct ww_finding *f);

/* What a stop code is about; p is NULL where no topic covers it. */
struct ww_rec ww_topic_of_stop(const struct ww_concluding *k,
			       const struct ww_analysis *file, uint32_t stop);

/* Make one finding of those that tell of the same failure. */
void ww_merge_findings(struct ww_concluding *k);

#endif
