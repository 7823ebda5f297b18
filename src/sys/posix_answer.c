#include "sys/answer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "sys/posix_why.h"
#include "sys/posix_write.h"

#include "base/banned.h"

#define NEW_MODE 0666

/* What a link leads to is replaced, not the link. */
static const char *
resolve(struct ww_arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *ret =
	    real == NULL ? path : ww_arena_copy(arena, real, strlen(real));

	free(real);
	return ret;
}

/* A pipe or a device is written to as it is; so is what a link may make. */
static bool
is_replaceable(const char *path, mode_t *retmode)
{
	struct stat st;

	*retmode = 0;
	if (lstat(path, &st) != 0)
		return errno == ENOENT;
	*retmode = st.st_mode & 07777;
	return S_ISREG(st.st_mode);
}

/* Beside it: a name cannot move between file systems. */
static const char *
temporary_of(struct ww_arena *arena, const char *path)
{
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, ww_slice_cstr(path));
	ww_buf_add(&buf, WW_LIT(".part-"));
	ww_buf_decimal(&buf, (int64_t)getpid());
	return ww_arena_copy(arena, buf.p, buf.len);
}

bool
ww_sys_answer_open(struct ww_arena *arena, const char *path,
		   struct ww_answer_file *ret, const char **retwhy)
{
	int flags = O_WRONLY | O_CREAT | O_CLOEXEC;
	struct ww_answer_file output = { .path = resolve(arena, path) };
	mode_t mode;
	int fd;

	if (is_replaceable(output.path, &mode)) {
		output.temporary = temporary_of(arena, output.path);
		flags |= O_EXCL;
	} else {
		flags |= O_TRUNC;
	}
	fd = open(output.temporary != NULL ? output.temporary : output.path,
		  flags, NEW_MODE);
	if (fd < 0) {
		*retwhy = why_not_written(errno);
		return false;
	}
	/* A new file has the mode that is usual, another one keeps its own. */
	if (output.temporary != NULL && mode != 0)
		(void)fchmod(fd, mode);
	output.handle = fd;
	output.open = true;
	*ret = output;
	return true;
}

bool
ww_sys_answer_check(struct ww_arena *arena, const char *path,
		    const char **retwhy)
{
	struct ww_answer_file output;
	mode_t mode;

	/* Whoever reads a pipe would see an end. */
	if (!is_replaceable(resolve(arena, path), &mode))
		return true;
	return ww_sys_answer_open(arena, path, &output, retwhy) &&
	       ww_sys_answer_close(&output, false, retwhy);
}

bool
ww_sys_answer_write(struct ww_answer_file *output, struct ww_slice bytes)
{
	return ww_posix_write((int)output->handle, bytes);
}

bool
ww_sys_answer_close(struct ww_answer_file *output, bool keep,
		    const char **retwhy)
{
	bool done;

	if (!output->open)
		return true;
	output->open = false;
	/* Some file systems tell only now that there is no room. */
	done = close((int)output->handle) == 0;
	if (output->temporary != NULL && done && keep)
		done = rename(output->temporary, output->path) == 0;
	if (!done)
		*retwhy = why_not_written(errno);
	if (output->temporary != NULL && !(done && keep))
		unlink(output->temporary);
	return done;
}
