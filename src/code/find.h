/*
 * Finds the codes in a text that people paste: a message, a log line, a page
 * of either.  What only looks like a code is passed over: parts of GUIDs,
 * addresses, thread ids, versions, KB numbers, dates, gle= leftovers and
 * longer hexadecimal numbers.  Names are known through the look-up that the
 * caller passes in.
 */
#ifndef WW_CODE_FIND_H
#define WW_CODE_FIND_H

#include "base/simd/kernels.h"
#include "code/spelling.h"

struct ww_cue;
struct ww_cue_memo;
struct ww_token;

/* Whether a name stands in a catalogue: exactly, letters folded. */
struct ww_name_lookup {
	bool (*known)(const void *ctx, struct ww_slice name);
	const void *ctx; /* borrowed */
};

struct ww_sighting {
	size_t at;	      /* byte offset in the text */
	struct ww_slice text; /* as it was written; borrowed from the text */
	struct ww_spelled spelled;
	bool leftover; /* gle=0x000000b7: what an earlier call left behind */
};

struct ww_find {
	struct ww_slice text; /* borrowed, UTF-8 */
	size_t at;	      /* where the search goes on */
	const struct ww_kernels *kernels;
	const struct ww_name_lookup *names;
	struct ww_cue_memo *memo; /* borrowed; NULL: a short text */
	bool leftovers;		  /* are sightings, too; else passed over */
	bool own_parameters;	  /* %%1793 is no Win32 code, but a text */

	/* What ww_find_next() looks at: the odd words of a block. */
	size_t block_end; /* 0: none has been looked at */
	uint64_t odd;
};

static inline struct ww_find
ww_find_in(struct ww_slice text, const struct ww_name_lookup *names)
{
	return (struct ww_find){
		.text = text,
		.kernels = &ww_kernels_scalar,
		.names = names,
	};
}

/*
 * The next code in the text.  False when none is left.  Time is linear in
 * the text, whatever stands in it.
 */
bool ww_find_next(struct ww_find *find, struct ww_sighting *ret);

/*
 * Whether the token is a code or starts one: what ww_find_next() says when it
 * comes there.  find->at is then behind it, and what belongs to it.
 */
bool ww_find_at(struct ww_find *find, const struct ww_token *token,
		struct ww_sighting *ret);

/*
 * Whether eight digits without a prefix are a code, for what they are, where
 * they stand and what stands before them.
 */
bool ww_find_is_bare(const struct ww_token *token, uint32_t value,
		     const struct ww_cue *cue);

#endif
