/*
 * The members of a tar stream, as frame.h gives those of winwhy-unpack.  On
 * Windows the system's own tar.exe turns any archive it knows into such a
 * stream; archives inside of it are named, not unpacked.
 */
#ifndef WW_UNPACK_TAR_H
#define WW_UNPACK_TAR_H

#include "base/tar.h"
#include "input/sniff.h"
#include "unpack/frame.h"

/* One stream, read by one thread. */
struct ww_tar {
	struct inlet in; /* where it comes from; set read and ctx */

	/* The rest is the reader's own, zeroed at the start. */
	bool ended;
	const char *broken; /* English message, sticky */
	uint64_t entries;
	uint64_t bytes;
	uint64_t left;	  /* bytes of the entry at hand */
	uint64_t padding; /* behind them */
	bool only_head;	  /* of a format that is not read */
	char head[WW_TAR_BLOCK];
	size_t head_at, head_len;
	uint64_t skipped[WW_WHYS];
	/* For the next entry, from the records before it. */
	bool has_size;
	uint64_t size;
	char long_name[WW_UNPACK_NAME_MAX];
	size_t long_len;
	char name[WW_UNPACK_NAME_MAX]; /* of the entry at hand, cleaned */
};

struct ww_frame ww_tar_next(struct ww_tar *tar);

/* The read function of a struct ww_input whose ctx is the struct ww_tar. */
size_t ww_tar_read(void *tar, void *buf, size_t len, const char **retwhy);

#endif
