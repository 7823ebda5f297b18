/*
 * Which proxy a request goes through: by the variables that programs of Unix
 * read, else by the setting of the system, where there is one.
 */
#ifndef WW_PROBE_PROXY_H
#define WW_PROBE_PROXY_H

#include "probe/url.h"

struct ww_probe_environment {
	/* The value of a variable; NULL without it. */
	const char *(*get)(void *ctx, const char *name);
	void *ctx;
	/* What the services of Windows are set to; both empty elsewhere. */
	struct ww_slice setting, bypass;
};

/* The proxy for an address; empty: none. */
struct ww_slice ww_probe_proxy(const struct ww_probe_environment *e,
			       const struct ww_url *url);

/* A proxy or a server as it may be shown: without a name and password. */
struct ww_slice ww_probe_proxy_shown(struct ww_slice proxy);

/* "name:password" of it, as it stands there; or empty. */
struct ww_slice ww_probe_proxy_login(struct ww_slice proxy);

#endif
