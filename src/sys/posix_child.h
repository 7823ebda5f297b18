/*
 * What starting a program has in common, whatever it is spoken to by.  Used
 * by posix*.c only.
 */
#ifndef WW_SYS_POSIX_CHILD_H
#define WW_SYS_POSIX_CHILD_H

#include <sys/types.h>

#include "sys/process.h"

/* Both ends stay here unless they are handed on. */
void ww_posix_keep_ends(const int ends[2]);

/*
 * Our end, ends[0], of what a program was started with; error is what
 * posix_spawn() said.  False: ends[0] is closed, too.
 */
bool ww_posix_child(int error, pid_t pid, const int ends[2],
		    struct ww_child *ret, const char **retwhy);

#endif
