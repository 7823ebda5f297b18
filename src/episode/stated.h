/*
 * What was last stated of each of many subjects, so that a log that repeats
 * the same result every hour does not tell of as many attempts.
 */
#ifndef WW_EPISODE_STATED_H
#define WW_EPISODE_STATED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* A power of two.  Subjects that share a place forget each other. */
#define WW_STATED_MAX 256

/* Zeroed at first. */
struct ww_stated {
	struct {
		uint64_t subject; /* a hash, odd; 0: free */
		uint32_t result;
	} last[WW_STATED_MAX];
};

/* Whether the same was stated of the subject the last time; keeps it. */
static inline bool
ww_stated_again(struct ww_stated *s, struct ww_slice subject, uint32_t result)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325);
	size_t at;
	bool again;

	/* FNV-1a */
	for (size_t i = 0; i < subject.len; i++)
		hash = (hash ^ (unsigned char)ww_fold(subject.p[i])) *
		       UINT64_C(0x100000001B3);
	at = (hash >> 32) & (WW_STATED_MAX - 1);
	again =
	    s->last[at].subject == (hash | 1) && s->last[at].result == result;
	s->last[at].subject = hash | 1;
	s->last[at].result = result;
	return again;
}

#endif
