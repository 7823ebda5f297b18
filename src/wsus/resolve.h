/*
 * The addresses of a name, within a time: the system's resolver knows no
 * limit of its own, so it works in a thread that can be left behind.
 */
#ifndef WW_WSUS_RESOLVE_H
#define WW_WSUS_RESOLVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sys/http.h"

#define ADDRESS_SIZE 64 /* of an address as text */

struct addresses {
	char text[WW_HTTP_ADDRESSES_MAX][ADDRESS_SIZE];
	size_t n;
};

enum resolved { RESOLVED, RESOLVE_FAILED, RESOLVE_TIMEOUT };

/* *retwhy is the resolver's reason, for RESOLVE_FAILED. */
enum resolved resolve(const char *host, uint64_t ms, struct addresses *ret,
		      const char **retwhy);

#endif
