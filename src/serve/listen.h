/*
 * A socket that waits for clients.
 */
#ifndef WW_SERVE_LISTEN_H
#define WW_SERVE_LISTEN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A numeric address, IPv4 or IPv6, and a port; 0 is one that is free, and
 * *retport the one that was taken.  -1: *retwhy is an English message,
 * constant.
 */
int listen_on(const char *address, uint16_t port, uint16_t *retport,
	      const char **retwhy);

#endif
