/*
 * Files that arrive piece by piece, as one tar archive in a file that is
 * open: so no name of a visitor's reaches the file system.
 */
#ifndef WW_SERVE_PACK_H
#define WW_SERVE_PACK_H

#include "base/tar.h"

struct pack {
	int fd; /* the caller's */
	unsigned files;
	/* The file at hand. */
	struct ww_slice name; /* in `room` */
	char room[WW_TAR_NAME_LEN];
	uint64_t header_at, size;
	uint64_t end; /* of the archive so far */
};

struct pack pack_open(int fd);

/* A file begins; of a long name the end is kept, which says most. */
void pack_begin(struct pack *p, struct ww_slice name);

/* False, here and below: the disk takes no more. */
bool pack_add(struct pack *p, struct ww_slice bytes);

/* It is whole.  One without a byte is left out, and not counted. */
bool pack_end(struct pack *p);

/* So is the archive. */
bool pack_close(struct pack *p);

#endif
