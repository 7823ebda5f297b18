/*
 * Work on several cores.
 */
#ifndef WW_SYS_THREAD_H
#define WW_SYS_THREAD_H

#include <stddef.h>

/* Cores this process may use; at least 1. */
unsigned ww_sys_cores(void);

/*
 * Call fn(ctx, i) once for each i below n_items, each on one of at most
 * `workers` threads, this one among them; in order of i as threads get free.
 * Returns when all are done.  Where threads cannot be had, fewer work.
 */
void ww_sys_parallel(size_t n_items, unsigned workers,
		     void (*fn)(void *ctx, size_t i), void *ctx);

#endif
