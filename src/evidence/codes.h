/*
 * The codes of one file: how often each was seen, in which role, and where
 * first and last.  Knows numbers, not what they mean.
 */
#ifndef WW_EVIDENCE_CODES_H
#define WW_EVIDENCE_CODES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "evidence/time.h"

/* What a code was to the record it stood in. */
enum ww_role {
	WW_ROLE_SEEN,	  /* nothing more is known */
	WW_ROLE_CAUSE,	  /* what failed first */
	WW_ROLE_CARRIER,  /* hands on another failure */
	WW_ROLE_ECHO,	  /* repeats one that was reported before */
	WW_ROLE_LEFTOVER, /* gle=: of some earlier call */
	WW_ROLE_SUCCESS,
	WW_ROLE_NOISE, /* known to be harmless */
	WW_ROLES
};

struct ww_place {
	uint64_t line; /* 1 is the first */
	ww_time time;  /* WW_NO_TIME when it is not known */
};

struct ww_code_count {
	uint32_t value;
	unsigned kind; /* of code, as who saw it knew; 0: not known */
	uint64_t count;
	uint64_t by_role[WW_ROLES];
	struct ww_place first, last;
};

/* So many different values are kept; a log of a healthy PC has 100. */
#define WW_CODES_MAX 65536

struct ww_codes {
	struct ww_arena *arena;	      /* borrowed */
	struct ww_code_count **slots; /* owned, arena; NULL where free */
	unsigned bits;		      /* 2^bits slots; 0: none yet */
	uint32_t n;		      /* different values */
	uint64_t total;		      /* codes, kept or not */
	uint64_t dropped;	      /* of these not kept */
};

static inline struct ww_codes
ww_codes_in(struct ww_arena *arena)
{
	return (struct ww_codes){ .arena = arena };
}

/* One code more.  Places are given in the order in which they stand. */
void ww_codes_add(struct ww_codes *codes, uint32_t value, unsigned kind,
		  enum ww_role role, struct ww_place place);

/* NULL when the value was not seen as of that kind. */
const struct ww_code_count *ww_codes_get(const struct ww_codes *codes,
					 uint32_t value, unsigned kind);

/*
 * All values, the most frequent first and equals by value; codes->n of them,
 * in memory of the given arena.
 */
const struct ww_code_count **ww_codes_sorted(const struct ww_codes *codes,
					     struct ww_arena *arena);

#endif
