/*
 * Programs that work for us: started with a file to read and a pipe to
 * answer on.
 */
#ifndef WW_SYS_PROCESS_H
#define WW_SYS_PROCESS_H

#include "base/arena.h"
#include "sys/file.h"

struct ww_child {
	struct ww_file out; /* its standard output, for ww_sys_read() */
	intptr_t process;   /* the system's */
	intptr_t limits;    /* of Windows: the job that holds it */
};

/* Added to the number of the signal that ended a program. */
#define WW_CHILD_KILLED 256

/*
 * Start a program with these arguments, ended by NULL; argv[0] is its name.
 * in: its standard input, or NULL for none.  False: *retwhy is an English
 * message, constant.
 */
bool ww_sys_spawn(const char *program, char *const *argv,
		  const struct ww_file *in, struct ww_child *ret,
		  const char **retwhy);

/* Its work is no longer wanted.  ww_sys_wait() must still be called. */
void ww_sys_kill(struct ww_child *child);

/*
 * Close its output and wait for its end: its exit status, or WW_CHILD_KILLED
 * and more, or -1 when the system does not say.
 */
int ww_sys_wait(struct ww_child *child);

/*
 * Become that program, as the process that this is.  Comes back when that
 * fails: with an English message, constant.
 */
const char *ww_sys_become(const char *program, char *const *argv);

/*
 * Where a helper program of that name is: beside this program, where it was
 * installed, or in PATH.  NULL when it is nowhere.
 */
const char *ww_sys_helper(struct ww_arena *arena, const char *name);

#endif
