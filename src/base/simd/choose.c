/*
 * Which kernels this machine can run.  By hand: the loader's way, an ifunc,
 * fails without a word in a static musl program.
 */
#include "base/simd/units.h"

#include <stdbool.h>

#if WW_SIMD_X86
#include <cpuid.h>
#endif

#include "base/banned.h"

#if WW_SIMD_X86

/* Intel SDM, volume 2, CPUID. */
#define LEAF1_ECX_POPCNT  (1u << 23)
#define LEAF1_ECX_OSXSAVE (1u << 27)
#define LEAF7_EBX_AVX2	  (1u << 5)
/* Volume 1, 13.3: the state components of XCR0. */
#define XCR0_SSE_AVX 6u

/* Which registers the system saves; OSXSAVE must be set. */
static unsigned
saved_registers(void)
{
	unsigned low, high;

	__asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

/* The processor has it, and the system keeps the registers of a thread. */
static bool
has_avx2(void)
{
	const unsigned leaf1 = LEAF1_ECX_OSXSAVE | LEAF1_ECX_POPCNT;
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1) != leaf1 ||
	    (saved_registers() & XCR0_SSE_AVX) != XCR0_SSE_AVX)
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) &&
	       (b & LEAF7_EBX_AVX2) != 0;
}

#endif

size_t
ww_kernels_list(const struct ww_kernels *ret[WW_KERNELS_MAX])
{
	size_t n = 0;

	ret[n++] = &ww_kernels_scalar;
#if WW_SIMD_X86
	ret[n++] = &ww_kernels_sse2;
	if (has_avx2())
		ret[n++] = &ww_kernels_avx2;
#endif
	return n;
}

const struct ww_kernels *
ww_kernels_choose(void)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];

	return list[ww_kernels_list(list) - 1];
}
