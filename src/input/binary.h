/*
 * A binary format: its reader takes the bytes of a file and gives records.
 * What they tell is the matter of the dialect whose records they are; nothing
 * behind the reader knows that they were no lines of text.
 */
#ifndef WW_INPUT_BINARY_H
#define WW_INPUT_BINARY_H

#include "input/dialect.h"
#include "input/sniff.h"
#include "input/stream.h"

struct ww_binary {
	enum ww_dialect_id dialect;
	size_t state_size; /* of reader->state, which is zeroed */

	/*
	 * Begin, before the first record; the dialect of what this file holds.
	 * NULL: there is nothing to do, and it is the one above.
	 */
	enum ww_dialect_id (*open)(struct ww_reader *reader,
				   struct ww_stream *stream);

	/*
	 * The next record, taken from ww_stream_read(stream); false at the
	 * end.  Its slices are of the reader's state or arena and valid until
	 * the next call; line numbers the records from 1 as the file does.
	 */
	bool (*next)(struct ww_reader *reader, struct ww_stream *stream,
		     struct ww_record *ret);
};

/* NULL for WW_BINARY_NONE. */
const struct ww_binary *ww_binary_of(enum ww_binary_id id);

#endif
