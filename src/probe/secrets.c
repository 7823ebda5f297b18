#include "probe/secrets.h"

#include "base/utf8.h"

#include "base/banned.h"

/* A value of fewer bytes hides nothing, and stands anywhere. */
#define SECRET_MIN 4

/* Of one that is cut off by the end of a text. */
#define PART_MIN 8

/*
 * So much of a cookie tells it from all others; what looks like the rest of
 * one goes with it.
 */
#define SECRET_KEY 32

/* More elements of a body are no cookies of anybody's. */
#define GATHERED_MAX 32

#define REMOVED	     "(removed)"

void
ww_secrets_add(struct ww_secrets *s, struct ww_slice value)
{
	value = ww_slice_trim(value);
	if (value.len < SECRET_MIN)
		return;
	for (size_t i = 0; i < s->n; i++)
		if (ww_slice_eq(s->p[i], value))
			return;
	if (s->n == WW_SECRETS_MAX)
		s->full = true;
	else
		s->p[s->n++] = value;
}

/* Elements of cookies */

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

/*
 * The content of the first cookie at or behind *at, which goes to where the
 * content begins.  False: there is none.
 */
static bool
next_cookie(struct ww_slice body, size_t *at, size_t *retend)
{
	for (; *at < body.len; ++*at) {
		size_t n = cookie_name(ww_slice_from(body, *at));
		const char *close =
		    n == 0 || is_end_tag(body, *at)
			? NULL
			: memchr(body.p + *at, '>', body.len - *at);

		if (close == NULL)
			continue;
		*at = (size_t)(close - body.p) + 1;
		*retend = content_end(body, *at);
		return true;
	}
	return false;
}

void
ww_secrets_gather(struct ww_secrets *s, struct ww_slice body)
{
	size_t at = 0, end;

	for (unsigned i = 0; i < GATHERED_MAX && next_cookie(body, &at, &end);
	     i++) {
		ww_secrets_add(s, ww_slice_part(body, at, end - at));
		at = end;
	}
}

/* Hiding */

/* What cookies are made of, in their usual forms. */
static bool
is_cookie_char(char c)
{
	return ww_is_alnum(c) || c == '+' || c == '/' || c == '=' || c == '_' ||
	       c == '-';
}

/* How much of a secret stands at the start of a text; 0: none. */
static size_t
secret_at(const struct ww_secrets *s, struct ww_slice text)
{
	for (size_t i = 0; i < s->n; i++) {
		struct ww_slice key = s->p[i];
		size_t n;

		if (key.p[0] != text.p[0])
			continue;
		if (ww_slice_starts(text, key))
			return key.len;
		if (text.len >= PART_MIN && ww_slice_starts(key, text))
			return text.len;
		key.len = key.len < SECRET_KEY ? key.len : SECRET_KEY;
		if (!ww_slice_starts(text, key))
			continue;
		for (n = key.len; n < text.len && is_cookie_char(text.p[n]);)
			n++;
		return n;
	}
	return 0;
}

static void
hide(const struct ww_secrets *s, struct ww_buf *out, struct ww_slice text)
{
	while (text.len > 0) {
		size_t n = secret_at(s, text);

		if (n == 0)
			ww_buf_char(out, text.p[0]);
		else
			ww_buf_add(out, WW_LIT(REMOVED));
		text = ww_slice_from(text, n == 0 ? 1 : n);
	}
}

struct ww_slice
ww_secrets_hide(const struct ww_secrets *s, struct ww_arena *arena,
		struct ww_slice text)
{
	struct ww_buf out = ww_buf_in(arena);

	if (s->full)
		return text.len == 0 ? text : WW_LIT(REMOVED);
	hide(s, &out, text);
	return ww_buf_slice(&out);
}

/* One more than are told says that there are more. */
static void
add_most(struct ww_buf *out, struct ww_slice s, size_t most)
{
	ww_buf_add(out, ww_slice_of(s.p, s.len > most ? most + 1 : s.len));
}

/* The elements first: what they hold may be no secret yet. */
struct ww_slice
ww_secrets_hide_body(const struct ww_secrets *s, struct ww_arena *arena,
		     struct ww_slice body, size_t most)
{
	struct ww_buf out = ww_buf_in(arena);
	size_t start = 0, at = 0, end;

	while (out.len <= most && next_cookie(body, &at, &end)) {
		add_most(&out, ww_slice_part(body, start, at - start), most);
		ww_buf_add(&out, WW_LIT(REMOVED));
		start = at = end;
	}
	add_most(&out, ww_slice_from(body, start), most);
	return ww_secrets_hide(s, arena, ww_utf8_cut(ww_buf_slice(&out), most));
}
