/*
 * Arbitrary bytes as the chunks of an event log, behind a header that has no
 * check sums: every event as XML, as JSON, and as the line that rules see,
 * carved ones as well.
 */
#include "base/utf8.h"
#include "input/evtx/evtx.h"

#include "fuzz.h"
#include "printed.h"

#define HEADER	 4096
#define LINE_MAX (64 * 1024)

struct source {
	struct ww_slice rest;
	size_t header; /* bytes of it that are left */
};

static size_t
source_read(void *ctx, void *p, size_t n)
{
	struct source *s = ctx;
	const char *why = NULL;
	uint8_t header[HEADER] = "ElfFile";

	if (s->header == 0)
		return ww_read_slice(&s->rest, p, n, &why);
	require(n >= HEADER);
	header[120] = 4;
	memcpy(p, header, HEADER);
	s->header = 0;
	return HEADER;
}

static void
read_all(struct ww_arena *arena, struct source *source)
{
	struct ww_evtx *x =
	    ww_evtx_open(arena, ww_kernels_choose(), source_read, source);
	struct ww_evtx_out out = { .cap = WW_EVTX_EVENT_MAX };
	char *line = ww_arena_alloc(arena, LINE_MAX);
	struct ww_evtx_record r;
	struct ww_slice text;
	const struct ww_evtx_state *state = ww_evtx_state(x);

	out.p = ww_arena_alloc(arena, out.cap);
	ww_evtx_carve(x, arena);
	while (ww_evtx_next(x, &r)) {
		uint64_t before = state->records;

		out.len = 0;
		if (ww_evtx_json(x, &r, &out))
			check_json(ww_slice_of(out.p, out.len));
		require(out.len <= out.cap);
		out.len = 0;
		if (state->records == before && ww_evtx_xml(x, &r, &out))
			check_xml(ww_slice_of(out.p, out.len));
		ww_evtx_may_hold_code(x, &r);
		if (state->records == before &&
		    ww_evtx_line(x, &r, line, LINE_MAX, &text))
			require(text.len <= LINE_MAX &&
				ww_utf8_check(text) == text.len);
	}
	require(state->recovered <= state->records);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = { .rest = ww_slice_of((const char *)data, size),
				 .header = HEADER };
	struct ww_arena arena;

	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	read_all(&arena, &source);
	ww_arena_release(&arena);
	return 0;
}
