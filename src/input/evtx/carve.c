/*
 * What is left of older records in the bytes of a chunk that are not in use:
 * Windows overwrites a chunk from its start, so that the last ones remain.
 * Their templates and names may be gone; a template is known by the id that
 * the record states, a name by its hash.
 */
#include "base/bytes.h"
#include "base/message.h"
#include "input/evtx/reader.h"

#include "base/banned.h"

/* Records that are remembered, and places that are tried for one. */
#define SEEN  ((size_t)1 << 18)
#define TRIED 8

struct ww_evtx_carver {
	uint64_t *seen; /* SEEN; 0: free */
	uint32_t chunk; /* that `at` is of */
	size_t at;	/* what is not looked at yet */
};

void
ww_evtx_carve(struct ww_evtx *x, struct ww_arena *arena)
{
	x->carver = ww_arena_new(arena, struct ww_evtx_carver);
	x->carver->seen = ww_arena_array(arena, SEEN, sizeof(*x->carver->seen));
}

/* Of its number, its time and all its bytes; odd. */
static uint64_t
fingerprint(const struct ww_evtx *x, size_t at)
{
	const uint64_t prime = UINT64_C(0x9E3779B97F4A7C15);
	const uint8_t *p = x->chunk + at;
	uint64_t hash = ww_crc32_fast(&x->crc, p, ww_load32(p + 4));

	hash = (hash ^ ww_load64(p + 8)) * prime;
	hash = (hash ^ hash >> 32 ^ ww_load64(p + 16)) * prime;
	return hash | 1;
}

/* Whether it was there before; it is from now on. */
static bool
note(struct ww_evtx_carver *c, uint64_t mark)
{
	size_t first = (size_t)(mark >> 32) & (SEEN - 1) & ~(size_t)(TRIED - 1);
	uint64_t *places = c->seen + first;

	for (size_t i = 0; i < TRIED; i++)
		if (places[i] == mark)
			return true;
	/* The newest first; the oldest of all is forgotten. */
	memmove(places + 1, places, (TRIED - 1) * sizeof(*places));
	places[0] = mark;
	return false;
}

void
ww_evtx_remember(struct ww_evtx *x, size_t at)
{
	if (x->carver != NULL)
		note(x->carver, fingerprint(x, at));
}

static void
lose(struct ww_evtx *x, size_t at, const char *why)
{
	x->state.remains++;
	ww_losses_add(&x->state.losses, why, x->chunk_at + at);
}

/* Go to the next record; what stands before it has lost its beginning. */
static bool
find_next(struct ww_evtx *x)
{
	struct ww_evtx_carver *c = x->carver;
	size_t next = ww_evtx_find_record(x, c->at, x->len);

	if (!ww_is_zeros(x->chunk + c->at, next - c->at))
		lose(x, c->at,
		     N_("bytes of older records that hold no whole one (byte "
			"{at})"));
	c->at = next;
	return next < x->len;
}

static void
ignore(void *ctx, struct ww_slice name, struct ww_slice text)
{
	(void)ctx;
	(void)name;
	(void)text;
}

/*
 * Take the record that stands there.  False: it is no good, or known.  Its
 * data has a template of its own, so that all of it is read.
 */
static bool
take(struct ww_evtx *x, struct ww_evtx_record *ret)
{
	size_t at = x->carver->at;

	x->carver->at += ww_load32(x->chunk + at + 4);
	if (!ww_evtx_record_at(x, at, ret)) {
		lose(x, at, x->why);
		return false;
	}
	if (note(x->carver, fingerprint(x, at)))
		return false;
	x->state.carved++;
	return ww_evtx_fields(x, ret, ignore, NULL);
}

bool
ww_evtx_carve_next(struct ww_evtx *x, struct ww_evtx_record *ret)
{
	struct ww_evtx_carver *c = x->carver;

	if (c == NULL || x->number == 0)
		return false;
	if (c->chunk != x->number) {
		c->chunk = x->number;
		c->at = x->end;
		x->budget = WW_EVTX_BUDGET;
	}
	x->carving = true;
	while (find_next(x))
		if (take(x, ret))
			return true;
	x->carving = false;
	return false;
}
