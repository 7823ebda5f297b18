/*
 * One line as a JSON object: where a member's value stands and where the
 * object closes, without building anything of it.  Knows JSON only.
 */
#ifndef WW_ANNOTATE_OBJECT_H
#define WW_ANNOTATE_OBJECT_H

#include "base/slice.h"

/* What we add; an object that has it was annotated before. */
#define WW_MEMBER "winwhy"

/* Objects and arrays inside each other; RFC 8259 lets a reader set a limit. */
#define WW_OBJECT_DEPTH_MAX 512

struct ww_object {
	size_t close;	       /* offset of the closing brace */
	bool annotated;	       /* it has a member WW_MEMBER */
	bool has_field;	       /* and the one that was looked for: */
	struct ww_slice value; /* borrowed; without quotes, escapes as is */
};

/*
 * Whether the line, blanks around it aside, is one object.  Names are compared
 * as they are written, and of a name that stands twice the last counts.
 * Numbers, and the bytes inside strings, are not looked at closely.  One pass,
 * no recursion.
 */
bool ww_object_read(struct ww_slice line, struct ww_slice field,
		    struct ww_object *ret);

/*
 * The text of a value, as its string says it: escapes are undone, and what
 * they say of control characters becomes a blank.  `out` has room for
 * value.len bytes; returns how many were written.
 */
size_t ww_object_text(struct ww_slice value, char *out);

#endif
