/*
 * How long each connection is waited for.  A client that sends or takes a
 * byte now and then keeps a server busy for ever, unless somebody looks at
 * the clock.
 */
#ifndef WW_SERVE_PATIENCE_H
#define WW_SERVE_PATIENCE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* Connections at a time. */
#define PATIENCE_MAX 256

struct patience_wait {
	int socket; /* -1: free */
	atomic_uint_least64_t until;
};

struct patience {
	pthread_mutex_t mutex;
	struct patience_wait waits[PATIENCE_MAX];
};

void patience_init(struct patience *p);
void patience_release(struct patience *p);

/*
 * Wait for a socket until that time, of ww_sys_now_ms(): the place by which
 * that is changed.  NULL: there are too many.
 */
struct patience_wait *patience_begin(struct patience *p, int socket,
				     uint64_t until);

/* NULL is allowed, here and below. */
void patience_set(struct patience_wait *wait, uint64_t until);

/* It is about to be closed. */
void patience_end(struct patience *p, struct patience_wait *wait);

/* End the connections whose time is over. */
void patience_cut(struct patience *p, uint64_t now);

#endif
