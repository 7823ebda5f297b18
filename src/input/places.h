/*
 * Where Windows keeps the logs that are read, and which other files of a tree
 * are worth a look, by their names alone.
 */
#ifndef WW_INPUT_PLACES_H
#define WW_INPUT_PLACES_H

#include "base/slice.h"

/*
 * Files or folders below the root of a Windows volume, best first, ended by
 * NULL: parts parted by '/', '*' for any part of a name, letters folded.
 */
extern const char *const ww_places[];

/* Of a place, the same below the Windows folder itself; or NULL. */
const char *ww_place_in_windows(const char *place);

/* Whether a known place, of those without a '*', stands in a path. */
bool ww_place_below(struct ww_slice path);

/*
 * Whether a file that stands elsewhere is worth a look.  Bare names, without
 * a dot in them, are those of programs' own files on a volume, and of what
 * people saved in a bundle.
 */
bool ww_place_wanted(struct ww_slice name, bool volume);

#endif
