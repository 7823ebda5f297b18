/*
 * One archive while it is read, and its member at hand.  The only file that
 * knows libarchive's answers, besides source.c.
 */
#ifndef WW_UNPACK_LEVEL_H
#define WW_UNPACK_LEVEL_H

#include <archive.h>
#include <archive_entry.h>

#include "unpack/source.h"

enum level_entry {
	LEVEL_FILE,    /* level->feed gives its bytes once it is opened */
	LEVEL_FOLDER,  /* nothing to read */
	LEVEL_LINK,    /* likewise */
	LEVEL_SPECIAL, /* likewise */
	LEVEL_DAMAGED, /* an entry is lost; the next may be sound */
	LEVEL_END,     /* no entry is left */
	LEVEL_FAILED,  /* level->why: no entry can be read any more */
};

struct level {
	struct archive *a; /* owned */
	struct source source;
	struct ww_meter *meter;
	enum ww_packing packing;
	size_t path_len; /* of its own name, in the caller's path */
	bool damaged;	 /* an entry of it could not be read */

	/* The entry at hand. */
	struct archive_entry *entry; /* owned by a */
	bool unread;		     /* it may have bytes left */
	struct feed feed;
	struct ww_share share;
	enum ww_why why;       /* what its end, or the archive's, is missing */
	la_int64_t at;	       /* offset in it */
	struct ww_slice after; /* the block behind a gap */
	la_int64_t gap;	       /* zeros that a sparse file has here */
};

/*
 * Open an archive of that packing; source.feed, source.fd, source.meter and
 * meter are set.  Not WW_WHY_WHOLE: it cannot be read, and is closed again.
 */
enum ww_why level_open(struct level *level, enum ww_packing packing);

void level_close(struct level *level);

/* The next entry; its name is for level_name(). */
enum level_entry level_next(struct level *level);

/*
 * The entry's name as the archive has it; empty where the archive packs a
 * single file and no name.  Borrowed until the next entry.
 */
struct ww_slice level_name(const struct level *level);

bool level_encrypted(const struct level *level);

/*
 * Pass over what is left of the entry.  False: that took more than a limit
 * allows, and the archive must be given up (level->why).
 */
bool level_skip(struct level *level);

#endif
