/*
 * Where the lines of a window end, one after the other.  A strip of the text
 * at a time is looked at with vector code; a call of it for each line would
 * cost more than all the looking.
 */
#ifndef WW_INPUT_LINES_H
#define WW_INPUT_LINES_H

#include <stdbool.h>

#include <winwhy/slice.h>

#include "base/simd/bits.h"
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

/* Go on to the next block that has a newline; false: there is none. */
bool ww_lines_seek(struct ww_lines *lines);

/* Where the next line feed stands; text.len when there is none. */
static inline size_t
ww_lines_next(struct ww_lines *lines)
{
	size_t at;

	if (lines->left == 0 && !ww_lines_seek(lines))
		return lines->text.len;
	at = lines->block * WW_BLOCK + ww_bits_lowest(lines->left);
	lines->left &= lines->left - 1;
	return at < lines->text.len ? at : lines->text.len;
}

#endif
