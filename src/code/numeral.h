/*
 * Digits to a number, as people and programs group, split and sign them.
 * Knows no code and no word; spelling.c, macro.c, tail.c and find.c use it.
 */
#ifndef WW_CODE_NUMERAL_H
#define WW_CODE_NUMERAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct ww_numeral {
	uint64_t value;
	unsigned digits; /* leading zeros counted, separators not */
	size_t len;	 /* bytes taken from the start of the text */
};

/*
 * Hexadecimal digits at the start of text, without a prefix.  One back-quote
 * may split them, as the debuggers do.  False: no digit, or more than 16.
 */
bool ww_numeral_hex(struct ww_slice text, struct ww_numeral *ret);

/*
 * Decimal digits at the start of text.  Groups of three may be set apart by a
 * comma, a full stop, an apostrophe or a space, the same one throughout.
 * False: no digit, or more than 64 bits.
 */
bool ww_numeral_decimal(struct ww_slice text, struct ww_numeral *ret);

/* The bytes of "0x" or "0X" at the start of text; 0 when it is not there. */
size_t ww_numeral_0x(struct ww_slice text);

/* The bytes of a dash or a minus of any kind at the start; 0 for none. */
size_t ww_numeral_dash(struct ww_slice text);

/* The same, at the end. */
size_t ww_numeral_dash_before(struct ww_slice text);

/*
 * The 32 bits of a number, when it has no more or is 32 bits extended with
 * their sign.  *extended tells which.
 */
bool ww_numeral_code(uint64_t value, uint32_t *ret, bool *extended);

#endif
