/*
 * Inputs into a diagnosis: what inputs_read() finds is given a place in it
 * and read.
 */
#ifndef WW_INTAKE_READING_H
#define WW_INTAKE_READING_H

#include <signal.h>

#include <winwhy/diagnose.h>

#include "base/arena.h"
#include "sys/file.h"

/* Who watches; called by the thread that called reading_run(). */
struct reading_watch {
	void *ctx;
	/* The next of so many files begins; NULL: nobody watches. */
	void (*begins)(void *ctx, struct ww_slice name, uint32_t number,
		       size_t files);
	/* As in struct inputs_to; with reading_archive() only. */
	bool (*started)(void *ctx);
	/* Not 0 when the work is to end with what is known. */
	const volatile sig_atomic_t *stop;
};

/*
 * Read all that n paths name, on at most `workers` threads; what could not
 * be read is told in the language.  Memory that runs out is a jump to the
 * arena's.
 */
void reading_run(struct ww_arena *arena, const struct ww_catalogue *c,
		 unsigned lang, struct ww_diagnosis *d,
		 const char *const *paths, size_t n, unsigned workers,
		 const struct reading_watch *watch);

/* Likewise one archive that is open; see inputs_archive(). */
void reading_archive(struct ww_arena *arena, const struct ww_catalogue *c,
		     unsigned lang, struct ww_diagnosis *d,
		     struct ww_file *file, const struct reading_watch *watch);

#endif
