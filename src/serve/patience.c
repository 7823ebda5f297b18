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

/* The place of a socket, or a free one; PATIENCE_MAX when all are taken. */
static size_t
place_of(const struct patience *p, int socket)
{
	size_t free_place = PATIENCE_MAX;

	for (size_t i = 0; i < PATIENCE_MAX; i++) {
		if (p->waits[i].socket == socket)
			return i;
		if (p->waits[i].socket == -1 && free_place == PATIENCE_MAX)
			free_place = i;
	}
	return free_place;
}

void
patience_set(struct patience *p, int socket, uint64_t until)
{
	size_t i;

	pthread_mutex_lock(&p->mutex);
	i = place_of(p, socket);
	if (i < PATIENCE_MAX) {
		p->waits[i].socket = socket;
		p->waits[i].until = until;
	}
	pthread_mutex_unlock(&p->mutex);
}

void
patience_forget(struct patience *p, int socket)
{
	size_t i;

	pthread_mutex_lock(&p->mutex);
	i = place_of(p, socket);
	if (i < PATIENCE_MAX)
		p->waits[i].socket = -1;
	pthread_mutex_unlock(&p->mutex);
}

void
patience_cut(struct patience *p, uint64_t now)
{
	pthread_mutex_lock(&p->mutex);
	for (size_t i = 0; i < PATIENCE_MAX; i++)
		if (p->waits[i].socket != -1 && p->waits[i].until <= now)
			shutdown(p->waits[i].socket, SHUT_RDWR);
	pthread_mutex_unlock(&p->mutex);
}
