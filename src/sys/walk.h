/*
 * Folders: what stands in them, always in the same order, and never for
 * longer than the limits here allow.  Symbolic links are named but not
 * followed.
 */
#ifndef WW_SYS_WALK_H
#define WW_SYS_WALK_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

/* Folders inside each other that a walk goes down. */
#define WW_WALK_DEPTH_MAX 40

/* Entries that a walk looks at, of whatever kind. */
#define WW_WALK_ENTRIES_MAX ((size_t)200000)

/* Paths that a search with wildcards keeps at each step. */
#define WW_MATCHES_MAX ((size_t)2000)

enum ww_stat_kind { WW_STAT_FILE, WW_STAT_FOLDER, WW_STAT_LINK, WW_STAT_OTHER };

struct ww_stat {
	const char *name; /* in its folder, or the whole path; see below */
	enum ww_stat_kind kind;
	uint64_t size;	  /* of a file */
	int64_t modified; /* microseconds since 1970, UTC */
	/* Both 0 where the system does not say. */
	uint64_t device, inode;
};

struct ww_listing {
	struct ww_stat *entries; /* owned, arena; by name, byte by byte */
	size_t count;
	bool cut; /* there are more than max */
};

/* One folder.  False: *retwhy is an English message, constant. */
bool ww_sys_list(struct ww_arena *arena, const char *folder, size_t max,
		 struct ww_listing *ret, const char **retwhy);

/*
 * One file or folder; ret->name is path.  Links are followed when the user
 * named them.
 */
bool ww_sys_look(const char *path, bool follow, struct ww_stat *ret,
		 const char **retwhy);

/* folder and name with a separator between them where one is missing. */
const char *ww_sys_join(struct ww_arena *arena, const char *folder,
			const char *name);

/* The last part of a path: what stands behind its last separator. */
struct ww_slice ww_sys_last(const char *path);

struct ww_walk {
	/* Each entry below the root but the root; its name is a path. */
	void (*entry)(void *ctx, const struct ww_stat *entry);
	/* A folder that could not be read, or not be entered, and why. */
	void (*unreadable)(void *ctx, const char *path, const char *why);
	void *ctx;
	const volatile sig_atomic_t *stop; /* NULL, or ends it when not 0 */

	/* What came of it. */
	size_t looked;	 /* entries */
	size_t too_deep; /* folders below WW_WALK_DEPTH_MAX, not entered */
	bool cut;	 /* WW_WALK_ENTRIES_MAX was reached */
};

/* The tree below root: what stands in a folder comes right behind it. */
void ww_sys_walk(struct ww_arena *arena, const char *root,
		 struct ww_walk *walk);

/*
 * What stands at a relative path whose parts are parted by '/', letters of
 * ASCII folded, '*' for any part of a name: "Windows/Temp/MSI*.log".  Returns
 * the entries with their paths as they are on disk.
 */
struct ww_listing ww_sys_match(struct ww_arena *arena, const char *root,
			       const char *pattern);

#endif
