/*
 * Bytes of any encoding to windows of whole UTF-8 lines, in order and in flat
 * memory.  Knows encodings and line ends, no dialect.
 */
#ifndef WW_INPUT_STREAM_H
#define WW_INPUT_STREAM_H

#include <winwhy/diagnose.h>

#include "base/arena.h"
#include "base/simd/kernels.h"
#include "base/slice.h"
#include "input/encoding.h"
#include "input/sniff.h"

/* A longer line is cut into parts, each a line of its own in the window. */
#define WW_LINE_MAX ((size_t)64 * 1024)

/* Bytes of UTF-8 a window holds; several of the longest lines. */
#define WW_WINDOW_SIZE ((size_t)256 * 1024)

struct ww_stream; /* owned by the arena it was opened in */

/*
 * Start to read.  The first bytes are read at once, and tell UTF-16 by its
 * mark or by NULs in every second byte.  Other text is UTF-8 until bytes above
 * 0x7F turn up that are not, and then of the code page that makes words of
 * them.  The kernels are those of ww_kernels_choose().
 */
struct ww_stream *ww_stream_open(struct ww_arena *arena,
				 const struct ww_kernels *kernels,
				 const struct ww_input *input);

/*
 * What it is where it is no text by the first bytes: "event log (EVTX)".  An
 * English message, or NULL.
 */
const char *ww_stream_format(const struct ww_stream *s);

/* The name of its format, whether it is read or not; likewise. */
const char *ww_stream_name(const struct ww_stream *s);

/* The binary format that it is by the first bytes, if one with a reader. */
enum ww_binary_id ww_stream_binary(const struct ww_stream *s);

/* Threads that are lent to work on it; or NULL. */
const struct ww_threads *ww_stream_threads(const struct ww_stream *s);

/*
 * Up to n bytes of a binary format, as they are in the file; fewer at its end
 * or where reading failed.
 */
size_t ww_stream_read(struct ww_stream *s, void *p, size_t n);

/* What the text up to here was taken for. */
enum ww_encoding ww_stream_encoding(const struct ww_stream *s);

/* The number of the code page, 1252; 0 for UTF-8 and UTF-16. */
unsigned ww_stream_code_page(const struct ww_stream *s);

/* The first decoded bytes, at most WW_WINDOW_SIZE; not consumed. */
struct ww_slice ww_stream_head(const struct ww_stream *s);

/*
 * The unread text, at least one whole line when there is one.  `used` bytes
 * of the window before are done with; what follows them stands at the start
 * of this one, so that a record can be kept until its last line is known.
 * Who keeps more than half a window may get it back without anything new.
 * Empty at the end of input.  The slice is valid until the next call, and
 * WW_WINDOW_PAD bytes behind its end may be read (their values mean nothing).
 */
struct ww_slice ww_stream_next(struct ww_stream *s, size_t used);

#define WW_WINDOW_PAD 64

/* Whether the window just returned ends the input. */
bool ww_stream_ended(const struct ww_stream *s);

/*
 * Where a long line was cut, this byte and a line feed were put in.  No other
 * NUL stands in a window.
 */
#define WW_STREAM_CUT '\0'

/*
 * Take the first line off *rest, which is not empty: without its line feed
 * and the CRs before that.  False: the line was cut here, and what follows
 * belongs to the same line of the file, with the same number.
 */
static inline bool
ww_stream_line(struct ww_slice *rest, struct ww_slice *ret)
{
	const char *end = memchr(rest->p, '\n', rest->len);
	size_t len = end == NULL ? rest->len : (size_t)(end - rest->p);
	bool whole = len == 0 || rest->p[len - 1] != WW_STREAM_CUT;

	*ret = ww_slice_of(rest->p, whole ? len : len - 1);
	while (whole && ret->len > 0 && ret->p[ret->len - 1] == '\r')
		ret->len--;
	*rest = ww_slice_from(*rest, end == NULL ? len : len + 1);
	return whole;
}

/* What went wrong while reading, for the coverage; see the fields. */
struct ww_stream_state {
	uint64_t bytes;	      /* of input, so far */
	uint64_t undecodable; /* bytes or units that made no character */
	uint64_t nuls;	      /* NULs of the text that were dropped */
	uint64_t cut_lines;   /* lines longer than WW_LINE_MAX */
	bool cut_end;	      /* the last line has no line end */
	const char *failed;   /* why reading stopped early, or NULL */
};
struct ww_stream_state ww_stream_state(const struct ww_stream *s);

#endif
