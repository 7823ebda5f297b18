#include "wsus/message.h"

#include "base/bytes.h"
#include "base/compiler.h"

#include "base/banned.h"

#define FIELD_HEAD 5

enum kind { TEXT, LIST, NUMBER };

/* Where a field of a struct goes by its tag. */
struct place {
	char tag;
	enum kind kind;
	size_t at; /* offset in the struct */
};

#define AT(type, tag, kind, member)                      \
	{                                                \
		tag, kind, offsetof(struct type, member) \
	}

static const struct place request_places[] = {
	AT(ww_http_request, 'm', TEXT, method),
	AT(ww_http_request, 'u', TEXT, url),
	AT(ww_http_request, 'h', LIST, headers),
	AT(ww_http_request, 'b', TEXT, body),
	AT(ww_http_request, 'p', TEXT, proxy),
	AT(ww_http_request, 'c', TEXT, ca),
	AT(ww_http_request, 't', NUMBER, timeout_ms),
	AT(ww_http_request, 'x', NUMBER, body_max),
};

static const struct place reply_places[] = {
	AT(ww_http_reply, 'e', NUMBER, end),
	AT(ww_http_reply, 'g', NUMBER, stage),
	AT(ww_http_reply, 'd', TEXT, detail),
	AT(ww_http_reply, 'a', LIST, addresses),
	AT(ww_http_reply, 'k', TEXT, address),
	AT(ww_http_reply, 's', NUMBER, status),
	AT(ww_http_reply, 'h', LIST, headers),
	AT(ww_http_reply, 'b', TEXT, body),
	AT(ww_http_reply, 'f', NUMBER, tls.flags),
	AT(ww_http_reply, '0', NUMBER, tls.not_before),
	AT(ww_http_reply, '1', NUMBER, tls.not_after),
	AT(ww_http_reply, 'l', NUMBER, tls.chain),
	AT(ww_http_reply, 'v', TEXT, tls.version),
	AT(ww_http_reply, 'j', TEXT, tls.subject),
	AT(ww_http_reply, 'i', TEXT, tls.issuer),
	AT(ww_http_reply, 'n', TEXT, tls.names),
	AT(ww_http_reply, 'N', NUMBER, times.name),
	AT(ww_http_reply, 'C', NUMBER, times.connect),
	AT(ww_http_reply, 'T', NUMBER, times.tls),
	AT(ww_http_reply, 'F', NUMBER, times.first),
	AT(ww_http_reply, 'E', NUMBER, times.total),
};

/* Writing */

static void
add_length(struct ww_buf *out, size_t n)
{
	uint8_t bytes[4];

	ww_store32(bytes, (uint32_t)n);
	ww_buf_add(out, ww_slice_of((const char *)bytes, sizeof(bytes)));
}

static void
add_field(struct ww_buf *out, char tag, struct ww_slice payload)
{
	if (payload.len == 0)
		return;
	ww_buf_char(out, tag);
	add_length(out, payload.len);
	ww_buf_add(out, payload);
}

static void
add_number(struct ww_buf *out, char tag, uint64_t v)
{
	uint8_t bytes[8];

	ww_store32(bytes, (uint32_t)v);
	ww_store32(bytes + 4, (uint32_t)(v >> 32));
	if (v != 0)
		add_field(out, tag,
			  ww_slice_of((const char *)bytes, sizeof(bytes)));
}

static void
add_place(struct ww_buf *out, const struct place *place, const void *from)
{
	const void *at = (const char *)from + place->at;
	const struct ww_http_texts *list = at;

	switch (place->kind) {
	case TEXT:
		add_field(out, place->tag, *(const struct ww_slice *)at);
		break;
	case NUMBER:
		add_number(out, place->tag, *(const uint64_t *)at);
		break;
	case LIST:
		for (size_t i = 0; i < list->n; i++)
			add_field(out, place->tag, list->p[i]);
	}
}

static void
write_message(struct ww_buf *out, const struct place *places, size_t n,
	      const void *from)
{
	size_t start = out->len;

	add_length(out, 0);
	for (size_t i = 0; i < n; i++)
		add_place(out, &places[i], from);
	ww_store32((uint8_t *)out->p + start,
		   (uint32_t)(out->len - start - WW_MESSAGE_HEAD));
}

void
ww_message_request(struct ww_buf *out, const struct ww_http_request *r)
{
	write_message(out, request_places, WW_ARRAY_LEN(request_places), r);
}

void
ww_message_reply(struct ww_buf *out, const struct ww_http_reply *r)
{
	write_message(out, reply_places, WW_ARRAY_LEN(reply_places), r);
}

/* Reading */

size_t
ww_message_length(const char head[WW_MESSAGE_HEAD])
{
	uint32_t n = ww_load32((const uint8_t *)head);

	return n > WW_MESSAGE_MAX ? 0 : n;
}

static bool
take_field(struct ww_slice *fields, char *rettag, struct ww_slice *ret)
{
	uint32_t len;

	if (fields->len < FIELD_HEAD)
		return false;
	*rettag = fields->p[0];
	len = ww_load32((const uint8_t *)fields->p + 1);
	if (!ww_slice_sub(*fields, FIELD_HEAD, len, ret))
		return false;
	*fields = ww_slice_from(*fields, FIELD_HEAD + (size_t)len);
	return true;
}

static bool
set_place(const struct place *place, struct ww_slice payload, void *into)
{
	void *at = (char *)into + place->at;
	struct ww_http_texts *list = at;

	switch (place->kind) {
	case TEXT:
		*(struct ww_slice *)at = payload;
		return true;
	case NUMBER:
		if (payload.len != 8)
			return false;
		*(uint64_t *)at = ww_load64((const uint8_t *)payload.p);
		return true;
	default:
		if (list->n == WW_HTTP_HEADERS_MAX)
			return false;
		list->p[list->n++] = payload;
		return true;
	}
}

static bool
read_message(struct ww_slice fields, const struct place *places, size_t n,
	     void *into)
{
	struct ww_slice payload;
	char tag;

	while (fields.len > 0) {
		size_t i = 0;

		if (!take_field(&fields, &tag, &payload))
			return false;
		while (i < n && places[i].tag != tag)
			i++;
		if (i == n || !set_place(&places[i], payload, into))
			return false;
	}
	return true;
}

bool
ww_message_read_request(struct ww_slice fields, struct ww_http_request *ret)
{
	*ret = (struct ww_http_request){ 0 };
	return read_message(fields, request_places,
			    WW_ARRAY_LEN(request_places), ret);
}

bool
ww_message_read_reply(struct ww_slice fields, struct ww_http_reply *ret)
{
	*ret = (struct ww_http_reply){ 0 };
	return read_message(fields, reply_places, WW_ARRAY_LEN(reply_places),
			    ret) &&
	       ret->end < WW_HTTP_ENDS && ret->stage < WW_HTTP_STAGES;
}
