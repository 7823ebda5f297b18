/*
 * HTTP, as the rest of the server sees it: a request, where its body goes,
 * and an answer.  http.c and exchange.c are the only files that know
 * libmicrohttpd.
 */
#ifndef WW_SERVE_HTTP_H
#define WW_SERVE_HTTP_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "serve/guard.h"

struct http_exchange;

/* All of it lives until the answer is sent. */
struct request {
	struct ww_arena *arena;
	struct ww_slice method;
	struct ww_slice path; /* decoded, without the leading slash */
	struct http_exchange *exchange;
};

/* Empty where there is none. */
struct ww_slice request_header(const struct request *r, const char *name);
struct ww_slice request_argument(const struct request *r, const char *name);

/* GET and HEAD, which change nothing. */
bool request_reads(const struct request *r);

struct response {
	unsigned status;       /* 0 counts as 200 */
	const char *type;      /* constant; NULL: HTML */
	struct ww_slice body;  /* in the request's arena, or constant */
	const char *location;  /* likewise; or NULL */
	const char *file_name; /* to be saved by; or NULL */
	const char *allow;     /* of status 405; or NULL */
	/* The same for everybody as long as this program runs. */
	bool lasting;
};

/* Who takes the body of a request, if it has one, and answers it. */
struct body {
	void *ctx;
	/* False: no more of it is wanted, and answer() says why. */
	bool (*take)(void *ctx, struct ww_slice bytes);
	/* The body is there, or as much as was wanted. */
	void (*answer)(void *ctx, struct response *ret);
	/* The request is over; answer() may not have been called. */
	void (*end)(void *ctx);
};

struct http_app {
	void *ctx;
	/*
	 * A request begins.  False: *retnow is the answer, and its body is
	 * not looked at.  Without a taker likewise.
	 */
	bool (*begin)(void *ctx, const struct request *r, struct body *ret,
		      struct response *retnow);
	/* Called some times a second, by the thread of http_run(). */
	void (*tick)(void *ctx);
};

struct http_config {
	const char *address; /* numeric; IPv4 or IPv6 */
	uint16_t port;	     /* 0: one that is free */
	struct guard guard;
};

struct http_server;

/*
 * Listen.  NULL: *retwhy is an English message, constant.  *retport is the
 * port that was taken.
 */
struct http_server *http_open(const struct http_config *config,
			      const struct http_app *app, uint16_t *retport,
			      const char **retwhy);

/* Until *stop is set. */
void http_run(struct http_server *server, const volatile sig_atomic_t *stop);

/* What has begun is answered to its end, unless that takes too long. */
void http_close(struct http_server *server);

#endif
