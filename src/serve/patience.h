/*
 * How long each connection is waited for.  A client that sends or takes a
 * byte now and then keeps a server busy for ever, unless somebody looks at
 * the clock.
 */
#ifndef WW_SERVE_PATIENCE_H
#define WW_SERVE_PATIENCE_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#define PATIENCE_MAX 256

struct patience {
	pthread_mutex_t mutex;
	struct {
		int socket; /* -1: free */
		uint64_t until;
	} waits[PATIENCE_MAX];
};

void patience_init(struct patience *p);
void patience_release(struct patience *p);

/* Wait for a socket until that time, of ww_sys_now_ms(). */
void patience_set(struct patience *p, int socket, uint64_t until);

/* It is closed. */
void patience_forget(struct patience *p, int socket);

/* End the connections whose time is over. */
void patience_cut(struct patience *p, uint64_t now);

#endif
