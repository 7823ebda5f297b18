/*
 * A web page that came in the place of something else.  Used by src/probe/
 * only.
 */
#ifndef WW_PROBE_PAGE_H
#define WW_PROBE_PAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

/* Whether a body begins as one does. */
bool ww_is_page(struct ww_slice body);

/*
 * Its title as UTF-8, in the arena, references resolved: of pages without a
 * valid UTF-8 title the bytes are Windows-1252, as browsers take them.
 */
struct ww_slice ww_page_title(struct ww_arena *arena, struct ww_slice body);

#endif
