/*
 * How far apart two short words are: insertions, deletions, replacements and
 * swaps of neighbours.
 */
#ifndef WW_CATALOGUE_DISTANCE_H
#define WW_CATALOGUE_DISTANCE_H

#include "base/slice.h"

/* The distance, or limit + 1 when it is above limit. */
unsigned ww_distance(struct ww_slice a, struct ww_slice b, unsigned limit);

#endif
