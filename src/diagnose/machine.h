/*
 * Which files of a bundle come from the same machine, as far as their names
 * tell: two logs of the same name cannot be one machine's.
 */
#ifndef WW_DIAGNOSE_MACHINE_H
#define WW_DIAGNOSE_MACHINE_H

#include "diagnose/analysis.h"

/*
 * Fill `machine` of each analysis.  It stays empty where all files are one
 * machine's; otherwise it is the folder that tells them apart.
 */
void ww_machines_tell_apart(struct ww_analysis *const *files, size_t n);

#endif
