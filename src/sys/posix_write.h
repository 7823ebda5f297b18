/*
 * All bytes to a descriptor.  Used by posix*.c, and by the helper programs
 * that have nothing else of sys.
 */
#ifndef WW_SYS_POSIX_WRITE_H
#define WW_SYS_POSIX_WRITE_H

#include <errno.h>
#include <unistd.h>

#include "base/slice.h"

/* False when not all could be written; errno says why. */
static inline bool
ww_posix_write(int fd, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.p, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = ww_slice_from(bytes, (size_t)n);
	}
	return true;
}

/* The same, so far behind the start of a file. */
static inline bool
ww_posix_write_at(int fd, uint64_t at, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = pwrite(fd, bytes.p, bytes.len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = ww_slice_from(bytes, (size_t)n);
		at += (uint64_t)n;
	}
	return true;
}

/* And close it: some file systems tell only then that there is no room. */
static inline bool
ww_posix_finish(int fd, struct ww_slice bytes)
{
	bool written = ww_posix_write(fd, bytes);
	int error = errno;

	if (close(fd) != 0 && written)
		return false;
	errno = error;
	return written;
}

#endif
