/*
 * A site into a folder.  What is there already with the same bytes is left
 * alone, and what an earlier run wrote and this one has not is removed; files
 * that it did not write are never touched.
 */
#ifndef WW_SITE_FOLDER_H
#define WW_SITE_FOLDER_H

#include "site/files.h"

struct site_writing {
	const struct site_files *files;
	const char *folder;
	unsigned workers;
	/* Called now and then, by the thread that called; or NULL. */
	void (*progress)(void *ctx, size_t done);
	void *ctx;

	/* What came of it. */
	size_t written, unchanged, removed;
	const char *failed; /* the folder, or a path in the arena */
	const char *why;    /* English message, constant */
};

/* False: `failed` and `why` are set, and what was written so far stays. */
bool site_write(struct ww_arena *arena, struct site_writing *w);

#endif
