#include "input/evtx/asked.h"

#include "base/bytes.h"

#include "base/banned.h"

/* Kept ones; those that share a place displace each other. */
#define KEPT_MAX 256

/* A provider's name is hardly longer than 60 characters. */
#define NAME_MAX 1024

/* That, and what stands around it. */
#define HEAD_MAX (2 * NAME_MAX + 64)

/* The same of a kept one: a byte becomes U+FFFD at worst, which has three. */
#define PROVIDER_ROOM ((size_t)3 * WW_EVTX_PROVIDER_MAX)
#define HEAD_ROOM     (PROVIDER_ROOM + 64)

struct ww_evtx_askings {
	struct ww_arena *arena;	      /* borrowed */
	const struct ww_wants *wants; /* borrowed */
	uint64_t n;
	struct ww_evtx_asked kept[KEPT_MAX];
	struct ww_evtx_asked other; /* that cannot be kept */
	char provider[NAME_MAX], head[HEAD_MAX];
};

struct ww_evtx_askings *
ww_evtx_askings_new(struct ww_arena *arena, const struct ww_wants *wants)
{
	struct ww_evtx_askings *s = ww_arena_new(arena, struct ww_evtx_askings);

	s->arena = arena;
	s->wants = wants;
	return s;
}

/* Its provider and id say all of how its text begins. */
static bool
can_be_kept(const struct ww_evtx_value *provider,
	    const struct ww_evtx_value *id)
{
	return id->type == WW_EVTX_U16 &&
	       (provider->type == WW_EVTX_STRING ||
		provider->type == WW_EVTX_UTF8) &&
	       provider->len > 0 && provider->len <= WW_EVTX_PROVIDER_MAX;
}

static struct ww_evtx_asked *
place_of(struct ww_evtx_askings *s, const struct ww_evtx_value *provider,
	 uint64_t id)
{
	const uint64_t prime = UINT64_C(0x100000001B3);
	uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ id;

	/* FNV-1a, but of eight bytes at a time. */
	for (uint32_t i = 0; i + 8 <= provider->len; i += 8)
		hash = (hash ^ ww_load64(provider->p + i)) * prime;
	return &s->kept[(hash >> 32) & (KEPT_MAX - 1)];
}

static bool
is_of(const struct ww_evtx_asked *a, const struct ww_evtx_value *provider,
      uint64_t id)
{
	return a->number != 0 && a->id == id && a->type == provider->type &&
	       a->len == provider->len &&
	       memcmp(a->bytes, provider->p, provider->len) == 0;
}

static void
ask(struct ww_evtx_askings *s, const struct ww_evtx_record *r,
    struct ww_evtx_asked *a, uint64_t id)
{
	a->number = ++s->n;
	a->provider = ww_evtx_part_text(r, WW_EVTX_PROVIDER, s->provider,
					sizeof(s->provider));
	a->head = ww_slice_of(s->head,
			      ww_evtx_line_head(r, s->head, sizeof(s->head)));
	if (s->wants->event == NULL)
		a->wanted = (struct ww_wanted){ .always = true, .text = true };
	else
		s->wants->event(s->wants->ctx, a->provider, (unsigned)id,
				&a->wanted);
}

static struct ww_slice
copy(struct ww_slice s, char *to)
{
	if (s.len > 0)
		memcpy(to, s.p, s.len);
	return ww_slice_of(to, s.len);
}

static void
keep(struct ww_evtx_askings *s, struct ww_evtx_asked *a,
     const struct ww_evtx_value *provider, uint64_t id)
{
	if (a->room == NULL)
		a->room = ww_arena_alloc(s->arena, PROVIDER_ROOM + HEAD_ROOM);
	a->provider = copy(a->provider, a->room);
	a->head = copy(a->head, a->room + PROVIDER_ROOM);
	a->id = id;
	a->type = provider->type;
	a->len = provider->len;
	memcpy(a->bytes, provider->p, provider->len);
}

const struct ww_evtx_asked *
ww_evtx_asked(struct ww_evtx_askings *s, const struct ww_evtx_record *r)
{
	struct ww_evtx_value provider = ww_evtx_part(r, WW_EVTX_PROVIDER);
	struct ww_evtx_value number = ww_evtx_part(r, WW_EVTX_ID);
	uint64_t id = ww_evtx_part_number(r, WW_EVTX_ID);
	struct ww_evtx_asked *a;

	if (!can_be_kept(&provider, &number)) {
		ask(s, r, &s->other, id);
		return &s->other;
	}
	a = place_of(s, &provider, id);
	if (!is_of(a, &provider, id)) {
		ask(s, r, a, id);
		keep(s, a, &provider, id);
	}
	return a;
}
