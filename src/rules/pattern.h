/*
 * A pattern: a log line with typed holes.
 *
 *	Cannot repair member file [l:{int}]'{file}' of {package}, version
 *
 * Literal text stands for itself, letters folded.  {type} or {name:type} is a
 * hole; {{ and }} are braces.  ^ at the start: only at the start of the text.
 * A pattern begins with literal text, and what follows its last piece is not
 * looked at.
 *
 * Holes of a class (int, hex, code, guid, version, time, gap) take as much as
 * the class allows; the others end at the first place where the next literal
 * stands, and never cross a line break.  Nothing goes back, so that matching
 * is linear in the text.  Described for people in docs/knowledge.md.
 */
#ifndef WW_RULES_PATTERN_H
#define WW_RULES_PATTERN_H

#include <stdint.h>

#include <winwhy/status.h>

#include "base/arena.h"
#include "base/slice.h"

/* Every pattern has a literal of so many bytes, by which it is found. */
#define WW_ANCHOR_MIN 5

/* A hole takes no more than that. */
#define WW_HOLE_MAX	1024

#define WW_PIECES_MAX	24
#define WW_CAPTURES_MAX 10

enum ww_hole {
	WW_HOLE_INT,	 /* decimal digits, perhaps a minus */
	WW_HOLE_HEX,	 /* hexadecimal digits, perhaps 0x */
	WW_HOLE_CODE,	 /* 0x and digits, eight digits, or a decimal */
	WW_HOLE_GUID,	 /* with or without braces */
	WW_HOLE_VERSION, /* digits and full stops */
	WW_HOLE_TIME,	 /* digits and what parts them: - / : . , T Z blank */
	WW_HOLE_GAP,	 /* blanks and tabs, at least one */
	WW_HOLE_WORD,	 /* up to the next literal, no white space */
	WW_HOLE_QUOTED, /* "…" or '…', with its quotes, without them kept */
	WW_HOLE_PATH,	/* up to the next literal */
	WW_HOLE_FILE,	/* likewise */
	WW_HOLE_PACKAGE, /* likewise */
	WW_HOLE_TEXT,	 /* likewise */
	WW_HOLE_REST,	 /* to the end of the line */
	WW_HOLES
};

struct ww_piece {
	bool is_hole;
	enum ww_hole hole;
	struct ww_slice text; /* the literal, or the hole's name */
};

struct ww_pattern {
	struct ww_piece *pieces; /* owned, arena */
	unsigned n_pieces;
	bool at_start; /* ^ */
};

struct ww_capture {
	struct ww_slice name;  /* borrowed from the pattern */
	struct ww_slice value; /* borrowed from the text */
};

struct ww_captures {
	struct ww_capture p[WW_CAPTURES_MAX];
	unsigned n;
};

/*
 * Read a pattern.  Slices are borrowed from `text`, or owned by the arena
 * where braces were written double.  WW_INVALID fills *reterr, whose `at` is
 * a place in `text`.
 */
enum ww_status ww_pattern_read(struct ww_arena *arena, struct ww_slice text,
			       struct ww_pattern *ret, struct ww_error *reterr);

/*
 * Match with the first literal standing at text.p + at.  Holes are captured
 * into *ret, which means nothing when there is no match.  *cost grows by the
 * bytes that were looked at, with a match or without.
 */
bool ww_pattern_match(const struct ww_pattern *pattern, struct ww_slice text,
		      size_t at, struct ww_captures *ret, size_t *cost);

/*
 * Whether a hole that ends at the second literal stands between the first two,
 * so that the pattern may be found by either of them.
 */
bool ww_pattern_has_second(const struct ww_pattern *pattern);

/*
 * Match with the second literal of such a pattern standing at text.p + at,
 * and the first as early as the hole between them allows.
 */
bool ww_pattern_match_second(const struct ww_pattern *pattern,
			     struct ww_slice text, size_t at,
			     struct ww_captures *ret, size_t *cost);

/* Match anywhere in the text: what the compiler tries sample lines with. */
bool ww_pattern_find(const struct ww_pattern *pattern, struct ww_slice text,
		     struct ww_captures *ret);

/* The value captured under a name; empty when there is none. */
struct ww_slice ww_captured(const struct ww_captures *captures,
			    const char *name);

#endif
