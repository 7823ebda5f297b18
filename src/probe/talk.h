/*
 * A conversation while it goes on: what its parts share.  Used by src/probe/
 * only.
 */
#ifndef WW_PROBE_TALK_H
#define WW_PROBE_TALK_H

#include "evidence/step.h"
#include "probe/capture.h"
#include "probe/probe.h"
#include "probe/reply.h"
#include "probe/soap.h"

struct talk {
	struct ww_arena *arena; /* borrowed */
	const struct ww_probe_options *options;
	const struct ww_probe_world *world;
	struct ww_capture capture;
	uint64_t started; /* world->ms() */

	struct ww_slice server; /* as it may be shown */
	struct ww_url root;	/* of the server */
	struct ww_soap_facts facts;
	/* The exchange at hand. */
	struct ww_http_request request;
	struct ww_http_reply reply;
	bool met; /* the server has said what it is, and its time */

	/* What the conversation broke on; empty: it did not. */
	struct ww_slice step, trouble;
	const char *failed; /* the transport itself, English; or NULL */
};

/* Requests */

/* A GET or POST of an address, which is put into the request. */
void talk_prepare(struct talk *t, const char *method, struct ww_slice url,
		  uint64_t body_max);
void talk_header(struct talk *t, const char *name, struct ww_slice value);

/* Ask what was prepared.  False: the transport itself has failed. */
bool talk_ask(struct talk *t);

/*
 * GET a file of a server, of which the beginning is enough.  False: likewise.
 */
bool talk_get(struct talk *t, const struct ww_url *root, const char *path);

/* The value of a header of the reply; empty without it. */
struct ww_slice talk_reply_header(const struct talk *t, const char *name);

/* Records */

/* The step at hand, with the figures of its exchange. */
struct ww_step talk_step(const struct talk *t, struct ww_slice name);

/* A record of the step; the exchange belongs to it if it has one. */
void talk_tell(struct talk *t, const struct ww_step *step, bool exchange);

/* A record of such a file, which breaks nothing; an empty trouble is none. */
void talk_tell_file(struct talk *t, const char *name, struct ww_slice trouble,
		    struct ww_slice detail);

/* A record of the step and its exchange; the conversation ends with it. */
void talk_break(struct talk *t, struct ww_step *step, struct ww_slice trouble,
		struct ww_slice detail);

/* Note NAME: VALUE; an empty value is none. */
void talk_note(struct talk *t, const char *name, struct ww_slice value);

/* A text in the arena. */
WW_PRINTF(2, 3)
struct ww_slice talk_text(struct talk *t, const char *fmt, ...);

/* Parts; each is false when the conversation is over */

/* A connection, by whatever port. */
bool talk_reach(struct talk *t);

/* From GetConfig to SyncUpdates. */
bool talk_call_all(struct talk *t);

/* What a client needs besides: it breaks nothing of the conversation. */
void talk_look_beside(struct talk *t);

/*
 * By the first answer, whatever to: the server's program and its clock; and
 * the version of WSUS, if it is known.
 */
void talk_meet(struct talk *t, struct ww_slice version);

/* In words of knowledge/troubles.yaml */

/* Why the exchange brought no answer; empty: it did. */
struct ww_slice trouble_of_transport(const struct talk *t);

/* What is wrong with a status; empty for 200. */
struct ww_slice trouble_of_status(struct talk *t);

/* What came instead of the result of a call; empty where it is that. */
struct ww_slice trouble_of_answer(struct talk *t,
				  const struct ww_soap_reply *soap,
				  enum ww_call call);

/* What the step is called that an exchange without an answer ended in. */
struct ww_slice stage_name(const struct talk *t, struct ww_slice otherwise);

#endif
