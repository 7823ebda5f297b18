#ifndef WW_SITE_INDEX_H
#define WW_SITE_INDEX_H

#include "site/plan.h"

/* The script that a static site's search looks through, in the arena. */
struct ww_slice site_index(struct ww_arena *arena, const struct site_plan *plan,
			   unsigned lang);

#endif
