/*
 * Which signature explains a failure, among those that were seen in it.
 */
#ifndef WW_DIAGNOSE_CAUSE_H
#define WW_DIAGNOSE_CAUSE_H

#include "catalogue/catalogue.h"
#include "episode/episode.h"

/* Where a signature looks for what it wants near it. */
struct ww_hits {
	const struct ww_sign *same;  /* seen in the same episode, or in none */
	const struct ww_sign *other; /* seen elsewhere in the file */
};

/* Whether what the signature wants near it was seen so near. */
bool ww_hit_holds(const struct ww_catalogue *c, const struct ww_sign *hit,
		  struct ww_hits all);

/* What the signature is about; its p is NULL where no topic goes on. */
struct ww_rec ww_signature_topic(struct ww_rec signature);

/* The cause that the signature shows; its p is NULL where it shows none. */
struct ww_rec ww_signature_cause(struct ww_rec signature);

/* Whether the signature shows causes of such episodes. */
bool ww_signature_is_for(struct ww_rec signature, enum ww_episode_id kind);

/*
 * The hit in the episode that shows the cause of one of this kind best, or
 * NULL: those of the topic that its number is about come first (p of that may
 * be NULL), then sure ones before likely ones, those that need others beside
 * them before those that do not, then the first: it came before its echoes.
 */
const struct ww_sign *ww_best_hit(const struct ww_catalogue *c,
				  struct ww_hits all, enum ww_episode_id kind,
				  struct ww_rec topic);

#endif
