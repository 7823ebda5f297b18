/*
 * The keys of JSON objects that are being written, one inside another: each
 * is used once, and what comes again is called x_2, x_3, ….  Used by those
 * who print events, whose names are chosen by whoever wrote them.
 */
#ifndef WW_INPUT_JSON_KEYS_H
#define WW_INPUT_JSON_KEYS_H

#include <stdint.h>

#include "input/evtx/out.h"

/* Of all objects that are open; real events have fewer than a hundred. */
#define WW_JSON_KEYS_MAX 1024

struct ww_json_key {
	uint32_t at, len; /* in the output, from quote to colon */
	uint32_t times;	  /* it was asked for */
};

struct ww_json_keys {
	struct ww_json_key list[WW_JSON_KEYS_MAX];
	unsigned n, first; /* of the innermost object */
	size_t work;	   /* keys that were looked at */
};

static inline void
ww_json_keys_init(struct ww_json_keys *keys)
{
	keys->n = keys->first = 0;
	keys->work = 0;
}

/* Begin an object; what comes back is for its end. */
static inline unsigned
ww_json_keys_open(struct ww_json_keys *keys)
{
	unsigned outer = keys->first;

	keys->first = keys->n;
	return outer;
}

static inline void
ww_json_keys_close(struct ww_json_keys *keys, unsigned outer)
{
	keys->n = keys->first;
	keys->first = outer;
}

/* How many keys were looked at since this was asked last. */
static inline size_t
ww_json_keys_work(struct ww_json_keys *keys)
{
	size_t work = keys->work;

	keys->work = 0;
	return work;
}

/*
 * Before a member or an item: a comma, unless it is the first.  What stands
 * before it ends with a quote, a digit, a letter or a bracket.
 */
static inline void
ww_json_comma(struct ww_evtx_out *out)
{
	char last = out->len > 0 ? out->p[out->len - 1] : '{';

	if (last != '{' && last != '[')
		ww_evtx_add_char(out, ',');
}

/* Keep what was written from start on as a key.  False: there are too many. */
static inline bool
ww_json_keys_add(struct ww_json_keys *keys, const struct ww_evtx_out *out,
		 size_t start)
{
	if (out->full)
		return true;
	if (keys->n == WW_JSON_KEYS_MAX)
		return false;
	keys->list[keys->n++] = (struct ww_json_key){
		.at = (uint32_t)start,
		.len = (uint32_t)(out->len - start),
		.times = 1,
	};
	return true;
}

/* A comma and a key that differs from those before it, "name":. */
static inline bool
ww_json_keys_put_new(struct ww_json_keys *keys, struct ww_evtx_out *out,
		     struct ww_slice key)
{
	size_t start;

	ww_json_comma(out);
	start = out->len;
	ww_evtx_add(out, key);
	return ww_json_keys_add(keys, out, start);
}

/* Any key, likewise. */
bool ww_json_keys_put(struct ww_json_keys *keys, struct ww_evtx_out *out,
		      struct ww_slice key);

#endif
