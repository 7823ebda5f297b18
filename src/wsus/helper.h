/*
 * The transport of the probe, as winwhy has it: the program winwhy-wsus, which
 * is started with the first request and keeps its connections between them.
 */
#ifndef WW_WSUS_HELPER_H
#define WW_WSUS_HELPER_H

#include "sys/converse.h"
#include "sys/http.h"

struct ww_helper {
	struct ww_child child;
	bool running;
	struct ww_http http; /* asks it; ctx is this */
};

/* False: *retwhy is an English message, constant. */
bool ww_helper_open(struct ww_arena *arena, struct ww_helper *ret,
		    const char **retwhy);

/*
 * The proxy that the system has services go through, and the hosts that are
 * exempt, in the words of WinHTTP; both empty where there is no such thing.
 */
void ww_helper_proxy(struct ww_arena *arena, struct ww_slice *retsetting,
		     struct ww_slice *retbypass);

/* One of zeros was never open. */
void ww_helper_close(struct ww_helper *h);

#endif
