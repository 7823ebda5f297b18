/*
 * A perfect hash over the values: each bucket gets the first pilot that
 * places its values where nothing stands yet, largest buckets first.
 */
#include <stdlib.h>

#include "compile/link.h"

#include "base/banned.h"

/* Values a bucket on average; places for 100 values. */
#define PER_BUCKET     3
#define PLACES_PER_100 115

struct value {
	uint32_t value;
	uint32_t first; /* code */
	uint32_t n;
	uint32_t bucket;
};

struct bucket {
	uint32_t first; /* among the values sorted by bucket */
	uint32_t n;
	uint32_t number;
};

struct builder {
	struct compiler *c;
	struct value *values;
	uint32_t n_values;
	struct bucket *buckets;
	uint32_t n_buckets;
	uint32_t n_places;
	uint32_t *taken; /* value number plus 1 */
	uint16_t *pilots;
};

static void
collect_values(struct builder *b)
{
	const struct image *im = &b->c->image;
	uint32_t n = image_count(im, WW_S_CODE);

	b->values = ww_arena_array(b->c->arena, n + 1, sizeof(*b->values));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t v = image_get(im, WW_S_CODE, i, WW_CODE_VALUE);

		if (b->n_values > 0 && b->values[b->n_values - 1].value == v)
			b->values[b->n_values - 1].n++;
		else
			b->values[b->n_values++] =
			    (struct value){ .value = v, .first = i, .n = 1 };
	}
}

static int
by_bucket(const void *a, const void *b)
{
	const struct value *va = a, *vb = b;

	if (va->bucket != vb->bucket)
		return va->bucket < vb->bucket ? -1 : 1;
	return va->value < vb->value ? -1 : va->value > vb->value;
}

static int
by_size(const void *a, const void *b)
{
	const struct bucket *ba = a, *bb = b;

	if (ba->n != bb->n)
		return ba->n > bb->n ? -1 : 1;
	return ba->number < bb->number ? -1 : ba->number > bb->number;
}

static void
fill_buckets(struct builder *b)
{
	for (uint32_t i = 0; i < b->n_values; i++)
		b->values[i].bucket =
		    ww_hash_bucket(b->values[i].value, b->n_buckets);
	qsort(b->values, b->n_values, sizeof(*b->values), by_bucket);
	for (uint32_t i = 0; i < b->n_buckets; i++)
		b->buckets[i].number = i;
	for (uint32_t i = b->n_values; i-- > 0;) {
		b->buckets[b->values[i].bucket].first = i;
		b->buckets[b->values[i].bucket].n++;
	}
	qsort(b->buckets, b->n_buckets, sizeof(*b->buckets), by_size);
}

/* Place a bucket's values; on a clash take back what was placed. */
static bool
try_pilot(struct builder *b, const struct bucket *bucket, uint32_t pilot)
{
	for (uint32_t i = 0; i < bucket->n; i++) {
		uint32_t place =
		    ww_hash_place(b->values[bucket->first + i].value, pilot,
				  b->n_places);

		if (b->taken[place] == 0) {
			b->taken[place] = bucket->first + i + 1;
			continue;
		}
		while (i-- > 0)
			b->taken[ww_hash_place(
			    b->values[bucket->first + i].value, pilot,
			    b->n_places)] = 0;
		return false;
	}
	return true;
}

static bool
place_bucket(struct builder *b, const struct bucket *bucket)
{
	for (uint32_t pilot = 0; pilot <= UINT16_MAX; pilot++) {
		if (try_pilot(b, bucket, pilot)) {
			b->pilots[bucket->number] = (uint16_t)pilot;
			return true;
		}
	}
	return false;
}

static void
write_values(struct builder *b)
{
	struct image *im = &b->c->image;

	for (uint32_t i = 0; i < b->n_buckets; i++)
		image_push16(im, WW_S_PILOT, b->pilots[i]);
	for (uint32_t i = 0; i < b->n_places; i++) {
		uint32_t r = image_add(im, WW_S_VALUE);
		const struct value *v;

		if (b->taken[i] == 0)
			continue;
		v = &b->values[b->taken[i] - 1];
		image_set(im, WW_S_VALUE, r, WW_VALUE_VALUE, v->value);
		image_set(im, WW_S_VALUE, r, WW_VALUE_CODES, v->first);
		image_set(im, WW_S_VALUE, r, WW_VALUE_CODES + 1, v->n);
	}
}

void
link_values(struct compiler *c)
{
	struct builder b = { .c = c };

	collect_values(&b);
	b.n_buckets = b.n_values / PER_BUCKET + 1;
	b.n_places = b.n_values * PLACES_PER_100 / 100 + 1;
	b.buckets = ww_arena_array(c->arena, b.n_buckets, sizeof(*b.buckets));
	b.taken = ww_arena_array(c->arena, b.n_places, sizeof(*b.taken));
	b.pilots = ww_arena_array(c->arena, b.n_buckets, sizeof(*b.pilots));
	fill_buckets(&b);
	for (uint32_t i = 0; i < b.n_buckets; i++) {
		if (!place_bucket(&b, &b.buckets[i])) {
			problem(&c->problems, "no pilot fits a bucket of %u",
				b.buckets[i].n);
			return;
		}
	}
	write_values(&b);
}
