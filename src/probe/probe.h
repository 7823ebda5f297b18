/*
 * Asks an update server what an update client asks it, and writes down what
 * came of it: a record for each step, in lines that winwhy reads like any
 * other log (input/probe.c).  Knows the protocol, and no codes of Windows.
 *
 *	{"winwhy":"probe/1","time":"2026-11-27T04:10:11.123456Z",
 *	 "level":"info","text":"Step GetConfig ok, …","request":{…},"reply":{…}}
 */
#ifndef WW_PROBE_PROBE_H
#define WW_PROBE_PROBE_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "evidence/time.h"
#include "probe/proxy.h"
#include "sys/http.h"

struct ww_probe_options {
	struct ww_slice server;	 /* its address, or its name alone */
	struct ww_slice machine; /* the name of the one that asks */
	bool no_proxy;		 /* whatever the environment says … */
	struct ww_slice proxy;	 /* … or this one; empty: as that says */
	struct ww_slice ca;	 /* a file of certificates to trust, too */
	uint64_t step_ms, all_ms;
	bool registers; /* tells the server of a computer that there is not */
	bool follows;	/* also to another host that the server names */
};

/* What it needs of the world. */
struct ww_probe_world {
	const struct ww_http *http;
	struct ww_probe_environment environment;
	ww_time (*now)(void *ctx); /* in UTC */
	uint64_t (*ms)(void *ctx); /* of a clock that only goes forward */
	void *ctx;
};

/*
 * Ask, and add the lines to *out; codes of clients stand in the last, by the
 * catalogue.  False: the transport itself failed, *retwhy is an English
 * message.
 */
bool ww_probe_run(struct ww_buf *out, const struct ww_catalogue *c,
		  const struct ww_probe_options *options,
		  const struct ww_probe_world *world, const char **retwhy);

#endif
