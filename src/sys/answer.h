/*
 * A file that an answer is written to: whole under its name or not at all,
 * whatever was there before.
 */
#ifndef WW_SYS_ANSWER_H
#define WW_SYS_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct ww_answer_file {
	intptr_t handle; /* the system's */
	bool open;
	const char *path;      /* owned, arena */
	const char *temporary; /* owned, arena; NULL: written in its place */
};

/* False: *retwhy is an English message, constant. */
bool ww_sys_answer_open(struct ww_arena *arena, const char *path,
			struct ww_answer_file *ret, const char **retwhy);

/* Whether that would go, without touching what is there. */
bool ww_sys_answer_check(struct ww_arena *arena, const char *path,
			 const char **retwhy);

/* False when not all could be written. */
bool ww_sys_answer_write(struct ww_answer_file *file, struct ww_slice bytes);

/*
 * Give it its name, or with keep false leave what was there.  False: it could
 * not get it.  A struct ww_answer_file of zeros was never open.
 */
bool ww_sys_answer_close(struct ww_answer_file *file, bool keep,
			 const char **retwhy);

#endif
