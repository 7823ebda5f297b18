/*
 * One request and its answer, and what the exchanges of a server share.
 * Between http.c and exchange.c only.
 */
#ifndef WW_SERVE_EXCHANGE_H
#define WW_SERVE_EXCHANGE_H

#include <stdatomic.h>

#include <microhttpd.h>

#include "serve/access_log.h"
#include "serve/cache.h"
#include "serve/http.h"
#include "serve/patience.h"

/* What an ordinary request may take, and one with files at most. */
#define REQUEST_MS ((uint64_t)30 * 1000)
#define BODY_MS	   ((uint64_t)15 * 60 * 1000)

struct http_server {
	struct guard guard;
	struct http_app app;
	struct MHD_Daemon *daemon;
	int listening; /* its socket */
	struct patience patience;
	struct access_log log;
	struct cache *cache;   /* of lasting answers */
	atomic_uint under_way; /* requests */
};

/* The callbacks of libmicrohttpd; ctx is the server. */
enum MHD_Result exchange_go_on(void *ctx, struct MHD_Connection *connection,
			       const char *url, const char *method,
			       const char *version, const char *data,
			       size_t *size, void **state);
void exchange_over(void *ctx, struct MHD_Connection *connection, void **state,
		   enum MHD_RequestTerminationCode how);

/* What the cache holds. */
void exchange_drop_kept(void *kept);

#endif
