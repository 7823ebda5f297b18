/*
 * What a number can be: every reading of it in every space, ranked, each with
 * the reason for its rank.  Joins code and catalogue; says nothing in words
 * of its own, that is report's work.
 */
#ifndef WW_EXPLAIN_READING_H
#define WW_EXPLAIN_READING_H

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "code/spelling.h"

/* How the number leads to its names. */
enum ww_reading_kind {
	WW_READING_NAMED,     /* the number itself has a name */
	WW_READING_WIN32,     /* an HRESULT or NTSTATUS around a Win32 code */
	WW_READING_NTSTATUS,  /* an HRESULT around an NTSTATUS */
	WW_READING_HTTP,      /* an HRESULT around an HTTP status */
	WW_READING_MINIDUMP,  /* a stop code with the minidump bit */
	WW_READING_STRUCTURE, /* no name: only what the bits say */
};

struct ww_reading {
	enum ww_reading_kind kind;
	enum ww_space space;
	uint32_t value;
	struct ww_spelled spelled;

	/* What is carried, for all kinds but NAMED and STRUCTURE. */
	enum ww_space inner_space;
	uint32_t inner_value;

	struct ww_rec family;  /* p is NULL for STRUCTURE */
	const uint32_t *codes; /* in the arena: names, best first */
	uint32_t n_codes;
	const uint32_t *aliases; /* names of the outer number, likewise */
	uint32_t n_aliases;
	struct ww_rec topic; /* p is NULL when no topic covers it */
	/* That a line shows, by its place in the topic from 1 on; or 0. */
	uint32_t cause;
	bool in_context; /* the topic names the context that was given */

	unsigned rank;	 /* higher is likelier */
	const char *why; /* English message, static */
};

/* What the user said about the number besides its digits. */
struct ww_hints {
	enum ww_space space;   /* --as, or WW_SPACES */
	struct ww_rec family;  /* --as with a family, or without p */
	struct ww_rec context; /* --in, or without p */
	/* Why that context, an English message; NULL: it was given. */
	const char *context_why;
};

struct ww_readings {
	struct ww_reading *p; /* in the arena, best first */
	size_t n;
};

/*
 * Every reading of a spelled number.  There is at least one, of kind
 * STRUCTURE if nothing is known, unless a hint excludes all.
 */
struct ww_readings ww_readings_of(struct ww_arena *arena,
				  const struct ww_catalogue *c,
				  const struct ww_spelled *spelled,
				  const struct ww_hints *hints);

/*
 * Whether the key of a topic, for a number of that space, is meant for the
 * reading: some are for one family's names of the number.
 */
bool ww_reading_covered(const struct ww_reading *reading, struct ww_rec key,
			enum ww_space space);

/* The readings of one catalogue entry: what a symbolic name asks for. */
struct ww_readings ww_readings_of_code(struct ww_arena *arena,
				       const struct ww_catalogue *c,
				       uint32_t code,
				       const struct ww_hints *hints);

#endif
