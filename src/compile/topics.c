/*
 * Names into numbers: what a topic covers and what it calls related, the stop
 * codes whose parameters are known, and the branches that point to causes.
 */
#include <stdlib.h>

#include "compile/link.h"
#include <winwhy/code.h>

#include "base/banned.h"

struct number {
	uint32_t space;
	uint32_t value;
	uint32_t family; /* record plus 1, or 0 for any */
};

static bool
parse_hex(struct ww_slice s, uint32_t *ret)
{
	uint64_t v;

	if (!ww_slice_hex(s, &v) || v > UINT32_MAX)
		return false;
	*ret = (uint32_t)v;
	return true;
}

/* space:hex */
static bool
parse_spaced(struct ww_slice written, struct number *ret)
{
	const char *const *words = ww_words_of(WW_WORDS_SPACE);
	const char *colon = memchr(written.p, ':', written.len);
	size_t at;

	if (colon == NULL)
		return false;
	at = (size_t)(colon - written.p);
	for (uint32_t i = 0; words[i] != NULL; i++) {
		if (!ww_slice_eq(ww_slice_cstr(words[i]),
				 ww_slice_of(written.p, at)))
			continue;
		*ret = (struct number){ .space = i };
		return parse_hex(ww_slice_from(written, at + 1), &ret->value);
	}
	return false;
}

/* 0x80070002: an HRESULT, of whatever family. */
static bool
parse_bare(struct ww_slice written, struct number *ret)
{
	*ret = (struct number){ .space = WW_SPACE_HRESULT };
	return ww_slice_starts(written, WW_LIT("0x")) &&
	       parse_hex(written, &ret->value);
}

static bool
find_name(const struct compiler *c, struct ww_slice name, struct number *ret)
{
	const struct image *im = &c->image;
	uint32_t n = image_count(im, WW_S_CODE);

	for (uint32_t i = 0; i < n; i++) {
		if (!ww_slice_eq(image_str_at(im, image_get(im, WW_S_CODE, i,
							    WW_CODE_NAME)),
				 name))
			continue;
		*ret = (struct number){
			.space = image_get(im, WW_S_CODE, i, WW_CODE_SPACE),
			.value = image_get(im, WW_S_CODE, i, WW_CODE_VALUE),
			.family = image_get(im, WW_S_CODE, i, WW_CODE_FAMILY),
		};
		return true;
	}
	return false;
}

static bool
resolve(struct compiler *c, uint32_t str, struct number *ret)
{
	struct ww_slice written = image_str_at(&c->image, str);

	if (parse_bare(written, ret) || parse_spaced(written, ret) ||
	    find_name(c, written, ret))
		return true;
	problem(&c->problems, "no code is called \"%.*s\"", (int)written.len,
		written.p);
	return false;
}

struct key {
	struct number number;
	uint32_t topic; /* record */
	uint32_t order;
};

struct keys {
	struct key *p; /* in the arena, room for every code */
	size_t n;
};

static int
compare_keys(const void *a, const void *b)
{
	const struct key *ka = a, *kb = b;

	if (ka->number.value != kb->number.value)
		return ka->number.value < kb->number.value ? -1 : 1;
	if (ka->number.space != kb->number.space)
		return ka->number.space < kb->number.space ? -1 : 1;
	if (ka->order != kb->order)
		return ka->order < kb->order ? -1 : 1;
	return ka->topic < kb->topic ? -1 : ka->topic > kb->topic;
}

static void
write_keys(struct image *im, struct key *keys, size_t n)
{
	qsort(keys, n, sizeof(*keys), compare_keys);
	for (size_t i = 0; i < n; i++) {
		uint32_t r = image_add(im, WW_S_TOPIC_KEY);

		image_set(im, WW_S_TOPIC_KEY, r, WW_TOPIC_KEY_VALUE,
			  keys[i].number.value);
		image_set(im, WW_S_TOPIC_KEY, r, WW_TOPIC_KEY_SPACE,
			  keys[i].number.space);
		image_set(im, WW_S_TOPIC_KEY, r, WW_TOPIC_KEY_FAMILY,
			  keys[i].number.family);
		image_set(im, WW_S_TOPIC_KEY, r, WW_TOPIC_KEY_TOPIC,
			  keys[i].topic + 1);
	}
}

static bool
link_code(struct compiler *c, uint32_t code, struct number *ret)
{
	struct image *im = &c->image;

	if (!resolve(c,
		     image_get(im, WW_S_TOPIC_CODE, code,
			       WW_TOPIC_CODE_WRITTEN),
		     ret))
		return false;
	image_set(im, WW_S_TOPIC_CODE, code, WW_TOPIC_CODE_VALUE, ret->value);
	image_set(im, WW_S_TOPIC_CODE, code, WW_TOPIC_CODE_SPACE, ret->space);
	image_set(im, WW_S_TOPIC_CODE, code, WW_TOPIC_CODE_FAMILY, ret->family);
	return true;
}

static void
link_topic_code(struct compiler *c, uint32_t topic, uint32_t code,
		struct keys *keys)
{
	const struct image *im = &c->image;
	struct number number;

	if (link_code(c, code, &number))
		keys->p[keys->n++] =
		    (struct key){ number, topic,
				  image_get(im, WW_S_TOPIC, topic,
					    WW_TOPIC_ORDER) };
}

static void
link_related(struct compiler *c, uint32_t related)
{
	struct image *im = &c->image;
	struct number number;

	if (!resolve(c, image_get(im, WW_S_RELATED, related, WW_RELATED_CODE),
		     &number))
		return;
	image_set(im, WW_S_RELATED, related, WW_RELATED_VALUE, number.value);
	image_set(im, WW_S_RELATED, related, WW_RELATED_SPACE, number.space);
}

static void
link_numbers(struct compiler *c, uint32_t topic, struct keys *keys)
{
	const struct image *im = &c->image;
	uint32_t at = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_CODES);
	uint32_t n = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_CODES + 1);

	for (uint32_t i = 0; i < n; i++)
		link_topic_code(c, topic, at + i, keys);
	at = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_RELATED);
	n = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_RELATED + 1);
	for (uint32_t i = 0; i < n; i++)
		link_related(c, at + i);
}

uint32_t
cause_at(const struct image *im, uint32_t topic, uint32_t id)
{
	uint32_t first = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_CAUSES);
	uint32_t n = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_CAUSES + 1);

	/* Equal strings have equal offsets. */
	for (uint32_t i = 0; i < n; i++)
		if (image_get(im, WW_S_CAUSE, first + i, WW_CAUSE_ID) == id)
			return i + 1;
	return 0;
}

static void
link_branch(struct compiler *c, uint32_t topic, uint32_t branch,
	    uint32_t columns)
{
	struct image *im = &c->image;
	uint32_t id = image_get(im, WW_S_BRANCH, branch, WW_BRANCH_CAUSE);
	uint32_t at = cause_at(im, topic, id);
	bool verdict =
	    image_get(im, WW_S_BRANCH, branch, WW_BRANCH_VERDICT) != 0;
	struct ww_slice name = image_str_at(im, id);

	if (id != 0 && at == 0)
		problem(&c->problems, "a branch names no cause: \"%.*s\"",
			(int)name.len, name.p);
	if ((id != 0) == verdict)
		problem(&c->problems, "a branch needs a cause or a verdict");
	if (image_get(im, WW_S_BRANCH, branch, WW_BRANCH_WHEN + 1) != columns)
		problem(&c->problems, "a branch has not %u cells, as columns",
			columns);
	image_set(im, WW_S_BRANCH, branch, WW_BRANCH_CAUSE_AT, at);
}

static void
link_branches(struct compiler *c, uint32_t topic)
{
	const struct image *im = &c->image;
	uint32_t s = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_SETTLE);
	uint32_t columns = image_get(im, WW_S_SETTLE, s, WW_SETTLE_COLUMNS + 1);
	uint32_t at = image_get(im, WW_S_SETTLE, s, WW_SETTLE_BRANCHES);
	uint32_t end =
	    at + image_get(im, WW_S_SETTLE, s, WW_SETTLE_BRANCHES + 1);

	for (; at < end; at++)
		link_branch(c, topic, at, columns);
}

void
link_topics(struct compiler *c)
{
	struct keys keys = {
		.p = ww_arena_array(c->arena,
				    image_count(&c->image, WW_S_TOPIC_CODE),
				    sizeof(*keys.p)),
	};

	for (uint32_t t = 0; t < image_count(&c->image, WW_S_TOPIC); t++) {
		at_record(c, WW_S_TOPIC, t);
		link_numbers(c, t, &keys);
		link_branches(c, t);
	}
	write_keys(&c->image, keys.p, keys.n);
}

/* The codes of a stop are stop codes, and none has two. */
static void
link_stop_code(struct compiler *c, uint32_t code)
{
	const struct image *im = &c->image;
	struct number number;

	if (!link_code(c, code, &number))
		return;
	if (number.space != WW_SPACE_BUGCHECK)
		problem(&c->problems, "0x%08X is no stop code", number.value);
	for (uint32_t i = 0; i < image_count(im, WW_S_STOP); i++) {
		uint32_t first = image_get(im, WW_S_STOP, i, WW_STOP_CODES);
		uint32_t n = image_get(im, WW_S_STOP, i, WW_STOP_CODES + 1);

		/* Those behind are not linked yet, and hold a zero. */
		for (uint32_t k = first; k < first + n && k != code; k++)
			if (number.value != 0 &&
			    image_get(im, WW_S_TOPIC_CODE, k,
				      WW_TOPIC_CODE_VALUE) == number.value)
				problem(&c->problems, "0x%08X stands twice",
					number.value);
	}
}

void
link_stops(struct compiler *c)
{
	const struct image *im = &c->image;

	for (uint32_t i = 0; i < image_count(im, WW_S_STOP); i++) {
		uint32_t first = image_get(im, WW_S_STOP, i, WW_STOP_CODES);
		uint32_t n = image_get(im, WW_S_STOP, i, WW_STOP_CODES + 1);

		at_record(c, WW_S_STOP, i);
		for (uint32_t k = first; k < first + n; k++)
			link_stop_code(c, k);
	}
}

/* HRESULTs, or Win32 codes that clients wrap in one. */
static void
link_client(struct compiler *c, uint32_t client)
{
	const struct image *im = &c->image;
	uint32_t first =
	    image_get(im, WW_S_CLIENT_CODE, client, WW_CLIENT_CODE_CODES);
	uint32_t n =
	    image_get(im, WW_S_CLIENT_CODE, client, WW_CLIENT_CODE_CODES + 1);
	struct number number;

	for (uint32_t i = first; i < first + n; i++)
		if (link_code(c, i, &number) &&
		    number.space != WW_SPACE_HRESULT &&
		    number.space != WW_SPACE_WIN32)
			problem(&c->problems,
				"0x%08X is no HRESULT and no Win32 code",
				number.value);
}

void
link_clients(struct compiler *c)
{
	const struct image *im = &c->image;

	for (uint32_t i = 0; i < image_count(im, WW_S_TROUBLE); i++) {
		uint32_t first =
		    image_get(im, WW_S_TROUBLE, i, WW_TROUBLE_CLIENTS);
		uint32_t n =
		    image_get(im, WW_S_TROUBLE, i, WW_TROUBLE_CLIENTS + 1);

		at_record(c, WW_S_TROUBLE, i);
		for (uint32_t k = first; k < first + n; k++)
			link_client(c, k);
	}
}
