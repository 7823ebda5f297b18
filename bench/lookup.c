/*
 * Nanoseconds to look one number up, in process: hits, half misses, and a
 * chain in which each query waits for the answer before it.  The peer is a
 * binary search over the same numbers.  Prints figures for run.sh; exits with
 * 1 when a look-up is wrong, because a fast wrong answer is no figure.
 */
#include <stdbool.h>
#include <string.h>

#include <winwhy/catalogue.h>

#include "bench.h"

#define QUERIES 1000000u
#define ROUNDS	7
#define SEED	UINT64_C(0x80244007)

struct bench {
	const struct ww_catalogue *c;
	uint32_t *values; /* owned, sorted, each once */
	uint32_t n_values;
	uint32_t *queries; /* owned */
	uint32_t n_hits;   /* of the queries */
	uint32_t zero;	   /* 0, though no compiler knows it */
};

typedef uint32_t (*bench_run)(const struct bench *b);

static int
compare(const void *a, const void *b)
{
	uint32_t va = *(const uint32_t *)a, vb = *(const uint32_t *)b;

	return va < vb ? -1 : va > vb;
}

static void
read_values(struct bench *b)
{
	uint32_t n = ww_catalogue_size(b->c), kept = 0;

	b->values = bench_array(n + 1u, sizeof(*b->values));
	for (uint32_t i = 0; i < n; i++) {
		struct ww_entry entry;

		if (ww_catalogue_entry(b->c, i, 0, &entry) == WW_OK)
			b->values[b->n_values++] = entry.value;
	}
	qsort(b->values, b->n_values, sizeof(*b->values), compare);
	for (uint32_t i = 0; i < b->n_values; i++)
		if (kept == 0 || b->values[kept - 1] != b->values[i])
			b->values[kept++] = b->values[i];
	b->n_values = kept;
}

static bool
is_value(const struct bench *b, uint32_t v)
{
	uint32_t low = 0, high = b->n_values;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (b->values[middle] < v)
			low = middle + 1;
		else
			high = middle;
	}
	return low < b->n_values && b->values[low] == v;
}

/* Random numbers of the catalogue, and others for each second if misses. */
static void
draw(struct bench *b, bool misses)
{
	uint64_t state = SEED;

	b->n_hits = 0;
	for (uint32_t i = 0; i < QUERIES; i++) {
		uint32_t v = bench_random(&state);

		/* By chance, not in turns: turns can be predicted. */
		if (!misses || bench_random(&state) & 1) {
			b->queries[i] = b->values[v % b->n_values];
			b->n_hits++;
			continue;
		}
		while (is_value(b, v))
			v++;
		b->queries[i] = v;
	}
}

static uint32_t
run_hash(const struct bench *b)
{
	uint32_t hits = 0;

	for (uint32_t i = 0; i < QUERIES; i++)
		hits += ww_catalogue_value(b->c, b->queries[i]).count > 0;
	return hits;
}

static uint32_t
run_chain(const struct bench *b)
{
	uint32_t hits = 0, wait = 0;

	for (uint32_t i = 0; i < QUERIES; i++) {
		struct ww_range range =
		    ww_catalogue_value(b->c, b->queries[i] + wait);

		hits += range.count > 0;
		wait = range.first & b->zero;
	}
	return hits;
}

static uint32_t
run_search(const struct bench *b)
{
	uint32_t hits = 0;

	for (uint32_t i = 0; i < QUERIES; i++)
		hits += is_value(b, b->queries[i]);
	return hits;
}

static void
measure(const struct bench *b, const char *key, bench_run run)
{
	uint64_t best = UINT64_MAX;

	for (int round = 0; round < ROUNDS; round++) {
		uint64_t start = bench_now();
		uint32_t hits = run(b);
		uint64_t took = bench_now() - start;

		if (hits != b->n_hits) {
			fprintf(stderr, "%s: %u hits, %u expected\n", key,
				(unsigned)hits, (unsigned)b->n_hits);
			exit(1);
		}
		if (took < best)
			best = took;
	}
	bench_print(key, (double)best / QUERIES);
}

int
main(void)
{
	struct bench b = { .c = ww_catalogue_embedded() };
	volatile uint32_t zero = 0;

	b.zero = zero;
	b.queries = bench_array(QUERIES, sizeof(*b.queries));
	read_values(&b);
	if (b.n_values == 0)
		return 1;
	draw(&b, false);
	measure(&b, "lookup-hit", run_hash);
	measure(&b, "lookup-hit-peer", run_search);
	measure(&b, "lookup-chain", run_chain);
	draw(&b, true);
	measure(&b, "lookup-half", run_hash);
	measure(&b, "lookup-half-peer", run_search);
	free(b.queries);
	free(b.values);
	return 0;
}
