#include "compile/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

#include "base/banned.h"

struct ww_slice
file_read(struct ww_arena *arena, const char *path, struct problems *problems)
{
	struct ww_buf buf = ww_buf_in(arena);
	char block[65536];
	size_t n;
	FILE *file = fopen(path, "rb");

	if (file == NULL) {
		problems->file = path;
		problems->line = 0;
		problem(problems, "could not open: %s", strerror(errno));
		return ww_buf_slice(&buf);
	}
	while ((n = fread(block, 1, sizeof(block), file)) > 0)
		ww_buf_add(&buf, ww_slice_of(block, n));
	if (ferror(file))
		problem(problems, "could not read %s", path);
	fclose(file);
	return ww_buf_slice(&buf);
}

char *
file_path(struct ww_arena *arena, const char *dir, const char *name)
{
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_printf(&buf, "%s/%s", dir, name);
	ww_buf_char(&buf, '\0');
	return buf.p;
}

static bool
ends_with(const char *name, const char *ending)
{
	size_t n = strlen(name), e = strlen(ending);

	return n > e && strcmp(name + n - e, ending) == 0;
}

static int
compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct file_list
file_list(struct ww_arena *arena, const char *dir, const char *ending,
	  struct problems *problems)
{
	struct file_list list = { 0 };
	size_t cap = 1024;
	struct dirent *entry;
	DIR *handle = opendir(dir);

	if (handle == NULL) {
		problems->file = dir;
		problems->line = 0;
		problem(problems, "could not open: %s", strerror(errno));
		return list;
	}
	list.paths = ww_arena_array(arena, cap, sizeof(*list.paths));
	while ((entry = readdir(handle)) != NULL) {
		if (!ends_with(entry->d_name, ending))
			continue;
		if (list.n == cap) {
			problem(problems, "%s: more than %zu files", dir, cap);
			break;
		}
		list.paths[list.n++] = file_path(arena, dir, entry->d_name);
	}
	closedir(handle);
	qsort(list.paths, list.n, sizeof(*list.paths), compare_paths);
	return list;
}
