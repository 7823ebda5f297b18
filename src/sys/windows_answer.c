#include "sys/answer.h"

#include "base/buf.h"
#include "sys/why.h"
#include "sys/windows_text.h"

#include "base/banned.h"

/* Beside it: a name cannot move between volumes. */
static const char *
temporary_of(struct ww_arena *arena, const char *path)
{
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, ww_slice_cstr(path));
	ww_buf_add(&buf, WW_LIT(".part-"));
	ww_buf_decimal(&buf, (int64_t)GetCurrentProcessId());
	return ww_arena_copy(arena, buf.p, buf.len);
}

/* The paths are kept as the wide calls take them. */
bool
ww_sys_answer_open(struct ww_arena *arena, const char *path,
		   struct ww_answer_file *ret, const char **retwhy)
{
	const wchar_t *to = native_path(arena, path);
	const wchar_t *from = native_path(arena, temporary_of(arena, path));
	DWORD there = GetFileAttributesW(to);
	HANDLE file;

	if (there != INVALID_FILE_ATTRIBUTES &&
	    (there & FILE_ATTRIBUTE_DIRECTORY) != 0) {
		*retwhy = WHY_FOLDER;
		return false;
	}
	file = CreateFileW(from, GENERIC_WRITE, 0, NULL, CREATE_NEW,
			   FILE_ATTRIBUTE_NORMAL, NULL);
	if (file == INVALID_HANDLE_VALUE) {
		*retwhy = why_not_written(GetLastError());
		return false;
	}
	*ret = (struct ww_answer_file){
		.handle = (intptr_t)file,
		.open = true,
		.path = (const char *)to,
		.temporary = (const char *)from,
	};
	return true;
}

bool
ww_sys_answer_check(struct ww_arena *arena, const char *path,
		    const char **retwhy)
{
	struct ww_answer_file output;

	return ww_sys_answer_open(arena, path, &output, retwhy) &&
	       ww_sys_answer_close(&output, false, retwhy);
}

bool
ww_sys_answer_write(struct ww_answer_file *output, struct ww_slice bytes)
{
	return native_write((HANDLE)output->handle, bytes);
}

bool
ww_sys_answer_close(struct ww_answer_file *output, bool keep,
		    const char **retwhy)
{
	const wchar_t *from = (const void *)output->temporary;
	const wchar_t *to = (const void *)output->path;
	bool done = true;

	if (!output->open)
		return true;
	output->open = false;
	CloseHandle((HANDLE)output->handle);
	if (keep)
		done = MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING) != 0;
	if (!done)
		*retwhy = why_not_written(GetLastError());
	if (!done || !keep)
		DeleteFileW(from);
	return done;
}
