/*
 * W3C extended logs, of IIS and of HTTP.sys: directives name the columns, and
 * may name others in the middle of a file.  Used by their two readers.
 */
#ifndef WW_INPUT_W3C_H
#define WW_INPUT_W3C_H

#include "input/day.h"
#include "input/dialect.h"

/* What a column may hold for us. */
enum ww_w3c_field {
	WW_W3C_DATE,
	WW_W3C_TIME,
	WW_W3C_METHOD,
	WW_W3C_PATH, /* cs-uri-stem, or cs-uri with its query */
	WW_W3C_STATUS,
	WW_W3C_SUBSTATUS,
	WW_W3C_WIN32,
	WW_W3C_TOOK,
	WW_W3C_REASON,
	WW_W3C_QUEUE,
	WW_W3C_FIELDS,
	WW_W3C_OTHER = WW_W3C_FIELDS
};

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
 * The columns of a line; an empty slice where there is none.  The last place
 * takes what is not wanted.
 */
struct ww_w3c_line {
	struct ww_slice p[WW_W3C_FIELDS + 1];
	ww_time time;
};

/*
 * Read a line.  False: a directive, which has been followed, or no line of
 * this kind of log.
 */
bool ww_w3c_read(struct ww_w3c *w3c, struct ww_slice line,
		 struct ww_w3c_line *ret);

/*
 * Compose "POST /path status 503 …" into reader->composed: method and path,
 * then a word and its column for each that the line has.
 */
#define WW_W3C_WORD_MAX 16
struct ww_w3c_word {
	char text[WW_W3C_WORD_MAX]; /* with the blanks around it */
	unsigned char len;
	unsigned char field;
};
#define WW_W3C_WORD(s, f)                                     \
	{                                                     \
		.text = s, .len = sizeof(s) - 1, .field = (f) \
	}
struct ww_slice ww_w3c_compose(struct ww_reader *reader,
			       const struct ww_w3c_line *line,
			       const struct ww_w3c_word *words, size_t n);

/*
 * A number for the first part of the path, which names the service: requests
 * to one service are to these logs what a thread is to others.
 */
uint32_t ww_w3c_thread(struct ww_slice path);

/* Whether the head has a #Fields directive that names this column. */
bool ww_w3c_names(struct ww_slice head, struct ww_slice column);

#endif
