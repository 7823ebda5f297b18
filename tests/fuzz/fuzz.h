/*
 * What the fuzz targets share: the function that is called with each input,
 * a check, and bytes that are read as a file is.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "input/slice_input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): a release build must check as well. */
static inline void
require(bool holds)
{
	if (!holds)
		abort();
}

#endif
