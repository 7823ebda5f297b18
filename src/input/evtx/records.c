/*
 * Events as records, by a reader in this thread, or ahead of it in others.
 */
#include "input/evtx/ahead.h"

#include "base/banned.h"

struct state {
	struct ww_evtx_teller *teller;
	struct ww_evtx_ahead *ahead; /* NULL: no threads are lent */
};

static size_t
read_stream(void *ctx, void *p, size_t n)
{
	return ww_stream_read(ctx, p, n);
}

static void
begin(struct state *s, struct ww_reader *reader, struct ww_stream *stream)
{
	reader->zone = (struct ww_zone){ .source = WW_ZONE_STATED };
	if (ww_stream_threads(stream) != NULL) {
		s->ahead = ww_evtx_ahead_open(reader, stream);
		s->teller = ww_evtx_ahead_teller(s->ahead);
		return;
	}
	s->teller =
	    ww_evtx_teller_new(reader->arena, &reader->wants,
			       ww_evtx_open(reader->arena, reader->kernels,
					    read_stream, stream));
}

static bool
next(struct ww_reader *reader, struct ww_stream *stream, struct ww_record *ret)
{
	struct state *s = reader->state;

	if (s->teller == NULL)
		begin(s, reader, stream);
	if (s->ahead == NULL ? ww_evtx_tell(s->teller, ret)
			     : ww_evtx_ahead_next(s->ahead, ret))
		return true;
	reader->losses = ww_evtx_state(s->teller->x)->losses;
	return false;
}

const struct ww_binary ww_binary_evtx = {
	.dialect = WW_DIALECT_EVENTS,
	.state_size = sizeof(struct state),
	.next = next,
};
