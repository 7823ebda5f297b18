/*
 * Which pages a site has: everything to browse, and a page for each number
 * of which there is something to say.
 */
#ifndef WW_SITE_PLAN_H
#define WW_SITE_PLAN_H

#include "site/address.h"

struct site_plan {
	const struct ww_catalogue *c; /* borrowed */
	uint32_t *values;	      /* owned, arena; rising, each once */
	size_t n_values;
};

/*
 * all: a page for every number that has a name, not only for those with a
 * meaning or a topic.
 */
void site_plan(struct ww_arena *arena, const struct ww_catalogue *c, bool all,
	       struct site_plan *ret);

/* Whether there is a page for that number. */
bool site_plan_has(const struct site_plan *plan, uint32_t value);

/* Pages in one language. */
size_t site_plan_size(const struct site_plan *plan);

/* The i-th of them; always in the same order. */
struct site_page site_plan_at(const struct site_plan *plan, unsigned lang,
			      size_t i);

#endif
