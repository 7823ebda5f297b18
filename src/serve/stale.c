#include "serve/stale.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "serve/job_files.h"

#include "base/banned.h"

/* Folders of jobs: names that job_files_make() makes, and nothing else. */
static bool
is_job(const char *name)
{
	struct ww_slice s = ww_slice_cstr(name);

	for (size_t i = 0; i < s.len; i++)
		if (ww_hex_value(s.p[i]) < 0)
			return false;
	return s.len == JOB_NAME_SIZE - 1;
}

static void
delete_jobs(const struct job_folder *folder, DIR *list)
{
	const struct dirent *entry;

	while ((entry = readdir(list)) != NULL)
		if (is_job(entry->d_name))
			job_files_delete(folder, entry->d_name);
}

/* Open, ours, and locked by no server. */
static bool
is_left(struct job_folder *folder)
{
	struct stat about;

	if (folder->fd < 0 || fstat(folder->fd, &about) != 0 ||
	    about.st_uid != geteuid())
		return false;
	folder->lock = openat(folder->fd, JOB_LOCK,
			      O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	return folder->lock >= 0 && job_lock(folder->lock);
}

static void
delete_left(struct job_folder *folder)
{
	DIR *list = opendir(folder->path);

	if (list == NULL)
		return;
	delete_jobs(folder, list);
	closedir(list);
	job_folder_remove(folder);
}

static void
look_at(struct job_folder *folder)
{
	folder->fd =
	    open(folder->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	folder->lock = -1;
	if (is_left(folder))
		delete_left(folder);
	job_folder_close(folder);
}

void
stale_delete(const char *parent)
{
	DIR *list = opendir(parent);
	const struct dirent *entry;

	while (list != NULL && (entry = readdir(list)) != NULL) {
		struct job_folder folder = { .parent = parent };
		int n = snprintf(folder.path, JOB_PATH_MAX, "%s/%s", parent,
				 entry->d_name);

		if (ww_slice_starts(ww_slice_cstr(entry->d_name),
				    WW_LIT(JOB_FOLDER_PREFIX)) &&
		    n > 0 && n < JOB_PATH_MAX)
			look_at(&folder);
	}
	if (list != NULL)
		closedir(list);
}
