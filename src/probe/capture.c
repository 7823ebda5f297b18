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

/* The start tag of a cookie, from here on: where it ends; 0: it is none. */
static size_t
cookie_tag(struct ww_slice s)
{
	static const char *const names[] = { "CookieData", "EncryptedData" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = strlen(names[i]);

		if (!ww_slice_casestarts(s, ww_slice_cstr(names[i])) ||
		    n == s.len || (s.p[n] != '>' && !ww_is_space(s.p[n])))
			continue;
		while (n < s.len && s.p[n] != '>')
			n++;
		return n < s.len ? n + 1 : 0;
	}
	return 0;
}

/* A body without what its cookies hold. */
static struct ww_slice
without_cookies(struct ww_arena *arena, struct ww_slice body)
{
	struct ww_buf out = ww_buf_in(arena);
	size_t start = 0;

	for (size_t i = 0; i < body.len; i++) {
		size_t n = i > 0 && body.p[i - 1] != '/'
			       ? cookie_tag(ww_slice_from(body, i))
			       : 0;
		const char *end;

		if (n == 0)
			continue;
		ww_buf_add(&out, ww_slice_part(body, start, i + n - start));
		ww_buf_add(&out, WW_LIT(REMOVED));
		end = memchr(body.p + i + n, '<', body.len - i - n);
		start = end == NULL ? body.len : (size_t)(end - body.p);
		i = start - (start == body.len);
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
