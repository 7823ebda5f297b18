/*
 * Arbitrary bytes as the chunks of an event log, behind a header that has no
 * check sums: every event as XML, as JSON, and as the line that rules see.
 */
#include "base/utf8.h"
#include "input/evtx/evtx.h"

#include "fuzz.h"

#define HEADER	 4096
#define LINE_MAX (64 * 1024)

struct source {
	struct ww_slice rest;
	size_t header; /* bytes of it that are left */
};

static size_t
source_read(void *ctx, void *p, size_t n)
{
	struct source *s = ctx;
	const char *why = NULL;
	uint8_t header[HEADER] = "ElfFile";

	if (s->header == 0)
		return read_slice(&s->rest, p, n, &why);
	require(n >= HEADER);
	header[120] = 4;
	memcpy(p, header, HEADER);
	s->header = 0;
	return HEADER;
}

/* Texts that end, brackets that close each other, no control characters. */
static void
check_json(struct ww_slice json)
{
	char open[512];
	size_t depth = 0;
	bool text = false;

	require(ww_utf8_check(json) == json.len);
	for (size_t i = 0; i < json.len; i++) {
		char c = json.p[i];

		require((unsigned char)c >= ' ');
		if (c == '"') {
			text = !text;
		} else if (text) {
			i += c == '\\';
		} else if (c == '{' || c == '[') {
			require(depth < sizeof(open));
			open[depth++] = c;
		} else if (c == '}' || c == ']') {
			require(depth > 0);
			require(open[--depth] == (c == '}' ? '{' : '['));
		} else {
			require(c != ',' ||
				(json.p[i - 1] != ',' && json.p[i - 1] != '{' &&
				 json.p[i - 1] != '['));
		}
	}
	require(depth == 0 && !text);
}

/* Start tags that are closed, in order. */
static void
check_xml(struct ww_slice xml)
{
	size_t depth = 0;

	require(ww_utf8_check(xml) == xml.len);
	for (size_t i = 0; i + 1 < xml.len; i++) {
		if (xml.p[i] != '<')
			continue;
		if (xml.p[i + 1] == '/') {
			require(depth > 0);
			depth--;
		} else if (xml.p[i + 1] != '?') {
			size_t end = i;

			while (xml.p[end] != '>')
				require(++end < xml.len);
			depth += xml.p[end - 1] != '/';
		}
	}
	require(depth == 0);
}

static void
read_all(struct ww_arena *arena, struct source *source)
{
	struct ww_evtx *x =
	    ww_evtx_open(arena, ww_kernels_choose(), source_read, source);
	struct ww_evtx_out out = { .cap = WW_EVTX_EVENT_MAX };
	char *line = ww_arena_alloc(arena, LINE_MAX);
	struct ww_evtx_record r;
	struct ww_slice text;
	const struct ww_evtx_state *state = ww_evtx_state(x);

	out.p = ww_arena_alloc(arena, out.cap);
	while (ww_evtx_next(x, &r)) {
		uint64_t before = state->records;

		out.len = 0;
		if (ww_evtx_json(x, &r, &out))
			check_json(ww_slice_of(out.p, out.len));
		require(out.len <= out.cap);
		out.len = 0;
		if (state->records == before && ww_evtx_xml(x, &r, &out))
			check_xml(ww_slice_of(out.p, out.len));
		ww_evtx_may_hold_code(x, &r);
		if (state->records == before &&
		    ww_evtx_line(x, &r, line, LINE_MAX, &text))
			require(text.len <= LINE_MAX &&
				ww_utf8_check(text) == text.len);
	}
	require(state->recovered <= state->records);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source = { .rest = ww_slice_of((const char *)data, size),
				 .header = HEADER };
	struct ww_arena arena;

	/* No way out: a run that has no memory is no finding. */
	ww_arena_init(&arena, NULL);
	read_all(&arena, &source);
	ww_arena_release(&arena);
	return 0;
}
