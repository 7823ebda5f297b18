#include "sys/thread.h"

#include <stdatomic.h>

#include "base/banned.h"

struct work {
	size_t n_items;
	atomic_size_t next;
	void (*fn)(void *ctx, size_t i);
	void *ctx;
};

static void
run(void *ctx)
{
	struct work *work = ctx;
	size_t i;

	while ((i = atomic_fetch_add(&work->next, 1)) < work->n_items)
		work->fn(work->ctx, i);
}

void
ww_sys_parallel(size_t n_items, unsigned workers,
		void (*fn)(void *ctx, size_t i), void *ctx)
{
	struct work work = { .n_items = n_items, .fn = fn, .ctx = ctx };
	struct ww_crew *crew = NULL;

	if (workers > n_items)
		workers = (unsigned)n_items;
	/* This thread is the first worker. */
	if (workers > 1)
		crew = ww_crew_start(workers - 1, run, &work);
	run(&work);
	ww_crew_wait(crew);
}
