/*
 * The implementations of the kernels, for the one who chooses.  Used inside
 * src/base/simd only.
 */
#ifndef WW_BASE_SIMD_UNITS_H
#define WW_BASE_SIMD_UNITS_H

#include "base/simd/kernels.h"

#if defined(__x86_64__) && (defined(__GNUC__) || defined(__clang__))
#define WW_SIMD_X86 1
#else
#define WW_SIMD_X86 0
#endif

#if WW_SIMD_X86
extern const struct ww_kernels ww_kernels_sse2;
extern const struct ww_kernels ww_kernels_avx2;
extern const struct ww_kernels ww_kernels_avx512;

/* Of the last two; for a machine with PCLMULQDQ. */
uint32_t ww_crc32_by_clmul(const struct ww_crc32 *tables, const void *p,
			   size_t len);
#endif

#endif
