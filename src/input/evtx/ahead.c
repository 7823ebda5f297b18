#include "input/evtx/ahead.h"

#include <stdatomic.h>

#include "input/evtx/template.h"

#include "base/banned.h"

/*
 * Chunks of a batch for each thread: work for far longer than it takes to
 * start one.  Who takes the records is soon slower than many threads, so that
 * there is a limit to the memory.
 */
#define CHUNKS_EACH ((size_t)16)
#define CHUNKS_MAX  ((size_t)128)

/* One is read, one is worked out, one is given. */
#define BATCHES 3

/* Of a chunk; real ones have some 200 records. */
#define RECORDS_MAX 512
#define TEXT_MAX    (2 * WW_EVTX_CHUNK)

struct told {
	struct ww_record record;
	uint64_t at; /* offset in the file */
};

/* A chunk, and what it tells. */
struct chunk {
	const uint8_t *bytes; /* of its batch */
	size_t len;
	uint64_t at; /* offset in the file */
	bool done;   /* all of it was told without a loss */
	struct told *told;
	uint32_t n;
	char *text;
	size_t text_len;
};

struct batch {
	uint8_t *bytes;	      /* owned, arena */
	struct chunk *chunks; /* likewise */
	size_t n;
	atomic_size_t next; /* that nobody has taken */
};

/* What one thread works with. */
struct worker {
	struct ww_evtx_ahead *ahead;
	struct ww_arena arena;
	jmp_buf oom;
	bool spent; /* memory ran out: it does nothing any more */
	struct ww_evtx_teller *teller;
	const struct chunk *given; /* to its reader; NULL: that has it */
};

struct ww_evtx_ahead {
	struct ww_stream *stream;
	const struct ww_threads *threads;
	const struct ww_wants *wants;
	struct ww_evtx_teller *own; /* of the caller's thread */
	const struct chunk *given;  /* to own; NULL: that has it */
	struct worker *workers; /* one more than threads; the first is ours */
	atomic_uint entered;	/* of them are at work */
	void *started;		/* of the threads, or NULL */

	struct batch batches[BATCHES];
	size_t room; /* chunks of a batch, at most */
	unsigned turn;
	uint64_t at; /* how far the file is read */

	size_t chunk;  /* of the batch that is given */
	uint32_t told; /* so many of its records are given */
	bool is_own;   /* own has it, too */
};

/* What is done with a batch, one after the other. */
enum { GIVEN, WORKED_OUT, READ };

static struct batch *
batch_of(struct ww_evtx_ahead *a, unsigned which)
{
	return &a->batches[(a->turn + which) % BATCHES];
}

/* Chunks as files */

static size_t
read_chunk(const struct chunk **given, void *p)
{
	const struct chunk *chunk = *given;

	*given = NULL;
	if (chunk == NULL)
		return 0;
	memcpy(p, chunk->bytes, chunk->len);
	return chunk->len;
}

static size_t
read_given(void *ctx, void *p, size_t n)
{
	struct worker *w = ctx;

	(void)n; /* a chunk, which is all that is given */
	return read_chunk(&w->given, p);
}

/* The header stands before all chunks. */
static size_t
read_own(void *ctx, void *p, size_t n)
{
	struct ww_evtx_ahead *a = ctx;
	size_t len;

	if (a->at > 0)
		return read_chunk(&a->given, p);
	len = ww_stream_read(a->stream, p, n);
	a->at = len;
	return len;
}

/* Working out */

static struct ww_slice
keep_text(struct chunk *chunk, struct ww_slice s)
{
	char *to = chunk->text + chunk->text_len;

	if (s.len == 0)
		return s;
	memcpy(to, s.p, s.len);
	chunk->text_len += s.len;
	return ww_slice_of(to, s.len);
}

/* False: there is no room for it. */
static bool
keep(struct chunk *chunk, const struct ww_record *record, uint64_t at)
{
	struct told *told = &chunk->told[chunk->n];

	if (chunk->n == RECORDS_MAX ||
	    record->text.len + record->component.len >
		TEXT_MAX - chunk->text_len)
		return false;
	*told = (struct told){ *record, at };
	told->record.component = keep_text(chunk, record->component);
	told->record.text = keep_text(chunk, record->text);
	if (record->whole == NULL)
		told->record.raw = told->record.text;
	chunk->n++;
	return true;
}

/* What is different where anything was lost, or a chunk was empty. */
static uint64_t
losses_of(const struct ww_evtx *x)
{
	const struct ww_evtx_state *state = ww_evtx_state(x);

	return state->failed + state->damaged_chunks + state->empty_chunks;
}

static void
work_out(struct worker *w, struct chunk *chunk)
{
	struct ww_evtx_teller *t = w->teller;
	uint64_t losses = losses_of(t->x);
	struct ww_record record;
	bool fits = true;

	w->given = chunk;
	ww_evtx_go_to(t->x, chunk->at);
	while (ww_evtx_tell(t, &record))
		fits = fits && keep(chunk, &record, t->r.at);
	chunk->done = fits && losses_of(t->x) == losses;
}

static void
make_teller(struct worker *w)
{
	struct ww_evtx_ahead *a = w->ahead;

	w->teller = ww_evtx_teller_new(&w->arena, a->wants,
				       ww_evtx_open_like(&w->arena, a->own->x,
							 read_given, w));
}

/* What is not done is left to the caller's thread. */
static void
work_on(struct worker *w, struct batch *batch)
{
	size_t i;

	if (w->spent)
		return;
	if (setjmp(w->oom) != 0) {
		w->spent = true;
		return;
	}
	while ((i = atomic_fetch_add(&batch->next, 1)) < batch->n) {
		if (w->teller == NULL)
			make_teller(w);
		work_out(w, &batch->chunks[i]);
	}
}

static void
on_thread(void *ctx)
{
	struct ww_evtx_ahead *a = ctx;
	unsigned i = atomic_fetch_add(&a->entered, 1);

	work_on(&a->workers[i], batch_of(a, WORKED_OUT));
}

/* Batches */

static void
fill(struct ww_evtx_ahead *a, struct batch *batch)
{
	size_t len =
	    ww_stream_read(a->stream, batch->bytes, a->room * WW_EVTX_CHUNK);

	atomic_store(&batch->next, 0);
	for (batch->n = 0; len > 0; batch->n++) {
		struct chunk *chunk = &batch->chunks[batch->n];

		chunk->len = len < WW_EVTX_CHUNK ? len : WW_EVTX_CHUNK;
		chunk->at = a->at;
		chunk->done = false;
		chunk->n = 0;
		chunk->text_len = 0;
		a->at += chunk->len;
		len -= chunk->len;
	}
}

static void
start_threads(struct ww_evtx_ahead *a)
{
	atomic_store(&a->entered, 1);
	if (batch_of(a, WORKED_OUT)->n > 1)
		a->started = a->threads->start(a->threads->ctx, a->threads->n,
					       on_thread, a);
}

static void
wait_threads(struct ww_evtx_ahead *a)
{
	if (a->started != NULL)
		a->threads->wait(a->threads->ctx, a->started);
	a->started = NULL;
}

/* Each batch goes on by one. */
static void
advance(struct ww_evtx_ahead *a)
{
	work_on(&a->workers[0], batch_of(a, WORKED_OUT));
	wait_threads(a);
	a->turn++;
	a->chunk = 0;
	start_threads(a);
	fill(a, batch_of(a, READ));
}

static void
stop(void *ctx)
{
	struct ww_evtx_ahead *a = ctx;

	/* Nobody takes another one. */
	atomic_store(&batch_of(a, WORKED_OUT)->next, a->room);
	wait_threads(a);
	for (unsigned i = 0; i <= a->threads->n; i++)
		ww_arena_release(&a->workers[i].arena);
}

static void
make_batch(struct batch *batch, struct ww_arena *arena, size_t room)
{
	batch->bytes = ww_arena_array(arena, room, WW_EVTX_CHUNK);
	batch->chunks = ww_arena_array(arena, room, sizeof(*batch->chunks));
	for (size_t i = 0; i < room; i++) {
		struct chunk *chunk = &batch->chunks[i];

		chunk->bytes = batch->bytes + i * WW_EVTX_CHUNK;
		chunk->told =
		    ww_arena_array(arena, RECORDS_MAX, sizeof(*chunk->told));
		chunk->text = ww_arena_alloc(arena, TEXT_MAX);
	}
}

static void
make_workers(struct ww_evtx_ahead *a, struct ww_arena *arena)
{
	a->workers = ww_arena_array(arena, (size_t)a->threads->n + 1,
				    sizeof(*a->workers));
	for (unsigned i = 0; i <= a->threads->n; i++) {
		a->workers[i].ahead = a;
		ww_arena_init(&a->workers[i].arena, &a->workers[i].oom);
	}
}

struct ww_evtx_ahead *
ww_evtx_ahead_open(struct ww_reader *reader, struct ww_stream *stream)
{
	struct ww_arena *arena = reader->arena;
	struct ww_evtx_ahead *a = ww_arena_new(arena, struct ww_evtx_ahead);

	a->stream = stream;
	a->threads = ww_stream_threads(stream);
	a->wants = &reader->wants;
	a->own = ww_evtx_teller_new(arena, a->wants,
				    ww_evtx_open(arena, reader->kernels,
						 read_own, a));
	a->room = CHUNKS_EACH * ((size_t)a->threads->n + 1);
	if (a->room > CHUNKS_MAX)
		a->room = CHUNKS_MAX;
	for (unsigned i = 0; i < BATCHES; i++)
		make_batch(&a->batches[i], arena, a->room);
	make_workers(a, arena);
	ww_arena_at_release(arena, stop, a);
	fill(a, batch_of(a, READ));
	advance(a);
	return a;
}

struct ww_evtx_teller *
ww_evtx_ahead_teller(struct ww_evtx_ahead *a)
{
	return a->own;
}

/* Giving */

static void
give_to_own(struct ww_evtx_ahead *a, const struct chunk *chunk)
{
	if (a->is_own)
		return;
	a->is_own = true;
	a->given = chunk;
	ww_evtx_go_to(a->own->x, chunk->at);
}

/* The whole text of the record that was given last. */
static struct ww_slice
whole_text(void *ctx)
{
	struct ww_evtx_ahead *a = ctx;
	const struct chunk *chunk = &batch_of(a, GIVEN)->chunks[a->chunk];

	give_to_own(a, chunk);
	return ww_evtx_tell_again(a->own, chunk->told[a->told - 1].at);
}

static bool
give(struct ww_evtx_ahead *a, const struct chunk *chunk, struct ww_record *ret)
{
	if (!chunk->done) {
		give_to_own(a, chunk);
		return ww_evtx_tell(a->own, ret);
	}
	if (a->told == chunk->n)
		return false;
	*ret = chunk->told[a->told++].record;
	if (ret->whole != NULL) {
		ret->whole = whole_text;
		ret->ctx = a;
	}
	return true;
}

bool
ww_evtx_ahead_next(struct ww_evtx_ahead *a, struct ww_record *ret)
{
	for (;;) {
		const struct batch *batch = batch_of(a, GIVEN);

		for (; a->chunk < batch->n; a->chunk++) {
			if (give(a, &batch->chunks[a->chunk], ret))
				return true;
			a->told = 0;
			a->is_own = false;
		}
		advance(a);
		if (batch_of(a, GIVEN)->n == 0)
			return false;
	}
}
