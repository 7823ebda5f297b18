/*
 * A dialect: one grammar of text logs.  A reader is a row in dialects.c and a
 * file of its own; it turns lines into records and knows nothing of what they
 * mean.  Used by read.c only.
 */
#ifndef WW_INPUT_DIALECT_H
#define WW_INPUT_DIALECT_H

#include "base/arena.h"
#include "base/simd/kernels.h"
#include "catalogue/format.h"
#include "evidence/record.h"
#include "input/loss.h"

/* Room for a message that a reader composes from a table's columns. */
#define WW_COMPOSED_MAX 2048

/* More than anybody asks of one event; else its whole text is wanted. */
#define WW_WANTED_FIELDS_MAX 12

/* What somebody looks at in events of one provider and id. */
struct ww_wanted {
	bool always; /* not only where they may hold a code */
	bool text;   /* all of it, or nothing but these fields: */
	struct ww_slice fields[WW_WANTED_FIELDS_MAX]; /* borrowed */
	unsigned n;
};

/* What is wanted of events: a reader need not compose the rest. */
struct ww_wants {
	void (*event)(const void *ctx, struct ww_slice provider, unsigned id,
		      struct ww_wanted *ret);
	const void *ctx; /* borrowed */
};

/* What a reader keeps while it reads one file. */
struct ww_reader {
	struct ww_arena *arena; /* borrowed; of the file's analysis */
	const struct ww_kernels *kernels;
	struct ww_zone zone; /* a reader may learn it from the lines */
	void *state;	     /* owned, arena; zeroed, state_size bytes */
	/*
	 * Set by the caller before each line: a record stands before it that
	 * it may go on with.  Otherwise the file begins here, or a window.
	 */
	bool pending;
	char composed[WW_COMPOSED_MAX];
	/* Set by a reader when the log says so; English message or NULL. */
	const char *undecoded;
	/* Of a binary format: what this file is; else what its head says. */
	const char *name;
	struct ww_losses losses; /* of a binary format, by its reader */
	struct ww_wants wants;	 /* event NULL: all */
};

enum ww_code_search {
	WW_CODES_HEX,	 /* eight digits, or 0x: what vector code finds */
	WW_CODES_WORDS,	 /* also "error 1603" and names: every line is read */
	WW_CODES_MESSAGE /* the same, of the message: the head has none */
};

struct ww_dialect {
	enum ww_dialect_id id; /* its place among WW_WORDS_DIALECT */
	enum ww_code_search codes;
	enum ww_zone_source zone; /* STATED: its times are UTC */
	/* A record is one line: nothing that follows belongs to it. */
	bool single_line;
	bool any_order; /* the newest record may stand first */
	size_t state_size;

	/*
	 * How sure it is that a file that begins so is of this dialect, 0 to
	 * 100: grammar counts, never the file's name.  head is UTF-8, its
	 * last line may be cut.  NULL, and parse with it: no text is of it,
	 * a binary format gives its records.
	 */
	unsigned (*sniff)(struct ww_slice head);

	/*
	 * Read a line, without its line end, that starts a record.  *ret has no
	 * time, and nothing else; it means nothing when the line starts no
	 * record, so that it goes on with the one before: false.  text,
	 * component and raw are slices of the line or of reader->composed
	 * (single_line dialects only); line and raw are filled in by the
	 * caller.
	 */
	bool (*parse)(struct ww_reader *reader, struct ww_slice line,
		      struct ww_record *ret);

	/*
	 * Fill in what stands behind the message, once all lines of the record
	 * are known.  raw and text hold the whole record, line breaks included;
	 * what is filled in are slices of raw or of reader->composed
	 * (WW_CODES_MESSAGE dialects only), and raw itself becomes what is
	 * worth quoting, line the number of where that stands.  NULL: the first
	 * line says it all.
	 */
	void (*complete)(struct ww_reader *reader, struct ww_record *record);

	/*
	 * Where in the line another record begins, behind its first byte; its
	 * length where none does.  What stands before it is parsed as a line
	 * of its own.  NULL: records begin at the start of lines.
	 */
	size_t (*split)(struct ww_slice line);
};

/* How much of the line belongs to one record. */
static inline size_t
ww_dialect_part(const struct ww_dialect *dialect, struct ww_slice line)
{
	return dialect->split == NULL ? line.len : dialect->split(line);
}

/* By id; the generic text reader takes what no other claims. */
const struct ww_dialect *ww_dialect_of(enum ww_dialect_id id);

/* The dialect that is surest of a head; generic text if none is. */
const struct ww_dialect *ww_dialect_sniff(struct ww_slice head);

#endif
