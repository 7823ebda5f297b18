#include "sys/store.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "sys/posix_why.h"
#include "sys/posix_write.h"

#include "base/banned.h"

/* A path of so many bytes, and what mkstemp() wants behind it. */
#define PATH_ROOM 4096
#define PATTERN	  "/winwhy.XXXXXX"

/* POSIX, "Environment Variables": where temporary files go. */
static const char *
folder(void)
{
	const char *value = getenv("TMPDIR");

	return value != NULL && value[0] == '/' ? value : "/tmp";
}

bool
ww_sys_store_open(struct ww_store *ret, const char **retwhy)
{
	struct ww_slice in = ww_slice_cstr(folder());
	char path[PATH_ROOM];
	int fd;

	if (in.len + sizeof(PATTERN) > sizeof(path)) {
		*retwhy = WHY_LONG_NAME;
		return false;
	}
	memcpy(path, in.p, in.len);
	memcpy(path + in.len, PATTERN, sizeof(PATTERN));
	fd = mkstemp(path);
	if (fd < 0) {
		*retwhy = why_of(errno);
		return false;
	}
	/* From here on it has no name, and goes when we do. */
	unlink(path);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	*ret = (struct ww_store){ .handle = fd, .open = true };
	return true;
}

bool
ww_sys_store_write(struct ww_store *store, uint64_t at, struct ww_slice bytes)
{
	return ww_posix_write_at((int)store->handle, at, bytes);
}

bool
ww_sys_store_read(struct ww_store *store, uint64_t at, void *buf, size_t len)
{
	char *p = buf;

	while (len > 0) {
		ssize_t n = pread((int)store->handle, p, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (uint64_t)n;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

void
ww_sys_store_close(struct ww_store *store)
{
	if (store->open)
		close((int)store->handle);
	store->open = false;
}
