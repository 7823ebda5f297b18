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

/* Of a provider's name, in UTF-16; a source with a longer one is not kept. */
#define PROVIDER_MAX 128

/* "Event ID 4624 of " and the like, with that where it grows the most. */
#define HEAD_MAX (3 * PROVIDER_MAX + 64)

/* Sources that are kept; those that share a place displace each other. */
#define ASKED_MAX 256

/* What is wanted of the events of a source, and how their texts begin. */
struct asked {
	uint64_t number; /* of the asking; 0: free */
	uint64_t id;
	struct ww_wanted wanted;
	uint8_t provider_type, provider[PROVIDER_MAX];
	size_t provider_len, name_len, head_len;
	char name[HEAD_MAX]; /* of the provider */
	char head[HEAD_MAX];
};

struct state {
	struct ww_evtx *x;
	struct ww_evtx_record r; /* at hand */
	uint64_t askings;
	struct asked asked[ASKED_MAX];
	struct asked other; /* a source that is not kept */
	char name[NAME_MAX];
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

/* Sources */

/* Its provider and id say all of how its text begins. */
static bool
can_be_kept(const struct ww_evtx_record *r)
{
	const struct ww_evtx_value *provider = &r->system[WW_EVTX_PROVIDER];

	return r->system[WW_EVTX_ID].type == WW_EVTX_U16 &&
	       (provider->type == WW_EVTX_STRING ||
		provider->type == WW_EVTX_UTF8) &&
	       provider->len > 0 && provider->len <= PROVIDER_MAX;
}

static struct asked *
place_of(struct state *s, const struct ww_evtx_value *provider, uint64_t id)
{
	const uint64_t prime = UINT64_C(0x100000001B3);
	uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ id;

	/* FNV-1a, but of four characters at a time. */
	for (uint32_t i = 0; i + 8 <= provider->len; i += 8)
		hash = (hash ^ ww_load64(provider->p + i)) * prime;
	return &s->asked[(hash >> 32) & (ASKED_MAX - 1)];
}

static bool
is_of(const struct asked *a, const struct ww_evtx_value *provider, uint64_t id)
{
	return a->number != 0 && a->id == id &&
	       a->provider_type == provider->type &&
	       a->provider_len == provider->len &&
	       memcmp(a->provider, provider->p, provider->len) == 0;
}

static struct ww_slice
provider_of(struct state *s, const struct asked *a)
{
	return a == &s->other ? ww_evtx_part_text(&s->r, WW_EVTX_PROVIDER,
						  s->name, sizeof(s->name))
			      : ww_slice_of(a->name, a->name_len);
}

/* What the text of the event at hand begins with; returns its length. */
static size_t
put_head(const struct state *s, const struct asked *a, char *p)
{
	if (a == &s->other)
		return ww_evtx_line_head(&s->r, p, LINE_MAX);
	memcpy(p, a->head, a->head_len);
	return a->head_len;
}

static void
keep(struct asked *a, struct state *s)
{
	const struct ww_evtx_value *provider = &s->r.system[WW_EVTX_PROVIDER];
	struct ww_slice name = provider_of(s, &s->other);

	memcpy(a->provider, provider->p, provider->len);
	a->provider_len = provider->len;
	a->provider_type = provider->type;
	/* A byte becomes U+FFFD at worst, which has three. */
	memcpy(a->name, name.p, name.len);
	a->name_len = name.len;
	a->head_len = ww_evtx_line_head(&s->r, a->head, sizeof(a->head));
}

static void
ask(struct ww_reader *reader, struct asked *a, uint64_t id)
{
	struct state *s = reader->state;

	a->number = ++s->askings;
	a->id = id;
	if (a != &s->other)
		keep(a, s);
	if (reader->wants.event == NULL)
		a->wanted = (struct ww_wanted){ .always = true, .text = true };
	else
		reader->wants.event(reader->wants.ctx, provider_of(s, a),
				    (unsigned)id, &a->wanted);
}

static struct asked *
asked_of(struct ww_reader *reader)
{
	struct state *s = reader->state;
	const struct ww_evtx_value *provider = &s->r.system[WW_EVTX_PROVIDER];
	uint64_t id = ww_evtx_number(&s->r.system[WW_EVTX_ID]);
	struct asked *a = &s->other;

	if (can_be_kept(&s->r))
		a = place_of(s, provider, id);
	if (a == &s->other || !is_of(a, provider, id))
		ask(reader, a, id);
	return a;
}

/* Texts */

/* Whether anybody looks at its text. */
static bool
is_wanted(struct state *s, const struct asked *a, enum ww_level level)
{
	return a->wanted.always || level >= WW_LEVEL_WARNING ||
	       ww_evtx_may_hold_code(s->x, &s->r);
}

/* All of it, at p[LINE_MAX]. */
static struct ww_slice
whole_text(struct state *s, const struct asked *a, char *p)
{
	size_t len = put_head(s, a, p);

	/* What is damaged inside is counted by the reader; the rest is told. */
	(void)ww_evtx_line_fields(s->x, &s->r, NULL, p, LINE_MAX, &len);
	return ww_slice_of(p, len);
}

static struct ww_slice
whole_record(void *ctx)
{
	struct ww_reader *reader = ctx;
	struct state *s = reader->state;

	return whole_text(s, asked_of(reader), s->whole);
}

/* False where there are no such fields, or not all can be read. */
static bool
take_fields(struct ww_reader *reader, const struct asked *a,
	    struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_evtx_pick pick = { a->number, a->wanted.fields, a->wanted.n };
	size_t head, len;

	if (a->wanted.text || a->wanted.n == 0)
		return false;
	head = len = put_head(s, a, s->line);
	if (!ww_evtx_line_fields(s->x, &s->r, &pick, s->line, LINE_MAX, &len) ||
	    len == head)
		return false;
	ret->text = ww_slice_of(s->line, len);
	ret->whole = whole_record;
	ret->ctx = reader;
	return true;
}

static void
take_text(struct ww_reader *reader, struct ww_record *ret)
{
	struct state *s = reader->state;
	const struct asked *a = asked_of(reader);

	if (!is_wanted(s, a, ret->level))
		return;
	ret->component = provider_of(s, a);
	if (!take_fields(reader, a, ret))
		ret->raw = ret->text = whole_text(s, a, s->line);
}

static bool
next(struct ww_reader *reader, struct ww_stream *stream, struct ww_record *ret)
{
	struct state *s = reader->state;
	const struct ww_evtx_record *r = &s->r;

	if (s->x == NULL) {
		s->x = ww_evtx_open(reader->arena, reader->kernels, read_stream,
				    stream);
		reader->zone = (struct ww_zone){ .source = WW_ZONE_STATED };
	}
	if (!ww_evtx_next(s->x, &s->r)) {
		reader->losses = ww_evtx_state(s->x)->losses;
		return false;
	}
	*ret = (struct ww_record){
		.time = ww_evtx_time(r),
		.level = level_of(r),
		.process =
		    (uint32_t)ww_evtx_number(&r->system[WW_EVTX_PROCESS]),
		.thread = (uint32_t)ww_evtx_number(&r->system[WW_EVTX_THREAD]),
		.line = number_of(r),
	};
	take_text(reader, ret);
	return true;
}

const struct ww_binary ww_binary_evtx = {
	.dialect = WW_DIALECT_EVENTS,
	.state_size = sizeof(struct state),
	.next = next,
};
