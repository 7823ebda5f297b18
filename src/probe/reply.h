/*
 * What a server answered to a call: the result, or the fault, or what came in
 * their place.  Nothing of it is trusted.
 */
#ifndef WW_PROBE_REPLY_H
#define WW_PROBE_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

enum ww_soap_kind {
	WW_SOAP_RESULT,
	WW_SOAP_FAULT,
	WW_SOAP_EMPTY,	 /* not a byte */
	WW_SOAP_PAGE,	 /* a web page: text is its title */
	WW_SOAP_CUT,	 /* XML that ends too early */
	WW_SOAP_OTHER,	 /* XML, and no SOAP: text is its root */
	WW_SOAP_NOT_XML, /* text is how it begins */
};

struct ww_soap_fault {
	struct ww_slice class; /* Client, Server: without its prefix */
	struct ww_slice string;
	struct ww_slice code, message, id, method; /* empty without detail */
};

/* All in the arena; empty where the answer has it not. */
struct ww_soap_reply {
	enum ww_soap_kind kind;
	struct ww_slice text;
	struct ww_slice element; /* of the result: GetConfigResponse */
	struct ww_soap_fault fault;

	struct ww_slice last_change, registration;
	bool has_plugin;
	struct ww_slice plugin, service_url; /* of SimpleTargeting, if any */
	struct ww_slice protocol, max_extended;
	struct ww_slice auth_plugin, authorization;
	struct ww_slice expiration, cookie; /* also a new one */
	struct ww_slice truncated;
	uint32_t updates;
};

void ww_soap_read(struct ww_soap_reply *ret, struct ww_arena *arena,
		  struct ww_slice body);

#endif
