/*
 * Writes the frames of frame.h to a file descriptor.
 */
#ifndef WW_UNPACK_WRITER_H
#define WW_UNPACK_WRITER_H

#include <stdbool.h>

#include "unpack/frame.h"

struct ww_writer {
	int fd;
	bool failed; /* the reader has gone; sticky */
	size_t len;
	uint8_t buffer[2 * WW_FRAME_DATA_MAX];
};

void ww_write_start(struct ww_writer *w);
void ww_write_member(struct ww_writer *w, struct ww_slice name);
void ww_write_data(struct ww_writer *w, struct ww_slice bytes);
void ww_write_end(struct ww_writer *w, enum ww_why why);
void ww_write_problem(struct ww_writer *w, enum ww_why why,
		      struct ww_slice name);
void ww_write_skipped(struct ww_writer *w, enum ww_why why, uint64_t count);

/* The last frame, and out with everything; false when it was not taken. */
bool ww_write_done(struct ww_writer *w);

#endif
