#include "probe/capture.h"

#include "base/json.h"
#include "base/utf8.h"
#include "evidence/time.h"

#include "base/banned.h"

/* What is kept of a body: an answer to SyncUpdates has megabytes. */
#define BODY_MAX ((size_t)16 * 1024)

/* What a reader of such lines has room for. */
#define TEXT_MAX ((size_t)1800)

/* Shorter values of cookies are words: "light", "en". */
#define COOKIE_MIN 8

struct ww_captured_line {
	struct ww_captured_line *next;
	ww_time time;
	enum ww_level level;
	struct ww_slice text; /* of ours; or of a note; empty: a step */
	const char *note;     /* its name; or NULL */
	struct ww_step step;
	const struct ww_exchange *exchange; /* borrowed; or NULL */
};

/* Adding */

static struct ww_captured_line *
add(struct ww_capture *c, ww_time time, enum ww_level level)
{
	struct ww_captured_line *line =
	    ww_arena_new(c->arena, struct ww_captured_line);

	line->time = time;
	line->level = level;
	if (c->last == NULL)
		c->first = line;
	else
		c->last->next = line;
	c->last = line;
	return line;
}

void
ww_capture_say(struct ww_capture *c, ww_time time, enum ww_level level,
	       struct ww_slice text)
{
	add(c, time, level)->text = text;
}

void
ww_capture_note(struct ww_capture *c, ww_time time, const char *name,
		struct ww_slice value)
{
	struct ww_captured_line *line = add(c, time, WW_LEVEL_INFO);

	line->note = name;
	line->text = value;
}

void
ww_capture_step(struct ww_capture *c, ww_time time, const struct ww_step *step,
		const struct ww_exchange *exchange)
{
	static const enum ww_level levels[WW_STEP_RESULTS] = {
		[WW_STEP_OK] = WW_LEVEL_INFO,
		[WW_STEP_ODD] = WW_LEVEL_WARNING,
		[WW_STEP_RECOVERED] = WW_LEVEL_INFO,
		[WW_STEP_FAILED] = WW_LEVEL_ERROR,
	};
	struct ww_captured_line *line = add(c, time, levels[step->result]);

	line->step = *step;
	line->exchange = exchange;
}

/* "Set-Cookie: name=value; path=/" to the value. */
static struct ww_slice
cookie_of(struct ww_slice header)
{
	struct ww_slice value = ww_slice_behind(header, WW_LIT("="));

	value.len = ww_slice_casefind(value, WW_LIT(";"));
	return ww_slice_trim(value);
}

void
ww_capture_learn(struct ww_capture *c, const struct ww_http_reply *reply)
{
	const struct ww_http_texts *h = &reply->headers;

	for (size_t i = 0; i < h->n; i++) {
		struct ww_slice cookie = cookie_of(h->p[i]);

		if (ww_slice_casestarts(h->p[i], WW_LIT("Set-Cookie:")) &&
		    cookie.len >= COOKIE_MIN)
			ww_secrets_add(&c->secrets, cookie);
	}
	ww_secrets_gather(&c->secrets, reply->body);
}

/* Writing */

struct writing {
	const struct ww_capture *capture;
	struct ww_buf *out;
};

static struct ww_slice
hidden(const struct writing *w, struct ww_slice text)
{
	return ww_secrets_hide(&w->capture->secrets, w->out->arena, text);
}

static void
member(struct ww_buf *out, const char *name, struct ww_slice value)
{
	ww_buf_char(out, ',');
	ww_json_string(out, ww_slice_cstr(name));
	ww_buf_char(out, ':');
	ww_json_string(out, ww_utf8_from_any(out->arena, value));
}

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

static void
add_headers(const struct writing *w, const struct ww_http_texts *headers)
{
	struct ww_buf *out = w->out;
	bool any = false;

	ww_buf_add(out, WW_LIT(",\"headers\":["));
	for (size_t i = 0; i < headers->n; i++) {
		if (is_secret(headers->p[i]))
			continue;
		if (any)
			ww_buf_char(out, ',');
		any = true;
		ww_json_string(out, ww_utf8_from_any(out->arena,
						     hidden(w, headers->p[i])));
	}
	ww_buf_char(out, ']');
}

static void
add_body(const struct writing *w, struct ww_slice body)
{
	struct ww_slice clean =
	    ww_secrets_hide_body(&w->capture->secrets, w->out->arena, body,
				 BODY_MAX);

	ww_buf_add(w->out, WW_LIT(",\"bytes\":"));
	ww_buf_decimal(w->out, (int64_t)body.len);
	if (clean.len > 0)
		member(w->out, "body", clean);
}

static void
add_exchange(const struct writing *w, const struct ww_exchange *x)
{
	struct ww_buf *out = w->out;

	ww_buf_add(out, WW_LIT(",\"request\":{\"method\":"));
	ww_json_string(out, x->request.method);
	member(out, "url", hidden(w, x->request.url));
	add_headers(w, &x->request.headers);
	add_body(w, x->request.body);
	ww_buf_add(out, WW_LIT("},\"reply\":{\"status\":"));
	ww_buf_decimal(out, (int64_t)x->reply.status);
	add_headers(w, &x->reply.headers);
	add_body(w, x->reply.body);
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

/* What is not ours in it goes without secrets; our own words stay. */
static struct ww_slice
text_of(const struct writing *w, const struct ww_captured_line *line)
{
	struct ww_buf text = ww_buf_in(w->out->arena);
	struct ww_step step = line->step;

	if (line->note == NULL && step.name.len == 0)
		return line->text;
	if (line->note != NULL) {
		ww_buf_printf(&text, "Note %s: ", line->note);
		ww_buf_add(&text, hidden(w, line->text));
		return ww_buf_slice(&text);
	}
	step.target = hidden(w, step.target);
	step.detail = hidden(w, step.detail);
	ww_step_write(&text, &step);
	return ww_buf_slice(&text);
}

static void
write_line(const struct writing *w, const struct ww_captured_line *line)
{
	struct ww_buf *out = w->out;
	const char *word = line->level == WW_LEVEL_ERROR     ? "error"
			   : line->level == WW_LEVEL_WARNING ? "warning"
							     : "info";

	ww_buf_add(out, WW_LIT("{\"winwhy\":\"probe/1\",\"time\":\""));
	add_time(out, line->time);
	ww_buf_char(out, '"');
	member(out, "level", ww_slice_cstr(word));
	member(out, "text", one_line(out->arena, text_of(w, line)));
	if (line->exchange != NULL)
		add_exchange(w, line->exchange);
	ww_buf_add(out, WW_LIT("}\n"));
}

void
ww_capture_write(const struct ww_capture *c, struct ww_buf *out)
{
	const struct writing w = { .capture = c, .out = out };

	for (const struct ww_captured_line *l = c->first; l != NULL;
	     l = l->next)
		write_line(&w, l);
}
