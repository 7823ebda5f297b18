/*
 * The file: its header, its chunks, and the records in them.
 */
#include "input/evtx/reader.h"

#include "base/bytes.h"
#include "base/message.h"
#include "input/evtx/value.h"

#include "base/banned.h"

#define HEADER_BLOCK  ((size_t)4096)
#define HEADER_USED   ((size_t)128)
#define CHUNK_HEADER  ((size_t)512)
#define RECORD_HEADER ((size_t)24)
#define RECORD_MIN    (RECORD_HEADER + 4) /* with its size once more */

#define FLAG_DIRTY    1u
#define FLAG_NO_CRC   4u

/* Memory of templates: above it, they are forgotten at the next chunk. */
#define KEPT_MAX ((size_t)4 * 1024 * 1024)

static const uint8_t file_mark[8] = "ElfFile";
static const uint8_t chunk_mark[8] = "ElfChnk";
static const uint8_t record_mark[4] = { '*', '*', 0, 0 };

static void
note_damage(struct ww_evtx *x, uint64_t at, const char *why)
{
	ww_losses_add(&x->state.losses, why, at);
}

static void
damage_chunk(struct ww_evtx *x, const char *why)
{
	x->state.damaged_chunks += !x->damaged;
	x->damaged = true;
	note_damage(x, x->chunk_at, why);
}

static size_t
read_bytes(struct ww_evtx *x, void *p, size_t n)
{
	size_t got = x->read(x->ctx, p, n);

	x->state.bytes += got;
	return got;
}

static void
read_header(struct ww_evtx *x)
{
	uint8_t *h = x->chunk;
	size_t n = read_bytes(x, h, HEADER_BLOCK);
	uint32_t flags;

	x->checked = true;
	x->chunk_at = n;
	if (n < HEADER_USED || memcmp(h, file_mark, sizeof(file_mark)) != 0) {
		note_damage(
		    x, 0, N_("the header of the file is damaged (byte {at})"));
		return;
	}
	flags = ww_load32(h + 120);
	x->state.dirty = (flags & FLAG_DIRTY) != 0;
	/* Other flags mean that this word is none. */
	x->checked = (flags & ~7u) != 0 || (flags & FLAG_NO_CRC) == 0;
	if (x->checked &&
	    x->kernels->crc32(&x->crc, h, 120) != ww_load32(h + 124))
		note_damage(x, 0,
			    N_("the check sum of the file's header is wrong "
			       "(byte {at})"));
}

/* Without what its header tells. */
static struct ww_evtx *
new_reader(struct ww_arena *arena, const struct ww_kernels *kernels,
	   ww_evtx_read_fn *read, void *ctx)
{
	struct ww_evtx *x = ww_arena_new(arena, struct ww_evtx);

	x->read = read;
	x->ctx = ctx;
	x->kernels = kernels;
	ww_crc32_prepare(&x->crc);
	x->chunk = ww_arena_alloc(arena, WW_EVTX_CHUNK);
	x->places = ww_arena_array(arena, WW_EVTX_PLACES, sizeof(*x->places));
	x->table = ww_arena_array(arena, WW_EVTX_TABLE, sizeof(*x->table));
	x->values =
	    ww_arena_array(arena, WW_EVTX_VALUES_MAX, sizeof(*x->values));
	x->text = ww_arena_alloc(arena, WW_EVTX_TEXT_MAX);
	x->kept.arena = x->scratch.arena = arena;
	x->compiler.nodes = ww_arena_array(arena, WW_EVTX_NODES_MAX,
					   sizeof(*x->compiler.nodes));
	x->compiler.refs =
	    ww_arena_array(arena, WW_EVTX_NODES_MAX, sizeof(*x->compiler.refs));
	return x;
}

struct ww_evtx *
ww_evtx_open(struct ww_arena *arena, const struct ww_kernels *kernels,
	     ww_evtx_read_fn *read, void *ctx)
{
	struct ww_evtx *x = new_reader(arena, kernels, read, ctx);

	read_header(x);
	return x;
}

struct ww_evtx *
ww_evtx_open_like(struct ww_arena *arena, const struct ww_evtx *first,
		  ww_evtx_read_fn *read, void *ctx)
{
	struct ww_evtx *x = new_reader(arena, first->kernels, read, ctx);

	x->checked = first->checked;
	return x;
}

void
ww_evtx_go_to(struct ww_evtx *x, uint64_t at)
{
	x->chunk_at = at;
	x->len = x->at = x->end = 0;
}

/* Chunks */

/* The check sum of the header leaves out itself, and the flags before it. */
static bool
is_header_right(const struct ww_evtx *x)
{
	uint8_t used[120 + CHUNK_HEADER - 128];

	memcpy(used, x->chunk, 120);
	memcpy(used + 120, x->chunk + 128, CHUNK_HEADER - 128);
	return x->kernels->crc32(&x->crc, used, sizeof(used)) ==
	       ww_load32(x->chunk + 124);
}

/* Where the header says that the records end; what is there, if it is odd. */
static size_t
end_of_records(struct ww_evtx *x)
{
	size_t end = ww_load32(x->chunk + 48);

	if (end < CHUNK_HEADER || end > WW_EVTX_CHUNK) {
		damage_chunk(x, N_("its header says that its records end "
				   "outside of it (byte {at})"));
		return x->len;
	}
	if (end <= x->len)
		return end;
	damage_chunk(x, N_("the file ends inside of this chunk (byte {at})"));
	return x->len;
}

static void
check_sums(struct ww_evtx *x)
{
	const uint8_t *c = x->chunk;
	uint32_t sum = ww_load32(c + 52);

	if (!x->checked || (ww_load32(c + 120) & FLAG_NO_CRC) != 0)
		return;
	if (!is_header_right(x))
		damage_chunk(
		    x, N_("the check sum of its header is wrong (byte {at})"));
	if (!x->damaged && x->kernels->crc32(&x->crc, c + CHUNK_HEADER,
					     x->end - CHUNK_HEADER) != sum)
		damage_chunk(
		    x, N_("the check sum of its records is wrong (byte {at})"));
}

/* Templates that fill too much memory are forgotten between two chunks. */
static void
tidy(struct ww_evtx *x)
{
	if (x->kept.total <= KEPT_MAX)
		return;
	ww_evtx_pool_reset(&x->kept);
	memset(x->table, 0, WW_EVTX_TABLE * sizeof(*x->table));
}

static void
enter_chunk(struct ww_evtx *x)
{
	x->state.chunks++;
	x->number++;
	x->damaged = x->any = false;
	x->at = CHUNK_HEADER;
	x->budget = WW_EVTX_BUDGET;
	tidy(x);
	if (memcmp(x->chunk, chunk_mark, sizeof(chunk_mark)) != 0) {
		damage_chunk(x, N_("this chunk has no header (byte {at})"));
		x->end = x->len;
		return;
	}
	x->end = end_of_records(x);
	check_sums(x);
}

/* The next chunk that holds anything; false at the end of the file. */
static bool
next_chunk(struct ww_evtx *x)
{
	for (;;) {
		x->chunk_at += x->len;
		x->len = read_bytes(x, x->chunk, WW_EVTX_CHUNK);
		if (x->len == 0)
			return false;
		if (ww_is_zeros(x->chunk, x->len)) {
			x->state.empty_chunks++;
			continue;
		}
		if (x->len > CHUNK_HEADER)
			break;
		note_damage(
		    x, x->chunk_at,
		    N_("the file ends inside of this chunk (byte {at})"));
	}
	enter_chunk(x);
	return true;
}

/* Records */

/* Whether a record can stand there, as far as its size says. */
static bool
is_record(const struct ww_evtx *x, size_t at, size_t end)
{
	size_t size;

	if (end - at < RECORD_MIN ||
	    memcmp(x->chunk + at, record_mark, sizeof(record_mark)) != 0)
		return false;
	size = ww_load32(x->chunk + at + 4);
	return size >= RECORD_MIN && size <= end - at;
}

static bool
is_size_repeated(const struct ww_evtx *x, size_t at)
{
	size_t size = ww_load32(x->chunk + at + 4);

	return ww_load32(x->chunk + at + size - 4) == size;
}

size_t
ww_evtx_find_record(const struct ww_evtx *x, size_t at, size_t end)
{
	while (at < end) {
		const uint8_t *p =
		    memchr(x->chunk + at, record_mark[0], end - at);

		if (p == NULL)
			break;
		at = (size_t)(p - x->chunk);
		if (is_record(x, at, end) && is_size_repeated(x, at))
			return at;
		at++;
	}
	return end;
}

/*
 * What stands between records.  Zeros end the chunk: its header is older, or
 * newer, than its records.
 */
static void
pass_over(struct ww_evtx *x)
{
	size_t next = ww_evtx_find_record(x, x->at, x->end);

	if (next < x->end || !ww_is_zeros(x->chunk + x->at, x->end - x->at)) {
		x->state.failed++;
		note_damage(
		    x, x->chunk_at + x->at,
		    N_("no record stands where one should (byte {at})"));
	} else if (!x->damaged) {
		damage_chunk(
		    x,
		    N_("its records end before its header says (byte {at})"));
	}
	x->at = next;
}

/*
 * Behind the end that the header states, what remains of older records may
 * stand, whose ids are lower; a record that was added since has the next one.
 */
static bool
goes_on(const struct ww_evtx *x)
{
	return x->any && is_record(x, x->at, x->len) &&
	       is_size_repeated(x, x->at) &&
	       ww_load64(x->chunk + x->at + 8) == x->last_id + 1;
}

/* False at the end of the chunk. */
static bool
find_next(struct ww_evtx *x)
{
	while (x->at < x->end && !is_record(x, x->at, x->end))
		pass_over(x);
	if (x->at < x->end)
		return true;
	if (x->end == x->len || !goes_on(x))
		return false;
	if (!x->damaged)
		damage_chunk(x, N_("its records go on behind the end that its "
				   "header states (byte {at})"));
	x->end = x->at + ww_load32(x->chunk + x->at + 4);
	return true;
}

bool
ww_evtx_record_at(struct ww_evtx *x, size_t at, struct ww_evtx_record *ret)
{
	const uint8_t *p = x->chunk + at;
	size_t size = ww_load32(p + 4);
	struct ww_evtx_value time;

	ret->at = x->chunk_at + at;
	ret->carved = x->carving;
	ret->id = ww_load64(p + 8);
	x->n_values = 0;
	x->nested = 0;
	ww_evtx_pool_reset(&x->scratch);
	if (!ww_evtx_instance_at(x, at + RECORD_HEADER, at + size - 4,
				 &ret->event))
		return false;
	if (!ret->event.tpl->is_event)
		return ww_evtx_fail(
		    x, N_("its binary XML is no event (byte {at})"));
	time = ww_evtx_part(ret, WW_EVTX_TIME);
	if (!ww_evtx_read_time(&time, &ret->created))
		ret->created = ww_load64(p + 16);
	return true;
}

bool
ww_evtx_next(struct ww_evtx *x, struct ww_evtx_record *ret)
{
	for (;;) {
		size_t at;
		bool read;

		while (x->number == 0 || !find_next(x)) {
			if (ww_evtx_carve_next(x, ret))
				return true;
			if (!next_chunk(x))
				return false;
		}
		at = x->at;
		read = ww_evtx_record_at(x, at, ret);
		x->last_id = ww_load64(x->chunk + at + 8);
		x->any = true;
		x->at += ww_load32(x->chunk + at + 4);
		ww_evtx_remember(x, at);
		if (read) {
			x->state.records++;
			x->state.recovered += x->damaged;
			return true;
		}
		x->state.failed++;
		note_damage(x, x->chunk_at + at, x->why);
	}
}

bool
ww_evtx_again(struct ww_evtx *x, uint64_t at, struct ww_evtx_record *ret)
{
	if (x->len == 0 && !next_chunk(x))
		return false;
	if (at < x->chunk_at || at - x->chunk_at >= x->len)
		return false;
	at -= x->chunk_at;
	return is_record(x, (size_t)at, x->len) &&
	       ww_evtx_record_at(x, (size_t)at, ret);
}

bool
ww_evtx_give_up(struct ww_evtx *x, const struct ww_evtx_record *r)
{
	if (r->carved) {
		x->state.carved--;
		x->state.remains++;
	} else {
		x->state.records--;
		x->state.recovered -= x->damaged;
		x->state.failed++;
	}
	note_damage(x, r->at, x->why);
	return false;
}

struct ww_evtx_value
ww_evtx_part(const struct ww_evtx_record *r, enum ww_evtx_part part)
{
	const struct ww_evtx_source *source = &r->event.tpl->system[part];

	return source->in_slot ? ww_evtx_slot(&r->event, source->slot)
			       : source->literal;
}

uint64_t
ww_evtx_part_number(const struct ww_evtx_record *r, enum ww_evtx_part part)
{
	struct ww_evtx_value value = ww_evtx_part(r, part);

	return ww_evtx_number(&value);
}

ww_time
ww_evtx_time(const struct ww_evtx_record *r)
{
	return ww_time_of_filetime(r->created);
}

const struct ww_evtx_state *
ww_evtx_state(const struct ww_evtx *x)
{
	return &x->state;
}
