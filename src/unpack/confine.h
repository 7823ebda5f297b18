/*
 * Takes from this process what reading an archive does not need: before a
 * byte of it is parsed, everything that will be used must be open and loaded.
 */
#ifndef WW_UNPACK_CONFINE_H
#define WW_UNPACK_CONFINE_H

#include <stdbool.h>

/*
 * Limits on memory, time, files and processes; on Linux, where libseccomp was
 * there to build with, only the calls that reading, writing and memory need.
 * What is refused fails with EPERM.  False: a confinement that this build has
 * could not be made, and nothing must be read.
 */
bool ww_confine(void);

/* Whether this build filters system calls. */
bool ww_confine_filters(void);

#endif
