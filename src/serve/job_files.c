#include "serve/job_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/sys.h"

#include "base/banned.h"

#define TEMPLATE "winwhy-serve.XXXXXX"

/* A job's name and a file's behind the folder have to fit, too. */
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

bool
job_folder_make(struct job_folder *ret, const char *parent)
{
	int n = snprintf(ret->path, JOB_PATH_MAX, "%s/" TEMPLATE, parent);

	return n > 0 && n < JOB_PATH_MAX - NAMES_ROOM &&
	       mkdtemp(ret->path) != NULL;
}

void
job_folder_remove(const struct job_folder *folder)
{
	rmdir(folder->path);
}

bool
job_path(const struct job_folder *folder, const char *name,
	 char ret[JOB_PATH_MAX])
{
	int n = snprintf(ret, JOB_PATH_MAX, "%s/%s", folder->path, name);

	return n > 0 && n < JOB_PATH_MAX;
}

static bool
file_path(const struct job_folder *folder, const char *name, enum job_file file,
	  char ret[JOB_PATH_MAX])
{
	int n = snprintf(ret, JOB_PATH_MAX, "%s/%s/%s", folder->path, name,
			 names[file]);

	return n > 0 && n < JOB_PATH_MAX;
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

bool
job_files_make(const struct job_folder *folder, char name[JOB_NAME_SIZE],
	       int *retupload)
{
	char path[JOB_PATH_MAX];

	if (!make_name(name) || !job_path(folder, name, path) ||
	    mkdir(path, 0700) != 0)
		return false;
	if (file_path(folder, name, JOB_UPLOAD, path)) {
		*retupload =
		    open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (*retupload >= 0)
			return true;
	}
	job_files_delete(folder, name);
	return false;
}

void
job_file_delete(const struct job_folder *folder, const char *name,
		enum job_file file)
{
	char path[JOB_PATH_MAX];

	if (file_path(folder, name, file, path))
		unlink(path);
}

void
job_files_delete(const struct job_folder *folder, const char *name)
{
	char path[JOB_PATH_MAX];

	for (unsigned file = 0; file < JOB_FILES; file++)
		job_file_delete(folder, name, (enum job_file)file);
	if (job_path(folder, name, path))
		rmdir(path);
}

bool
job_file_read(const struct job_folder *folder, const char *name,
	      enum job_file file, struct ww_arena *arena, struct ww_slice *ret)
{
	char path[JOB_PATH_MAX];
	const char *why;

	return file_path(folder, name, file, path) &&
	       ww_sys_read_file(arena, path, JOB_ANSWER_MAX, ret, &why) ==
		   WW_OK;
}

unsigned
job_progress(const struct job_folder *folder, const char *name)
{
	char path[JOB_PATH_MAX], digits[16] = "";
	int fd = -1;

	if (file_path(folder, name, JOB_PROGRESS, path))
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (read(fd, digits, sizeof(digits) - 1) < 0)
		digits[0] = '\0';
	close(fd);
	return (unsigned)strtoul(digits, NULL, 10);
}
