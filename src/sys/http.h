/*
 * One request over HTTP and what came of it, told in full: the transport of
 * the probe.  A helper program is behind it, or WinHTTP, or a script of a
 * test; nothing here knows an update server.
 */
#ifndef WW_SYS_HTTP_H
#define WW_SYS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

#define WW_HTTP_HEADERS_MAX   64
#define WW_HTTP_ADDRESSES_MAX 16

/* Where a request was when it ended. */
enum ww_http_stage {
	WW_HTTP_AT_NAME,
	WW_HTTP_AT_CONNECT, /* to the server, or to its proxy */
	WW_HTTP_AT_PROXY,   /* asked to let it through */
	WW_HTTP_AT_TLS,
	WW_HTTP_AT_REPLY,
	WW_HTTP_STAGES
};

/* How it ended. */
enum ww_http_end {
	WW_HTTP_ANSWERED,
	WW_HTTP_NO_NAME,       /* the server's name has no address */
	WW_HTTP_NO_PROXY_NAME, /* the proxy's has none */
	WW_HTTP_REFUSED,       /* nobody listens there */
	WW_HTTP_NO_ROUTE,
	WW_HTTP_TIMED_OUT,
	WW_HTTP_PROXY_DENIED, /* with a status of its own */
	WW_HTTP_NO_TLS,	      /* no agreement on it */
	WW_HTTP_NO_TRUST,     /* see the flags of struct ww_http_tls */
	WW_HTTP_CLOSED,	      /* not a byte of an answer came */
	WW_HTTP_CUT,	      /* less came than was announced */
	WW_HTTP_NO_HTTP,      /* what came is none */
	WW_HTTP_TOO_LARGE,    /* more came than was wanted */
	WW_HTTP_FAILED,	      /* otherwise: detail says how */
	WW_HTTP_ENDS
};

struct ww_http_texts {
	struct ww_slice p[WW_HTTP_HEADERS_MAX];
	size_t n;
};

struct ww_http_request {
	struct ww_slice method, url;
	struct ww_http_texts headers; /* "Name: value" */
	struct ww_slice body;
	struct ww_slice proxy; /* http://host:port; empty: go straight */
	struct ww_slice ca;    /* a file to trust besides; or empty */
	uint64_t timeout_ms;
	uint64_t body_max; /* bytes of the answer that are wanted */
};

enum {
	WW_TLS_USED = 1,
	WW_TLS_UNTRUSTED = 2, /* no root that is trusted here */
	WW_TLS_SELF_SIGNED = 4,
	WW_TLS_EXPIRED = 8,
	WW_TLS_NOT_YET = 16,
	WW_TLS_WRONG_NAME = 32,
	WW_TLS_ASKS_CLIENT = 64, /* for a certificate of the client's */
};

/* The first certificate of the chain.  Times: seconds since 1970, or 0. */
struct ww_http_tls {
	uint64_t flags;
	uint64_t not_before, not_after;
	uint64_t chain; /* certificates in it */
	struct ww_slice version, subject, issuer, names;
};

/* Microseconds; of a connection that was used before, its parts are 0. */
struct ww_http_times {
	uint64_t name, connect, tls;
	uint64_t first; /* until the first byte of the answer */
	uint64_t total;
};

struct ww_http_reply {
	uint64_t end;	/* enum ww_http_end */
	uint64_t stage; /* enum ww_http_stage */
	struct ww_slice detail;
	struct ww_http_texts addresses; /* all that the name has */
	struct ww_slice address;	/* the one that was connected to */
	uint64_t status;		/* of the answer; 0: none came */
	struct ww_http_texts headers;	/* "Name: value" */
	struct ww_slice body;
	struct ww_http_tls tls;
	struct ww_http_times times;
};

/* False, with an English message: the transport itself has failed. */
struct ww_http {
	bool (*ask)(void *ctx, struct ww_arena *arena,
		    const struct ww_http_request *request,
		    struct ww_http_reply *ret, const char **retwhy);
	void *ctx;
};

#endif
