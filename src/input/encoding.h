/*
 * Which encoding a file is in.  The first bytes tell UTF-16; the rest is told
 * by the bytes above 0x7F as they turn up, which in a log may be late.
 */
#ifndef WW_INPUT_ENCODING_H
#define WW_INPUT_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "input/letters.h"
#include "input/pairs.h"

enum ww_encoding {
	WW_ENCODING_UTF8, /* or ASCII */
	WW_ENCODING_UTF16LE,
	WW_ENCODING_UTF16BE,
	WW_ENCODING_ANSI,    /* a Windows single-byte code page */
	WW_ENCODING_CONSOLE, /* an OEM code page: 850, 437 … */
	WW_ENCODING_DOUBLE,  /* a double-byte code page: left undecoded */
};

struct ww_charset {
	enum ww_encoding encoding;
	unsigned page;	       /* the number of the code page, or 0 */
	const char16_t *upper; /* its upper half; NULL unless single-byte */
};

/*
 * UTF-16 by its byte order mark, or by NULs in every second byte of the first
 * lines.  False: it is something else.
 */
bool ww_encoding_utf16(struct ww_slice head, enum ww_encoding *ret);

/* What the bytes above 0x7F have shown so far.  Zeroed at first. */
struct ww_encoding_tally {
	uint32_t high;	  /* bytes above 0x7F */
	uint64_t valid;	  /* characters of UTF-8 */
	uint64_t invalid; /* bytes that belong to none */
	struct ww_letter_counts letters;
	int64_t pairs[WW_PAIR_PAGES];
};

/* Count the next bytes of the file, until the tally is full. */
void ww_encoding_count(struct ww_encoding_tally *tally, struct ww_slice text);

/* Whether more bytes would change nothing. */
bool ww_encoding_settled(const struct ww_encoding_tally *tally);

struct ww_charset ww_encoding_choose(const struct ww_encoding_tally *tally);

#endif
