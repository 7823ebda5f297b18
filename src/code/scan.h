/*
 * Codes in text by the gigabyte.  Vector code marks the places where one may
 * stand, and each is then judged as find.c judges it.  What is looked for is
 * numbers with 0x, and those of 8 to 10 or at least 17 digits; names, macros
 * and shorter decimals are not seen, ww_find_next() finds them.
 */
#ifndef WW_CODE_SCAN_H
#define WW_CODE_SCAN_H

#include "base/simd/kernels.h"
#include "code/cue.h"
#include "code/find.h"

/* Hexadecimal digits that follow each other. */
struct ww_run {
	uint32_t at;   /* of the first, in the blocks looked at */
	uint8_t len;   /* WW_RUN_MAX: so many or more */
	bool prefixed; /* an x stands before, and a digit before that */
};
#define WW_RUN_MAX 63

/* No more of them begin in a strip: each needs two bytes. */
#define WW_RUNS_MAX (WW_STRIP * WW_BLOCK / 2)

/* A scan of one text after the other.  Too large for a small stack. */
struct ww_scan {
	const struct ww_kernels *kernels; /* static */
	struct ww_find find;
	size_t strip, next; /* offsets: of this strip, of the next */
	size_t n_blocks;    /* of this strip */
	size_t n_runs, run; /* of the strip, and the next to look at */
	struct ww_cue_memo memo;
	struct ww_masks masks;
	struct ww_run runs[WW_RUNS_MAX];
};

void ww_scan_init(struct ww_scan *scan, const struct ww_kernels *kernels);

/*
 * Start with a text, which is borrowed.  It should end between lines: a number
 * that goes on behind the end is judged as if it ended there.
 */
void ww_scan_text(struct ww_scan *scan, struct ww_slice text);

/*
 * The next code; false at the end.  Numbers behind gle= are sightings with
 * `leftover` set.
 */
bool ww_scan_next(struct ww_scan *scan, struct ww_sighting *ret);

/* Newlines of the text before the code just found; at the end, all. */
uint64_t ww_scan_lines(const struct ww_scan *scan);

#endif
