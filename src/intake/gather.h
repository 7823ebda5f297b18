/*
 * Paths to the files behind them, in the order in which they are read.  Used
 * by inputs.c only.
 */
#ifndef WW_INTAKE_GATHER_H
#define WW_INTAKE_GATHER_H

#include "intake/inputs.h"
#include "sys/walk.h"

struct gathered {
	const char *path;
	bool named; /* by the user, not found in a folder */
	uint64_t size;
	int64_t modified;
	uint64_t device, inode; /* both 0: not known */
	size_t argument;	/* which of the paths led to it */
	size_t rank;		/* of its place; later is less important */
	size_t order;		/* in which it was come upon */
};

/* A folder that could not be read. */
struct barred {
	const char *path;
	const char *why;
};

struct gathering {
	struct ww_arena *arena;
	const struct inputs_to *to;
	struct gathered *files; /* owned, arena */
	size_t count, room;
	struct barred *barred; /* owned, arena */
	size_t n_barred, barred_room;
};

/* What can be reached; the rest is told to g->to. */
void gather(struct gathering *g, const char *const *paths, size_t n);

/* A path as it is shown: UTF-8 without control characters. */
struct ww_slice gather_name(struct ww_arena *arena, const char *path);

#endif
