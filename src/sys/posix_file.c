#include "sys/file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/posix_why.h"
#include "sys/sys.h"

#include "base/banned.h"

static bool
refuse(int fd, const char *why, const char **retwhy)
{
	close(fd);
	*retwhy = why;
	return false;
}

/* What a descriptor leads to; a folder is nothing to read. */
static bool
describe(int fd, struct ww_file *ret, const char **retwhy)
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		*retwhy = why_of(errno);
		return false;
	}
	if (S_ISDIR(st.st_mode)) {
		*retwhy = WHY_FOLDER;
		return false;
	}
	*ret = (struct ww_file){
		.handle = fd,
		.regular = S_ISREG(st.st_mode),
		.waits = !S_ISREG(st.st_mode),
		.size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0,
	};
	return true;
}

/*
 * O_NONBLOCK: to open a pipe would otherwise wait for its writer, and to
 * open some devices does what nobody asked for.
 */
bool
ww_sys_open(const char *path, enum ww_open how, struct ww_file *ret,
	    const char **retwhy)
{
	int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	int fd;

	if (how == WW_OPEN_FOUND)
		flags |= O_NOFOLLOW;
	fd = open(path, flags);
	if (fd < 0) {
		*retwhy = why_of(errno);
		return false;
	}
	if (!describe(fd, ret, retwhy))
		return refuse(fd, *retwhy, retwhy);
	if (!ret->regular && how == WW_OPEN_FOUND)
		return refuse(fd, WHY_NOT_REGULAR, retwhy);
	if (fcntl(fd, F_SETFL, 0) != 0)
		return refuse(fd, why_of(errno), retwhy);
	ret->ours = true;
	if (ret->regular)
		(void)posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return true;
}

bool
ww_sys_open_stdin(struct ww_file *ret, const char **retwhy)
{
	return describe(STDIN_FILENO, ret, retwhy);
}

/*
 * A pipe without a writer would say that it is at its end: wait until there
 * was one.  An interruption ends the wait.
 */
static bool
wait_for(struct ww_file *file)
{
	struct pollfd poll_fd = { .fd = (int)file->handle, .events = POLLIN };

	while (poll(&poll_fd, 1, -1) < 0)
		if (errno != EINTR || ww_sys_interrupted())
			return false;
	return true;
}

static size_t
at_end(const struct ww_file *file, const char **retwhy)
{
	if (file->regular && file->read < file->size)
		*retwhy = WHY_SHRANK;
	return 0;
}

size_t
ww_sys_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct ww_file *file = ctx;
	ssize_t n = -1;

	while (n < 0) {
		if (file->waits && !wait_for(file)) {
			*retwhy = WHY_INTERRUPTED;
			return 0;
		}
		n = read((int)file->handle, buf, len);
		if (n < 0 && errno != EINTR) {
			*retwhy = why_of(errno);
			return 0;
		}
	}
	file->read += (uint64_t)n;
	return n > 0 ? (size_t)n : at_end(file, retwhy);
}

bool
ww_sys_rewind(struct ww_file *file)
{
	if (!file->regular || lseek((int)file->handle, 0, SEEK_SET) != 0)
		return false;
	file->read = 0;
	return true;
}

void
ww_sys_close(struct ww_file *file)
{
	if (file->ours)
		close((int)file->handle);
	file->ours = false;
}
