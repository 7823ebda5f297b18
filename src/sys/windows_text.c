#include "sys/windows_text.h"

#include "sys/why.h"

#include "base/banned.h"

/* Bytes for one WriteFile, which counts in 32 bits. */
#define WRITE_BLOCK ((size_t)16 * 1024 * 1024)

/* CreateFileW takes longer names only behind the prefix; so do folders. */
#define PLAIN_PATH_MAX 248

struct wide
wide_new(struct ww_arena *arena, size_t len)
{
	return (struct wide){
		.p = ww_arena_array(arena, len + 1, sizeof(wchar_t)),
		.len = len,
	};
}

struct wide
widen(struct ww_arena *arena, const char *text)
{
	int n = MultiByteToWideChar(CP_UTF8, 0, text, -1, NULL, 0);
	struct wide ret = wide_new(arena, n > 0 ? (size_t)n - 1 : 0);

	if (n > 0)
		MultiByteToWideChar(CP_UTF8, 0, text, -1, ret.p, n);
	return ret;
}

struct ww_slice
narrow(struct ww_arena *arena, const wchar_t *p, size_t len)
{
	int n =
	    WideCharToMultiByte(CP_UTF8, 0, p, (int)len, NULL, 0, NULL, NULL);
	char *text = ww_arena_array(arena, (size_t)n + 1, 1);

	if (n > 0)
		WideCharToMultiByte(CP_UTF8, 0, p, (int)len, text, n, NULL,
				    NULL);
	return ww_slice_of(text, (size_t)n);
}

static bool
wide_starts(struct wide s, const wchar_t *prefix)
{
	return wcsncmp(s.p, prefix, wcslen(prefix)) == 0;
}

static struct wide
wide_join(struct ww_arena *arena, const wchar_t *prefix, struct wide s)
{
	size_t n = wcslen(prefix);
	struct wide ret = wide_new(arena, n + s.len);

	memcpy(ret.p, prefix, n * sizeof(*ret.p));
	memcpy(ret.p + n, s.p, s.len * sizeof(*ret.p));
	return ret;
}

/* Absolute, with backslashes, without dots: what the prefix asks for. */
static struct wide
full_path(struct ww_arena *arena, struct wide path)
{
	DWORD room = GetFullPathNameW(path.p, 0, NULL, NULL);
	struct wide ret = wide_new(arena, room);
	DWORD n = GetFullPathNameW(path.p, room, ret.p, NULL);

	/* The current folder may have changed in between. */
	if (n == 0 || n >= room)
		return path;
	ret.len = n;
	return ret;
}

const wchar_t *
native_path(struct ww_arena *arena, const char *path)
{
	struct wide given = widen(arena, path);
	struct wide full = full_path(arena, given);

	if (full.len < PLAIN_PATH_MAX)
		return given.p;
	if (wide_starts(full, L"\\\\?\\") || wide_starts(full, L"\\\\.\\"))
		return full.p;
	if (!wide_starts(full, L"\\\\"))
		return wide_join(arena, L"\\\\?\\", full).p;
	full.p += 2;
	full.len -= 2;
	return wide_join(arena, L"\\\\?\\UNC\\", full).p;
}

DWORD
native_open_error(const wchar_t *path)
{
	DWORD error = GetLastError();
	DWORD attributes;

	if (error != ERROR_ACCESS_DENIED)
		return error;
	attributes = GetFileAttributesW(path);
	if (attributes != INVALID_FILE_ATTRIBUTES &&
	    (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
		return ERROR_DIRECTORY_NOT_SUPPORTED;
	return error;
}

const char *
native_why(DWORD error)
{
	switch (error) {
	case ERROR_FILE_NOT_FOUND:
	case ERROR_PATH_NOT_FOUND:
	case ERROR_INVALID_NAME:
	case ERROR_BAD_NETPATH:
		return WHY_MISSING;
	case ERROR_ACCESS_DENIED:
		return WHY_DENIED;
	case ERROR_DIRECTORY_NOT_SUPPORTED:
		return WHY_FOLDER;
	case ERROR_DIRECTORY:
		return WHY_NO_FOLDER;
	case ERROR_FILENAME_EXCED_RANGE:
		return WHY_LONG_NAME;
	case ERROR_TOO_MANY_OPEN_FILES:
		return WHY_MANY_OPEN;
	case ERROR_SHARING_VIOLATION:
	case ERROR_LOCK_VIOLATION:
		return WHY_LOCKED;
	case ERROR_CRC:
	case ERROR_READ_FAULT:
	case ERROR_IO_DEVICE:
		return WHY_DISK;
	case ERROR_NOT_ENOUGH_MEMORY:
	case ERROR_OUTOFMEMORY:
		return WHY_MEMORY;
	default:
		return WHY_OTHER;
	}
}

const char *
why_not_written(DWORD error)
{
	const char *why = native_why(error);

	return strcmp(why, WHY_OTHER) == 0 ? WHY_NOT_WRITTEN : why;
}

bool
native_write(HANDLE file, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		size_t len = bytes.len < WRITE_BLOCK ? bytes.len : WRITE_BLOCK;
		DWORD n = 0;

		if (!WriteFile(file, bytes.p, (DWORD)len, &n, NULL) || n == 0)
			return false;
		bytes = ww_slice_from(bytes, n);
	}
	return true;
}
