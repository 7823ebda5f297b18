/*
 * A step of the conversation with an update server, as its record tells of
 * it: written by the prober, read by whoever tells the steps again.
 *
 *	Step GetConfig ok, HTTP 200, 1150 bytes, 12 ms, POST http://…: …
 *	Step GetConfig failed http-503, HTTP 503, 326 bytes, 4 ms, POST …: …
 */
#ifndef WW_EVIDENCE_STEP_H
#define WW_EVIDENCE_STEP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum ww_step_result {
	WW_STEP_OK,
	WW_STEP_ODD,	   /* not as it should be; the conversation goes on */
	WW_STEP_RECOVERED, /* refused, with what a client has an answer to */
	WW_STEP_FAILED,
	WW_STEP_RESULTS
};

struct ww_step {
	struct ww_slice name; /* a word */
	enum ww_step_result result;
	struct ww_slice trouble; /* a word; empty when all is well */
	uint64_t status;	 /* of HTTP, or 0 */
	uint64_t bytes;
	uint64_t ms;
	struct ww_slice target; /* "POST http://…", or empty */
	struct ww_slice detail; /* the rest, in words; or empty */
};

void ww_step_write(struct ww_buf *out, const struct ww_step *step);

/* False for a text that has not that form.  All borrowed from it. */
bool ww_step_read(struct ww_slice text, struct ww_step *ret);

/* The word of a result: "failed". */
struct ww_slice ww_step_word(enum ww_step_result result);

#endif
