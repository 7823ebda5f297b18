/*
 * Where the lines of a window end, one after the other.  A strip of the text
 * at a time is looked at with vector code; a call for each line would cost
 * more than all the looking.
 */
#ifndef WW_INPUT_LINES_H
#define WW_INPUT_LINES_H

#include <winwhy/slice.h>

#include "base/simd/kernels.h"

struct ww_lines {
	const struct ww_kernels *kernels; /* borrowed */
	struct ww_slice text;		  /* borrowed */
	size_t block;  /* of the text, whose newlines are being told */
	uint64_t left; /* of its newlines, those not told yet */
	uint64_t masks[WW_STRIP];
};

/*
 * Begin at the start of the text.  Up to a whole block of it is read, as
 * WW_WINDOW_PAD allows, whatever stands behind its end.
 */
void ww_lines_start(struct ww_lines *lines, struct ww_slice text);

/* Where the next line feed stands; text.len when there is none. */
size_t ww_lines_next(struct ww_lines *lines);

#endif
