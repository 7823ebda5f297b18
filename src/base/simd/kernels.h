/*
 * Loops over text that vector units do many bytes at a time.  Each kernel
 * exists in portable C and, where the machine has the unit, in vector code
 * that gives the same answers.  Knows bytes, no meaning; everything that
 * reads a log in bulk may use it.
 */
#ifndef WW_BASE_SIMD_KERNELS_H
#define WW_BASE_SIMD_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#define WW_BLOCK 64 /* bytes that one set of masks describes */

/* What stands in a block: bit i of a mask is byte i of the block. */
struct ww_masks {
	uint64_t newline;
	uint64_t hex;  /* a hexadecimal digit of either case */
	uint64_t x;    /* x or X */
	uint64_t high; /* 0x80 and above */
	/* Newlines of the blocks before this one, since the call's first. */
	uint64_t lines;
};

struct ww_kernels {
	const char *name; /* of the unit, for the benchmarks */

	/*
	 * The masks of n_blocks blocks from p on, which are all read.
	 * Returns the newlines in them.
	 */
	uint64_t (*scan_masks)(const char *p, size_t n_blocks,
			       struct ww_masks *ret);

	/*
	 * UTF-16LE to bytes, up to the first unit that is NUL or not ASCII.
	 * Returns how many units were converted; out has room for n_units
	 * and may be written to beyond what is returned.
	 */
	size_t (*ascii16_narrow)(const uint8_t *p, size_t n_units, char *out);

	/* The bytes at the start of p[n] that are ASCII and not NUL. */
	size_t (*ascii_run)(const char *p, size_t n);
};

/*
 * The fastest kernels this machine can run.  Asks the processor each time,
 * which is slow inside a virtual machine: keep the answer.
 */
const struct ww_kernels *ww_kernels_choose(void);

/* All that this machine can run, slowest first; for tests. */
#define WW_KERNELS_MAX 3
size_t ww_kernels_list(const struct ww_kernels *ret[WW_KERNELS_MAX]);

#endif
