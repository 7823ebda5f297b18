/*
 * Files and folders that are made below a folder, one by one and often.
 */
#ifndef WW_SYS_TREE_H
#define WW_SYS_TREE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

enum ww_create {
	WW_CREATE_DONE,
	WW_CREATE_EXISTS, /* something of that name, which is left alone */
	WW_CREATE_NO_FOLDER,
	WW_CREATE_FAILED,
};

/*
 * A new file with these bytes.  WW_CREATE_FAILED: *retwhy is an English
 * message, constant; nothing is left of it.
 */
enum ww_create ww_sys_create(struct ww_arena *arena, const char *path,
			     struct ww_slice bytes, const char **retwhy);

/* One folder, unless it is there.  False: *retwhy says why there is none. */
bool ww_sys_make_folder(struct ww_arena *arena, const char *path,
			const char **retwhy);

/* A file; likewise. */
bool ww_sys_remove(struct ww_arena *arena, const char *path,
		   const char **retwhy);

#endif
