/*
 * An annotator from inside: what it holds of the stream, and what its formats
 * do with whole lines.  Used by the files of this folder only.
 */
#ifndef WW_ANNOTATE_ANNOTATOR_H
#define WW_ANNOTATE_ANNOTATOR_H

#include <winwhy/annotate.h>

#include "annotate/known.h"
#include "base/buf.h"
#include "code/scan.h"
#include "evidence/pseudonyms.h"
#include "input/decode.h"

/* So much is held of a line; of a longer one the parts are seen. */
#define WW_HELD_MAX ((size_t)1024 * 1024)

/* Different codes that are told of one line. */
#define WW_NOTES_MAX 8

/* Identities that are known at a time; then all are learnt anew. */
#define WW_HELD_IDENTITIES 32768

/* What is told of a line once its end is known. */
struct ww_note {
	struct ww_known known;
	char spelled[24]; /* as it stands in the line; empty: as 0x… */
};

struct ww_annotator {
	struct ww_arena arena; /* owns what follows */
	jmp_buf oom;
	struct ww_annotate_options options;
	const struct ww_output *output;
	bool closed; /* the output takes no more */
	struct ww_annotated counts;

	const struct ww_input *input;
	bool ended;
	char *in; /* owned, arena; WW_HELD_MAX, filled up to: */
	size_t fill;
	char *raw; /* likewise, where the input is UTF-16; or NULL */
	size_t raw_fill;
	struct ww_decoder decoder;
	struct ww_buf out; /* not written yet */

	enum ww_annotate_format format; /* of this input */
	bool in_part;	/* parts of the line that comes have been seen */
	uint64_t lines; /* before the text at hand, of all inputs */
	struct ww_scan scan;
	struct ww_knowns knowns;
	char *texts; /* owned, arena; WW_HELD_MAX: what is scanned instead */
	struct ww_note notes[WW_NOTES_MAX];
	size_t n_notes;
	struct ww_buf objects; /* the notes as JSON, commas between */

	struct ww_pseudonyms *identities; /* of `names`; NULL: as they are */
	struct ww_arena names;
	struct ww_buf redacted, plain; /* text and JSON that is being copied */
};

/* Bytes that go to the output, in this order. */
void ww_annotate_put(struct ww_annotator *a, struct ww_slice bytes);

/* Likewise bytes of the stream, with pseudonyms if these are wanted. */
void ww_annotate_copy(struct ww_annotator *a, struct ww_slice bytes);

/* Likewise a part of a line that is an object, up to or from its end. */
void ww_annotate_copy_object(struct ww_annotator *a, struct ww_slice json);

/* Know the identities of the text that is copied next. */
void ww_annotate_learn(struct ww_annotator *a, struct ww_slice text);

/*
 * Keep a code of a line for its end: what has no name, what the line tells
 * already and what means nothing are passed over.  `line` is 0 where each line
 * tells all of its codes.
 */
void ww_annotate_note(struct ww_annotator *a, struct ww_slice text,
		      const struct ww_sighting *sighting, uint64_t line);

/* The notes as a JSON array to the output; none are left. */
void ww_annotate_array(struct ww_annotator *a);

/* Where the first line of the text ends: behind its line feed, if any. */
static inline size_t
ww_annotate_line_end(struct ww_slice text, size_t at)
{
	const char *end = memchr(text.p + at, '\n', text.len - at);

	return end == NULL ? text.len : (size_t)(end + 1 - text.p);
}

/*
 * The formats: whole lines, or the last one without its line feed; or a part
 * of a line that is longer than WW_HELD_MAX.  The text is not empty.
 */
void ww_annotate_text(struct ww_annotator *a, struct ww_slice text, bool part);
void ww_annotate_objects(struct ww_annotator *a, struct ww_slice text,
			 bool part);
void ww_annotate_replies(struct ww_annotator *a, struct ww_slice text,
			 bool part);

#endif
