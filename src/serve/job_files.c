#include "serve/job_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/sys.h"

#include "base/banned.h"

/* A job's name and a file's; behind the folder they have to fit, too. */
#define NAMES_ROOM 64

static const char *const names[JOB_FILES] = {
	[JOB_UPLOAD] = "upload",    [JOB_PROGRESS] = "progress",
	[JOB_PAGE] = "page.html",   [JOB_REPORT] = "report.html",
	[JOB_JSON] = "report.json", [JOB_TEXT] = "report.txt",
};

const char *
job_file_name(enum job_file file)
{
	return names[file];
}

static bool
lock_folder(struct job_folder *folder)
{
	folder->lock = openat(folder->fd, JOB_LOCK,
			      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return folder->lock >= 0 && job_lock(folder->lock);
}

bool
job_lock(int fd)
{
	struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_SETLK, &all) == 0;
}

bool
job_folder_make(struct job_folder *ret, const char *parent)
{
	int n = snprintf(ret->path, JOB_PATH_MAX,
			 "%s/" JOB_FOLDER_PREFIX "XXXXXX", parent);

	ret->parent = parent;
	ret->fd = ret->lock = -1;
	if (n < 0 || n >= JOB_PATH_MAX - NAMES_ROOM ||
	    mkdtemp(ret->path) == NULL)
		return false;
	ret->fd =
	    open(ret->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (ret->fd >= 0 && lock_folder(ret))
		return true;
	job_folder_remove(ret);
	return false;
}

void
job_folder_close(struct job_folder *folder)
{
	if (folder->lock >= 0)
		close(folder->lock);
	if (folder->fd >= 0)
		close(folder->fd);
	folder->lock = folder->fd = -1;
}

void
job_folder_remove(struct job_folder *folder)
{
	if (folder->fd >= 0)
		unlinkat(folder->fd, JOB_LOCK, 0);
	rmdir(folder->path);
	job_folder_close(folder);
}

bool
job_path(const struct job_folder *folder, const char *name,
	 char ret[JOB_PATH_MAX])
{
	int n = snprintf(ret, JOB_PATH_MAX, "%s/%s", folder->path, name);

	return n > 0 && n < JOB_PATH_MAX;
}

/* Below the folder; it has room, since all such names are ours. */
static void
name_within(const char *name, enum job_file file, char ret[NAMES_ROOM])
{
	snprintf(ret, NAMES_ROOM, "%s/%s", name, names[file]);
}

static bool
make_name(char ret[JOB_NAME_SIZE])
{
	unsigned char bytes[(JOB_NAME_SIZE - 1) / 2];

	if (getentropy(bytes, sizeof(bytes)) != 0)
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(ret + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

/* Below what is held open, not below whatever has its name by now. */
static bool
make_folder(struct job_folder *folder, const char *name)
{
	if (folder->fd >= 0) {
		if (mkdirat(folder->fd, name, 0700) == 0)
			return true;
		if (errno != ENOENT)
			return false;
		job_folder_close(folder);
	}
	return job_folder_make(folder, folder->parent) &&
	       mkdirat(folder->fd, name, 0700) == 0;
}

static int
make_upload(const struct job_folder *folder, const char *name)
{
	char path[NAMES_ROOM];

	name_within(name, JOB_UPLOAD, path);
	return openat(folder->fd, path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		      0600);
}

bool
job_files_make(struct job_folder *folder, char name[JOB_NAME_SIZE],
	       int *retupload)
{
	if (!make_name(name) || !make_folder(folder, name))
		return false;
	*retupload = make_upload(folder, name);
	if (*retupload >= 0)
		return true;
	job_files_delete(folder, name);
	return false;
}

void
job_file_delete(const struct job_folder *folder, const char *name,
		enum job_file file)
{
	char path[NAMES_ROOM];

	name_within(name, file, path);
	unlinkat(folder->fd, path, 0);
}

void
job_files_delete(const struct job_folder *folder, const char *name)
{
	for (unsigned file = 0; file < JOB_FILES; file++)
		job_file_delete(folder, name, (enum job_file)file);
	unlinkat(folder->fd, name, AT_REMOVEDIR);
}

bool
job_file_read(const struct job_folder *folder, const char *name,
	      enum job_file file, struct ww_arena *arena, struct ww_slice *ret)
{
	char within[NAMES_ROOM], path[JOB_PATH_MAX];
	const char *why;

	name_within(name, file, within);
	return job_path(folder, within, path) &&
	       ww_sys_read_file(arena, path, JOB_ANSWER_MAX, ret, &why) ==
		   WW_OK;
}

unsigned
job_progress(const struct job_folder *folder, const char *name)
{
	char path[NAMES_ROOM], digits[16] = "";
	int fd;

	name_within(name, JOB_PROGRESS, path);
	fd = openat(folder->fd, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, digits, sizeof(digits) - 1) < 0)
		digits[0] = '\0';
	close(fd);
	return (unsigned)strtoul(digits, NULL, 10);
}
