/*
 * What may follow a code and belongs to it: the extend code of Windows setup,
 * the parameters of a stop code.  Used by spelling.c and find.c.
 */
#ifndef WW_CODE_TAIL_H
#define WW_CODE_TAIL_H

#include "code/spelling.h"

/*
 * The rest of 0xC1900101 - 0x20017, from behind the first number.  Fills the
 * extend code and returns the bytes taken, or 0.
 */
size_t ww_tail_extend(struct ww_slice rest, struct ww_spelled *ret);

/*
 * The rest of 0x9F (0x3, 0x0, 0x0, 0x0), from behind the first number; with
 * braces, as the debugger prints it, the parameters need no 0x.  Fills the
 * parameters and returns the bytes taken, or 0.
 */
size_t ww_tail_params(struct ww_slice rest, struct ww_spelled *ret);

/*
 * Four parameters in round brackets, with or without 0x: (1,0,0,7).  Too bold
 * in a text, where brackets hold all sorts of numbers.
 */
size_t ww_tail_bare_params(struct ww_slice rest, struct ww_spelled *ret);

#endif
