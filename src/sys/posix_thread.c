#define _GNU_SOURCE /* sched_getaffinity() */

#include "sys/thread.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/banned.h"

struct ww_crew {
	void (*fn)(void *ctx);
	void *ctx;
	unsigned n; /* threads that were started */
	pthread_t threads[WW_THREADS_MAX];
};

/* In a container, or under taskset, those are fewer than there are. */
static long
count_cores(void)
{
#ifdef __linux__
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) == 0)
		return CPU_COUNT(&set);
#endif
	return sysconf(_SC_NPROCESSORS_ONLN);
}

unsigned
ww_sys_cores(void)
{
	long n = count_cores();

	return n < 1 ? 1 : n > WW_THREADS_MAX ? WW_THREADS_MAX : (unsigned)n;
}

static void *
run(void *ctx)
{
	struct ww_crew *crew = ctx;

	crew->fn(crew->ctx);
	return NULL;
}

struct ww_crew *
ww_crew_start(unsigned n, void (*fn)(void *ctx), void *ctx)
{
	struct ww_crew *crew = malloc(sizeof(*crew));

	if (crew == NULL)
		return NULL;
	*crew = (struct ww_crew){ .fn = fn, .ctx = ctx };
	if (n > WW_THREADS_MAX)
		n = WW_THREADS_MAX;
	while (crew->n < n &&
	       pthread_create(&crew->threads[crew->n], NULL, run, crew) == 0)
		crew->n++;
	return crew;
}

void
ww_crew_wait(struct ww_crew *crew)
{
	if (crew == NULL)
		return;
	while (crew->n > 0)
		pthread_join(crew->threads[--crew->n], NULL);
	free(crew);
}
