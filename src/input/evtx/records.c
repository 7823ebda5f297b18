/*
 * Events as records: their text is what an export of them would give, the
 * number of the record stands where a log has its line.
 */
#include "base/compiler.h"
#include "input/evtx/asked.h"

#include "base/banned.h"

/* A longer text of an event is cut. */
#define LINE_MAX ((size_t)16 * 1024)

/* The bit of the keywords that an audit that failed has. */
#define AUDIT_FAILURE (UINT64_C(1) << 52)

struct state {
	struct ww_evtx *x;
	struct ww_evtx_askings *askings;
	/* The event at hand: */
	struct ww_evtx_record r;
	const struct ww_evtx_asked *asked;
	char line[LINE_MAX], whole[LINE_MAX];
};

static size_t
read_stream(void *ctx, void *p, size_t n)
{
	return ww_stream_read(ctx, p, n);
}

/* An audit has no level, and failed or not. */
static enum ww_level
level_of(const struct ww_evtx_record *r)
{
	static const enum ww_level levels[] = {
		WW_LEVEL_INFO,	  WW_LEVEL_ERROR, WW_LEVEL_ERROR,
		WW_LEVEL_WARNING, WW_LEVEL_INFO,  WW_LEVEL_VERBOSE,
	};
	uint64_t level = ww_evtx_part_number(r, WW_EVTX_LEVEL);

	if (level == 0 &&
	    (ww_evtx_part_number(r, WW_EVTX_KEYWORDS) & AUDIT_FAILURE) != 0)
		return WW_LEVEL_WARNING;
	return level < WW_ARRAY_LEN(levels) ? levels[level] : WW_LEVEL_NONE;
}

static uint64_t
number_of(const struct ww_evtx_record *r)
{
	return ww_evtx_part(r, WW_EVTX_RECORD_ID).type == WW_EVTX_NULL
		   ? r->id
		   : ww_evtx_part_number(r, WW_EVTX_RECORD_ID);
}

/* Texts */

/* Whether anybody looks at its text. */
static bool
is_wanted(struct state *s, enum ww_level level)
{
	return s->asked->wanted.always || level >= WW_LEVEL_WARNING ||
	       ww_evtx_may_hold_code(s->x, &s->r);
}

/* What the text begins with, at p[LINE_MAX]; returns its length. */
static size_t
put_head(const struct state *s, char *p)
{
	struct ww_slice head = s->asked->head;

	memcpy(p, head.p, head.len);
	return head.len;
}

/* All of it, at p[LINE_MAX]. */
static struct ww_slice
put_all(struct state *s, char *p)
{
	size_t len = put_head(s, p);

	/* What is damaged inside is counted by the reader; the rest is told. */
	(void)ww_evtx_line_fields(s->x, &s->r, NULL, p, LINE_MAX, &len);
	return ww_slice_of(p, len);
}

static struct ww_slice
whole_text(void *ctx)
{
	struct state *s = ctx;

	return put_all(s, s->whole);
}

/* False where there are no such fields, or not all can be read. */
static bool
take_fields(struct state *s, struct ww_record *ret)
{
	const struct ww_wanted *wanted = &s->asked->wanted;
	struct ww_evtx_pick pick = { s->asked->number, wanted->fields,
				     wanted->n };
	size_t len;

	if (wanted->text || wanted->n == 0)
		return false;
	len = put_head(s, s->line);
	if (!ww_evtx_line_fields(s->x, &s->r, &pick, s->line, LINE_MAX, &len) ||
	    len == s->asked->head.len)
		return false;
	ret->text = ww_slice_of(s->line, len);
	ret->whole = whole_text;
	ret->ctx = s;
	return true;
}

static void
take_text(struct state *s, struct ww_record *ret)
{
	s->asked = ww_evtx_asked(s->askings, &s->r);
	if (!is_wanted(s, ret->level))
		return;
	ret->component = s->asked->provider;
	if (!take_fields(s, ret))
		ret->raw = ret->text = put_all(s, s->line);
}

static void
open(struct ww_reader *reader, struct ww_stream *stream)
{
	struct state *s = reader->state;

	s->x =
	    ww_evtx_open(reader->arena, reader->kernels, read_stream, stream);
	s->askings = ww_evtx_askings_new(reader->arena, &reader->wants);
	reader->zone = (struct ww_zone){ .source = WW_ZONE_STATED };
}

static bool
next(struct ww_reader *reader, struct ww_stream *stream, struct ww_record *ret)
{
	struct state *s = reader->state;
	const struct ww_evtx_record *r = &s->r;

	if (s->x == NULL)
		open(reader, stream);
	if (!ww_evtx_next(s->x, &s->r)) {
		reader->losses = ww_evtx_state(s->x)->losses;
		return false;
	}
	*ret = (struct ww_record){
		.time = ww_evtx_time(r),
		.level = level_of(r),
		.process = (uint32_t)ww_evtx_part_number(r, WW_EVTX_PROCESS),
		.thread = (uint32_t)ww_evtx_part_number(r, WW_EVTX_THREAD),
		.line = number_of(r),
	};
	take_text(s, ret);
	return true;
}

const struct ww_binary ww_binary_evtx = {
	.dialect = WW_DIALECT_EVENTS,
	.state_size = sizeof(struct state),
	.next = next,
};
