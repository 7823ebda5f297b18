/*
 * What winwhy and winwhy-wsus tell each other: a request, and a reply to it,
 * each as one message of fields.  Neither trusts the length of the other.
 *
 *	message	length:4 field...	(little-endian)
 *	field	tag:1 length:4 payload:length
 */
#ifndef WW_WSUS_MESSAGE_H
#define WW_WSUS_MESSAGE_H

#include "base/buf.h"
#include "sys/http.h"

/* Of a message; its bodies are far smaller. */
#define WW_MESSAGE_MAX	((size_t)32 * 1024 * 1024)
#define WW_MESSAGE_HEAD 4

void ww_message_request(struct ww_buf *out, const struct ww_http_request *r);
void ww_message_reply(struct ww_buf *out, const struct ww_http_reply *r);

/* The length in the head of a message; 0: it has none, or too much. */
size_t ww_message_length(const char head[WW_MESSAGE_HEAD]);

/* From the fields of a message, borrowed.  False: they are none. */
bool ww_message_read_request(struct ww_slice fields,
			     struct ww_http_request *ret);
bool ww_message_read_reply(struct ww_slice fields, struct ww_http_reply *ret);

#endif
