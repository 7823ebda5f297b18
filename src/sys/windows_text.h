/*
 * UTF-8 to the text and paths of the wide Win32 calls, and back.  Used by
 * windows*.c only.
 */
#ifndef WW_SYS_WINDOWS_TEXT_H
#define WW_SYS_WINDOWS_TEXT_H

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "base/arena.h"
#include "base/slice.h"

/* Text as the wide calls take it: ended by a NUL, which len leaves out. */
struct wide {
	wchar_t *p; /* owned, arena */
	size_t len;
};

struct wide wide_new(struct ww_arena *arena, size_t len);

/* An invalid byte becomes U+FFFD. */
struct wide widen(struct ww_arena *arena, const char *text);

/* A surrogate without its other half becomes U+FFFD.  A NUL stands behind. */
struct ww_slice narrow(struct ww_arena *arena, const wchar_t *p, size_t len);

/*
 * A path as CreateFileW takes it, however long.  The full path counts: a
 * short name may lie in a deep current folder.
 */
const wchar_t *native_path(struct ww_arena *arena, const char *path);

/* winerror.h has it, the headers of MinGW do not. */
#ifndef ERROR_DIRECTORY_NOT_SUPPORTED
#define ERROR_DIRECTORY_NOT_SUPPORTED 336L
#endif

/*
 * GetLastError() behind a CreateFileW that failed.  A folder is refused as
 * "access denied", which sends people astray: it gets an error of its own.
 */
DWORD native_open_error(const wchar_t *path);

/* Such an error in the words of why.h. */
const char *native_why(DWORD error);

/* Likewise, of what was to be written. */
const char *why_not_written(DWORD error);

/* All bytes to a file; false when not all could be written. */
bool native_write(HANDLE file, struct ww_slice bytes);

#endif
