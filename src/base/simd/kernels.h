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

#include "base/crc32.h"

#define WW_BLOCK 64 /* bytes that one mask describes */
#define WW_STRIP 32 /* blocks that are described together */

/*
 * What stands in a strip: bit i of a mask is byte i of its block.  The strip
 * is blocks 1 to WW_STRIP; 0 and WW_STRIP + 1 are there for the blocks before
 * and behind it.
 */
struct ww_masks {
	uint64_t newline[WW_STRIP + 2];
	uint64_t hex[WW_STRIP + 2];   /* a hexadecimal digit of either case */
	uint64_t x[WW_STRIP + 2];     /* x or X */
	uint64_t dash[WW_STRIP + 2];  /* the ASCII one */
	uint64_t lines[WW_STRIP + 3]; /* newlines before the block */
};

/*
 * Where digits begin that may be a number of 32 bits by their count: behind
 * an x, with a digit before it, 1 to 8 or at least 16 hexadecimal digits;
 * elsewhere 8 to 10, or at least 17.  Eight and a dash begin a GUID and are
 * left out.  By blocks, from the first of the strip.
 */
struct ww_starts {
	uint64_t prefixed[WW_STRIP];
	uint64_t bare[WW_STRIP];
};

struct ww_kernels {
	const char *name; /* of the unit, for the benchmarks */

	/* The newline masks alone, of n_blocks blocks from p on. */
	void (*newlines)(const char *p, size_t n_blocks, uint64_t *ret);

	/*
	 * The masks of n_blocks blocks from p on, which are all read, as
	 * blocks `first` and following of *ret.  ret->lines[first] must be
	 * set; the one behind the last block is set, too.
	 */
	void (*scan_masks)(const char *p, size_t n_blocks, size_t first,
			   struct ww_masks *ret);

	/* Of the first n_blocks blocks; those beside them must be set. */
	void (*find_starts)(const struct ww_masks *masks, size_t n_blocks,
			    struct ww_starts *ret);

	/*
	 * Where words of letters, digits and underscores are no plain words:
	 * digits, underscores, and the last letter where it is a capital or an
	 * opening parenthesis follows.  One byte behind the blocks is read.
	 */
	void (*odd_words)(const char *p, size_t n_blocks, uint64_t *ret);

	/*
	 * UTF-16LE to bytes, up to the first unit that is NUL or not ASCII.
	 * Returns how many units were converted; out has room for n_units
	 * and may be written to beyond what is returned.
	 */
	size_t (*ascii16_narrow)(const uint8_t *p, size_t n_units, char *out);

	/* The bytes at the start of p[n] that are ASCII and not NUL. */
	size_t (*ascii_run)(const char *p, size_t n);

	/* CRC-32, see base/crc32.h. */
	uint32_t (*crc32)(const struct ww_crc32 *tables, const void *p,
			  size_t len);
};

/*
 * The fastest kernels this machine can run.  Asks the processor each time,
 * which is slow inside a virtual machine: keep the answer.
 */
const struct ww_kernels *ww_kernels_choose(void);

/* Those that every machine can run: for a text that is no log. */
extern const struct ww_kernels ww_kernels_scalar;

/* All that this machine can run, slowest first; for tests. */
#define WW_KERNELS_MAX 4
size_t ww_kernels_list(const struct ww_kernels *ret[WW_KERNELS_MAX]);

#endif
