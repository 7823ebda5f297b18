#include "input/records.h"

#include "base/banned.h"

void
ww_records_open(struct ww_records *r, struct ww_arena *arena,
		const struct ww_kernels *kernels, const struct ww_input *input)
{
	r->ends.kernels = kernels;
	size_t state_size;

	r->stream = ww_stream_open(arena, kernels, input);
	r->binary = ww_binary_of(ww_stream_binary(r->stream));
	r->dialect = r->binary == NULL
			 ? ww_dialect_sniff(ww_stream_head(r->stream))
			 : ww_dialect_of(r->binary->dialect);
	state_size =
	    r->binary == NULL ? r->dialect->state_size : r->binary->state_size;
	r->reader.arena = arena;
	r->reader.kernels = kernels;
	r->reader.zone.source = r->dialect->zone;
	r->reader.state = ww_arena_alloc(arena, state_size + 1);
	if (r->binary != NULL && r->binary->open != NULL)
		r->dialect =
		    ww_dialect_of(r->binary->open(&r->reader, r->stream));
}

/* Where a part of the window lies in it. */
static size_t
place_of(const struct ww_records *r, struct ww_slice part)
{
	return (size_t)(part.p - r->window.p);
}

/* Whether the line feed at `end` was put in, where a long line was cut. */
static bool
is_cut(const struct ww_records *r, size_t start, size_t end)
{
	return end > start && r->window.p[end - 1] == WW_STREAM_CUT;
}

/* Without its line end. */
static struct ww_slice
line_at(struct ww_slice window, size_t start, size_t end)
{
	if (end > start && window.p[end - 1] == WW_STREAM_CUT)
		end--;
	if (end > start && window.p[end - 1] == '\r')
		end--;
	return ww_slice_part(window, start, end - start);
}

/* The record is whole, and the one at hand. */
static void
complete(struct ww_records *r, struct ww_record *record, struct ww_slice raw)
{
	record->raw = raw;
	r->whole = raw;
	if (r->dialect->complete != NULL)
		r->dialect->complete(&r->reader, record);
	r->record = record;
}

/* So is the one that is pending: it ends where `end` is. */
static void
finish(struct ww_records *r, size_t end)
{
	struct ww_record *record = &r->rooms[r->slot];

	r->pending = false;
	/* A message from the line itself goes on to the record's end. */
	record->text.len = end - place_of(r, record->text);
	complete(r, record,
		 ww_slice_of(record->raw.p, end - place_of(r, record->raw)));
}

/* Of a dialect whose records are lines. */
static bool
take_single(struct ww_records *r, struct ww_slice text, size_t start,
	    size_t end)
{
	struct ww_record *record = r->rooms;

	*record = (struct ww_record){ .time = WW_NO_TIME };
	if (!r->dialect->parse(&r->reader, text, record))
		return false;
	record->line = r->lines;
	complete(r, record, ww_slice_part(r->window, start, end - start));
	return true;
}

/* True when the line, which stands from start to end, ends a record. */
static bool
take_line(struct ww_records *r, struct ww_slice text, size_t start, size_t end)
{
	struct ww_record *record = &r->rooms[!r->slot];
	bool was_pending = r->pending;

	r->reader.pending = was_pending;
	if (r->dialect->single_line)
		return take_single(r, text, start, end);
	*record = (struct ww_record){ .time = WW_NO_TIME };
	/* What goes on with no record is passed over. */
	if (!r->dialect->parse(&r->reader, text, record))
		return false;
	record->raw = text;
	record->line = r->lines;
	if (was_pending)
		finish(r, start);
	r->slot = !r->slot;
	r->pending = true;
	return was_pending;
}

/* What of the line belongs to one record is taken by itself. */
static bool
take_part(struct ww_records *r)
{
	size_t start = r->part, end = r->line_end;
	struct ww_slice line = line_at(r->window, start, end);
	size_t n = ww_dialect_part(r->dialect, line);

	r->in_line = n < line.len;
	if (r->in_line) {
		r->part = end = start + n;
		line = line_at(r->window, start, end);
	}
	return take_line(r, line, start, end);
}

/* Go to the next line; false at the window's end. */
static bool
enter_line(struct ww_records *r)
{
	size_t start = r->at, end;

	if (start == r->window.len)
		return false;
	end = ww_lines_next(&r->ends);
	/* A part of a line stays, unless the input ends with it. */
	if (end == r->window.len && !ww_stream_ended(r->stream))
		return false;
	r->lines += !r->cut;
	r->cut = is_cut(r, start, end);
	r->at = end < r->window.len ? end + 1 : end;
	r->part = start;
	r->line_end = end;
	return true;
}

/* Look at lines until one ends a record; false at the window's end. */
static bool
take_lines(struct ww_records *r)
{
	while (r->in_line || enter_line(r))
		if (take_part(r))
			return true;
	return false;
}

/* True when the window's end ends the record that is pending. */
static bool
leave_window(struct ww_records *r)
{
	const struct ww_record *next = &r->rooms[r->slot];
	bool cut_here;

	r->used = r->at;
	if (!r->pending)
		return false;
	/* A record that fills a window is cut where it is. */
	cut_here = place_of(r, next->raw) == 0 && r->at > WW_WINDOW_SIZE / 2;
	if (ww_stream_ended(r->stream) || cut_here) {
		finish(r, r->at);
		return true;
	}
	/* Its lines are read again, with the lines that follow. */
	r->used = place_of(r, next->raw);
	r->lines = next->line - 1;
	r->cut = r->pending = false;
	return false;
}

static bool
enter_window(struct ww_records *r)
{
	r->window = ww_stream_next(r->stream, r->used);
	r->windows++;
	r->at = r->used = 0;
	ww_lines_start(&r->ends, r->window);
	return r->window.len > 0;
}

/* The record is its own window. */
static bool
next_binary(struct ww_records *r)
{
	if (!r->binary->next(&r->reader, r->stream, r->rooms))
		return false;
	r->record = r->rooms;
	r->window = r->whole = r->record->raw;
	r->windows++;
	return true;
}

bool
ww_records_next(struct ww_records *r)
{
	if (r->binary != NULL)
		return next_binary(r);
	for (;;) {
		if (take_lines(r) || (r->at > 0 && leave_window(r)))
			return true;
		if (!enter_window(r))
			return false;
	}
}
