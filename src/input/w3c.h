/*
 * W3C extended logs, of IIS and of HTTP.sys: directives name the columns, and
 * may name others in the middle of a file.  Used by their two readers.
 */
#ifndef WW_INPUT_W3C_H
#define WW_INPUT_W3C_H

#include "input/day.h"
#include "input/dialect.h"

/* IIS has 22 columns of its own and lets custom ones follow. */
#define WW_W3C_COLUMNS 64

/* State of a reader; zeroed at the start of a file. */
struct ww_w3c {
	struct ww_stamp_day day; /* of the line or of #Date */
	unsigned char columns[WW_W3C_COLUMNS];
	unsigned n_columns;
	/*
	 * Columns read from the start of the line, and from its end: those
	 * between them, addresses and agents, are long and not wanted.
	 */
	unsigned left, right;
};

/*
 * Read a line, as dialects do; reader->state is a struct ww_w3c.  The text is
 * composed of the columns that are there, and the record's thread is a number
 * for the first part of the path, which names the service: requests to one
 * service are to these logs what a thread is to others.
 */
bool ww_w3c_parse(struct ww_reader *reader, struct ww_slice line,
		  struct ww_record *ret);

/* Whether the head has a #Fields directive that names this column. */
bool ww_w3c_names(struct ww_slice head, struct ww_slice column);

#endif
