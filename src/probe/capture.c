#include "probe/capture.h"

#include "base/json.h"
#include "base/utf8.h"
#include "evidence/time.h"

#include "base/banned.h"

/* What is kept of a body: an answer to SyncUpdates has megabytes. */
#define BODY_MAX ((size_t)16 * 1024)

/* What a reader of such lines has room for. */
#define TEXT_MAX ((size_t)1800)

#define REMOVED	 "(removed)"

/* Headers that hold secrets, in either direction. */
static bool
is_secret(struct ww_slice header)
{
	static const char *const names[] = { "Set-Cookie:", "Cookie:",
					     "Authorization:",
					     "Proxy-Authorization:" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (ww_slice_casestarts(header, ww_slice_cstr(names[i])))
			return true;
	return false;
}

static const char *const cookies[] = { "CookieData", "EncryptedData" };

/* The name of a cookie's element that stands at the start of s; or 0. */
static size_t
cookie_name(struct ww_slice s)
{
	for (size_t i = 0; i < sizeof(cookies) / sizeof(cookies[0]); i++) {
		struct ww_slice name = ww_slice_cstr(cookies[i]);

		if (ww_slice_casestarts(s, name) && s.len > name.len &&
		    (s.p[name.len] == '>' || ww_is_space(s.p[name.len])))
			return name.len;
	}
	return 0;
}

/* Where the tag begins whose name, behind a prefix, stands at `at`. */
static size_t
tag_start(struct ww_slice body, size_t at)
{
	while (at > 0 && (ww_is_alnum(body.p[at - 1]) ||
			  strchr(":_-.", body.p[at - 1]) != NULL))
		at--;
	if (at > 0 && body.p[at - 1] == '/')
		at--;
	return at > 0 ? at - 1 : 0;
}

static bool
is_end_tag(struct ww_slice body, size_t at)
{
	size_t start = tag_start(body, at);

	return body.p[start] == '<' && body.p[start + 1] == '/';
}

/*
 * Where the content of a cookie ends that begins at `at`: at the tag that
 * closes it, whatever comments and CDATA stand before that.
 */
static size_t
content_end(struct ww_slice body, size_t at)
{
	for (; at < body.len; at++)
		if (cookie_name(ww_slice_from(body, at)) > 0 &&
		    is_end_tag(body, at))
			return tag_start(body, at);
	return body.len;
}

/* A body without what its cookies hold. */
static struct ww_slice
without_cookies(struct ww_arena *arena, struct ww_slice body)
{
	struct ww_buf out = ww_buf_in(arena);
	size_t start = 0;

	for (size_t at = 0; at < body.len; at++) {
		size_t n = cookie_name(ww_slice_from(body, at));
		const char *close =
		    n == 0 || is_end_tag(body, at)
			? NULL
			: memchr(body.p + at, '>', body.len - at);

		if (close == NULL)
			continue;
		at = (size_t)(close - body.p) + 1;
		ww_buf_add(&out, ww_slice_part(body, start, at - start));
		ww_buf_add(&out, WW_LIT(REMOVED));
		start = at = content_end(body, at);
	}
	ww_buf_add(&out, ww_slice_from(body, start));
	return ww_buf_slice(&out);
}

static void
member(struct ww_buf *out, const char *name, struct ww_slice value)
{
	ww_buf_char(out, ',');
	ww_json_string(out, ww_slice_cstr(name));
	ww_buf_char(out, ':');
	ww_json_string(out, ww_utf8_from_any(out->arena, value));
}

static void
add_headers(struct ww_buf *out, const struct ww_http_texts *headers)
{
	bool any = false;

	ww_buf_add(out, WW_LIT(",\"headers\":["));
	for (size_t i = 0; i < headers->n; i++) {
		if (is_secret(headers->p[i]))
			continue;
		if (any)
			ww_buf_char(out, ',');
		any = true;
		ww_json_string(out,
			       ww_utf8_from_any(out->arena, headers->p[i]));
	}
	ww_buf_char(out, ']');
}

/* Cut after the cookies are out, so that no part of one stays. */
static void
add_body(struct ww_buf *out, struct ww_slice body)
{
	struct ww_slice clean = without_cookies(out->arena, body);

	ww_buf_add(out, WW_LIT(",\"bytes\":"));
	ww_buf_decimal(out, (int64_t)body.len);
	if (clean.len > 0)
		member(out, "body", ww_utf8_cut(clean, BODY_MAX));
}

static void
add_exchange(struct ww_buf *out, const struct ww_exchange *x)
{
	ww_buf_add(out, WW_LIT(",\"request\":{\"method\":"));
	ww_json_string(out, x->request->method);
	member(out, "url", x->request->url);
	add_headers(out, &x->request->headers);
	add_body(out, x->request->body);
	ww_buf_add(out, WW_LIT("},\"reply\":{\"status\":"));
	ww_buf_decimal(out, (int64_t)x->reply->status);
	add_headers(out, &x->reply->headers);
	add_body(out, x->reply->body);
	ww_buf_char(out, '}');
}

/* 2026-11-27T04:10:11.123456Z */
static void
add_time(struct ww_buf *out, ww_time time)
{
	struct ww_civil c = ww_time_civil(time);

	ww_buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", c.year,
		      c.month, c.day, c.hour, c.minute, c.second,
		      c.microsecond);
}

/* On one line, and no longer than is read. */
static struct ww_slice
one_line(struct ww_arena *arena, struct ww_slice s)
{
	char *p;

	s = ww_utf8_cut(ww_utf8_from_any(arena, s), TEXT_MAX);
	p = ww_arena_copy(arena, s.p, s.len);
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)p[i] < ' ')
			p[i] = ' ';
	return ww_slice_of(p, s.len);
}

void
ww_capture_add(struct ww_buf *out, ww_time time, enum ww_level level,
	       struct ww_slice text, const struct ww_exchange *exchange)
{
	const char *word = level == WW_LEVEL_ERROR     ? "error"
			   : level == WW_LEVEL_WARNING ? "warning"
						       : "info";

	ww_buf_add(out, WW_LIT("{\"winwhy\":\"probe/1\",\"time\":\""));
	add_time(out, time);
	ww_buf_char(out, '"');
	member(out, "level", ww_slice_cstr(word));
	member(out, "text", one_line(out->arena, text));
	if (exchange != NULL)
		add_exchange(out, exchange);
	ww_buf_add(out, WW_LIT("}\n"));
}
