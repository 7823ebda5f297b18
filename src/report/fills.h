/*
 * What lines and episodes have in the holes of our sentences.
 */
#ifndef WW_REPORT_FILLS_H
#define WW_REPORT_FILLS_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "episode/episode.h"

/* More than any line and episode have. */
#define WW_FILLS_MAX (WW_CAPTURES_MAX + 24)

struct ww_fills {
	struct ww_arena *arena; /* borrowed */
	bool redact;		/* values are marked for it, see redact.h */
	struct ww_fill p[WW_FILLS_MAX + 1]; /* ended by one without a name */
	size_t n;
};

/* The first of a name counts; an empty value is none. */
void ww_fills_add(struct ww_fills *f, struct ww_slice name,
		  struct ww_slice value);
void ww_fills_add_captures(struct ww_fills *f,
			   const struct ww_captures *captures);

/* False: a hole of the sentence is left open. */
bool ww_fills_fill(const struct ww_fills *f, struct ww_text *sentence);

#endif
