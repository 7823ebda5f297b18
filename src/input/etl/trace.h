/*
 * A trace: its buffers, read whole, and its events by their time.  Each
 * processor fills buffers of its own, so that they stand in the file in the
 * order in which they were full.
 *
 * After Microsoft's descriptions of EVENT_HEADER, TRACE_LOGFILE_HEADER and
 * ETW_BUFFER_HEADER, Geoff Chappell's studies of the headers of traces, and
 * traces of the update client of Windows 10 (19041).
 */
#ifndef WW_INPUT_ETL_TRACE_H
#define WW_INPUT_ETL_TRACE_H

#include "input/etl/clock.h"
#include "input/loss.h"
#include "input/stream.h"

/* More of a file is not read; the update client begins anew after 128 KiB. */
#define WW_ETL_BYTES_MAX ((uint64_t)64 * 1024 * 1024)

/* An event with EVENT_HEADER, its header included. */
struct ww_etl_event {
	uint64_t counter; /* of the trace's clock */
	const uint8_t *p; /* borrowed: of the trace */
	uint32_t number;  /* in the file */
	uint32_t size;
};

struct ww_etl_trace {
	struct ww_etl_clock clock;
	struct ww_etl_event *events; /* owned, arena; in order of time */
	size_t n;
	uint64_t bytes; /* of the file, as far as it was read */
	/* Events without a text: of the update client, and of others. */
	uint64_t untold, foreign;
	bool partly;	  /* not all that the file has could be read */
	unsigned writers; /* of its events: enum ww_etl_writer */
};

/*
 * Read the whole of a trace.  What could not be read is counted in *losses.
 * All memory is the arena's.
 */
void ww_etl_trace_read(struct ww_arena *arena, struct ww_stream *stream,
		       struct ww_etl_trace *ret, struct ww_losses *losses);

#endif
