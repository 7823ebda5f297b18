/*
 * What an archive is read from: a feed, with a way back where its format
 * needs one.  A file can seek by itself; what comes out of another archive,
 * or from a pipe, is gathered in memory first.
 */
#ifndef WW_UNPACK_SOURCE_H
#define WW_UNPACK_SOURCE_H

#include <archive.h>

#include "unpack/feed.h"
#include "unpack/meter.h"

struct source {
	struct feed *feed;
	int fd; /* of a file that can seek, or -1 */
	struct ww_meter *meter;
	char *spool; /* owned; NULL: not gathered */
	size_t spool_cap, spool_len, spool_at;
	bool whole; /* the spool holds all there is */
};

/*
 * Gather the feed in memory.  WW_WHY_SPOOL: it is larger than what is left
 * for spools; what was gathered is read first, then the feed goes on.
 */
enum ww_why source_spool(struct source *source);

/* Let the archive read from here; the answer is archive_read_open()'s. */
int source_attach(struct source *source, struct archive *a);

void source_close(struct source *source);

#endif
