/*
 * Bytes of one encoding to UTF-8, piece by piece.  Knows encodings, no lines
 * and no files.  Used by stream.c.
 */
#ifndef WW_INPUT_DECODE_H
#define WW_INPUT_DECODE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/simd/kernels.h"
#include "base/slice.h"
#include "input/encoding.h"

/* Less room than that may be too little for one character. */
#define WW_DECODE_ROOM_MIN 8

struct ww_decoder {
	const struct ww_kernels *kernels; /* borrowed */
	struct ww_charset charset;	  /* may change between two pieces */
	uint64_t undecodable; /* bytes or units, or pairs of bytes */
	uint64_t nuls;
	uint64_t clean;	  /* characters above 0x7F that ww_decode_clean saw */
	bool after_nul;	  /* the last byte or unit was one */
	bool after_blank; /* and a blank was written for it */
};

struct ww_decoded {
	size_t in;  /* bytes taken */
	size_t out; /* bytes written */
};

/*
 * Decode from the start of `in` until it or the room is used up; a character
 * that is not all there is left, unless this is the last piece.  What makes
 * no character becomes U+FFFD.  A NUL is dropped, and a run of them, which is
 * what a crash leaves in a log, becomes one blank.  A byte order mark is
 * dropped wherever it stands: files are appended to each other.
 */
struct ww_decoded ww_decode(struct ww_decoder *d, struct ww_slice in, bool last,
			    char *out, size_t room);

/*
 * How many bytes at the start of UTF-8 need no decoding: whole characters, no
 * NUL, no mark.  These count as decoded.
 */
size_t ww_decode_clean(struct ww_decoder *d, struct ww_slice text);

/* Whether the text is the start of a character whose rest is missing. */
bool ww_decode_is_part(struct ww_slice text);

/* The bytes at the end of the text that are such a start. */
size_t ww_decode_part_length(struct ww_slice text);

#endif
