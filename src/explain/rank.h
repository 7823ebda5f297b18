/*
 * Which reading is likeliest: by how the number was written, by its bits, by
 * how often its family is met, and by what the user said.
 */
#ifndef WW_EXPLAIN_RANK_H
#define WW_EXPLAIN_RANK_H

#include "explain/reading.h"

/* Fill rank and why of each, drop those a hint excludes, sort. */
void ww_rank(struct ww_readings *readings, const struct ww_hints *hints);

#endif
