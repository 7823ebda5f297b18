/*
 * The readers, one for each kind of log.  Used by dialects.c and by the
 * tests of each reader.
 */
#ifndef WW_INPUT_DIALECTS_H
#define WW_INPUT_DIALECTS_H

#include "input/dialect.h"

extern const struct ww_dialect ww_dialect_reporting;
extern const struct ww_dialect ww_dialect_wu;
extern const struct ww_dialect ww_dialect_wu_classic;
extern const struct ww_dialect ww_dialect_wu_undecoded;

#endif
