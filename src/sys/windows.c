/*
 * The platform on Windows: the wide Win32 calls, UTF-8 towards the program.
 * No stdio, so nothing here translates line ends or code pages.
 */
#include "sys/sys.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <shellapi.h> /* after windows.h, whose types it takes for given */

#include "base/buf.h"
#include "sys/windows_text.h"

#include "base/banned.h"

/* Bytes for one WriteConsoleW: older consoles refuse more than 64 KiB. */
#define CONSOLE_BLOCK 4096

/* Bytes for one WriteFile, which counts in 32 bits. */
#define FILE_BLOCK ((size_t)1024 * 1024)

char **
ww_sys_arguments(struct ww_arena *arena, int argc, char **argv)
{
	/* The CRT gives main() the code page: what it lacks is lost. */
	LPWSTR *words = CommandLineToArgvW(GetCommandLineW(), &argc);
	char **ret;

	if (words == NULL)
		return argv;
	ret = ww_arena_array(arena, (size_t)argc + 1, sizeof(*ret));
	for (int i = 0; i < argc; i++)
		ret[i] = (char *)narrow(arena, words[i], wcslen(words[i])).p;
	LocalFree(words);
	return ret;
}

/* The system's words for a GetLastError(), without its full stop. */
static const char *
reason(struct ww_arena *arena, DWORD error)
{
	const DWORD flags =
	    FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS;
	wchar_t text[512];
	DWORD n = FormatMessageW(flags, NULL, error, 0, text,
				 WW_ARRAY_LEN(text), NULL);
	struct ww_slice s = ww_slice_trim(narrow(arena, text, n));
	struct ww_buf buf = ww_buf_in(arena);

	if (s.len == 0) {
		ww_buf_add(&buf, WW_LIT("error "));
		ww_buf_decimal(&buf, (int64_t)error);
		s = ww_buf_slice(&buf);
	}
	if (s.p[s.len - 1] == '.')
		s.len--;
	return ww_arena_copy(arena, s.p, s.len);
}

/* A pipe whose writer has gone is at its end. */
static enum ww_status
read_end(struct ww_arena *arena, struct ww_slice bytes, struct ww_slice *ret,
	 const char **retwhy)
{
	DWORD error = GetLastError();

	if (error == ERROR_BROKEN_PIPE || error == ERROR_HANDLE_EOF) {
		*ret = bytes;
		return WW_OK;
	}
	*retwhy = reason(arena, error);
	return WW_IO;
}

static enum ww_status
read_all(struct ww_arena *arena, HANDLE file, size_t max, struct ww_slice *ret,
	 const char **retwhy)
{
	struct ww_buf buf = ww_buf_in(arena);
	char block[16384];
	DWORD n;

	for (;;) {
		if (!ReadFile(file, block, sizeof(block), &n, NULL))
			return read_end(arena, ww_buf_slice(&buf), ret, retwhy);
		if (n == 0)
			break;
		ww_buf_add(&buf, ww_slice_of(block, n));
		if (buf.len > max) {
			*ret = ww_slice_of(buf.p, max);
			return WW_LIMIT;
		}
	}
	*ret = ww_buf_slice(&buf);
	return WW_OK;
}

/*
 * Typed text: ReadFile would give it in the console's code page.  The units
 * are gathered first, since a block may end between two surrogates.
 */
static enum ww_status
read_console(struct ww_arena *arena, HANDLE console, size_t max,
	     struct ww_slice *ret, const char **retwhy)
{
	const wchar_t control_z = 0x1A; /* at the start of a line: the end */
	struct ww_buf buf = ww_buf_in(arena);
	wchar_t block[1024];
	DWORD n;

	while (buf.len / sizeof(*block) <= max) {
		if (!ReadConsoleW(console, block, WW_ARRAY_LEN(block), &n,
				  NULL)) {
			*retwhy = reason(arena, GetLastError());
			return WW_IO;
		}
		if (n == 0 || block[0] == control_z)
			break;
		ww_buf_add(&buf, ww_slice_of((const char *)block,
					     n * sizeof(*block)));
	}
	*ret = narrow(arena, (const wchar_t *)(const void *)buf.p,
		      buf.len / sizeof(*block));
	if (ret->len <= max)
		return WW_OK;
	ret->len = max;
	return WW_LIMIT;
}

enum ww_status
ww_sys_read_file(struct ww_arena *arena, const char *path, size_t max,
		 struct ww_slice *ret, const char **retwhy)
{
	/* Logs are read while a service still writes or rotates them. */
	const DWORD share =
	    FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
	const wchar_t *name = native_path(arena, path);
	HANDLE file =
	    CreateFileW(name, GENERIC_READ, share, NULL, OPEN_EXISTING,
			FILE_FLAG_SEQUENTIAL_SCAN, NULL);
	enum ww_status st;

	if (file == INVALID_HANDLE_VALUE) {
		*retwhy = reason(arena, native_open_error(name));
		return WW_IO;
	}
	st = read_all(arena, file, max, ret, retwhy);
	CloseHandle(file);
	return st;
}

/* NULL when the program was started without the stream. */
static HANDLE
stream_handle(enum ww_std stream)
{
	static const DWORD ids[] = {
		[WW_STDIN] = STD_INPUT_HANDLE,
		[WW_STDOUT] = STD_OUTPUT_HANDLE,
		[WW_STDERR] = STD_ERROR_HANDLE,
	};
	HANDLE handle = GetStdHandle(ids[stream]);

	return handle == INVALID_HANDLE_VALUE ? NULL : handle;
}

static bool
is_console(HANDLE handle)
{
	DWORD mode;

	return GetConsoleMode(handle, &mode);
}

enum ww_status
ww_sys_read_stdin(struct ww_arena *arena, size_t max, struct ww_slice *ret,
		  const char **retwhy)
{
	HANDLE handle = stream_handle(WW_STDIN);

	if (handle == NULL) {
		*retwhy = reason(arena, ERROR_INVALID_HANDLE);
		return WW_IO;
	}
	if (is_console(handle))
		return read_console(arena, handle, max, ret, retwhy);
	return read_all(arena, handle, max, ret, retwhy);
}

bool
ww_sys_exists(const char *path)
{
	struct ww_arena arena;
	jmp_buf oom;
	volatile bool ret = false; /* read again after a longjmp() */

	ww_arena_init(&arena, &oom);
	if (setjmp(oom) == 0) {
		const wchar_t *name = native_path(&arena, path);

		ret = GetFileAttributesW(name) != INVALID_FILE_ATTRIBUTES;
	}
	ww_arena_release(&arena);
	return ret;
}

static bool
write_units(HANDLE console, const wchar_t *p, DWORD left)
{
	while (left > 0) {
		DWORD n = 0;

		if (!WriteConsoleW(console, p, left, &n, NULL) || n == 0)
			return false;
		p += n;
		left -= n;
	}
	return true;
}

/* How many bytes fit a block when no character may be cut in two. */
static size_t
whole_characters(struct ww_slice bytes)
{
	size_t n = CONSOLE_BLOCK;

	if (bytes.len <= n)
		return bytes.len;
	while (n > CONSOLE_BLOCK - 4 &&
	       ((unsigned char)bytes.p[n] & 0xC0) == 0x80)
		n--;
	return n;
}

/* Blocks of whole characters: no surrogate pair is split either. */
static bool
write_console(HANDLE console, struct ww_slice bytes)
{
	wchar_t units[CONSOLE_BLOCK];

	while (bytes.len > 0) {
		size_t len = whole_characters(bytes);
		int n = MultiByteToWideChar(CP_UTF8, 0, bytes.p, (int)len,
					    units, CONSOLE_BLOCK);

		if (n <= 0 || !write_units(console, units, (DWORD)n))
			return false;
		bytes = ww_slice_from(bytes, len);
	}
	return true;
}

static enum ww_written
write_file(HANDLE file, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		size_t len = bytes.len < FILE_BLOCK ? bytes.len : FILE_BLOCK;
		DWORD n = 0, error;

		if (!WriteFile(file, bytes.p, (DWORD)len, &n, NULL) || n == 0) {
			error = GetLastError();
			return error == ERROR_BROKEN_PIPE ||
				       error == ERROR_NO_DATA
				   ? WW_WRITE_CLOSED
				   : WW_WRITE_FAILED;
		}
		bytes = ww_slice_from(bytes, n);
	}
	return WW_WRITTEN;
}

enum ww_written
ww_sys_send(enum ww_std stream, struct ww_slice bytes)
{
	HANDLE handle = stream_handle(stream);

	if (handle == NULL)
		return bytes.len == 0 ? WW_WRITTEN : WW_WRITE_FAILED;
	if (is_console(handle))
		return write_console(handle, bytes) ? WW_WRITTEN
						    : WW_WRITE_FAILED;
	return write_file(handle, bytes);
}

/* Consoles before Windows 10 refuse the mode, and show the escapes as text. */
bool
ww_sys_is_terminal(enum ww_std stream)
{
	const DWORD ansi =
	    ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING;
	HANDLE handle = stream_handle(stream);
	DWORD mode;

	if (handle == NULL || !GetConsoleMode(handle, &mode))
		return false;
	/* The same bits mean other things on an input handle. */
	if (stream == WW_STDIN || (mode & ansi) == ansi)
		return true;
	return SetConsoleMode(handle, mode | ansi);
}

unsigned
ww_sys_columns(void)
{
	CONSOLE_SCREEN_BUFFER_INFO info;
	HANDLE handle = stream_handle(WW_STDOUT);
	int columns;

	if (handle == NULL || !GetConsoleScreenBufferInfo(handle, &info))
		return 0;
	/* The window: the buffer behind it may be wider. */
	columns = info.srWindow.Right - info.srWindow.Left + 1;
	return columns > 0 ? (unsigned)columns : 0;
}

const char *
ww_sys_environment(struct ww_arena *arena, const char *name)
{
	struct wide key = widen(arena, name);
	DWORD room = GetEnvironmentVariableW(key.p, NULL, 0);
	struct wide value;
	DWORD n;

	if (room == 0)
		return NULL;
	value = wide_new(arena, room);
	n = GetEnvironmentVariableW(key.p, value.p, room);
	return n < room ? narrow(arena, value.p, n).p : NULL;
}

struct ww_slice
ww_sys_computer(struct ww_arena *arena)
{
	wchar_t name[256];
	DWORD n = sizeof(name) / sizeof(name[0]);

	return GetComputerNameExW(ComputerNameDnsHostname, name, &n)
		   ? narrow(arena, name, n)
		   : (struct ww_slice){ 0 };
}

static bool
write_all(HANDLE file, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		DWORD most = bytes.len < 0x100000 ? (DWORD)bytes.len : 0x100000;
		DWORD n = 0;

		if (!WriteFile(file, bytes.p, most, &n, NULL) || n == 0)
			return false;
		bytes = ww_slice_from(bytes, n);
	}
	return true;
}

bool
ww_sys_write_file(struct ww_arena *arena, const char *path, bool append,
		  struct ww_slice bytes, const char **retwhy)
{
	HANDLE file = CreateFileW(native_path(arena, path),
				  append ? FILE_APPEND_DATA : GENERIC_WRITE, 0,
				  NULL, append ? OPEN_ALWAYS : CREATE_ALWAYS,
				  FILE_ATTRIBUTE_NORMAL, NULL);
	bool written = file != INVALID_HANDLE_VALUE && write_all(file, bytes);

	if (!written)
		*retwhy = native_why(GetLastError());
	if (file != INVALID_HANDLE_VALUE)
		CloseHandle(file);
	return written;
}

/* "fr" of "fr_FR.UTF-8"; English for "C", "POSIX" and names of three letters.
 */
static struct ww_slice
locale_language(const char *locale)
{
	size_t n = 0;

	while (ww_is_alpha(locale[n]))
		n++;
	return n == 2 ? ww_slice_of(locale, n) : WW_LIT("en");
}

/* The language Windows shows itself in, which need not be the formats' one. */
static struct ww_slice
windows_language(struct ww_arena *arena)
{
	LCID locale = MAKELCID(GetUserDefaultUILanguage(), SORT_DEFAULT);
	wchar_t name[16];
	int n = GetLocaleInfoW(locale, LOCALE_SISO639LANGNAME, name,
			       WW_ARRAY_LEN(name));

	if (n <= 1)
		return WW_LIT("en");
	return locale_language(narrow(arena, name, (size_t)n - 1).p);
}

/* The variables of POSIX first: Windows sets none, but a person or test may. */
struct ww_slice
ww_sys_language(struct ww_arena *arena)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++) {
		const char *value = ww_sys_environment(arena, names[i]);

		if (value != NULL && value[0] != '\0')
			return locale_language(value);
	}
	return windows_language(arena);
}
