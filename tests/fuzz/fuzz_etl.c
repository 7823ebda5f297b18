/*
 * Arbitrary bytes as an event trace.  Its mark is put in, so that nearly all of
 * them are read as one: as records, and as events that are printed.
 */
#include "base/utf8.h"
#include "input/etl/event.h"
#include "input/records.h"

#include "fuzz.h"
#include "printed.h"

#define MARK_AT 72

static void
check_record(const struct ww_record *r, ww_time before, uint64_t number)
{
	require(ww_utf8_check(r->raw) == r->raw.len);
	require(ww_utf8_check(r->component) == r->component.len);
	require(r->text.p >= r->raw.p &&
		r->text.p + r->text.len == r->raw.p + r->raw.len);
	require(r->level <= WW_LEVEL_ERROR);
	require(r->line == number);
	require(r->time == WW_NO_TIME || before == WW_NO_TIME ||
		r->time >= before);
}

static void
read_all(struct ww_arena *arena, const uint8_t *p, size_t size)
{
	struct ww_slice rest = ww_slice_of((const char *)p, size);
	const struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	struct ww_records *r = ww_arena_new(arena, struct ww_records);
	ww_time before = WW_NO_TIME;
	uint64_t number = 0;

	ww_records_open(r, arena, ww_kernels_choose(), &input);
	/* The mark of another format may stand before it. */
	if (r->binary == NULL)
		return;
	while (ww_records_next(r)) {
		check_record(r->record, before, ++number);
		before = r->record->time;
	}
	require(rest.len == 0 || r->reader.losses.n > 0);
	require(r->reader.losses.n <= WW_LOSSES_MAX);
	/* No event is shorter than its header. */
	require(number <= size / 80);
}

static void
print_all(struct ww_arena *arena, const uint8_t *p, size_t size)
{
	struct ww_slice rest = ww_slice_of((const char *)p, size);
	const struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	struct ww_etl *e = ww_arena_new(arena, struct ww_etl);
	struct ww_evtx_out out = { .cap = WW_EVTX_EVENT_MAX };
	struct ww_etl_record r;

	out.p = ww_arena_alloc(arena, out.cap);
	ww_etl_open(e, arena,
		    ww_stream_open(arena, ww_kernels_choose(), &input));
	while (ww_etl_next(e, &r)) {
		out.len = 0;
		if (ww_etl_json(e, &r, &out))
			check_json(ww_slice_of(out.p, out.len));
		out.len = 0;
		if (ww_etl_xml(e, &r, &out))
			check_xml(ww_slice_of(out.p, out.len));
		out.len = 0;
		ww_etl_line(e, &r, &out);
		require(ww_utf8_check(ww_slice_of(out.p, out.len)) == out.len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_arena arena;
	uint8_t *copy;

	if (size < MARK_AT + 4)
		return 0;
	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	copy = malloc(size);
	require(copy != NULL);
	memcpy(copy, data, size);
	if (copy[MARK_AT + 2] != 1)
		memcpy(copy + MARK_AT, "\2\0\2\xC0", 4);
	else
		memcpy(copy + MARK_AT, "\2\0\1\xC0", 4);
	read_all(&arena, copy, size);
	print_all(&arena, copy, size);
	free(copy);
	ww_arena_release(&arena);
	return 0;
}
