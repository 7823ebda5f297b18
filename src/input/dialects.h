/*
 * The readers of text logs; each in a file of its own.  Used by dialects.c.
 */
#ifndef WW_INPUT_DIALECTS_H
#define WW_INPUT_DIALECTS_H

#include "input/dialect.h"

extern const struct ww_dialect ww_dialect_msi;
extern const struct ww_dialect ww_dialect_wsus;
extern const struct ww_dialect ww_dialect_wsus_change;
extern const struct ww_dialect ww_dialect_iis;
extern const struct ww_dialect ww_dialect_httperr;

#endif
