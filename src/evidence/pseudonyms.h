/*
 * Identities by other names: user-1, host-2.  What was once recognised by its
 * form is known again wherever it stands as a word.
 */
#ifndef WW_EVIDENCE_PSEUDONYMS_H
#define WW_EVIDENCE_PSEUDONYMS_H

#include "base/arena.h"
#include "base/buf.h"
#include "evidence/identity.h"

struct ww_pseudonym {
	struct ww_slice name; /* owned, arena; as it was first met */
	enum ww_identity_kind kind;
	uint32_t number; /* within its kind, from 1 */
	struct ww_pseudonym *same_name, *same_word; /* of these buckets */
	struct ww_pseudonym *later;		    /* than this one */
};

#define WW_PSEUDONYM_BUCKETS 4096

struct ww_pseudonyms {
	struct ww_arena *arena; /* borrowed */
	struct ww_pseudonym *by_name[WW_PSEUDONYM_BUCKETS];
	struct ww_pseudonym *by_word[WW_PSEUDONYM_BUCKETS]; /* the first */
	struct ww_pseudonym *first, *last;
	uint32_t n, n_of[WW_IDENTITIES_KINDS];
};

/* None yet; in the arena. */
struct ww_pseudonyms *ww_pseudonyms_new(struct ww_arena *arena);

/* The identity gets a name, if it has none. */
void ww_pseudonyms_add(struct ww_pseudonyms *p, enum ww_identity_kind kind,
		       struct ww_slice name);

/* All identities of a text, by the form in which they stand there. */
void ww_pseudonyms_gather(struct ww_pseudonyms *p, struct ww_slice text);

/* What another set knows. */
void ww_pseudonyms_join(struct ww_pseudonyms *p,
			const struct ww_pseudonyms *from);

/* The text with pseudonyms for all that is known, written to the buffer. */
void ww_pseudonyms_apply(const struct ww_pseudonyms *p, struct ww_slice text,
			 struct ww_buf *out);

#endif
