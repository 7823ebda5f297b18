/*
 * The calls of an update client as it writes them: MS-WUSP, in the form of a
 * Windows 11 agent.  A call that registers is the only one that leaves more
 * on the server than a row with a name.
 */
#ifndef WW_PROBE_SOAP_H
#define WW_PROBE_SOAP_H

#include "base/buf.h"

/* As a Windows 11 25H2 agent says it; Windows Server 2025 takes it. */
#define WW_SOAP_PROTOCOL "2.90"

enum ww_call {
	WW_CALL_CONFIG,
	WW_CALL_AUTHORIZE,
	WW_CALL_COOKIE,
	WW_CALL_REGISTER,
	WW_CALL_SYNC,
	WW_CALLS
};

/* What the calls hold; empty where it is not known yet. */
struct ww_soap_facts {
	struct ww_slice client_id; /* a GUID */
	struct ww_slice dns_name;
	struct ww_slice last_change;
	struct ww_slice protocol; /* of the server: 3.2 */
	struct ww_slice plugin; /* what gave the authorisation cookie, if any */
	struct ww_slice authorization;
	struct ww_slice expiration; /* of the cookie */
	struct ww_slice cookie;
	struct ww_slice now; /* 2026-10-04T15:03:36Z */
};

/* GetConfig, … */
struct ww_slice ww_call_name(enum ww_call call);

/* "http://…/GetConfig", in the quotes that the header has. */
void ww_call_action(struct ww_buf *out, enum ww_call call);

/* The body of the request. */
void ww_call_write(struct ww_buf *out, enum ww_call call,
		   const struct ww_soap_facts *facts);

#endif
