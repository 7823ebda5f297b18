/*
 * An archive to its members, through the program that unpacks it.  Used by
 * inputs.c only.
 */
#ifndef WW_INTAKE_BUNDLE_H
#define WW_INTAKE_BUNDLE_H

#include "intake/inputs.h"
#include "sys/file.h"
#include "unpack/why.h"

struct unpacking;

struct bundles {
	struct ww_arena *arena;
	struct unpacking *work; /* owned, arena; one archive after another */
	char *member;		/* likewise: room for a member's full name */
	size_t member_room;
	const struct inputs_to *to;
	const char *helper; /* NULL: not installed */
	uint64_t members;   /* read so far, of all archives */
	uint64_t left_out;  /* beyond INPUTS_MEMBERS_MAX */
	uint64_t skipped[WW_WHYS];
};

struct bundles bundles_open(struct ww_arena *arena, const struct inputs_to *to);

/* Read the archive `file`, shown as `name`, or empty: by its members. */
void bundle_read(struct bundles *b, struct ww_file *file, struct ww_slice name);

/* What is left to say of all of them. */
void bundles_close(struct bundles *b);

#endif
