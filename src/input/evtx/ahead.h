/*
 * Chunks of a file, worked out ahead by threads that the caller lends.  Used
 * by records.c only.
 *
 * A batch of chunks is read, another one is worked out, and the records of a
 * third are given, in the order of the file.  Chunks that are damaged, or tell
 * more than there is room for, are left to a reader in the caller's thread:
 * records and losses are those that it alone would give.
 */
#ifndef WW_INPUT_EVTX_AHEAD_H
#define WW_INPUT_EVTX_AHEAD_H

#include "input/evtx/teller.h"

struct ww_evtx_ahead; /* owned by the reader's arena */

/* Reads the header, and begins; the stream has threads. */
struct ww_evtx_ahead *ww_evtx_ahead_open(struct ww_reader *reader,
					 struct ww_stream *stream);

/* As ww_evtx_tell(). */
bool ww_evtx_ahead_next(struct ww_evtx_ahead *a, struct ww_record *ret);

/* The one in the caller's thread; its state has all losses. */
struct ww_evtx_teller *ww_evtx_ahead_teller(struct ww_evtx_ahead *a);

#endif
