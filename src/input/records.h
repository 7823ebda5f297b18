/*
 * One file to its records, in order and in flat memory: stream, lines and
 * dialect together.  Knows no rules and no codes.
 */
#ifndef WW_INPUT_RECORDS_H
#define WW_INPUT_RECORDS_H

#include "input/binary.h"
#include "input/lines.h"
#include "input/stream.h"

struct ww_records {
	struct ww_stream *stream; /* owned, arena */
	const struct ww_dialect *dialect;
	const struct ww_binary *binary; /* NULL: a text */
	struct ww_reader reader;

	struct ww_slice window;	  /* the records' slices are of it */
	uint64_t windows;	  /* so many until now: a new one was read */
	uint64_t lines;		  /* of the file, until now */
	struct ww_record *record; /* the last one, in one of the rooms */
	struct ww_slice whole;	  /* the record before it was completed */

	/* Of the window: */
	struct ww_lines ends;
	size_t at; /* the first line that was not looked at */
	/* A line is being taken, which may hold several records. */
	bool in_line;
	size_t part, line_end; /* what is left of it */
	/* A record whose last line is not known yet, and room for another. */
	bool pending;
	unsigned slot; /* its room of the two */
	struct ww_record rooms[2];
	bool cut;    /* the line goes on behind a line feed that was put in */
	size_t used; /* bytes that are done with */
};

/*
 * Start to read; the dialect is told by the first bytes.  All memory is the
 * arena's.
 */
void ww_records_open(struct ww_records *r, struct ww_arena *arena,
		     const struct ww_kernels *kernels,
		     const struct ww_input *input);

/*
 * The next record, as r->record: valid until the next call, which may read
 * another window.  False at the end.
 */
bool ww_records_next(struct ww_records *r);

#endif
