/*
 * Lines that a program wrote to a console.  Used by the readers of what dism
 * and sfc print.
 */
#ifndef WW_INPUT_CONSOLE_H
#define WW_INPUT_CONSOLE_H

#include "evidence/record.h"

/*
 * A line as it was last to be seen: progress is written over itself behind
 * carriage returns.  False when nothing is to be seen.
 */
bool ww_console_line(struct ww_slice line, struct ww_record *ret);

/* Whether one of the words stands in the head; n of them. */
bool ww_console_has(struct ww_slice head, const char *const *words, size_t n);

#endif
