/*
 * What must not be written down, by its value: cookies and passwords, which a
 * server may repeat wherever it likes.  Used by src/probe/ only.
 */
#ifndef WW_PROBE_SECRETS_H
#define WW_PROBE_SECRETS_H

#include "base/buf.h"

#define WW_SECRETS_MAX 256

/* One of zeros knows none. */
struct ww_secrets {
	struct ww_slice p[WW_SECRETS_MAX]; /* borrowed */
	size_t n;
	bool full; /* there are more: nothing foreign may be written */
};

/* Short ones are no secrets, and stand anywhere. */
void ww_secrets_add(struct ww_secrets *s, struct ww_slice value);

/* Those that stand in the elements of cookies, in a body of SOAP. */
void ww_secrets_gather(struct ww_secrets *s, struct ww_slice body);

/* A text without them, in the arena. */
struct ww_slice ww_secrets_hide(const struct ww_secrets *s,
				struct ww_arena *arena, struct ww_slice text);

/*
 * A body without them, and without what its cookies hold; of no more of it
 * than that many bytes.
 */
struct ww_slice ww_secrets_hide_body(const struct ww_secrets *s,
				     struct ww_arena *arena,
				     struct ww_slice body, size_t most);

#endif
