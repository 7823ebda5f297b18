/*
 * Bytes of any encoding to windows of whole UTF-8 lines, in order and in flat
 * memory.  Knows encodings and line ends, no dialect.
 */
#ifndef WW_INPUT_STREAM_H
#define WW_INPUT_STREAM_H

#include <winwhy/diagnose.h>

#include "base/arena.h"
#include "base/slice.h"

/* A longer line is cut into parts, each a line of its own. */
#define WW_LINE_MAX ((size_t)64 * 1024)

/* Bytes of UTF-8 a window holds; several of the longest lines. */
#define WW_WINDOW_SIZE ((size_t)256 * 1024)

enum ww_encoding {
	WW_ENCODING_UTF8, /* or ASCII */
	WW_ENCODING_UTF16LE,
	WW_ENCODING_UTF16BE,
	WW_ENCODING_ANSI,    /* a Windows single-byte code page */
	WW_ENCODING_CONSOLE, /* an OEM code page: 437 or 850 */
	WW_ENCODING_DOUBLE,  /* a double-byte code page: left undecoded */
};

struct ww_stream; /* owned by the arena it was opened in */

/*
 * Start to read.  The first bytes are read at once and the encoding decided
 * by them: a byte order mark, NULs in every second byte, valid UTF-8, or
 * which code page makes letters of the rest.
 */
struct ww_stream *ww_stream_open(struct ww_arena *arena,
				 const struct ww_input *input);

enum ww_encoding ww_stream_encoding(const struct ww_stream *s);

/* The first decoded bytes, at most WW_WINDOW_SIZE; not consumed. */
struct ww_slice ww_stream_head(const struct ww_stream *s);

/*
 * The unread text, at least one whole line when there is one.  `used` bytes
 * of the window before are done with; what follows them stands at the start
 * of this one, so that a record can be kept until its last line is known.
 * Empty at the end of input.  The slice is valid until the next call, and
 * WW_WINDOW_PAD bytes behind its end may be read (their values mean nothing).
 */
struct ww_slice ww_stream_next(struct ww_stream *s, size_t used);

#define WW_WINDOW_PAD 64

/* Whether the window just returned ends the input. */
bool ww_stream_ended(const struct ww_stream *s);

/* What went wrong while reading, for the coverage; see the fields. */
struct ww_stream_state {
	uint64_t bytes;	      /* of input, so far */
	uint64_t undecodable; /* bytes or units that made no character */
	uint64_t nuls;	      /* NUL bytes of text that were dropped */
	uint64_t cut_lines;   /* lines longer than WW_LINE_MAX */
	bool cut_end;	      /* the last line has no line end */
	const char *failed;   /* why reading stopped early, or NULL */
};
struct ww_stream_state ww_stream_state(const struct ww_stream *s);

#endif
