/*
 * Addresses of update servers: read, put together, compared.  Only http and
 * https, without a name and password in them.
 */
#ifndef WW_PROBE_URL_H
#define WW_PROBE_URL_H

#include "base/buf.h"

struct ww_url {
	bool tls;
	struct ww_slice host; /* with the brackets of an IPv6 address */
	unsigned port;
	bool has_port;	      /* it was written */
	struct ww_slice path; /* from its slash on; or empty */
};

/* False: a client could not use it either. */
bool ww_url_read(struct ww_slice text, struct ww_url *ret);

/*
 * Where a server begins whose services people name by their whole address:
 * the path before /ClientWebService and its like, query and all behind.
 */
struct ww_slice ww_url_root(struct ww_slice path);

/* http://host:port and the path; a usual port only where it was written. */
void ww_url_add(struct ww_buf *out, const struct ww_url *url);

/* A path of the server: /ClientWebService/client.asmx behind its root. */
void ww_url_add_path(struct ww_buf *out, const struct ww_url *root,
		     struct ww_slice path);

/*
 * What a server calls an address of its own, which may be relative to its
 * root.  False: it is none.
 */
bool ww_url_resolve(const struct ww_url *root, struct ww_slice text,
		    struct ww_url *ret);

/* Letters folded; the port does not count. */
bool ww_url_same_host(const struct ww_url *a, const struct ww_url *b);

#endif
