/*
 * Zones of files that do not name one: a machine has one clock, so what one
 * of its logs tells holds for the others.
 */
#ifndef WW_DIAGNOSE_ZONE_H
#define WW_DIAGNOSE_ZONE_H

#include "diagnose/analysis.h"

/* Machines must have been told apart. */
void ww_zones_share(struct ww_analysis *const *files, size_t n);

#endif
