/*
 * Events as one line of text, for rules and for people.
 */
#include "input/events.h"
#include "input/evtx/value.h"

#include "base/banned.h"

/* A provider's name is hardly longer than 60 characters. */
#define NAME_MAX 1024

struct composing {
	struct ww_composer c;
	struct ww_event_fields fields;
};

struct ww_slice
ww_evtx_part_text(const struct ww_evtx_record *r, enum ww_evtx_part part,
		  char *p, size_t cap)
{
	struct ww_evtx_out out = { .p = p, .cap = cap };
	struct ww_evtx_value value = ww_evtx_part(r, part);

	ww_evtx_put_value(&out, &value, WW_EVTX_PLAIN);
	return ww_slice_of(out.p, out.len);
}

/*
 * Bytes are no text, but those of a service's event name the service in every
 * language.  Four of them would read as the digits of a code.
 */
static bool
is_text(struct ww_slice name, struct ww_slice text)
{
	return !ww_slice_eq(name, WW_LIT("Binary")) || text.len != 8;
}

static void
take(void *ctx, struct ww_slice name, struct ww_slice text)
{
	struct composing *k = ctx;
	struct ww_event_field field = { .name = name, .value = text };

	if (is_text(name, text))
		ww_events_put_field(&k->c, &k->fields, &field, false);
}

size_t
ww_evtx_line_head(const struct ww_evtx_record *r, char *p, size_t cap)
{
	struct ww_composer c = { .p = p, .cap = cap };
	char provider[NAME_MAX], id[NAME_MAX];

	ww_events_put_head(&c, ww_evtx_part_text(r, WW_EVTX_ID, id, sizeof(id)),
			   ww_evtx_part_text(r, WW_EVTX_PROVIDER, provider,
					     sizeof(provider)),
			   false);
	return c.len;
}

bool
ww_evtx_line_fields(struct ww_evtx *x, const struct ww_evtx_record *r,
		    const struct ww_evtx_pick *pick, char *p, size_t cap,
		    size_t *len)
{
	struct composing k = { .c = { .p = p, .len = *len, .cap = cap } };
	bool whole = ww_evtx_picked_fields(x, r, pick, take, &k);

	*len = k.c.len;
	return whole;
}

bool
ww_evtx_line(struct ww_evtx *x, const struct ww_evtx_record *r, char *p,
	     size_t cap, struct ww_slice *ret)
{
	size_t len = ww_evtx_line_head(r, p, cap);
	bool whole = ww_evtx_line_fields(x, r, NULL, p, cap, &len);

	*ret = ww_slice_of(p, len);
	return whole;
}
