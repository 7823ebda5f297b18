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
#define LEAF1_ECX_CLMUL	  (1u << 1)
#define LEAF1_ECX_SSE41	  (1u << 19)
#define LEAF1_ECX_POPCNT  (1u << 23)
#define LEAF1_ECX_OSXSAVE (1u << 27)
#define LEAF7_EBX_AVX2	  (1u << 5)
#define LEAF7_EBX_AVX512  (1u << 16 | 1u << 30 | 1u << 31) /* F, BW, VL */
/* Volume 1, 13.3: the state components of XCR0. */
#define XCR0_AVX    0x06u
#define XCR0_AVX512 0xE6u

struct processor {
	unsigned features; /* leaf 7, EBX */
	unsigned saved;	   /* registers that the system keeps of a thread */
};

/* OSXSAVE must be set. */
static unsigned
saved_registers(void)
{
	unsigned low, high;

	__asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

/*
 * Nothing of a processor without POPCNT and PCLMULQDQ: all that have AVX2 have
 * them, but a virtual machine may hide either.
 */
static struct processor
ask_processor(void)
{
	const unsigned leaf1 = LEAF1_ECX_OSXSAVE | LEAF1_ECX_POPCNT |
			       LEAF1_ECX_SSE41 | LEAF1_ECX_CLMUL;
	struct processor cpu = { 0 };
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || (c & leaf1) != leaf1)
		return cpu;
	cpu.saved = saved_registers();
	if (__get_cpuid_count(7, 0, &a, &b, &c, &d))
		cpu.features = b;
	return cpu;
}

static bool
has(const struct processor *cpu, unsigned features, unsigned saved)
{
	return (cpu->features & features) == features &&
	       (cpu->saved & saved) == saved;
}

#endif

size_t
ww_kernels_list(const struct ww_kernels *ret[WW_KERNELS_MAX])
{
	size_t n = 0;
#if WW_SIMD_X86
	struct processor cpu = ask_processor();
#endif

	ret[n++] = &ww_kernels_scalar;
#if WW_SIMD_X86
	ret[n++] = &ww_kernels_sse2;
	if (has(&cpu, LEAF7_EBX_AVX2, XCR0_AVX))
		ret[n++] = &ww_kernels_avx2;
	if (has(&cpu, LEAF7_EBX_AVX2 | LEAF7_EBX_AVX512, XCR0_AVX512))
		ret[n++] = &ww_kernels_avx512;
#endif
	return n;
}

const struct ww_kernels *
ww_kernels_choose(void)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];

	return list[ww_kernels_list(list) - 1];
}
