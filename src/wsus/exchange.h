/*
 * A request through libcurl, which keeps its connections until the next one.
 * Knows sockets and TLS, and nothing of update servers.
 */
#ifndef WW_WSUS_EXCHANGE_H
#define WW_WSUS_EXCHANGE_H

#include <curl/curl.h>

#include "base/buf.h"
#include "wsus/resolve.h"

struct exchange {
	CURL *curl;		/* owned, kept between requests */
	struct ww_arena *arena; /* borrowed; of the request at hand */
	const struct ww_http_request *request;
	struct ww_http_reply *reply;
	struct ww_buf body;
	bool too_large, asks_client;
	char error[CURL_ERROR_SIZE];
	/* Of the name that was looked up last. */
	char host[256];
	struct addresses addresses;
	struct curl_slist *lent[2]; /* owned, until the request is over */
};

/* False when there is no libcurl to work with. */
bool exchange_init(struct exchange *x);
void exchange_release(struct exchange *x);

/* Whatever becomes of it stands in the reply. */
void exchange_run(struct exchange *x, struct ww_arena *arena,
		  const struct ww_http_request *request,
		  struct ww_http_reply *reply);

/* Look at the certificate of a server that is not trusted, in tls.c. */
void exchange_inspect(struct exchange *x);

/* What is known of the certificate that the server showed, in tls.c. */
void exchange_certificate(struct exchange *x, CURL *curl);

/* The options that every connection of a request has. */
void exchange_connection(struct exchange *x, CURL *curl);

#endif
