#include "sys/tree.h"

#include "sys/windows_text.h"

#include "base/banned.h"

static enum ww_create
not_created(DWORD error, const char **retwhy)
{
	if (error == ERROR_FILE_EXISTS || error == ERROR_ALREADY_EXISTS)
		return WW_CREATE_EXISTS;
	if (error == ERROR_PATH_NOT_FOUND)
		return WW_CREATE_NO_FOLDER;
	*retwhy = why_not_written(error);
	return WW_CREATE_FAILED;
}

enum ww_create
ww_sys_create(struct ww_arena *arena, const char *path, struct ww_slice bytes,
	      const char **retwhy)
{
	const wchar_t *name = native_path(arena, path);
	HANDLE file = CreateFileW(name, GENERIC_WRITE, 0, NULL, CREATE_NEW,
				  FILE_ATTRIBUTE_NORMAL, NULL);
	bool written;
	DWORD error;

	if (file == INVALID_HANDLE_VALUE)
		return not_created(GetLastError(), retwhy);
	written = native_write(file, bytes);
	error = GetLastError();
	CloseHandle(file);
	if (written)
		return WW_CREATE_DONE;
	DeleteFileW(name);
	*retwhy = why_not_written(error);
	return WW_CREATE_FAILED;
}

bool
ww_sys_make_folder(struct ww_arena *arena, const char *path,
		   const char **retwhy)
{
	DWORD error;

	if (CreateDirectoryW(native_path(arena, path), NULL))
		return true;
	error = GetLastError();
	if (error == ERROR_ALREADY_EXISTS)
		return true;
	*retwhy = why_not_written(error);
	return false;
}

bool
ww_sys_remove(struct ww_arena *arena, const char *path, const char **retwhy)
{
	if (DeleteFileW(native_path(arena, path)))
		return true;
	*retwhy = why_not_written(GetLastError());
	return false;
}
