#include "sys/tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/posix_why.h"
#include "sys/posix_write.h"

#include "base/banned.h"

#define FILE_MODE   0666
#define FOLDER_MODE 0777

static enum ww_create
not_created(int error, const char **retwhy)
{
	if (error == EEXIST)
		return WW_CREATE_EXISTS;
	if (error == ENOENT)
		return WW_CREATE_NO_FOLDER;
	*retwhy = why_not_written(error);
	return WW_CREATE_FAILED;
}

enum ww_create
ww_sys_create(struct ww_arena *arena, const char *path, struct ww_slice bytes,
	      const char **retwhy)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);

	(void)arena;
	if (fd < 0)
		return not_created(errno, retwhy);
	if (ww_posix_finish(fd, bytes))
		return WW_CREATE_DONE;
	*retwhy = why_not_written(errno);
	unlink(path);
	return WW_CREATE_FAILED;
}

bool
ww_sys_make_folder(struct ww_arena *arena, const char *path,
		   const char **retwhy)
{
	(void)arena;
	if (mkdir(path, FOLDER_MODE) == 0 || errno == EEXIST)
		return true;
	*retwhy = why_not_written(errno);
	return false;
}

bool
ww_sys_remove(struct ww_arena *arena, const char *path, const char **retwhy)
{
	(void)arena;
	if (unlink(path) == 0)
		return true;
	*retwhy = why_not_written(errno);
	return false;
}
