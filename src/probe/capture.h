/*
 * The lines of a probe, and what they must not hold: cookies and credentials
 * are left out of all of them, so they are written when all is known.  Used
 * by the prober.
 */
#ifndef WW_PROBE_CAPTURE_H
#define WW_PROBE_CAPTURE_H

#include "evidence/record.h"
#include "evidence/step.h"
#include "probe/secrets.h"
#include "sys/http.h"

/* One request and its reply; of those without one there is none. */
struct ww_exchange {
	struct ww_http_request request;
	struct ww_http_reply reply;
};

struct ww_captured_line;

/* What it is given is borrowed until it is written. */
struct ww_capture {
	struct ww_arena *arena; /* borrowed */
	struct ww_captured_line *first, *last;
	struct ww_secrets secrets;
};

/* A sentence of ours. */
void ww_capture_say(struct ww_capture *c, ww_time time, enum ww_level level,
		    struct ww_slice text);

/* A step, and the exchange that belongs to it; or NULL. */
void ww_capture_step(struct ww_capture *c, ww_time time,
		     const struct ww_step *step,
		     const struct ww_exchange *exchange);

/* Note NAME: VALUE */
void ww_capture_note(struct ww_capture *c, ww_time time, const char *name,
		     struct ww_slice value);

/* The secrets that stand in a reply. */
void ww_capture_learn(struct ww_capture *c, const struct ww_http_reply *reply);

/* Add all lines. */
void ww_capture_write(const struct ww_capture *c, struct ww_buf *out);

#endif
