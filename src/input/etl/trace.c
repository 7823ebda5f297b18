#include "input/etl/trace.h"

#include "base/message.h"
#include "input/etl/bytes.h"
#include "input/etl/provider.h"
#include "input/etl/schema.h"

#include "base/banned.h"

/* WMI_BUFFER_HEADER */
enum {
	AT_SIZE = 0,
	AT_SAVED = 4,	/* where the events end */
	AT_FILLED = 48, /* the same */
	AT_FLAGS = 52,
	HEADER_SIZE = 72,
};

enum { EVENTS_LOST = 2, BUFFER_LOST = 4, COMPRESSED = 0x40 };

/* ETW takes 4 KiB to 16 MiB. */
#define BUFFER_MIN 1024
#define BUFFER_MAX ((uint32_t)16 * 1024 * 1024)

struct buffer {
	uint8_t *p;  /* owned, arena */
	size_t len;  /* less than the size: the file ends in it */
	uint64_t at; /* in the file */
	struct buffer *next;
};

/* Events that hold no description of themselves, by who wrote them. */
#define PROVIDERS_MAX 12

struct provider {
	uint8_t guid[WW_GUID_SIZE];
	uint64_t n;
	char name[WW_LOSS_NAME_MAX]; /* as it calls itself; may be empty */
	size_t name_len;
};

struct reading {
	struct ww_arena *arena;
	struct ww_stream *stream;
	struct ww_losses *losses;
	struct ww_etl_trace *trace;
	struct buffer *first, **last;
	uint32_t size;	/* of a buffer */
	uint64_t bytes; /* so far */
	uint64_t zeros; /* buffers of zeros since the last of another kind */
	bool counting;	/* events are counted, and then taken */
	uint32_t number;
	struct provider providers[PROVIDERS_MAX];
	unsigned n_providers;
	uint64_t others; /* of providers beyond those */
};

/* Buffers */

static void
lose(struct reading *r, const char *what, uint64_t at)
{
	ww_losses_add(r->losses, what, at);
}

/* Whether there is something to read in the buffer. */
static bool
is_sound(struct reading *r, const struct buffer *b)
{
	if (b->len < HEADER_SIZE) {
		if (!ww_is_zeros(b->p, b->len))
			lose(r, N_("the file ends within a buffer"), b->at);
		return false;
	}
	if (ww_is_zeros(b->p, b->len)) {
		r->zeros++;
		return false;
	}
	/* Room that was set aside and never used stands at the end only. */
	for (; r->zeros > 0; r->zeros--)
		lose(r, N_("a buffer holds nothing but zeros"),
		     b->at - r->size);
	if (ww_load32(b->p + AT_SIZE) != r->size) {
		lose(r, N_("a buffer is damaged, the first at byte {at}"),
		     b->at);
		return false;
	}
	if ((ww_load16(b->p + AT_FLAGS) & COMPRESSED) != 0) {
		lose(r, N_("a buffer is compressed, which is not read"), b->at);
		return false;
	}
	return true;
}

/* False at the end of the file. */
static bool
read_buffer(struct reading *r)
{
	uint8_t *p = ww_arena_alloc(r->arena, r->size);
	struct buffer *b = ww_arena_new(r->arena, struct buffer);

	*b = (struct buffer){ .p = p, .at = r->bytes };
	b->len = ww_stream_read(r->stream, p, r->size);
	r->bytes += b->len;
	if (b->len > 0 && is_sound(r, b)) {
		*r->last = b;
		r->last = &b->next;
	}
	return b->len == r->size;
}

/* The size of all buffers stands in the first. */
static bool
read_first(struct reading *r)
{
	uint8_t head[HEADER_SIZE];
	struct buffer *b = ww_arena_new(r->arena, struct buffer);
	size_t got = ww_stream_read(r->stream, head, sizeof(head));

	r->last = &r->first;
	r->size = got < sizeof(head) ? 0 : ww_load32(head + AT_SIZE);
	if (r->size < BUFFER_MIN || r->size > BUFFER_MAX) {
		lose(r, N_("its buffers have no possible size"), 0);
		return false;
	}
	b->p = ww_arena_alloc(r->arena, r->size);
	memcpy(b->p, head, sizeof(head));
	b->len = got + ww_stream_read(r->stream, b->p + got, r->size - got);
	r->bytes = b->len;
	if (is_sound(r, b)) {
		*r->last = b;
		r->last = &b->next;
	}
	return b->len == r->size;
}

static void
read_buffers(struct reading *r)
{
	uint8_t more;

	if (!read_first(r))
		return;
	while (r->bytes < WW_ETL_BYTES_MAX)
		if (!read_buffer(r))
			return;
	if (ww_stream_read(r->stream, &more, 1) > 0)
		lose(r, N_("only its first 64 MiB were read"), r->bytes);
}

/* Where the buffer's events end. */
static size_t
end_of(struct reading *r, const struct buffer *b)
{
	size_t end = ww_load32(b->p + AT_SAVED);

	if (end < HEADER_SIZE || end > r->size)
		end = ww_load32(b->p + AT_FILLED);
	if (end < HEADER_SIZE || end > r->size)
		end = r->size;
	if (end <= b->len)
		return end;
	if (r->counting)
		lose(r, N_("the file ends within a buffer"), b->at);
	return b->len;
}

/* Events */

/* What the marker of an event, its second two bytes, says it is. */
enum form {
	SYSTEM,	  /* of the kernel, or of the trace itself */
	CLASSIC,  /* EVENT_TRACE_HEADER: a provider of before Vista */
	INSTANCE, /* the same without the provider's GUID */
	MODERN,	  /* EVENT_HEADER */
	MESSAGE,  /* WPP: a number instead of a text */
	UNKNOWN,
};

static enum form
form_of(const uint8_t *p, size_t *least, size_t *at_size)
{
	*at_size = 0;
	*least = 8;
	if (p[3] == 0x90)
		return MESSAGE;
	if (p[3] != 0xC0)
		return UNKNOWN;
	switch (p[2]) {
	case 0x01:
	case 0x02:
		*least = WW_ETL_SYSTEM_SIZE;
		*at_size = 4;
		return SYSTEM;
	case 0x03: /* with the time, without its processor's */
	case 0x04:
		*least = 24;
		*at_size = 4;
		return SYSTEM;
	case 0x10: /* without process and thread */
	case 0x11:
		*least = 16;
		*at_size = 4;
		return SYSTEM;
	case 0x0A:
	case 0x14:
		*least = 48;
		return CLASSIC;
	case 0x0B:
	case 0x15:
		*least = 56;
		return INSTANCE;
	case 0x12:
	case 0x13:
		*least = WW_ETL_EVENT_SIZE;
		return MODERN;
	default:
		return UNKNOWN;
	}
}

static void
note_provider(struct reading *r, const uint8_t *guid, struct ww_slice name)
{
	struct provider *p = r->providers;

	if (ww_etl_is_update_client(guid))
		r->trace->untold++;
	else
		r->trace->foreign++;
	while (p < r->providers + r->n_providers &&
	       memcmp(p->guid, guid, sizeof(p->guid)) != 0)
		p++;
	if (p == r->providers + PROVIDERS_MAX) {
		r->others++;
		return;
	}
	if (p == r->providers + r->n_providers) {
		r->n_providers++;
		memcpy(p->guid, guid, sizeof(p->guid));
		p->name_len =
		    ww_etl_schema_clean(name, p->name, sizeof(p->name) / 2);
	}
	p->n++;
}

/* The group of events that tell of the trace itself. */
static bool
is_of_trace(const uint8_t *p)
{
	return p[7] == 0;
}

static void
take_modern(struct reading *r, const uint8_t *p, size_t size)
{
	struct ww_slice event = ww_slice_of((const char *)p, size);
	struct ww_etl_schema schema;

	ww_etl_schema_find(event, &schema);
	r->trace->writers |=
	    ww_etl_writer(p + WW_ETL_AT_PROVIDER, schema.provider);
	if (!schema.found) {
		if (r->counting)
			note_provider(r, p + WW_ETL_AT_PROVIDER,
				      schema.provider);
		return;
	}
	if (!r->counting)
		r->trace->events[r->trace->n] = (struct ww_etl_event){
			.counter = ww_load64(p + WW_ETL_AT_TIME),
			.p = p,
			.number = r->number,
			.size = (uint32_t)size,
		};
	r->trace->n++;
}

static void
take_event(struct reading *r, enum form form, const uint8_t *p, size_t size,
	   uint64_t at)
{
	r->number++;
	if (form == MODERN) {
		take_modern(r, p, size);
		return;
	}
	if (!r->counting)
		return;
	r->trace->untold += form == MESSAGE;
	if (form == MESSAGE)
		lose(r, N_("an event holds a number instead of its text (WPP)"),
		     at);
	else if (form == CLASSIC)
		note_provider(r, p + WW_ETL_AT_PROVIDER,
			      (struct ww_slice){ 0 });
	else if (form == INSTANCE)
		r->others++;
	else if (form == SYSTEM && !is_of_trace(p))
		lose(r, N_("an event of the kernel, which is not read"), at);
}

/* Marks behind the last event of a buffer. */
static bool
is_end(const uint8_t *p)
{
	uint32_t marker = ww_load32(p);

	return marker == 0 || marker == 0xFFFFFFFF;
}

/* Nothing tells where the next one begins. */
static void
lose_rest(struct reading *r, uint64_t at)
{
	if (r->counting)
		lose(r,
		     N_("an event is damaged, and with it the rest of its "
			"buffer; the first at byte {at}"),
		     at);
}

/* Go on behind the event that stands there.  False: there is none more. */
static bool
take_next(struct reading *r, const struct buffer *b, size_t end, size_t *at)
{
	const uint8_t *p = b->p + *at;
	size_t least, at_size, size, left = end - *at;
	enum form form;

	if (left < 8 || is_end(p))
		return false;
	form = form_of(p, &least, &at_size);
	size = ww_load16(p + at_size);
	if (form == UNKNOWN || size < least) {
		lose_rest(r, b->at + *at);
		return false;
	}
	if (size > left) {
		/* That the file ends here was told. */
		if (b->len == r->size)
			lose_rest(r, b->at + *at);
		return false;
	}
	take_event(r, form, p, size, b->at + *at);
	size = (size + 7) & ~(size_t)7;
	*at += size < left ? size : left;
	return true;
}

static void
take_buffer(struct reading *r, const struct buffer *b)
{
	size_t end = end_of(r, b), at = HEADER_SIZE;

	while (take_next(r, b, end, &at))
		;
}

static void
take_buffers(struct reading *r, bool counting)
{
	r->counting = counting;
	r->number = 0;
	r->trace->n = 0;
	for (const struct buffer *b = r->first; b != NULL; b = b->next)
		take_buffer(r, b);
}

/* Order */

static bool
is_before(const struct ww_etl_event *a, const struct ww_etl_event *b)
{
	return a->counter < b->counter ||
	       (a->counter == b->counter && a->number < b->number);
}

static void
merge(const struct ww_etl_event *from, size_t middle, size_t n,
      struct ww_etl_event *to)
{
	size_t a = 0, b = middle;

	for (size_t i = 0; i < n; i++)
		if (b == n || (a < middle && !is_before(&from[b], &from[a])))
			to[i] = from[a++];
		else
			to[i] = from[b++];
}

static bool
is_sorted(const struct ww_etl_trace *t)
{
	for (size_t i = 1; i < t->n; i++)
		if (is_before(&t->events[i], &t->events[i - 1]))
			return false;
	return true;
}

/* Merged from runs of one, two, four: the same time for any order. */
static void
sort(struct ww_arena *arena, struct ww_etl_trace *t)
{
	struct ww_etl_event *from = t->events, *to, *swap;

	if (is_sorted(t))
		return;
	to = ww_arena_array(arena, t->n, sizeof(*to));
	for (size_t run = 1; run < t->n; run *= 2) {
		for (size_t at = 0; at < t->n; at += 2 * run) {
			size_t left = t->n - at;

			merge(from + at, left < run ? left : run,
			      left < 2 * run ? left : 2 * run, to + at);
		}
		swap = from;
		from = to;
		to = swap;
	}
	t->events = from;
}

/* What the header says */

static void
add_lost(struct reading *r, uint32_t count, const char *what)
{
	if (count > 0)
		ww_losses_name(r->losses, what, count, (struct ww_slice){ 0 });
}

/* The header has the counts when a trace is ended, a buffer its own flags. */
static void
tell_lost(struct reading *r)
{
	const struct ww_etl_clock *clock = &r->trace->clock;
	uint32_t marked = 0;

	for (const struct buffer *b = r->first; b != NULL; b = b->next)
		marked += (ww_load16(b->p + AT_FLAGS) &
			   (EVENTS_LOST | BUFFER_LOST)) != 0;
	add_lost(r, clock->events_lost,
		 N_("an event was lost while the trace was written"));
	add_lost(r, clock->buffers_lost,
		 N_("a buffer was lost while the trace was written"));
	if (clock->events_lost == 0 && clock->buffers_lost == 0)
		add_lost(r, marked, N_("events were lost before a buffer"));
}

static void
read_header(struct reading *r)
{
	const struct buffer *b = r->first;
	struct ww_slice event = { 0 };
	struct ww_etl_clock *clock = &r->trace->clock;

	if (b != NULL && b->at == 0)
		event = ww_slice_of((const char *)b->p + HEADER_SIZE,
				    end_of(r, b) - HEADER_SIZE);
	if (!ww_etl_clock_read(event, clock)) {
		*clock = (struct ww_etl_clock){ 0 };
		lose(r, N_("its header is damaged, so its times are not known"),
		     0);
		return;
	}
	if (clock->frequency == 0 && !clock->absolute)
		lose(r,
		     N_("its header does not say how fast its clock goes, so "
			"its times are not known"),
		     0);
	if (clock->open)
		lose(r,
		     N_("it was copied while it was being written; what came "
			"last is not in it"),
		     0);
	tell_lost(r);
}

static void
tell_providers(struct reading *r)
{
	static const char what[] =
	    N_("an event of provider {name} holds no text of its own");

	for (unsigned i = 0; i < r->n_providers; i++) {
		const struct provider *p = &r->providers[i];
		char name[WW_LOSS_NAME_MAX];
		size_t len = p->name_len;

		memcpy(name, p->name, len);
		if (len > 0)
			name[len++] = ' ';
		ww_guid_text(p->guid, false, name + len);
		ww_losses_name(r->losses, what, p->n,
			       ww_slice_of(name, len + WW_GUID_TEXT));
	}
	add_lost(r, r->others > UINT32_MAX ? UINT32_MAX : (uint32_t)r->others,
		 N_("an event of another provider holds no text of its own"));
}

void
ww_etl_trace_read(struct ww_arena *arena, struct ww_stream *stream,
		  struct ww_etl_trace *ret, struct ww_losses *losses)
{
	struct reading *r = ww_arena_new(arena, struct reading);
	unsigned n;

	r->arena = arena;
	r->stream = stream;
	r->losses = losses;
	r->trace = ret;
	read_buffers(r);
	n = losses->n;
	/* What was lost before there was a file is not counted as partly. */
	read_header(r);
	n = losses->n - n;
	ret->bytes = r->bytes;
	take_buffers(r, true);
	ret->events = ww_arena_array(arena, ret->n, sizeof(*ret->events));
	take_buffers(r, false);
	sort(arena, ret);
	tell_providers(r);
	ret->partly = losses->n > n;
}
