/*
 * What is known of a number, in the few words that an annotation has.  Joins
 * code, explain and the catalogue; remembers what was asked lately, so that a
 * log of any length looks up each of its codes a few times at most.
 */
#ifndef WW_ANNOTATE_KNOWN_H
#define WW_ANNOTATE_KNOWN_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "code/spelling.h"
#include "explain/reading.h"

struct ww_known {
	uint64_t key; /* the number and how it was written */
	uint32_t value;
	/* In the catalogue; the name is empty where nothing is known. */
	struct ww_slice name;
	struct ww_slice meaning; /* may be empty */
	struct ww_slice family;	 /* its name, where there is no meaning */
	struct ww_slice topic;	 /* id, or empty */
	uint64_t told;		 /* the line it was told at last; 0: none */
	size_t json_len;	 /* what is kept of it as JSON; 0: nothing */
};

#define WW_KNOWN_SLOTS 4096 /* a power of two */
#define WW_KNOWN_JSON  512  /* bytes kept of one; longer ones are not */

struct ww_knowns {
	const struct ww_catalogue *c; /* borrowed */
	unsigned lang;
	struct ww_hints hints;
	struct ww_arena arena;	     /* of look-ups, emptied now and then */
	unsigned asked;		     /* since it was emptied */
	char (*json)[WW_KNOWN_JSON]; /* owned by the caller, one a slot */
	struct ww_known slots[WW_KNOWN_SLOTS];
};

/* What is known of the number; valid until the next call. */
struct ww_known *ww_known_of(struct ww_knowns *knowns,
			     const struct ww_spelled *spelled);

/* The same as an object of JSON; known is what ww_known_of() just gave. */
void ww_known_json(struct ww_knowns *knowns, struct ww_known *known,
		   struct ww_buf *out);

#endif
