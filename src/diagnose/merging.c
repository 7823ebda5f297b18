/*
 * The runs of all files as one line of records, in UTC as far as zones are
 * known.
 */
#include <stdlib.h>

#include "diagnose/analysis.h"

#include "base/banned.h"

/* Memory for what is read of the runs, and the least for one of them. */
#define MEMORY	   ((size_t)16 * 1024 * 1024)
#define BUFFER_MAX ((size_t)64 * 1024)
#define BUFFER_MIN ((size_t)4096)

_Static_assert(BUFFER_MIN >= WW_RUN_RECORD_MAX, "a record fits");

/* One run: what is read of it, and its next record. */
struct cursor {
	const struct ww_analysis *file;
	uint64_t at, end; /* of what is still in the storage */
	char *buffer;	  /* owned, arena */
	size_t from, to;  /* of what is not taken yet */
	size_t len;	  /* of the record at from */
	ww_time utc;	  /* its time */
	unsigned order;	  /* among all runs: files, then their runs */
};

struct ww_merging {
	struct ww_runs *runs;
	size_t buffer_size;
	struct cursor **heap; /* owned, arena; the earliest is the first */
	size_t n;
	bool taken;	       /* the first's record was given out */
	struct ww_span *spans; /* owned, arena; in order, apart */
	size_t n_spans, span;  /* and the one that comes next */
	bool has_spans;
};

/* The cursor's next record; false at its run's end. */
static bool
look(struct cursor *c)
{
	struct ww_kept_record record;

	c->len = ww_run_read(ww_slice_of(c->buffer + c->from, c->to - c->from),
			     &record);
	if (c->len > 0)
		c->utc = ww_analysis_utc(c->file, record.time);
	return c->len > 0;
}

static bool
refill(struct ww_merging *m, struct cursor *c)
{
	const struct ww_storage *s = &m->runs->storage;
	size_t left = c->to - c->from, n = m->buffer_size - left;

	/* What could not be written is not there. */
	if (m->runs->failed)
		return false;
	if (n > c->end - c->at)
		n = (size_t)(c->end - c->at);
	memmove(c->buffer, c->buffer + c->from, left);
	c->from = 0;
	c->to = left + n;
	if (n > 0 && !s->read(s->ctx, c->at, c->buffer + left, n)) {
		m->runs->failed = true;
		return false;
	}
	c->at += n;
	return n > 0;
}

static bool
advance(struct ww_merging *m, struct cursor *c)
{
	return look(c) || (refill(m, c) && look(c));
}

static bool
is_before(const struct cursor *a, const struct cursor *b)
{
	return a->utc != b->utc ? a->utc < b->utc : a->order < b->order;
}

/* The cursor at i sinks to where those below it come later. */
static void
sink(struct ww_merging *m, size_t i)
{
	struct cursor *c = m->heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child + 1 < m->n &&
		    is_before(m->heap[child + 1], m->heap[child]))
			child++;
		if (child >= m->n || is_before(c, m->heap[child]))
			break;
		m->heap[i] = m->heap[child];
		i = child;
	}
	m->heap[i] = c;
}

static void
add_cursor(struct ww_merging *m, struct ww_arena *arena,
	   const struct ww_analysis *file, const struct ww_sorted_run *run,
	   unsigned order)
{
	struct cursor *c = ww_arena_new(arena, struct cursor);

	c->file = file;
	c->at = run->at;
	c->end = run->end;
	c->order = order;
	c->buffer = ww_arena_alloc(arena, m->buffer_size);
	if (advance(m, c))
		m->heap[m->n++] = c;
}

static size_t
count_runs(const struct ww_analysis *file)
{
	size_t n = 0;

	for (const struct ww_sorted_run *r = file->timeline.runs; r != NULL;
	     r = r->next)
		n++;
	return n;
}

static void
open_runs(struct ww_merging *m, struct ww_arena *arena,
	  struct ww_analysis *const *files, size_t n)
{
	size_t runs = 0, order = 0;

	for (size_t i = 0; i < n; i++)
		runs += count_runs(files[i]);
	m->buffer_size = MEMORY / (runs + 1);
	if (m->buffer_size > BUFFER_MAX)
		m->buffer_size = BUFFER_MAX;
	if (m->buffer_size < BUFFER_MIN)
		m->buffer_size = BUFFER_MIN;
	m->heap = ww_arena_array(arena, runs, sizeof(struct cursor *));
	for (size_t i = 0; i < n; i++) {
		/* The last run of a file is the first of its list. */
		order += count_runs(files[i]);
		for (const struct ww_sorted_run *r = files[i]->timeline.runs;
		     r != NULL; r = r->next)
			add_cursor(m, arena, files[i], r, (unsigned)--order);
		order += count_runs(files[i]);
	}
	for (size_t i = m->n; i-- > 0;)
		sink(m, i);
}

/* Spans */

static int
compare(const void *a, const void *b)
{
	const struct ww_span *x = a, *y = b;

	return x->first < y->first ? -1 : x->first > y->first;
}

/* Those that touch become one. */
static void
join_spans(struct ww_merging *m)
{
	size_t n = 0;

	if (m->n_spans > 1)
		qsort(m->spans, m->n_spans, sizeof(*m->spans), compare);
	for (size_t i = 0; i < m->n_spans; i++) {
		struct ww_span span = m->spans[i];

		if (n == 0 || span.first > m->spans[n - 1].last)
			m->spans[n++] = span;
		else if (span.last > m->spans[n - 1].last)
			m->spans[n - 1].last = span.last;
	}
	m->n_spans = n;
}

static void
add_span(struct ww_merging *m, ww_time first, ww_time last, ww_time shift)
{
	m->spans[m->n_spans++] =
	    (struct ww_span){ first - shift, last - shift };
}

/* The time asked for is read on the clock that is shown. */
static ww_time
shown_shift(struct ww_analysis *const *files, size_t n)
{
	if (ww_timeline_is_mixed(files, n))
		return 0;
	for (size_t i = 0; i < n; i++)
		if (files[i]->timeline.runs != NULL)
			return files[i]->zone.minutes * WW_MINUTE;
	return 0;
}

static void
open_spans(struct ww_merging *m, struct ww_arena *arena,
	   const struct ww_timeline_options *options,
	   struct ww_analysis *const *files, size_t n)
{
	size_t room = 1;

	m->has_spans = options->has_around || options->has_code;
	for (size_t i = 0; i < n; i++)
		room += files[i]->timeline.n_spans;
	m->spans = ww_arena_array(arena, room, sizeof(*m->spans));
	if (options->has_around)
		add_span(m, options->around - options->within,
			 options->around + options->within,
			 shown_shift(files, n));
	for (size_t i = 0; i < n; i++) {
		const struct ww_timeline_part *part = &files[i]->timeline;

		for (size_t k = 0; k < part->n_spans; k++)
			add_span(m, part->spans[k].first, part->spans[k].last,
				 files[i]->zone.minutes * WW_MINUTE);
	}
	join_spans(m);
}

static bool
is_in_span(struct ww_merging *m, ww_time utc)
{
	if (!m->has_spans)
		return true;
	while (m->span < m->n_spans && m->spans[m->span].last < utc)
		m->span++;
	return m->span < m->n_spans && m->spans[m->span].first <= utc;
}

/* The line */

bool
ww_timeline_is_mixed(struct ww_analysis *const *files, size_t n)
{
	const struct ww_analysis *first = NULL;

	for (size_t i = 0; i < n; i++) {
		if (files[i]->timeline.runs == NULL)
			continue;
		if (first == NULL)
			first = files[i];
		if (first->zone.minutes != files[i]->zone.minutes)
			return true;
	}
	return false;
}

void
ww_timeline_merge(struct ww_timeline *t, struct ww_arena *arena,
		  struct ww_analysis *const *files, size_t n)
{
	struct ww_merging *m = ww_arena_new(arena, struct ww_merging);

	m->runs = t->runs;
	open_spans(m, arena, &t->options, files, n);
	open_runs(m, arena, files, n);
	t->merging = m;
}

/* Behind the record that was given out last. */
static void
pass(struct ww_merging *m)
{
	struct cursor *first = m->heap[0];

	m->taken = false;
	first->from += first->len;
	if (!advance(m, first))
		m->heap[0] = m->heap[--m->n];
	if (m->n > 0)
		sink(m, 0);
}

bool
ww_timeline_next(struct ww_timeline *t, struct ww_timed *ret)
{
	struct ww_merging *m = t->merging;

	t->begun = true;
	for (;;) {
		struct cursor *c;

		if (m->taken)
			pass(m);
		if (m->n == 0 || t->runs->failed)
			return false;
		m->taken = true;
		c = m->heap[0];
		if (!is_in_span(m, c->utc))
			continue;
		ret->file = c->file;
		ret->utc = c->utc;
		ww_run_read(ww_slice_of(c->buffer + c->from, c->len),
			    &ret->record);
		return true;
	}
}
