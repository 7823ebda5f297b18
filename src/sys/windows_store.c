#include "sys/store.h"

#include "sys/why.h"
#include "sys/windows_text.h"

#include "base/banned.h"

/* Bytes for one call, which counts in 32 bits. */
#define STORE_BLOCK ((size_t)16 * 1024 * 1024)

/* MAX_PATH and the file's name: what GetTempPathW() gives at most. */
#define PATH_ROOM (MAX_PATH + 32)

static HANDLE
handle_of(const struct ww_store *store)
{
	return (HANDLE)store->handle;
}

/* It has a name as long as it is open, and nobody else may open that. */
bool
ww_sys_store_open(struct ww_store *ret, const char **retwhy)
{
	const DWORD how = FILE_ATTRIBUTE_TEMPORARY | FILE_FLAG_DELETE_ON_CLOSE;
	wchar_t folder[PATH_ROOM], path[PATH_ROOM];
	HANDLE file;

	if (GetTempPathW(PATH_ROOM, folder) == 0 ||
	    GetTempFileNameW(folder, L"wwy", 0, path) == 0) {
		*retwhy = native_why(GetLastError());
		return false;
	}
	file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE, 0, NULL,
			   CREATE_ALWAYS, how, NULL);
	if (file == INVALID_HANDLE_VALUE) {
		*retwhy = native_why(GetLastError());
		return false;
	}
	*ret = (struct ww_store){ .handle = (intptr_t)file, .open = true };
	return true;
}

/* Where a call of ReadFile() or WriteFile() begins. */
static OVERLAPPED
place(uint64_t at)
{
	OVERLAPPED ret = { 0 };

	ret.Offset = (DWORD)at;
	ret.OffsetHigh = (DWORD)(at >> 32);
	return ret;
}

bool
ww_sys_store_write(struct ww_store *store, uint64_t at, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		size_t len = bytes.len < STORE_BLOCK ? bytes.len : STORE_BLOCK;
		OVERLAPPED from = place(at);
		DWORD n = 0;

		if (!WriteFile(handle_of(store), bytes.p, (DWORD)len, &n,
			       &from) ||
		    n == 0)
			return false;
		at += n;
		bytes = ww_slice_from(bytes, n);
	}
	return true;
}

bool
ww_sys_store_read(struct ww_store *store, uint64_t at, void *buf, size_t len)
{
	char *p = buf;

	while (len > 0) {
		OVERLAPPED from = place(at);
		DWORD n = 0;

		if (!ReadFile(handle_of(store), p,
			      (DWORD)(len < STORE_BLOCK ? len : STORE_BLOCK),
			      &n, &from) ||
		    n == 0)
			return false;
		at += n;
		p += n;
		len -= n;
	}
	return true;
}

void
ww_sys_store_close(struct ww_store *store)
{
	if (store->open)
		CloseHandle(handle_of(store));
	store->open = false;
}
