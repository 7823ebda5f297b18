/*
 * The macros of winerror.h that people copy from source:
 * HRESULT_FROM_WIN32(14098), HRESULT_FROM_NT(0xC0000022), MAKE_HRESULT(1,7,5).
 */
#ifndef WW_CODE_MACRO_H
#define WW_CODE_MACRO_H

#include "code/spelling.h"

/* Whether text is such a macro with numbers in it. */
bool ww_macro_parse(struct ww_slice text, struct ww_spelled *ret);

#endif
