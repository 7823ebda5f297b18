/*
 * The translations of one language: gettext .mo files as msgfmt makes them,
 * read whole.  A text is found by its context and its English; one whose
 * English has changed since is not found, and falls back visibly.
 */
#ifndef WW_COMPILE_TRANSLATION_H
#define WW_COMPILE_TRANSLATION_H

#include "base/arena.h"
#include "base/slice.h"
#include "compile/problem.h"

struct translation_entry {
	struct ww_slice context; /* where it stands; empty for the interface */
	struct ww_slice english;
	struct ww_slice text; /* in the language */
};

struct translation {
	const char *id;			   /* "fr" */
	struct translation_entry *entries; /* in the arena, sorted */
	size_t n;
};

/* Add the texts of a .mo file.  Problems name the file. */
void translation_load(struct translation *ret, struct ww_arena *arena,
		      const char *path, struct problems *problems);

/* Empty when there is none. */
struct ww_slice translation_find(const struct translation *t,
				 struct ww_slice context,
				 struct ww_slice english);

#endif
