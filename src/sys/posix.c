#include "sys/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "sys/posix_write.h"

#include "base/banned.h"

char **
ww_sys_arguments(struct ww_arena *arena, int argc, char **argv)
{
	(void)arena;
	(void)argc;
	return argv;
}

static const char *
reason(struct ww_arena *arena)
{
	const char *text = strerror(errno);

	return ww_arena_copy(arena, text, strlen(text));
}

static enum ww_status
read_all(struct ww_arena *arena, int fd, size_t max, struct ww_slice *ret,
	 const char **retwhy)
{
	struct ww_buf buf = ww_buf_in(arena);
	char block[16384];

	for (;;) {
		ssize_t n = read(fd, block, sizeof(block));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*retwhy = reason(arena);
			return WW_IO;
		}
		if (n == 0)
			break;
		ww_buf_add(&buf, ww_slice_of(block, (size_t)n));
		if (buf.len > max) {
			*ret = ww_slice_of(buf.p, max);
			return WW_LIMIT;
		}
	}
	*ret = ww_buf_slice(&buf);
	return WW_OK;
}

enum ww_status
ww_sys_read_file(struct ww_arena *arena, const char *path, size_t max,
		 struct ww_slice *ret, const char **retwhy)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum ww_status st;

	if (fd < 0) {
		*retwhy = reason(arena);
		return WW_IO;
	}
	st = read_all(arena, fd, max, ret, retwhy);
	close(fd);
	return st;
}

enum ww_status
ww_sys_read_stdin(struct ww_arena *arena, size_t max, struct ww_slice *ret,
		  const char **retwhy)
{
	return read_all(arena, STDIN_FILENO, max, ret, retwhy);
}

bool
ww_sys_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

enum ww_written
ww_sys_send(enum ww_std stream, struct ww_slice bytes)
{
	if (ww_posix_write((int)stream, bytes))
		return WW_WRITTEN;
	return errno == EPIPE ? WW_WRITE_CLOSED : WW_WRITE_FAILED;
}

bool
ww_sys_is_terminal(enum ww_std stream)
{
	const char *term;

	if (!isatty((int)stream))
		return false;
	term = getenv("TERM");
	return term != NULL && strcmp(term, "dumb") != 0;
}

unsigned
ww_sys_columns(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
		return 0;
	return size.ws_col;
}

const char *
ww_sys_environment(struct ww_arena *arena, const char *name)
{
	(void)arena;
	return getenv(name);
}

struct ww_slice
ww_sys_computer(struct ww_arena *arena)
{
	char name[256] = "";

	if (gethostname(name, sizeof(name) - 1) != 0)
		return (struct ww_slice){ 0 };
	return ww_slice_cstr(ww_arena_copy(arena, name, strlen(name)));
}

bool
ww_sys_write_file(struct ww_arena *arena, const char *path, bool append,
		  struct ww_slice bytes, const char **retwhy)
{
	int how = append ? O_APPEND : O_TRUNC;
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | how, 0666);

	if (fd >= 0 && ww_posix_finish(fd, bytes))
		return true;
	*retwhy = reason(arena);
	return false;
}

/* POSIX, "Internationalization Variables": the first that is set decides. */
struct ww_slice
ww_sys_language(struct ww_arena *arena)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	(void)arena;
	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++) {
		const char *value = getenv(names[i]);

		if (value == NULL || value[0] == '\0')
			continue;
		/* fr, fr_FR.UTF-8, fr@euro; but not fil_PH, C or POSIX. */
		if (!ww_is_alpha(value[0]) || !ww_is_alpha(value[1]) ||
		    ww_is_alpha(value[2]))
			break;
		return ww_slice_of(value, 2);
	}
	return WW_LIT("en");
}
