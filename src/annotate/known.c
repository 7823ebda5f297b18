#include "annotate/known.h"

#include "base/json.h"

#include "base/banned.h"

/* A look-up takes a few KiB; so many fit into what an arena starts with. */
#define ASKED_MAX 16

/* All of it that a reading's rank depends on; no key is 0. */
static uint64_t
key_of(const struct ww_spelled *s)
{
	uint64_t how = (uint64_t)s->form << 8 | (s->digits & 0x1F) << 3 |
		       (s->stop ? 4U : 0) | (s->has_extend ? 2U : 0) |
		       (s->n_params > 0 ? 1U : 0);

	return UINT64_C(1) << 63 | how << 32 | s->value;
}

/* The topic's summary, or a name's own sentence: what the page begins with. */
static struct ww_slice
meaning_of(const struct ww_knowns *k, const struct ww_reading *r)
{
	struct ww_slice s = ww_rec_text(r->topic, WW_TOPIC_SUMMARY, k->lang).s;

	for (uint32_t i = 0; i < r->n_codes && s.len == 0; i++)
		s = ww_rec_text(ww_rec_at(k->c, WW_S_CODE, r->codes[i]),
				WW_CODE_MEANING, k->lang)
			.s;
	return s;
}

static void
fill(struct ww_known *known, const struct ww_knowns *k,
     const struct ww_reading *r)
{
	if (r->n_codes == 0)
		return;
	known->name =
	    ww_rec_str(ww_rec_at(k->c, WW_S_CODE, r->codes[0]), WW_CODE_NAME);
	known->meaning = meaning_of(k, r);
	if (known->meaning.len == 0)
		known->family =
		    ww_rec_text(r->family, WW_FAMILY_NAME, k->lang).s;
	known->topic = ww_rec_str(r->topic, WW_TOPIC_ID);
}

static void
look_up(struct ww_known *known, struct ww_knowns *k,
	const struct ww_spelled *spelled)
{
	struct ww_readings readings;

	if (++k->asked > ASKED_MAX) {
		ww_arena_release(&k->arena);
		k->asked = 0;
	}
	readings = ww_readings_of(&k->arena, k->c, spelled, &k->hints);
	if (readings.n > 0)
		fill(known, k, &readings.p[0]);
}

struct ww_known *
ww_known_of(struct ww_knowns *k, const struct ww_spelled *spelled)
{
	uint64_t key = key_of(spelled);
	/* Fibonacci hashing: the golden ratio of 64 bits. */
	size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 40) &
		    (WW_KNOWN_SLOTS - 1);
	struct ww_known *known = &k->slots[at];

	if (known->key == key)
		return known;
	*known = (struct ww_known){ .key = key, .value = spelled->value };
	look_up(known, k, spelled);
	return known;
}

static void
add_member(struct ww_buf *out, const char *name, struct ww_slice value)
{
	if (value.len == 0)
		return;
	ww_buf_add(out, WW_LIT(",\""));
	ww_buf_add(out, ww_slice_cstr(name));
	ww_buf_add(out, WW_LIT("\":"));
	ww_json_string(out, value);
}

static void
add_object(const struct ww_known *known, struct ww_buf *out)
{
	ww_buf_add(out, WW_LIT("{\"code\":\"0x"));
	ww_buf_hex(out, known->value, 8);
	ww_buf_char(out, '"');
	add_member(out, "name", known->name);
	add_member(out, "meaning", known->meaning);
	add_member(out, "topic", known->topic);
	ww_buf_char(out, '}');
}

void
ww_known_json(struct ww_knowns *k, struct ww_known *known, struct ww_buf *out)
{
	char *kept = k->json[known - k->slots];
	size_t start = out->len, len;

	if (known->json_len > 0) {
		ww_buf_add(out, ww_slice_of(kept, known->json_len));
		return;
	}
	add_object(known, out);
	len = out->len - start;
	if (len > WW_KNOWN_JSON)
		return;
	memcpy(kept, out->p + start, len);
	known->json_len = len;
}
