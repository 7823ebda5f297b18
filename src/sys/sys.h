/*
 * The platform: arguments, whole files, standard streams, the terminal, the
 * user's language, the clock.  posix*.c and windows*.c implement it and the
 * other headers here; nothing else knows a system call.  Paths and arguments
 * are UTF-8 everywhere.
 */
#ifndef WW_SYS_SYS_H
#define WW_SYS_SYS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <winwhy/status.h>

#include "base/arena.h"
#include "base/slice.h"

/* Standard input and files are read up to here, as text for people. */
#define WW_SYS_READ_MAX ((size_t)64 * 1024 * 1024)

enum ww_std { WW_STDIN, WW_STDOUT, WW_STDERR };

/* The arguments in UTF-8, ended by NULL; argv as main() was given it. */
char **ww_sys_arguments(struct ww_arena *arena, int argc, char **argv);

/*
 * A whole file, at most max bytes.  WW_LIMIT fills *ret with the first max
 * bytes as well.  WW_IO: *retwhy is the system's reason, in the arena.
 */
enum ww_status ww_sys_read_file(struct ww_arena *arena, const char *path,
				size_t max, struct ww_slice *ret,
				const char **retwhy);

/* Standard input likewise. */
enum ww_status ww_sys_read_stdin(struct ww_arena *arena, size_t max,
				 struct ww_slice *ret, const char **retwhy);

/* Whether a file or folder of that name exists. */
bool ww_sys_exists(const char *path);

enum ww_written {
	WW_WRITTEN,
	WW_WRITE_CLOSED, /* whoever read it has gone */
	WW_WRITE_FAILED,
};

/*
 * Write UTF-8 bytes: as they are into files and pipes, as characters on a
 * console.
 */
enum ww_written ww_sys_send(enum ww_std stream, struct ww_slice bytes);

/* False when not all could be written. */
static inline bool
ww_sys_write(enum ww_std stream, struct ww_slice bytes)
{
	return ww_sys_send(stream, bytes) == WW_WRITTEN;
}

/* Whether the stream is a terminal that shows ANSI colours. */
bool ww_sys_is_terminal(enum ww_std stream);

/* Columns of the terminal on standard output, or 0. */
unsigned ww_sys_columns(void);

/* A variable of the environment in UTF-8, or NULL. */
const char *ww_sys_environment(struct ww_arena *arena, const char *name);

/* The user's language: two letters, "en" when the system names none. */
struct ww_slice ww_sys_language(struct ww_arena *arena);

/* Milliseconds on a clock that only goes forward. */
uint64_t ww_sys_now_ms(void);

/* Microseconds since 1970 in UTC, by the clock that people set. */
int64_t ww_sys_utc(void);

/* So long nothing is done, unless Ctrl-C ends it. */
void ww_sys_wait_ms(uint64_t ms);

/* The name of this computer; empty when the system does not say. */
struct ww_slice ww_sys_computer(struct ww_arena *arena);

/*
 * Write to a file, behind what is in it or in its place.  False: *retwhy is
 * the system's reason.
 */
bool ww_sys_write_file(struct ww_arena *arena, const char *path, bool append,
		       struct ww_slice bytes, const char **retwhy);

/*
 * From now on Ctrl-C sets *flag, so that the work can be ended with what is
 * known by then; a second one ends the program.  Reads that wait end, too.
 */
void ww_sys_on_interrupt(volatile sig_atomic_t *flag);

/* Whether there was one. */
bool ww_sys_interrupted(void);

#endif
