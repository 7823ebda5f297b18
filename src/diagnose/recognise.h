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

struct ww_recognised {
	struct ww_rec signature;
	struct ww_captures captures; /* owned, arena */
};

/*
 * The signatures of any log whose patterns fit a line of the text, each once,
 * in the order of the lines; those that mean something only beside others are
 * left out.  Returns how many were written, `max` at most.
 */
size_t ww_recognise(struct ww_arena *arena, const struct ww_catalogue *c,
		    struct ww_slice text, struct ww_recognised *ret,
		    size_t max);

#endif
