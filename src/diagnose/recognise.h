/*
 * A few lines that were copied out of a log, wherever they come from: what the
 * catalogue's signatures know of them.  One line concludes nothing of what
 * failed, so there are no episodes and there is no verdict.
 */
#ifndef WW_DIAGNOSE_RECOGNISE_H
#define WW_DIAGNOSE_RECOGNISE_H

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "rules/pattern.h"

/* More lines of one text are not told; the first tell most. */
#define WW_KNOWN_LINES_MAX 8

struct ww_known_line {
	struct ww_rec signature;
	struct ww_captures captures; /* owned, arena */
};

struct ww_known_lines {
	struct ww_known_line p[WW_KNOWN_LINES_MAX];
	size_t n;
};

/*
 * The signatures of any log whose patterns fit a line of the text, each once,
 * in the order of the lines; those that mean something only beside others are
 * left out.
 */
void ww_recognise(struct ww_arena *arena, const struct ww_catalogue *c,
		  struct ww_slice text, struct ww_known_lines *ret);

#endif
