/*
 * What the server answers: pages, an interface for programs, diagnoses.
 * Knows the addresses, and nothing of sockets.
 */
#ifndef WW_SERVE_APP_H
#define WW_SERVE_APP_H

#include <winwhy/winwhy.h>

#include "serve/http.h"
#include "serve/jobs.h"
#include "site/frame.h"

struct app {
	const struct ww_catalogue *c;
	struct site site;    /* the same catalogue's */
	unsigned lang;	     /* where a visitor asks for none that is known */
	uint64_t upload_max; /* bytes of one visit */
	struct jobs *jobs;
};

/* The app for http_open(). */
struct http_app app_of(struct app *app);

#endif
