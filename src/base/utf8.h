/*
 * UTF-8 and UTF-16: check, decode, convert.  Invalid input is answered, never
 * trusted.
 */
#ifndef WW_BASE_UTF8_H
#define WW_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

/* Stands for what could not be decoded. */
#define WW_REPLACEMENT 0xFFFDu

/*
 * Decode the character at the start of s, which is not empty.  Returns its
 * length in bytes; an invalid byte has length 1 and *ret WW_REPLACEMENT.
 */
size_t ww_utf8_decode(struct ww_slice s, uint32_t *ret);

/* Write a character in at most 4 bytes; returns how many. */
size_t ww_utf8_encode(uint32_t c, char ret[4]);

/* The character of two halves of a pair; false: they are none. */
static inline bool
ww_utf16_join(uint32_t high, uint32_t low, uint32_t *ret)
{
	if ((high & 0xFC00) != 0xD800 || (low & 0xFC00) != 0xDC00)
		return false;
	*ret = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/*
 * Decode the character at p, little-endian, of at least 2 bytes.  Returns its
 * length in bytes, 2 or 4; half of a pair is WW_REPLACEMENT.
 */
size_t ww_utf16_decode(const uint8_t *p, size_t len, uint32_t *ret);

/* The offset of the first invalid byte, or s.len when there is none. */
size_t ww_utf8_check(struct ww_slice s);

/* s without a character at its end whose rest is missing. */
struct ww_slice ww_utf8_whole(struct ww_slice s);

/* The first bytes of s, at most `most`; no character is cut. */
static inline struct ww_slice
ww_utf8_cut(struct ww_slice s, size_t most)
{
	return s.len <= most ? s : ww_utf8_whole(ww_slice_of(s.p, most));
}

/* Columns that s takes on a terminal; a control character takes none. */
size_t ww_utf8_width(struct ww_slice s);

/*
 * Any text as UTF-8: UTF-16 with a byte order mark, or little-endian without
 * one, is converted, a UTF-8 mark is dropped, an invalid byte becomes
 * WW_REPLACEMENT.  Valid UTF-8 comes back as it is, not copied.
 */
struct ww_slice ww_utf8_from_any(struct ww_arena *arena, struct ww_slice s);

#endif
