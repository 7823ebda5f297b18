/*
 * A program that answers what it is asked, over one connection that is its
 * standard input and output.  Not on Windows, where nothing needs it.
 */
#ifndef WW_SYS_CONVERSE_H
#define WW_SYS_CONVERSE_H

#include "base/slice.h"
#include "sys/process.h"

/* Start it, like ww_sys_spawn(); end it with ww_sys_wait(). */
bool ww_sys_converse(const char *program, char *const *argv,
		     struct ww_child *ret, const char **retwhy);

/* Say all of it.  False: it has gone. */
bool ww_sys_say(struct ww_child *child, struct ww_slice bytes);

/*
 * Hear exactly len bytes, waiting no longer than ms for more of them.
 * False: they did not come; *rettimeout tells whether it was for the time.
 */
bool ww_sys_hear(struct ww_child *child, void *buf, size_t len, uint64_t ms,
		 bool *rettimeout);

#endif
