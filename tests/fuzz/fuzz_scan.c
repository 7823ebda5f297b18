/*
 * Arbitrary bytes as a log: the kernels agree with their portable twins, and
 * the scan with the search.
 */
#include <stdlib.h>

#include "base/compiler.h"

#include "../scan_twin.h"
#include "fuzz.h"

static void
check_scan(const struct ww_kernels *kernels, struct ww_slice text)
{
	struct twin *twin = malloc(sizeof(*twin));

	require(twin != NULL);
	twin_init(twin, kernels);
	/* Twice: the second time, the memo knows the text. */
	require(disagree_at(twin, text) == text.len);
	require(disagree_at(twin, text) == text.len);
	free(twin);
}

static void
check_ascii(const struct ww_kernels *kernels, const struct ww_kernels *twin,
	    const uint8_t *data, size_t size)
{
	size_t n_units = size / 2, n;
	char *a = malloc(n_units + 1), *b = malloc(n_units + 1);

	require(a != NULL && b != NULL);
	n = kernels->ascii16_narrow(data, n_units, a);
	require(n == twin->ascii16_narrow(data, n_units, b));
	require(memcmp(a, b, n) == 0);
	require(kernels->ascii_run((const char *)data, size) ==
		twin->ascii_run((const char *)data, size));
	free(b);
	free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	/* A block of its own, so that reading beyond it is seen. */
	uint8_t *copy = malloc(size + 1);

	require(copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);
	for (size_t i = 0; i < n; i++) {
		check_scan(list[i], ww_slice_of((const char *)copy, size));
		check_ascii(list[i], list[0], copy, size);
	}
	free(copy);
	return 0;
}
