/*
 * Events of Windows: what each says must fit its fields, and each name that
 * one is logged under leads to it.
 */
#include <stdlib.h>

#include "compile/link.h"

#include "base/banned.h"

/* The number of an event has 16 bits. */
#define NUMBER_MAX 65535

struct key {
	struct ww_slice provider;
	uint32_t words[WW_EVENT_KEY_WIDTH];
};

struct keys {
	struct key *p; /* in the arena */
	size_t n;
};

static struct ww_slice
string_of(const struct image *im, enum ww_section section, uint32_t record,
	  unsigned at)
{
	return image_str_at(im, image_get(im, section, record, at));
}

/* Fields */

static bool
form_has(const struct image *im, uint32_t form, struct ww_slice name)
{
	uint32_t at =
	    image_get(im, WW_S_EVENT_FORM, form, WW_EVENT_FORM_FIELDS);
	uint32_t end =
	    at + image_get(im, WW_S_EVENT_FORM, form, WW_EVENT_FORM_FIELDS + 1);

	while (at < end && !ww_slice_eq(string_of(im, WW_S_EVENT_FIELD, at,
						  WW_EVENT_FIELD_NAME),
					name))
		at++;
	return at < end;
}

static bool
event_has(const struct image *im, uint32_t event, struct ww_slice name)
{
	uint32_t at =
	    image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_FORMS);
	uint32_t end =
	    at + image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_FORMS + 1);

	while (at < end && !form_has(im, at, name))
		at++;
	return at < end;
}

/* A code without a base, or a base without a code, cannot be read. */
static void
check_field(struct compiler *c, uint32_t form, uint32_t field)
{
	const struct image *im = &c->image;
	uint32_t first =
	    image_get(im, WW_S_EVENT_FORM, form, WW_EVENT_FORM_FIELDS);
	struct ww_slice name =
	    string_of(im, WW_S_EVENT_FIELD, field, WW_EVENT_FIELD_NAME);
	bool code = image_get(im, WW_S_EVENT_FIELD, field, WW_EVENT_FIELD_IS) !=
		    WW_CODE_IS_NONE;
	bool base = image_get(im, WW_S_EVENT_FIELD, field,
			      WW_EVENT_FIELD_BASE) != WW_BASE_NONE;

	if (code != base)
		problem(&c->problems,
			"field \"%.*s\": is and base stand together",
			(int)name.len, name.p);
	for (uint32_t i = first; i < field; i++)
		if (ww_slice_eq(string_of(im, WW_S_EVENT_FIELD, i,
					  WW_EVENT_FIELD_NAME),
				name))
			problem(&c->problems, "field \"%.*s\" stands twice",
				(int)name.len, name.p);
}

static void
check_forms(struct compiler *c, uint32_t event)
{
	const struct image *im = &c->image;
	uint32_t form =
	    image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_FORMS);
	uint32_t end = form + image_get(im, WW_S_EVENT_KIND, event,
					WW_EVENT_KIND_FORMS + 1);

	for (; form < end; form++) {
		uint32_t at =
		    image_get(im, WW_S_EVENT_FORM, form, WW_EVENT_FORM_FIELDS);
		uint32_t n = image_get(im, WW_S_EVENT_FORM, form,
				       WW_EVENT_FORM_FIELDS + 1);

		for (uint32_t i = 0; i < n; i++)
			check_field(c, form, at + i);
	}
}

/* Each hole of a sentence is a field, in each language. */
static void
check_holes(struct compiler *c, uint32_t event, struct ww_slice sentence)
{
	while (sentence.len > 0) {
		const char *open = memchr(sentence.p, '{', sentence.len);
		const char *close =
		    open == NULL
			? NULL
			: memchr(open, '}',
				 sentence.len - (size_t)(open - sentence.p));
		struct ww_slice name;

		if (close == NULL)
			return;
		name = ww_slice_of(open + 1, (size_t)(close - open - 1));
		if (!event_has(&c->image, event, name))
			problem(&c->problems,
				"the sentence names no field: \"%.*s\"",
				(int)name.len, name.p);
		sentence =
		    ww_slice_from(sentence, (size_t)(close - sentence.p) + 1);
	}
}

static void
check_sentence(struct compiler *c, uint32_t event)
{
	const struct image *im = &c->image;
	uint32_t says =
	    image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_SAYS);

	if (says == 0 &&
	    image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_FORMS + 1) > 0)
		problem(&c->problems, "an event with fields needs \"says\"");
	for (unsigned lang = 0; lang < im->n_langs; lang++)
		check_holes(c, event, image_text_at(im, says, lang));
}

/* Keys */

static void
add_key(struct compiler *c, struct keys *keys, uint32_t event, uint32_t name)
{
	struct key *key = &keys->p[keys->n++];

	key->provider = image_str_at(&c->image, name);
	key->words[WW_EVENT_KEY_NUMBER] =
	    image_get(&c->image, WW_S_EVENT_KIND, event, WW_EVENT_KIND_NUMBER);
	key->words[WW_EVENT_KEY_PROVIDER] = name;
	key->words[WW_EVENT_KEY_KIND] = event + 1;
}

static void
add_keys(struct compiler *c, struct keys *keys, uint32_t event)
{
	const struct image *im = &c->image;
	uint32_t at =
	    image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_ALIASES);
	uint32_t n =
	    image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_ALIASES + 1);

	add_key(c, keys, event,
		image_get(im, WW_S_EVENT_KIND, event, WW_EVENT_KIND_PROVIDER));
	for (uint32_t i = 0; i < n; i++)
		add_key(c, keys, event,
			image_get(im, WW_S_WORD, at + i, WW_WORD_STR));
}

static int
compare_keys(const void *a, const void *b)
{
	const struct key *ka = a, *kb = b;
	uint32_t na = ka->words[WW_EVENT_KEY_NUMBER];
	uint32_t nb = kb->words[WW_EVENT_KEY_NUMBER];

	if (na != nb)
		return na < nb ? -1 : 1;
	return ww_slice_casecmp(ka->provider, kb->provider);
}

static void
write_keys(struct compiler *c, struct keys *keys)
{
	if (keys->n > 0)
		qsort(keys->p, keys->n, sizeof(*keys->p), compare_keys);
	for (size_t i = 0; i < keys->n; i++) {
		const struct key *key = &keys->p[i];

		if (i > 0 && compare_keys(key - 1, key) == 0) {
			at_record(c, WW_S_EVENT_KIND,
				  key->words[WW_EVENT_KEY_KIND] - 1);
			problem(&c->problems, "%.*s %u stands twice",
				(int)key->provider.len, key->provider.p,
				key->words[WW_EVENT_KEY_NUMBER]);
		}
		image_append(&c->image, WW_S_EVENT_KEY, key->words, 1);
	}
}

void
link_events(struct compiler *c)
{
	const struct image *im = &c->image;
	uint32_t n = image_count(im, WW_S_EVENT_KIND);
	struct keys keys = {
		/* A word that no event has is there for other records. */
		.p = ww_arena_array(c->arena,
				    (size_t)n + image_count(im, WW_S_WORD) + 1,
				    sizeof(*keys.p)),
	};

	for (uint32_t i = 0; i < n; i++) {
		at_record(c, WW_S_EVENT_KIND, i);
		if (image_get(im, WW_S_EVENT_KIND, i, WW_EVENT_KIND_NUMBER) >
		    NUMBER_MAX)
			problem(&c->problems, "number is above %d", NUMBER_MAX);
		check_forms(c, i);
		check_sentence(c, i);
		add_keys(c, &keys, i);
	}
	write_keys(c, &keys);
}
