/*
 * Room for rendered events: of a fixed size, since a template may be made to
 * grow without end.  What does not fit sets `full`, and the event is dropped.
 */
#ifndef WW_INPUT_EVTX_OUT_H
#define WW_INPUT_EVTX_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct ww_evtx_out {
	char *p; /* borrowed */
	size_t len, cap;
	bool full;
};

static inline bool
ww_evtx_room(struct ww_evtx_out *out, size_t n)
{
	if (n <= out->cap - out->len)
		return true;
	out->full = true;
	return false;
}

static inline void
ww_evtx_add(struct ww_evtx_out *out, struct ww_slice s)
{
	if (s.len == 0 || !ww_evtx_room(out, s.len))
		return;
	memcpy(out->p + out->len, s.p, s.len);
	out->len += s.len;
}

static inline void
ww_evtx_add_char(struct ww_evtx_out *out, char c)
{
	if (ww_evtx_room(out, 1))
		out->p[out->len++] = c;
}

#endif
