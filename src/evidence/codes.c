#include "evidence/codes.h"

#include <stdlib.h>

#include "base/banned.h"

#define BITS_FIRST 8

/*
 * Values are read from logs, so that someone may choose them to meet in one
 * place.  Chance does not need half as many steps; what does is dropped.
 */
#define STEPS_MAX 64

static size_t
place_of(const struct ww_codes *codes, uint32_t value, unsigned kind)
{
	/* Fibonacci hashing: the golden ratio of 32 bits. */
	return (value + kind) * 0x9E3779B9u >> (32 - codes->bits);
}

/* Where the value stands or may stand; NULL when the way there is too long. */
static struct ww_code_count **
slot_of(const struct ww_codes *codes, uint32_t value, unsigned kind)
{
	size_t mask = ((size_t)1 << codes->bits) - 1;
	size_t at = place_of(codes, value, kind);

	/* Steps that grow by one reach every slot of a power of two. */
	for (size_t step = 1; step <= STEPS_MAX; step++) {
		struct ww_code_count **slot = &codes->slots[at];

		if (*slot == NULL ||
		    ((*slot)->value == value && (*slot)->kind == kind))
			return slot;
		at = (at + step) & mask;
	}
	return NULL;
}

/* Twice the slots.  A value that finds no way there now is counted out. */
static void
grow(struct ww_codes *codes)
{
	struct ww_codes old = *codes;
	size_t n = codes->bits > 0 ? (size_t)1 << codes->bits : 0;

	codes->bits = codes->bits > 0 ? codes->bits + 1 : BITS_FIRST;
	codes->slots = ww_arena_array(codes->arena, (size_t)1 << codes->bits,
				      sizeof(struct ww_code_count *));
	for (size_t i = 0; i < n; i++) {
		struct ww_code_count *count = old.slots[i], **slot;

		if (count == NULL)
			continue;
		if ((slot = slot_of(codes, count->value, count->kind)) !=
		    NULL) {
			*slot = count;
			continue;
		}
		codes->n--;
		codes->dropped += count->count;
	}
}

static struct ww_code_count *
add_value(struct ww_codes *codes, uint32_t value, unsigned kind,
	  struct ww_place place)
{
	struct ww_code_count **slot;

	if (codes->n == WW_CODES_MAX)
		return NULL;
	/* Half of the slots stay free. */
	if (codes->bits == 0 || codes->n >= (uint32_t)1 << (codes->bits - 1))
		grow(codes);
	if ((slot = slot_of(codes, value, kind)) == NULL)
		return NULL;
	*slot = ww_arena_new(codes->arena, struct ww_code_count);
	(*slot)->value = value;
	(*slot)->kind = kind;
	(*slot)->first = place;
	codes->n++;
	return *slot;
}

void
ww_codes_add(struct ww_codes *codes, uint32_t value, unsigned kind,
	     enum ww_role role, struct ww_place place)
{
	struct ww_code_count **slot =
	    codes->bits > 0 ? slot_of(codes, value, kind) : NULL;
	struct ww_code_count *count = slot != NULL ? *slot : NULL;

	codes->total++;
	if (count == NULL)
		count = add_value(codes, value, kind, place);
	if (count == NULL) {
		codes->dropped++;
		return;
	}
	count->count++;
	count->by_role[role]++;
	count->last = place;
}

const struct ww_code_count *
ww_codes_get(const struct ww_codes *codes, uint32_t value, unsigned kind)
{
	struct ww_code_count **slot;

	if (codes->bits == 0 || (slot = slot_of(codes, value, kind)) == NULL)
		return NULL;
	return *slot;
}

static int
compare(const void *a, const void *b)
{
	const struct ww_code_count *ca =
	    *(const struct ww_code_count *const *)a;
	const struct ww_code_count *cb =
	    *(const struct ww_code_count *const *)b;

	if (ca->count != cb->count)
		return ca->count < cb->count ? 1 : -1;
	if (ca->value != cb->value)
		return ca->value < cb->value ? -1 : 1;
	return ca->kind < cb->kind ? -1 : ca->kind > cb->kind;
}

const struct ww_code_count **
ww_codes_sorted(const struct ww_codes *codes, struct ww_arena *arena)
{
	const struct ww_code_count **ret;
	size_t n_slots = codes->bits > 0 ? (size_t)1 << codes->bits : 0;
	size_t n = 0;

	ret = ww_arena_array(arena, (size_t)codes->n + 1,
			     sizeof(const struct ww_code_count *));
	for (size_t i = 0; i < n_slots; i++)
		if (codes->slots[i] != NULL)
			ret[n++] = codes->slots[i];
	qsort(ret, n, sizeof(const struct ww_code_count *), compare);
	return ret;
}
