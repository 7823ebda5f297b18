#include "serve/patience.h"

#include <sys/socket.h>

#include "base/banned.h"

void
patience_init(struct patience *p)
{
	pthread_mutex_init(&p->mutex, NULL);
	for (size_t i = 0; i < PATIENCE_MAX; i++)
		p->waits[i].socket = -1;
}

void
patience_release(struct patience *p)
{
	pthread_mutex_destroy(&p->mutex);
}

struct patience_wait *
patience_begin(struct patience *p, int socket, uint64_t until)
{
	struct patience_wait *wait = NULL;

	pthread_mutex_lock(&p->mutex);
	for (size_t i = 0; i < PATIENCE_MAX && wait == NULL; i++)
		if (p->waits[i].socket == -1)
			wait = &p->waits[i];
	if (wait != NULL) {
		wait->socket = socket;
		atomic_store(&wait->until, until);
	}
	pthread_mutex_unlock(&p->mutex);
	return wait;
}

void
patience_set(struct patience_wait *wait, uint64_t until)
{
	if (wait != NULL)
		atomic_store_explicit(&wait->until, until,
				      memory_order_relaxed);
}

void
patience_end(struct patience *p, struct patience_wait *wait)
{
	if (wait == NULL)
		return;
	pthread_mutex_lock(&p->mutex);
	wait->socket = -1;
	pthread_mutex_unlock(&p->mutex);
}

/* The mutex is held: no socket is closed, and its number given away, now. */
void
patience_cut(struct patience *p, uint64_t now)
{
	pthread_mutex_lock(&p->mutex);
	for (size_t i = 0; i < PATIENCE_MAX; i++)
		if (p->waits[i].socket != -1 &&
		    atomic_load(&p->waits[i].until) <= now)
			shutdown(p->waits[i].socket, SHUT_RDWR);
	pthread_mutex_unlock(&p->mutex);
}
