/*
 * What the benchmarks share: a clock, a seeded generator, and the form in
 * which run.sh reads figures.  Knows nothing of what is measured.
 */
#ifndef WW_BENCH_H
#define WW_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Nanoseconds of a clock that nobody sets. */
static inline uint64_t
bench_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* xorshift64*: the same numbers from the same seed on every machine. */
static inline uint32_t
bench_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (uint32_t)(*state * UINT64_C(0x2545f4914f6cdd1d) >> 32);
}

/* One line for run.sh: a key without spaces, a figure. */
static inline void
bench_print(const char *key, double figure)
{
	printf("%s\t%.2f\n", key, figure);
}

static inline void *
bench_array(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL) {
		fputs("bench: out of memory\n", stderr);
		exit(2);
	}
	return p;
}

#endif
