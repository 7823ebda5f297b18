/*
 * Events as records: their text is what an export of them would give, the
 * number of the record stands where a log has its line.
 */
#include "base/bytes.h"
#include "base/compiler.h"
#include "input/evtx/evtx.h"

#include "base/banned.h"

/* A longer text of an event is cut. */
#define LINE_MAX ((size_t)16 * 1024)

#define NAME_MAX 1024

/* The bit of the keywords that an audit that failed has. */
#define AUDIT_FAILURE (UINT64_C(1) << 52)

/* Answers that are kept; sources that share a place ask again. */
#define ASKED 512

struct asked {
	uint64_t source; /* a hash of provider and id, odd; 0: free */
	bool wanted;
};

struct state {
	struct ww_evtx *x;
	struct asked asked[ASKED];
	char line[LINE_MAX];
	char provider[NAME_MAX];
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
	uint64_t level = ww_evtx_number(&r->system[WW_EVTX_LEVEL]);

	if (level == 0 &&
	    (ww_evtx_number(&r->system[WW_EVTX_KEYWORDS]) & AUDIT_FAILURE) != 0)
		return WW_LEVEL_WARNING;
	return level < WW_ARRAY_LEN(levels) ? levels[level] : WW_LEVEL_NONE;
}

static uint64_t
number_of(const struct ww_evtx_record *r)
{
	const struct ww_evtx_value *value = &r->system[WW_EVTX_RECORD_ID];

	return value->type == WW_EVTX_NULL ? r->id : ww_evtx_number(value);
}

static uint64_t
source_of(const struct ww_evtx_value *provider, uint64_t id)
{
	const uint64_t prime = UINT64_C(0x100000001B3);
	uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ id;
	uint32_t i = 0;

	/* FNV-1a, but of two characters at a time. */
	for (; i + 4 <= provider->len; i += 4)
		hash = (hash ^ ww_load32(provider->p + i)) * prime;
	for (; i < provider->len; i++)
		hash = (hash ^ provider->p[i]) * prime;
	return hash | 1;
}

static struct ww_slice
provider_of(struct state *s, const struct ww_evtx_record *r)
{
	return ww_evtx_part_text(r, WW_EVTX_PROVIDER, s->provider,
				 sizeof(s->provider));
}

static bool
is_asked_for(struct ww_reader *reader, const struct ww_evtx_record *r)
{
	struct state *s = reader->state;
	uint64_t id = ww_evtx_number(&r->system[WW_EVTX_ID]);
	uint64_t source = source_of(&r->system[WW_EVTX_PROVIDER], id);
	struct asked *asked = &s->asked[(source >> 32) & (ASKED - 1)];

	if (asked->source != source)
		*asked = (struct asked){
			.source = source,
			.wanted = reader->wants.event(reader->wants.ctx,
						      provider_of(s, r),
						      (unsigned)id),
		};
	return asked->wanted;
}

/* Whether anybody looks at its text. */
static bool
is_wanted(struct ww_reader *reader, const struct ww_evtx_record *r,
	  const struct ww_record *record)
{
	struct state *s = reader->state;

	return reader->wants.event == NULL ||
	       record->level >= WW_LEVEL_WARNING || is_asked_for(reader, r) ||
	       ww_evtx_may_hold_code(s->x, r);
}

static void
fill(struct ww_reader *reader, const struct ww_evtx_record *r,
     struct ww_record *ret)
{
	struct state *s = reader->state;

	*ret = (struct ww_record){
		.time = ww_evtx_time(r),
		.level = level_of(r),
		.process =
		    (uint32_t)ww_evtx_number(&r->system[WW_EVTX_PROCESS]),
		.thread = (uint32_t)ww_evtx_number(&r->system[WW_EVTX_THREAD]),
		.line = number_of(r),
	};
	if (!is_wanted(reader, r, ret))
		return;
	ret->component = provider_of(s, r);
	/* What is damaged inside is counted by the reader; the rest is told. */
	(void)ww_evtx_line(s->x, r, s->line, sizeof(s->line), &ret->text);
	ret->raw = ret->text;
}

static bool
next(struct ww_reader *reader, struct ww_stream *stream, struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_evtx_record r;
	bool more;

	if (s->x == NULL) {
		s->x = ww_evtx_open(reader->arena, reader->kernels, read_stream,
				    stream);
		reader->zone = (struct ww_zone){ .source = WW_ZONE_STATED };
	}
	more = ww_evtx_next(s->x, &r);
	if (more)
		fill(reader, &r, ret);
	else
		reader->losses = ww_evtx_state(s->x)->losses;
	return more;
}

const struct ww_binary ww_binary_evtx = {
	.dialect = WW_DIALECT_EVENTS,
	.state_size = sizeof(struct state),
	.next = next,
};
