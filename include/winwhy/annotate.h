/*
 * Annotation: a stream of text or NDJSON is copied, and each code in it is
 * explained where it stands.
 *
 * Memory is flat, whatever the length of the stream and of its lines; what
 * has been read is written before more is waited for.
 */
#ifndef WINWHY_ANNOTATE_H
#define WINWHY_ANNOTATE_H

#include <winwhy/diagnose.h>

#ifdef __cplusplus
extern "C" {
#endif

enum ww_annotate_format {
	WW_ANNOTATE_AUTO,   /* NDJSON if the first line starts an object */
	WW_ANNOTATE_TEXT,   /* a line of its own below the line of the code */
	WW_ANNOTATE_NDJSON, /* a member "winwhy" in the line's object */
	WW_ANNOTATE_MMEXTERNAL, /* no copy: a reply for each line, to rsyslog */
};

struct ww_annotate_options {
	enum ww_annotate_format format;
	unsigned lang;
	struct ww_slice in;    /* a context word, or empty */
	struct ww_slice field; /* look at this member only; empty: at all */
	/*
	 * Text: a code is not explained again within so many lines.  0: it
	 * is on each line.  UINT64_MAX: once.
	 */
	uint64_t again;
	int colour; /* ANSI sequences in what is added to text */
	/*
	 * Users, computers, domains and addresses by pseudonyms: user-1.
	 * Known are those of which the stream has told until then; of objects
	 * in a string that has one, escapes may be written in another way.
	 */
	int redact;
};

/* Where the bytes go. */
struct ww_output {
	/* All of them; 0 when nobody takes them any more. */
	int (*write)(void *ctx, const void *bytes, size_t len);
	void *ctx;
};

/* What one input held. */
struct ww_annotated {
	uint64_t codes;	   /* explained */
	uint64_t invalid;  /* NDJSON: lines that are no object, as they were */
	uint64_t too_long; /* NDJSON: longer than 1 MiB, likewise */
	const char *why;   /* reading ended early: constant text, or NULL */
};

struct ww_annotator;

/*
 * The options are copied; the catalogue must outlive the annotator.
 * WW_INVALID: `in` names no context.
 */
WW_API enum ww_status
ww_annotator_open(const struct ww_catalogue *catalogue,
		  const struct ww_annotate_options *options,
		  struct ww_annotator **ret, struct ww_error *reterr);

/* NULL is allowed. */
WW_API void ww_annotator_close(struct ww_annotator *annotator);

/*
 * Read the input to its end.  WW_IO: the output takes no more.  UTF-16 comes
 * out as UTF-8; all other bytes of text come out as they are.
 */
WW_API enum ww_status ww_annotate(struct ww_annotator *annotator,
				  const struct ww_input *input,
				  const struct ww_output *output,
				  struct ww_annotated *ret);

#ifdef __cplusplus
}
#endif

#endif
