/*
 * What a person names, as inputs of a diagnosis: files, the files of
 * folders, the members of archives.  Here and not in sys, because it brings
 * together the platform, the formats (input/) and the unpacker, and knows
 * nothing of any of them but their interfaces.
 */
#ifndef WW_INTAKE_INPUTS_H
#define WW_INTAKE_INPUTS_H

#include <signal.h>

#include <winwhy/diagnose.h>

#include "base/arena.h"
#include "sys/file.h"

/* Of the files in folders that nobody named: so many, the newest first. */
#define INPUTS_FILES_MAX ((size_t)2000)
#define INPUTS_BYTES_MAX (8ULL << 30)

/* Members of all archives that are read. */
#define INPUTS_MEMBERS_MAX ((size_t)10000)

/*
 * What is done with them.  Only read() is called from several threads; the
 * others from the one that called inputs_read(), and not while read() runs
 * for a file that is no member of an archive.
 */
struct inputs_to {
	void *ctx;
	/* A place in the report; the name is borrowed for the call. */
	uint32_t (*place)(void *ctx, struct ww_slice name);
	/* Read to its end, or as far as it is wanted. */
	void (*read)(void *ctx, uint32_t place, const struct ww_input *input);
	void (*unreadable)(void *ctx, struct ww_slice name, const char *why);
	/* So many were passed over; 0: nobody counted.  English message. */
	void (*skipped)(void *ctx, const char *why, uint64_t count);
	/* What there is to read, before the first read(); NULL: not wanted. */
	void (*found)(void *ctx, size_t files, uint64_t bytes);
	/*
	 * The program that unpacks an archive has been started, and nothing
	 * is read yet of what it says.  False: nothing will be.  NULL: not
	 * wanted.
	 */
	bool (*started)(void *ctx);
	/* Not 0 when the work is to end: reads then come to their end. */
	const volatile sig_atomic_t *stop;
};

/*
 * Read all that n paths name, "-" for standard input.  Files are read by as
 * many as `workers` threads; archives follow, one after another.
 */
void inputs_read(struct ww_arena *arena, const char *const *paths, size_t n,
		 unsigned workers, const struct inputs_to *to);

/*
 * Read one archive that is open; its members are shown by their own names.
 * No file is opened and no program started once started() was called.
 */
void inputs_archive(struct ww_arena *arena, struct ww_file *file,
		    const struct inputs_to *to);

#endif
