/*
 * What the fuzz targets share: the function that is called with each input,
 * a check, and an input that is read as a file.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): a release build must check as well. */
static inline void
require(bool holds)
{
	if (!holds)
		abort();
}

/* Bytes that are read as a file is: the read function of a ww_input. */
struct fuzz_file {
	const uint8_t *p;
	size_t left;
};

static inline size_t
fuzz_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct fuzz_file *file = ctx;
	size_t n = file->left < len ? file->left : len;

	(void)retwhy;
	if (n > 0)
		memcpy(buf, file->p, n);
	file->p += n;
	file->left -= n;
	return n;
}

#endif
