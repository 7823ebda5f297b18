/*
 * The list of the files that a site was made of, which stays in its folder:
 * what was written here before may be replaced and removed, and nothing else.
 * It holds no times, so that equal sites are equal to the byte.
 */
#ifndef WW_SITE_MANIFEST_H
#define WW_SITE_MANIFEST_H

#include <stdbool.h>

#include "base/buf.h"

#define SITE_MANIFEST_NAME ".winwhy-site"

struct site_entry {
	struct ww_slice name; /* below the folder, parts parted by '/' */
	uint64_t size;	      /* 0: it was perhaps not finished */
};

struct site_manifest {
	struct ww_slice key;	    /* what the site was made from */
	struct site_entry *entries; /* owned, arena; by name */
	size_t count;
};

/*
 * Read one, whose text lives as long as the arena.  False: it is none, or
 * names a file that no site has.
 */
bool site_manifest_read(struct ww_arena *arena, struct ww_slice text,
			struct site_manifest *ret);

/* NULL: it does not list such a file. */
const struct site_entry *site_manifest_find(const struct site_manifest *m,
					    struct ww_slice name);

/* The head of one, and a line of it. */
void site_manifest_start(struct ww_buf *buf, struct ww_slice key);
void site_manifest_add(struct ww_buf *buf, struct site_entry entry);

#endif
