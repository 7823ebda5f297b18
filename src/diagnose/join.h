/*
 * Episodes that a log's rotation cut in two: what is open in one file and
 * ends in another becomes one.  Used by group.c.
 */
#ifndef WW_DIAGNOSE_JOIN_H
#define WW_DIAGNOSE_JOIN_H

#include "diagnose/group.h"

/* Join in place; machines must have been told apart. */
void ww_episodes_join(struct ww_arena *arena, struct ww_analysis *const *files,
		      size_t n);

#endif
