#include "sys/thread.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/banned.h"

/* More would only wait for each other's memory. */
#define WORKERS_MAX 64

struct work {
	size_t n_items;
	atomic_size_t next;
	void (*fn)(void *ctx, size_t i);
	void *ctx;
};

unsigned
ww_sys_cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : (unsigned)n;
}

static void *
run(void *ctx)
{
	struct work *work = ctx;
	size_t i;

	while ((i = atomic_fetch_add(&work->next, 1)) < work->n_items)
		work->fn(work->ctx, i);
	return NULL;
}

void
ww_sys_parallel(size_t n_items, unsigned workers,
		void (*fn)(void *ctx, size_t i), void *ctx)
{
	struct work work = { .n_items = n_items, .fn = fn, .ctx = ctx };
	pthread_t threads[WORKERS_MAX];
	unsigned started = 0;

	if (workers > WORKERS_MAX)
		workers = WORKERS_MAX;
	/* This thread is the first worker. */
	while (started + 1 < workers && started + 1 < n_items &&
	       pthread_create(&threads[started], NULL, run, &work) == 0)
		started++;
	run(&work);
	while (started > 0)
		pthread_join(threads[--started], NULL);
}
