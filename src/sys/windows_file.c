#include "sys/file.h"

#include "sys/why.h"
#include "sys/windows_text.h"

#include "base/banned.h"

/* Bytes for one ReadFile, which counts in 32 bits. */
#define READ_BLOCK ((size_t)16 * 1024 * 1024)

static HANDLE
handle_of(const struct ww_file *file)
{
	return (HANDLE)file->handle;
}

/* Logs are read while a service still writes or rotates them. */
static HANDLE
open_path(struct ww_arena *arena, const char *path, const char **retwhy)
{
	const DWORD share =
	    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
	const wchar_t *name = native_path(arena, path);
	HANDLE file =
	    CreateFileW(name, GENERIC_READ, share, NULL, OPEN_EXISTING,
			FILE_FLAG_SEQUENTIAL_SCAN, NULL);

	if (file == INVALID_HANDLE_VALUE)
		*retwhy = native_why(native_open_error(name));
	return file;
}

static struct ww_file
describe(HANDLE file, bool ours)
{
	struct ww_file ret = { .handle = (intptr_t)file,
			       .ours = ours,
			       .regular = GetFileType(file) == FILE_TYPE_DISK };
	LARGE_INTEGER size;

	if (ret.regular && GetFileSizeEx(file, &size))
		ret.size = (uint64_t)size.QuadPart;
	return ret;
}

bool
ww_sys_open(const char *path, enum ww_open how, struct ww_file *ret,
	    const char **retwhy)
{
	struct ww_arena arena;
	jmp_buf oom;
	/* Read again after a longjmp(). */
	volatile HANDLE file = INVALID_HANDLE_VALUE;

	*retwhy = WHY_MEMORY;
	ww_arena_init(&arena, &oom);
	if (setjmp(oom) == 0)
		file = open_path(&arena, path, retwhy);
	ww_arena_release(&arena);
	if (file == INVALID_HANDLE_VALUE)
		return false;
	*ret = describe(file, true);
	if (ret->regular || how == WW_OPEN_NAMED) {
		*retwhy = NULL;
		return true;
	}
	ww_sys_close(ret);
	*retwhy = WHY_NOT_REGULAR;
	return false;
}

bool
ww_sys_open_stdin(struct ww_file *ret, const char **retwhy)
{
	HANDLE file = GetStdHandle(STD_INPUT_HANDLE);

	if (file == NULL || file == INVALID_HANDLE_VALUE) {
		*retwhy = WHY_OTHER;
		return false;
	}
	*ret = describe(file, false);
	return true;
}

/* A pipe whose writer has gone is at its end. */
static size_t
at_end(const struct ww_file *file, DWORD error, const char **retwhy)
{
	if (error != ERROR_SUCCESS && error != ERROR_BROKEN_PIPE &&
	    error != ERROR_HANDLE_EOF)
		*retwhy = native_why(error);
	else if (file->regular && file->read < file->size)
		*retwhy = WHY_SHRANK;
	return 0;
}

size_t
ww_sys_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct ww_file *file = ctx;
	DWORD n = 0;

	if (len > READ_BLOCK)
		len = READ_BLOCK;
	if (!ReadFile(handle_of(file), buf, (DWORD)len, &n, NULL))
		return at_end(file, GetLastError(), retwhy);
	file->read += n;
	return n > 0 ? n : at_end(file, ERROR_SUCCESS, retwhy);
}

bool
ww_sys_rewind(struct ww_file *file)
{
	const LARGE_INTEGER start = { .QuadPart = 0 };

	if (!file->regular ||
	    !SetFilePointerEx(handle_of(file), start, NULL, FILE_BEGIN))
		return false;
	file->read = 0;
	return true;
}

void
ww_sys_close(struct ww_file *file)
{
	if (file->ours)
		CloseHandle(handle_of(file));
	file->ours = false;
}
