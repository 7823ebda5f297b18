/*
 * Which function answers which path.
 */
#ifndef WW_SERVE_ROUTE_H
#define WW_SERVE_ROUTE_H

#include "base/buf.h"
#include "serve/app.h"

#define ROUTE_CAPTURES 3

struct upload;

/* A request on its way to an answer. */
struct call {
	struct app *app;
	const struct request *request;
	const struct route *route; /* NULL: a page of the site, or nothing */
	/* What stood in the place of each * of the pattern. */
	struct ww_slice captured[ROUTE_CAPTURES];
	struct upload *upload; /* of routes that take files */
	struct ww_buf text;    /* of routes that take text */
	bool too_long;	       /* the text was */
};

enum takes { TAKES_NOTHING, TAKES_FILES, TAKES_TEXT };

struct route {
	const char *method;
	const char *pattern; /* parts between slashes; * is any one part */
	void (*answer)(struct call *call, struct response *ret);
	enum takes takes;
};

/*
 * Find the route of call->request and fill `route` and `captured`.  False:
 * the path is there, and wants *retallow as its method.
 */
bool route_find(const struct route *routes, size_t n, struct call *call,
		const char **retallow);

#endif
