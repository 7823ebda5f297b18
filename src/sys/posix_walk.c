#include "sys/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sys/listing.h"
#include "sys/posix_why.h"

#include "base/banned.h"

#define MICROSECONDS 1000000

static enum ww_stat_kind
kind_of(mode_t mode)
{
	if (S_ISREG(mode))
		return WW_STAT_FILE;
	if (S_ISDIR(mode))
		return WW_STAT_FOLDER;
	return S_ISLNK(mode) ? WW_STAT_LINK : WW_STAT_OTHER;
}

static struct ww_stat
entry_of(const char *name, const struct stat *st)
{
	return (struct ww_stat){
		.name = name,
		.kind = kind_of(st->st_mode),
		.size = S_ISREG(st->st_mode) ? (uint64_t)st->st_size : 0,
		.modified = (int64_t)st->st_mtim.tv_sec * MICROSECONDS +
			    st->st_mtim.tv_nsec / 1000,
		.device = (uint64_t)st->st_dev,
		.inode = (uint64_t)st->st_ino,
	};
}

bool
ww_sys_look(const char *path, bool follow, struct ww_stat *ret,
	    const char **retwhy)
{
	struct stat st;

	if (fstatat(AT_FDCWD, path, &st, follow ? 0 : AT_SYMLINK_NOFOLLOW) !=
	    0) {
		*retwhy = why_of(errno);
		return false;
	}
	*ret = entry_of(path, &st);
	return true;
}

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* What is gone by the time it is looked at was not there. */
static void
add_name(struct listing *l, DIR *dir, const char *name)
{
	struct stat st;

	if (fstatat(dirfd(dir), name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return;
	name = ww_arena_copy(l->arena, name, strlen(name));
	listing_add(l, entry_of(name, &st));
}

static DIR *
open_folder(const char *path, const char **retwhy)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);

	if (dir == NULL)
		*retwhy = why_of(errno);
	if (dir == NULL && fd >= 0)
		close(fd);
	return dir;
}

bool
ww_sys_list(struct ww_arena *arena, const char *folder, size_t max,
	    struct ww_listing *ret, const char **retwhy)
{
	struct listing l = { .arena = arena, .max = max };
	DIR *dir = open_folder(folder, retwhy);
	const struct dirent *found;

	if (dir == NULL)
		return false;
	while (!l.list.cut && (found = readdir(dir)) != NULL)
		if (!is_dots(found->d_name))
			add_name(&l, dir, found->d_name);
	closedir(dir);
	listing_sort(&l);
	*ret = l.list;
	return true;
}
