/*
 * Arbitrary bytes as what an update server answers, one part for each request:
 * the conversation ends, and each line of its capture is read again.  The
 * parts are also read as messages of winwhy-wsus.
 */
#include "evidence/step.h"
#include "input/dialects.h"
#include "probe/probe.h"
#include "wsus/message.h"

#include "fuzz.h"

/* More requests than any conversation has. */
#define REQUESTS_MAX 64

struct script {
	struct ww_slice rest;
	unsigned asked;
};

/* Parts end at a NUL. */
static struct ww_slice
next_part(struct script *s)
{
	const char *end =
	    s->rest.len == 0 ? NULL : memchr(s->rest.p, '\0', s->rest.len);
	size_t n = end == NULL ? s->rest.len : (size_t)(end - s->rest.p);
	struct ww_slice part = ww_slice_of(s->rest.p, n);

	s->rest = ww_slice_from(s->rest, end == NULL ? n : n + 1);
	return part;
}

/* A digit first: 2 is status 200, 5 is 500; a letter is another end. */
static bool
on_ask(void *ctx, struct ww_arena *arena, const struct ww_http_request *q,
       struct ww_http_reply *ret, const char **retwhy)
{
	struct script *s = ctx;
	struct ww_slice part = next_part(s);
	unsigned char how = part.len == 0 ? 0 : (unsigned char)part.p[0];

	(void)arena;
	(void)retwhy;
	require(q->url.len > 0 && ++s->asked < REQUESTS_MAX);
	*ret = (struct ww_http_reply){ 0 };
	if (part.len > 0)
		ret->body = ww_slice_from(part, 1);
	ret->status = ww_is_digit((char)how) ? (how - '0') * 100u : 200;
	if (!ww_is_digit((char)how)) {
		ret->end = how % WW_HTTP_ENDS;
		ret->stage = how % WW_HTTP_STAGES;
		ret->tls.flags = how;
		ret->detail = ret->body;
	}
	ret->headers.p[ret->headers.n++] = ret->body;
	return true;
}

static ww_time
on_now(void *ctx)
{
	(void)ctx;
	return 0;
}

static uint64_t
on_ms(void *ctx)
{
	(void)ctx;
	return 0;
}

static const char *
on_variable(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return NULL;
}

static void
check_capture(struct ww_arena *arena, struct ww_slice capture)
{
	struct ww_reader *reader = ww_arena_new(arena, struct ww_reader);
	struct ww_record record;
	struct ww_step step;

	require(ww_dialect_sniff(capture)->id == WW_DIALECT_PROBE);
	while (capture.len > 0) {
		struct ww_slice line = ww_slice_line(capture);

		require(ww_dialect_probe.parse(reader, line, &record));
		record.raw = line;
		ww_dialect_probe.complete(reader, &record);
		require(!ww_slice_starts(record.text, WW_LIT("Step ")) ||
			ww_step_read(record.text, &step));
		capture = ww_slice_from(capture, line.len + 1);
	}
}

static void
check_message(struct ww_slice fields)
{
	struct ww_http_request request;
	struct ww_http_reply reply;

	if (ww_message_read_request(fields, &request))
		require(request.headers.n <= WW_HTTP_HEADERS_MAX);
	if (ww_message_read_reply(fields, &reply))
		require(reply.end < WW_HTTP_ENDS &&
			reply.stage < WW_HTTP_STAGES);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct script s = { .rest = ww_slice_of((const char *)data, size) };
	const struct ww_http http = { .ask = on_ask, .ctx = &s };
	const struct ww_probe_world world = {
		.http = &http,
		.environment = { .get = on_variable },
		.now = on_now,
		.ms = on_ms
	};
	struct ww_probe_options options = { .server = WW_LIT("http://x:1"),
					    .step_ms = 1,
					    .all_ms = 1 };
	struct ww_arena arena;
	struct ww_buf out;
	const char *why = NULL;

	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	out = ww_buf_in(&arena);
	check_message(s.rest);
	options.registers = size % 2 == 1;
	require(ww_probe_run(&out, ww_catalogue_embedded(), &options, &world,
			     &why));
	check_capture(&arena, ww_buf_slice(&out));
	ww_arena_release(&arena);
	return 0;
}
