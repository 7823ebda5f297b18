#include "serve/reply.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/sha256.h"
#include "serve/gzip.h"
#include "serve/resent.h"

#include "base/banned.h"

#define TAG_BYTES 8

/*
 * What a browser may do with any answer.  The referrer is not kept back from
 * ourselves: without it a form's POST would have no Origin to be known by.
 */
static const struct {
	const char *name, *value;
} safety[] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; style-src 'self'; script-src 'self'; "
	  "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
	  "base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

static void
add_header(struct MHD_Response *to, const char *name, const char *value)
{
	if (value != NULL && value[0] != '\0')
		MHD_add_response_header(to, name, value);
}

/* A strong tag names the bytes. */
static void
set_tag(struct reply *reply, struct ww_slice bytes, bool packed)
{
	uint8_t digest[WW_SHA256_SIZE];
	size_t n = 0;

	ww_sha256(bytes.p, bytes.len, digest);
	reply->tag[n++] = '"';
	for (size_t i = 0; i < TAG_BYTES; i++, n += 2)
		snprintf(reply->tag + n, 3, "%02x", digest[i]);
	snprintf(reply->tag + n, sizeof(reply->tag) - n, "%s\"",
		 packed ? "-gz" : "");
}

static const char *
disposition(struct ww_arena *arena, const char *file_name)
{
	struct ww_buf text = ww_buf_in(arena);

	if (file_name == NULL)
		return NULL;
	ww_buf_printf(&text, "attachment; filename=\"%s\"", file_name);
	ww_buf_char(&text, '\0');
	return text.p;
}

/* "no-cache": kept, but asked for again, which the tag makes cheap. */
static void
add_lasting(struct MHD_Response *to, const char *tag)
{
	add_header(to, "Cache-Control",
		   tag[0] != '\0' ? "no-cache" : "no-store");
	add_header(to, "ETag", tag);
	add_header(to, "Vary", "Accept-Encoding");
}

static void
add_headers(struct ww_arena *arena, const struct response *r,
	    const struct reply *reply, bool packed)
{
	struct MHD_Response *to = reply->response;

	add_header(to, "Content-Type",
		   r->type == NULL ? "text/html; charset=utf-8" : r->type);
	add_header(to, "Location", r->location);
	add_header(to, "Allow", r->allow);
	add_header(to, "Content-Disposition", disposition(arena, r->file_name));
	add_header(to, "Content-Encoding", packed ? "gzip" : NULL);
	add_lasting(to, reply->tag);
	for (size_t i = 0; i < WW_ARRAY_LEN(safety); i++)
		add_header(to, safety[i].name, safety[i].value);
}

void
reply_make(struct ww_arena *arena, const struct response *r, bool pack,
	   bool borrow, struct reply *ret)
{
	struct ww_slice body = r->body;
	bool packed = pack && gzip_of(arena, body, &body);

	*ret = (struct reply){ .bytes = body.len };
	if (r->lasting)
		set_tag(ret, r->body, packed);
	ret->response =
	    borrow ? MHD_create_response_from_buffer(body.len,
						     (void *)(uintptr_t)body.p,
						     MHD_RESPMEM_PERSISTENT)
		   : resent_response(body);
	if (ret->response != NULL)
		add_headers(arena, r, ret, packed);
}

bool
reply_known(const struct reply *reply, struct ww_slice if_none_match)
{
	return reply->tag[0] != '\0' &&
	       ww_slice_casehas(if_none_match, ww_slice_cstr(reply->tag));
}

void
reply_release(struct reply *reply)
{
	if (reply->response != NULL)
		MHD_destroy_response(reply->response);
	reply->response = NULL;
}
