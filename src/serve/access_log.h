#ifndef WW_SERVE_ACCESS_LOG_H
#define WW_SERVE_ACCESS_LOG_H

#include <stdint.h>
#include <sys/socket.h>

#include "base/slice.h"

struct access {
	const struct sockaddr *client; /* NULL: not known */
	struct ww_slice method, path;
	unsigned status;
	uint64_t bytes; /* of the answer, unpacked */
	uint64_t milliseconds;
};

/*
 * A line on standard output.  What was asked for in a query is left out,
 * since it may be a line of a customer's log, and so is the name of a
 * diagnosis, since it is the key to it.
 */
void access_log(const struct access *access);

#endif
