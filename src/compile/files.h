/*
 * Files of the knowledge: whole contents, and the names in a folder, sorted
 * so that the same knowledge always makes the same bytes.
 */
#ifndef WW_COMPILE_FILES_H
#define WW_COMPILE_FILES_H

#include "base/arena.h"
#include "base/slice.h"
#include "compile/problem.h"

/* The whole file; a problem and an empty slice when it cannot be read. */
struct ww_slice file_read(struct ww_arena *arena, const char *path,
			  struct problems *problems);

struct file_list {
	char **paths; /* in the arena, folder and name */
	size_t n;
};

/* The files of a folder whose names end so. */
struct file_list file_list(struct ww_arena *arena, const char *dir,
			   const char *ending, struct problems *problems);

/* dir/name, in the arena. */
char *file_path(struct ww_arena *arena, const char *dir, const char *name);

#endif
