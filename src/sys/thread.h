/*
 * Work on several cores.
 */
#ifndef WW_SYS_THREAD_H
#define WW_SYS_THREAD_H

#include <stddef.h>

/* More would only wait for each other's memory. */
#define WW_THREADS_MAX 64

/* Cores this process may use; at least 1. */
unsigned ww_sys_cores(void);

/*
 * Call fn(ctx, i) once for each i below n_items, each on one of at most
 * `workers` threads, this one among them; in order of i as threads get free.
 * Returns when all are done.  Where threads cannot be had, fewer work.
 */
void ww_sys_parallel(size_t n_items, unsigned workers,
		     void (*fn)(void *ctx, size_t i), void *ctx);

/* Threads that work while this one goes on. */
struct ww_crew;

/*
 * Begin to call fn(ctx) on each of n other threads, or of fewer where they
 * cannot be had; NULL: on none.
 */
struct ww_crew *ww_crew_start(unsigned n, void (*fn)(void *ctx), void *ctx);

/* Come back when all have returned from fn.  NULL is allowed. */
void ww_crew_wait(struct ww_crew *crew);

#endif
