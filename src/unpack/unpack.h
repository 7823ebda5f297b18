/*
 * The work of winwhy-unpack: an archive on a file descriptor to frames.
 */
#ifndef WW_UNPACK_UNPACK_H
#define WW_UNPACK_UNPACK_H

#include <signal.h>
#include <stdbool.h>

/*
 * Read the archive on `from` to its end, or to a limit, and write its frames
 * to `to`.  *time_up becomes true when no time is left.  False when the
 * reader has gone or there is no memory to begin with.
 */
bool ww_unpack(int from, int to, const volatile sig_atomic_t *time_up);

#endif
