/*
 * The implementations of the kernels, for the one who chooses.  Used inside
 * src/base/simd only.
 */
#ifndef WW_BASE_SIMD_UNITS_H
#define WW_BASE_SIMD_UNITS_H

#include "base/simd/kernels.h"

extern const struct ww_kernels ww_kernels_scalar;

#endif
