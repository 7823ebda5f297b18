/*
 * Headers of tar archives: POSIX.1, "ustar Interchange Format".  Archives
 * are read by unpack/tar.c and written by whoever has files to hand on.
 */
#ifndef WW_BASE_TAR_H
#define WW_BASE_TAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* Headers and contents fill blocks; two blocks of zeros are the end. */
#define WW_TAR_BLOCK ((size_t)512)

/* Fields of a header: offset and length in bytes. */
#define WW_TAR_NAME_AT	    0
#define WW_TAR_NAME_LEN	    100
#define WW_TAR_SIZE_AT	    124
#define WW_TAR_SIZE_LEN	    12
#define WW_TAR_CHECKSUM_AT  148
#define WW_TAR_CHECKSUM_LEN 8
#define WW_TAR_TYPE_AT	    156
#define WW_TAR_PREFIX_AT    345
#define WW_TAR_PREFIX_LEN   155

/*
 * The header of a regular file that anyone may read, of no owner and no
 * time, so that equal files make equal archives.  False: the name does not
 * fit (100 bytes, or 155 more in front of a slash), or the size is 8 GiB.
 */
bool ww_tar_header(struct ww_slice name, uint64_t size, char ret[WW_TAR_BLOCK]);

/* Bytes of zeros behind a content of that size. */
static inline size_t
ww_tar_padding(uint64_t size)
{
	return (size_t)(-size & (WW_TAR_BLOCK - 1));
}

#endif
