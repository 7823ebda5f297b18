/*
 * Finds the codes in a text that people paste: a message, a log line, a page
 * of either.  What only looks like a code is passed over: parts of GUIDs,
 * addresses, thread ids, versions, KB numbers, dates, gle= leftovers and
 * longer hexadecimal numbers.  Names are known through the look-up that the
 * caller passes in.
 */
#ifndef WW_CODE_FIND_H
#define WW_CODE_FIND_H

#include "code/spelling.h"

/* Whether a name stands in a catalogue: exactly, letters folded. */
struct ww_name_lookup {
	bool (*known)(const void *ctx, struct ww_slice name);
	const void *ctx; /* borrowed */
};

struct ww_sighting {
	size_t at;	      /* byte offset in the text */
	struct ww_slice text; /* as it was written; borrowed from the text */
	struct ww_spelled spelled;
};

struct ww_find {
	struct ww_slice text; /* borrowed, UTF-8 */
	size_t at;	      /* where the search goes on */
	const struct ww_name_lookup *names;
};

static inline struct ww_find
ww_find_in(struct ww_slice text, const struct ww_name_lookup *names)
{
	return (struct ww_find){ .text = text, .names = names };
}

/*
 * The next code in the text.  False when none is left.  Time is linear in
 * the text, whatever stands in it.
 */
bool ww_find_next(struct ww_find *find, struct ww_sighting *ret);

#endif
