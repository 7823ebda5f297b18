/*
 * Who asked for what, in the common log format, as web servers write it, on
 * standard output.  Whoever reads it there, or does not, holds nobody up: what
 * finds no room is counted, and told of when there is some.
 */
#ifndef WW_SERVE_ACCESS_LOG_H
#define WW_SERVE_ACCESS_LOG_H

#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

#include "base/buf.h"

/*
 * Lines wait for the next flush: all that a busy server writes in between.
 */
#define ACCESS_ROOM ((size_t)1024 * 1024)

struct access_log {
	pthread_mutex_t mutex;
	time_t second; /* that `when` says */
	char when[32];
	uint64_t lost;	    /* lines, since one was written of that */
	struct ww_buf text; /* over `lines`, and never more */
	char lines[ACCESS_ROOM];
};

struct access {
	const struct sockaddr *client; /* NULL: not known */
	struct ww_slice method, path;
	unsigned status; /* 0: the client went away before */
	size_t bytes;	 /* of the answer */
};

void access_log_init(struct access_log *log);

/* What waits is written, if that takes no longer than a second. */
void access_log_release(struct access_log *log);

/*
 * Add a line.  What was asked for in a query is left out, since it may be a
 * line of a customer's log, and so is the name of a diagnosis, since it is
 * the key to it.
 */
void access_log_add(struct access_log *log, const struct access *access);

/* Write what waits as far as that is taken at once.  By one thread only. */
void access_log_flush(struct access_log *log);

#endif
