/*
 * Which kernels this machine can run.
 */
#include "base/simd/units.h"

#include "base/banned.h"

size_t
ww_kernels_list(const struct ww_kernels *ret[WW_KERNELS_MAX])
{
	size_t n = 0;

	ret[n++] = &ww_kernels_scalar;
	return n;
}

const struct ww_kernels *
ww_kernels_choose(void)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];

	return list[ww_kernels_list(list) - 1];
}
