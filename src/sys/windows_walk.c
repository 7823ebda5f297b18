#include "sys/listing.h"
#include "sys/why.h"
#include "sys/windows_text.h"

#include "base/banned.h"

/* Between 1601 and 1970, in the 100 ns of a FILETIME. */
#define FILETIME_OF_1970 116444736000000000LL

/* [MS-FSCC] 2.1.2.1: the tag's file or folder stands for another one. */
#define NAME_SURROGATE 0x20000000u

static uint64_t
join(DWORD high, DWORD low)
{
	return (uint64_t)high << 32 | low;
}

static enum ww_stat_kind
kind_of(DWORD attributes, DWORD tag)
{
	if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
	    (tag & NAME_SURROGATE) != 0)
		return WW_STAT_LINK;
	if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
		return WW_STAT_FOLDER;
	return (attributes & FILE_ATTRIBUTE_DEVICE) != 0 ? WW_STAT_OTHER
							 : WW_STAT_FILE;
}

static int64_t
microseconds(FILETIME time)
{
	int64_t t = (int64_t)join(time.dwHighDateTime, time.dwLowDateTime);

	return (t - FILETIME_OF_1970) / 10;
}

static void
add(struct listing *l, const WIN32_FIND_DATAW *found)
{
	const wchar_t *name = found->cFileName;

	if (wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0)
		return;
	listing_add(l,
		    (struct ww_stat){
			.name = narrow(l->arena, name, wcslen(name)).p,
			.kind = kind_of(found->dwFileAttributes,
					found->dwReserved0),
			.size = join(found->nFileSizeHigh, found->nFileSizeLow),
			.modified = microseconds(found->ftLastWriteTime),
		    });
}

bool
ww_sys_list(struct ww_arena *arena, const char *folder, size_t max,
	    struct ww_listing *ret, const char **retwhy)
{
	struct listing l = { .arena = arena, .max = max };
	const char *all = ww_sys_join(arena, folder, "*");
	WIN32_FIND_DATAW found;
	HANDLE find = FindFirstFileExW(native_path(arena, all), FindExInfoBasic,
				       &found, FindExSearchNameMatch, NULL,
				       FIND_FIRST_EX_LARGE_FETCH);

	if (find == INVALID_HANDLE_VALUE) {
		*retwhy = native_why(GetLastError());
		return false;
	}
	do {
		add(&l, &found);
	} while (!l.list.cut && FindNextFileW(find, &found));
	FindClose(find);
	listing_sort(&l);
	*ret = l.list;
	return true;
}

static bool
attributes_of(struct ww_arena *arena, const char *path,
	      WIN32_FILE_ATTRIBUTE_DATA *ret, const char **retwhy)
{
	if (GetFileAttributesExW(native_path(arena, path),
				 GetFileExInfoStandard, ret))
		return true;
	*retwhy = native_why(GetLastError());
	return false;
}

/* Which kind of a reparse point it is, this call does not say: a link. */
bool
ww_sys_look(const char *path, bool follow, struct ww_stat *ret,
	    const char **retwhy)
{
	struct ww_arena arena;
	jmp_buf oom;
	WIN32_FILE_ATTRIBUTE_DATA data;
	volatile bool ok = false; /* read again after a longjmp() */

	*retwhy = WHY_MEMORY;
	ww_arena_init(&arena, &oom);
	if (setjmp(oom) == 0)
		ok = attributes_of(&arena, path, &data, retwhy);
	ww_arena_release(&arena);
	if (!ok)
		return false;
	*retwhy = NULL;
	*ret = (struct ww_stat){
		.name = path,
		.kind =
		    kind_of(data.dwFileAttributes, follow ? 0 : NAME_SURROGATE),
		.size = join(data.nFileSizeHigh, data.nFileSizeLow),
		.modified = microseconds(data.ftLastWriteTime),
	};
	return true;
}
