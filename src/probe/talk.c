#include "probe/talk.h"

#include "base/compiler.h"

#include "base/banned.h"

/* Of a file whose beginning is enough. */
#define HEAD_MAX ((uint64_t)64 * 1024)

/* Requests */

static uint64_t
time_left(const struct talk *t)
{
	uint64_t spent = t->world->ms(t->world->ctx) - t->started;
	uint64_t left =
	    spent < t->options->all_ms ? t->options->all_ms - spent : 0;

	return left < t->options->step_ms ? left : t->options->step_ms;
}

static struct ww_slice
proxy_for(const struct talk *t, struct ww_slice address)
{
	struct ww_url url;

	if (t->options->no_proxy || t->options->proxy.len > 0)
		return t->options->proxy;
	return ww_url_read(address, &url)
		   ? ww_probe_proxy(&t->world->environment, &url)
		   : (struct ww_slice){ 0 };
}

/* A proxy may repeat what it was told. */
static void
learn_proxy(struct talk *t, struct ww_slice proxy)
{
	struct ww_slice login = ww_probe_proxy_login(proxy);
	struct ww_buf code = ww_buf_in(t->arena);

	if (login.len == 0)
		return;
	ww_secrets_add(&t->capture.secrets, login);
	ww_secrets_add(&t->capture.secrets,
		       ww_slice_behind(login, WW_LIT(":")));
	ww_buf_base64(&code, login);
	ww_secrets_add(&t->capture.secrets, ww_buf_slice(&code));
}

void
talk_prepare(struct talk *t, const char *method, struct ww_slice url,
	     uint64_t body_max)
{
	t->request = (struct ww_http_request){
		.method = ww_slice_cstr(method),
		.url = url,
		.proxy = proxy_for(t, url),
		.ca = t->options->ca,
		.body_max = body_max,
	};
	learn_proxy(t, t->request.proxy);
	talk_header(t, "User-Agent",
		    WW_LIT("winwhy/" WW_VERSION " (wsus probe)"));
	talk_header(t, "Cache-Control", WW_LIT("no-cache"));
	talk_header(t, "Pragma", WW_LIT("no-cache"));
}

void
talk_header(struct talk *t, const char *name, struct ww_slice value)
{
	struct ww_http_texts *h = &t->request.headers;

	h->p[h->n++] = talk_text(t, "%s: %.*s", name, (int)value.len, value.p);
}

bool
talk_ask(struct talk *t)
{
	const struct ww_http *http = t->world->http;

	t->request.timeout_ms = time_left(t);
	if (t->request.timeout_ms == 0) {
		t->reply = (struct ww_http_reply){
			.end = WW_HTTP_TIMED_OUT,
			.stage = WW_HTTP_AT_REPLY,
			.detail = WW_LIT("the time for all steps is over"),
		};
		return true;
	}
	if (!http->ask(http->ctx, t->arena, &t->request, &t->reply, &t->failed))
		return false;
	ww_capture_learn(&t->capture, &t->reply);
	return true;
}

bool
talk_get(struct talk *t, const struct ww_url *root, const char *path)
{
	struct ww_buf url = ww_buf_in(t->arena);

	ww_url_add_path(&url, root, ww_slice_cstr(path));
	talk_prepare(t, "GET", ww_buf_slice(&url), HEAD_MAX);
	return talk_ask(t);
}

struct ww_slice
talk_reply_header(const struct talk *t, const char *name)
{
	struct ww_slice wanted = ww_slice_cstr(name);

	for (size_t i = 0; i < t->reply.headers.n; i++) {
		struct ww_slice h = t->reply.headers.p[i];

		if (h.len > wanted.len && h.p[wanted.len] == ':' &&
		    ww_slice_casestarts(h, wanted))
			return ww_slice_trim(ww_slice_from(h, wanted.len + 1));
	}
	return (struct ww_slice){ 0 };
}

/* Records */

struct ww_slice
talk_text(struct talk *t, const char *fmt, ...)
{
	struct ww_buf out = ww_buf_in(t->arena);
	va_list args;

	va_start(args, fmt);
	ww_buf_vprintf(&out, fmt, args);
	va_end(args);
	return ww_buf_slice(&out);
}

struct ww_step
talk_step(const struct talk *t, struct ww_slice name)
{
	struct ww_buf target = ww_buf_in(t->arena);

	ww_buf_add(&target, t->request.method);
	ww_buf_char(&target, ' ');
	ww_buf_add(&target, t->request.url);
	return (struct ww_step){
		.name = name,
		.status = t->reply.status,
		.bytes = t->reply.body.len,
		.ms = (t->reply.times.total + 500) / 1000,
		.target = ww_buf_slice(&target),
	};
}

void
talk_tell(struct talk *t, const struct ww_step *step, bool exchange)
{
	struct ww_exchange *x = NULL;

	if (exchange) {
		x = ww_arena_new(t->arena, struct ww_exchange);
		*x = (struct ww_exchange){ t->request, t->reply };
	}
	ww_capture_step(&t->capture, t->world->now(t->world->ctx), step, x);
}

void
talk_tell_file(struct talk *t, const char *name, struct ww_slice trouble,
	       struct ww_slice detail)
{
	struct ww_step step = talk_step(t, ww_slice_cstr(name));

	step.trouble = trouble;
	step.detail = detail;
	step.result = trouble.len > 0 ? WW_STEP_ODD : WW_STEP_OK;
	talk_tell(t, &step, true);
}

void
talk_break(struct talk *t, struct ww_step *step, struct ww_slice trouble,
	   struct ww_slice detail)
{
	step->result = WW_STEP_FAILED;
	step->trouble = trouble;
	step->detail = detail;
	t->step = step->name;
	t->trouble = trouble;
	talk_tell(t, step, true);
}

void
talk_note(struct talk *t, const char *name, struct ww_slice value)
{
	if (value.len > 0)
		ww_capture_note(&t->capture, t->world->now(t->world->ctx), name,
				value);
}
