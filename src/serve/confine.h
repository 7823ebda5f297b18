/*
 * Takes from a worker what reading files does not need.
 */
#ifndef WW_SERVE_CONFINE_H
#define WW_SERVE_CONFINE_H

#include <stdbool.h>

/*
 * Limits on memory, time and files; on Linux, where libseccomp was there to
 * build with, no network, no other process touched and no rights gained: such
 * calls fail with EPERM.  The helpers that the worker starts are bound, too.
 * False: a confinement that this build has could not be made.
 */
bool serve_confine(void);

#endif
