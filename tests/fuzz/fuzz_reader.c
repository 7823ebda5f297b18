/*
 * Arbitrary bytes as a log of a given dialect: stream, lines and records as
 * diagnose/analysis.c reads them.  The first line has three letters, as the
 * seeds of fuzz_diagnosis do: the first is the reader, the third says after
 * how many lines some are read again.
 */
#include <stdlib.h>

#include "input/dialect.h"
#include "input/stream.h"

#include "fuzz.h"

/* Three letters and a line feed. */
#define HEADER 4

/* No clock is set to a zone beyond these; with room to spare. */
#define ZONE_MAX (24 * 60)

struct reading {
	const struct ww_dialect *dialect;
	struct ww_reader *reader;
	size_t text_at; /* of the pending record: where its text begins */
};

/* Borrowed from the line or from what the reader composed, as promised. */
static void
check_slice(const struct reading *r, struct ww_slice line, struct ww_slice s)
{
	struct ww_slice composed =
	    ww_slice_of(r->reader->composed, WW_COMPOSED_MAX);
	struct ww_slice in = line;

	if ((r->dialect->single_line || r->dialect->complete != NULL) &&
	    s.p >= composed.p && s.p <= composed.p + composed.len)
		in = composed;
	require(s.p >= in.p && s.p <= in.p + in.len);
	require(s.len <= (size_t)(in.p + in.len - s.p));
}

static void
check_time(ww_time time)
{
	static const struct ww_civil first = { 1601, 1, 1, 0, 0, 0, 0 };
	static const struct ww_civil last = { 9999, 12, 31, 23, 59, 59, 0 };

	require(time == WW_NO_TIME || (time >= ww_time_of(&first) - WW_DAY &&
				       time <= ww_time_of(&last) + WW_DAY));
}

static void
check_record(const struct reading *r, struct ww_slice line,
	     const struct ww_record *record)
{
	/* A message that goes on over lines is measured from its start. */
	if (record->text.len > 0 || !r->dialect->single_line)
		check_slice(r, line, record->text);
	if (record->component.len > 0)
		check_slice(r, line, record->component);
	check_time(record->time);
	require(record->level <= WW_LEVEL_ERROR);
	require(r->reader->zone.minutes <= ZONE_MAX &&
		r->reader->zone.minutes >= -ZONE_MAX);
}

/* A copy of its own length: a read behind the end is seen. */
static bool
read_line(struct reading *r, struct ww_slice text)
{
	char *copy = malloc(text.len + 1);
	struct ww_slice line = { .p = copy + 1, .len = text.len };
	struct ww_record record = { .time = WW_NO_TIME };
	bool starts;

	require(copy != NULL);
	/* An odd start, so that the end is a border of what may be read. */
	if (text.len > 0)
		memcpy(copy + 1, text.p, text.len);
	starts = r->dialect->parse(r->reader, line, &record);
	if (starts)
		check_record(r, line, &record);
	if (starts && r->dialect->complete != NULL)
		r->text_at = (size_t)(record.text.p - line.p);
	free(copy);
	return starts;
}

/* A record all of whose lines are known, as a copy of its own length. */
static void
complete_record(struct reading *r, struct ww_slice raw)
{
	struct ww_record record = { .time = WW_NO_TIME };
	char *copy;

	if (r->dialect->complete == NULL || !r->reader->pending)
		return;
	copy = malloc(raw.len + 1);
	require(copy != NULL);
	if (raw.len > 0)
		memcpy(copy + 1, raw.p, raw.len);
	raw.p = copy + 1;
	record.raw = raw;
	record.text = ww_slice_from(raw, r->text_at);
	r->dialect->complete(r->reader, &record);
	check_slice(r, raw, record.raw);
	check_record(r, raw, &record);
	free(copy);
}

static struct ww_slice
up_to(struct ww_slice from, const char *end)
{
	return ww_slice_of(from.p, (size_t)(end - from.p));
}

/*
 * The lines of a window.  Where one ends, the lines of the record that may go
 * on are read a second time, at the start of the next: here after so many.
 */
static void
read_lines(struct reading *r, struct ww_slice window, unsigned again)
{
	struct ww_slice rest = window, line, from = window, start = window;
	unsigned n = 0;

	r->reader->pending = false;
	while (rest.len > 0) {
		struct ww_slice before = rest;
		size_t text_at = r->text_at, part;

		ww_stream_line(&rest, &line);
		part = ww_dialect_part(r->dialect, line);
		require(part <= line.len && (part > 0 || line.len == 0));
		if (part < line.len) {
			rest = ww_slice_from(before, part);
			line.len = part;
		}
		if (read_line(r, line)) {
			size_t next_at = r->text_at;

			r->text_at = text_at;
			complete_record(r, up_to(from, before.p));
			r->text_at = next_at;
			from = before;
			r->reader->pending = true;
		}
		/* A record that fills a window is cut where it is. */
		if (++n != again || from.p == start.p)
			continue;
		rest = start = from;
		r->reader->pending = false;
		n = 0;
	}
	complete_record(r, up_to(from, rest.p));
}

static void
read_all(struct ww_arena *arena, const struct ww_dialect *dialect,
	 struct ww_slice *rest, unsigned again)
{
	struct ww_input input = { .read = ww_read_slice, .ctx = rest };
	struct ww_stream *s =
	    ww_stream_open(arena, ww_kernels_choose(), &input);
	struct reading r = { .dialect = dialect };
	struct ww_slice window;
	size_t used = 0;

	r.reader = ww_arena_new(arena, struct ww_reader);
	r.reader->arena = arena;
	r.reader->zone.source = dialect->zone;
	r.reader->state = ww_arena_alloc(arena, dialect->state_size + 1);
	while ((window = ww_stream_next(s, used)).len > 0) {
		read_lines(&r, window, again);
		used = window.len;
	}
}

/* Every reader may be asked about every head. */
static void
check_sniff(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + 1);
	struct ww_slice head = { copy + 1, size };

	require(copy != NULL);
	if (size > 0)
		memcpy(copy + 1, data, size);
	for (unsigned i = 0; i < WW_DIALECTS; i++) {
		const struct ww_dialect *d =
		    ww_dialect_of((enum ww_dialect_id)i);

		require(d->sniff == NULL || d->sniff(head) <= 100);
	}
	require(ww_dialect_sniff(head) != NULL);
	free(copy);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_arena arena;
	struct ww_slice rest;
	const struct ww_dialect *dialect;

	if (size < HEADER)
		return 0;
	/* "a" is the first dialect, "@" none. */
	dialect = ww_dialect_of(
	    (enum ww_dialect_id)((data[0] + 256u - 'a') % 256 % WW_DIALECTS));
	rest = ww_slice_of((const char *)data + HEADER, size - HEADER);
	check_sniff(data + HEADER, size - HEADER);
	/* Of a binary format: no line is of it. */
	if (dialect->parse == NULL)
		return 0;
	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	read_all(&arena, dialect, &rest, data[2] & 31);
	ww_arena_release(&arena);
	return 0;
}
