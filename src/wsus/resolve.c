#include "wsus/resolve.h"

#include <netdb.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "base/banned.h"

#define HOST_SIZE 256

/* Shared by the thread and by who waits: freed by the last of them. */
struct job {
	pthread_mutex_t lock;
	pthread_cond_t done_now;
	bool done, left; /* nobody waits any more */
	char host[HOST_SIZE];
	int error; /* of getaddrinfo() */
	struct addresses found;
};

static void
job_free(struct job *job)
{
	pthread_cond_destroy(&job->done_now);
	pthread_mutex_destroy(&job->lock);
	free(job);
}

static bool
is_known(const struct addresses *a, const char *text)
{
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->text[i], text) == 0)
			return true;
	return false;
}

static void
take(struct addresses *a, const struct addrinfo *list)
{
	for (; list != NULL && a->n < WW_HTTP_ADDRESSES_MAX;
	     list = list->ai_next) {
		char *text = a->text[a->n];

		if (getnameinfo(list->ai_addr, list->ai_addrlen, text,
				ADDRESS_SIZE, NULL, 0, NI_NUMERICHOST) == 0 &&
		    !is_known(a, text))
			a->n++;
	}
}

static void *
work(void *ctx)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *list = NULL;
	struct job *job = ctx;
	int error = getaddrinfo(job->host, NULL, &hints, &list);
	bool left;

	pthread_mutex_lock(&job->lock);
	job->error = error;
	if (error == 0)
		take(&job->found, list);
	job->done = true;
	left = job->left;
	pthread_cond_signal(&job->done_now);
	pthread_mutex_unlock(&job->lock);
	if (error == 0)
		freeaddrinfo(list);
	if (left)
		job_free(job);
	return NULL;
}

static struct job *
job_start(const char *host)
{
	struct job *job = calloc(1, sizeof(*job));
	size_t len = strlen(host);
	pthread_t thread;

	if (job == NULL || len >= HOST_SIZE) {
		free(job);
		return NULL;
	}
	memcpy(job->host, host, len);
	pthread_mutex_init(&job->lock, NULL);
	pthread_cond_init(&job->done_now, NULL);
	if (pthread_create(&thread, NULL, work, job) != 0) {
		job_free(job);
		return NULL;
	}
	pthread_detach(thread);
	return job;
}

static struct timespec
deadline(uint64_t ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += (time_t)(ms / 1000);
	t.tv_nsec += (long)(ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

/* Whether it was done in time. */
static bool
job_wait(struct job *job, uint64_t ms)
{
	struct timespec until = deadline(ms);
	bool done;

	pthread_mutex_lock(&job->lock);
	while (!job->done &&
	       pthread_cond_timedwait(&job->done_now, &job->lock, &until) == 0)
		;
	done = job->done;
	job->left = !done;
	pthread_mutex_unlock(&job->lock);
	return done;
}

enum resolved
resolve(const char *host, uint64_t ms, struct addresses *ret,
	const char **retwhy)
{
	struct job *job = job_start(host);
	int error;

	*retwhy = "the name is too long";
	if (job == NULL)
		return RESOLVE_FAILED;
	if (!job_wait(job, ms))
		return RESOLVE_TIMEOUT;
	error = job->error;
	*ret = job->found;
	job_free(job);
	*retwhy = error == 0 ? "it has no address" : gai_strerror(error);
	return error == 0 && ret->n > 0 ? RESOLVED : RESOLVE_FAILED;
}
