/*
 * The full check of a catalogue from outside: every string, every reference,
 * every order that look-ups rely on.  Follows the schema; knows by name only
 * the sections that are plain, sorted, or refer by place.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "catalogue/catalogue.h"

#include "base/banned.h"

/* More ids than any record of ours names: a bound on the work below. */
#define IDS_MAX 1024

struct check {
	const struct ww_catalogue *c;
	struct ww_error *reterr;
	uint8_t *starts; /* owned: a bit for each byte where a string starts */
	uint64_t listed[WW_SECTIONS]; /* records that lists name so far */
};

static bool
bad(struct check *k, const uint8_t *at, const char *why)
{
	*k->reterr = (struct ww_error){ .status = WW_CORRUPT,
					.at = (uint64_t)(at - k->c->base),
					.why = why };
	return false;
}

/* The heap is one string after the other: each is looked at once. */
static bool
check_heap(struct check *k)
{
	const struct ww_catalogue_section *heap = &k->c->sections[WW_S_HEAP];
	uint32_t at = 0;

	while (at < heap->count) {
		struct ww_slice s;

		if (heap->count - at < 3 ||
		    ww_load16(heap->p + at) > heap->count - at - 3)
			return bad(k, heap->p + at, "a string leaves the heap");
		s = ww_heap_string(k->c, at);
		if (s.p[s.len] != '\0')
			return bad(k, heap->p + at,
				   "a string has no NUL behind it");
		if (ww_utf8_check(s) != s.len)
			return bad(k, heap->p + at, "a string is not UTF-8");
		k->starts[at / 8] |= (uint8_t)(1u << at % 8);
		at += (uint32_t)s.len + 3;
	}
	return true;
}

static bool
check_string(struct check *k, const uint8_t *field)
{
	uint32_t at = ww_load32(field);

	if (at < ww_count(k->c, WW_S_HEAP) &&
	    (k->starts[at / 8] >> at % 8 & 1) != 0)
		return true;
	return bad(k, field, "no string starts there");
}

static bool
check_range(struct check *k, const uint8_t *field, enum ww_section target)
{
	uint32_t first = ww_load32(field), n = ww_load32(field + 4);
	uint32_t count = ww_count(k->c, target);

	if (first > count || n > count - first)
		return bad(k, field, "a list leaves its section");
	return true;
}

/*
 * A record is in one list only.  This bounds what a walk over lists of lists
 * can take, and it is enough to count: more names than records repeat some.
 */
static bool
check_list(struct check *k, const uint8_t *field, enum ww_section target)
{
	if (!check_range(k, field, target))
		return false;
	k->listed[target] += ww_load32(field + 4);
	return k->listed[target] <= ww_count(k->c, target) ||
	       bad(k, field, "records are in more than one list");
}

static bool
check_ids(struct check *k, const uint8_t *field, enum ww_section target)
{
	uint32_t first = ww_load32(field), n = ww_load32(field + 4);

	if (!check_range(k, field, WW_S_ID))
		return false;
	if (n > IDS_MAX)
		return bad(k, field, "a list of ids is too long");
	for (uint32_t i = 0; i < n; i++)
		if (ww_word_at(k->c, WW_S_ID, first + i) >=
		    ww_count(k->c, target))
			return bad(k, field, "an id names no record");
	return true;
}

static bool
check_enum(struct check *k, const uint8_t *field, enum ww_words list)
{
	const char *const *words = ww_words_of(list);
	uint32_t v = ww_load32(field);

	for (uint32_t i = 0; words[i] != NULL; i++)
		if (i == v)
			return true;
	return bad(k, field, "a number stands for no word");
}

static bool
check_field(struct check *k, const uint8_t *field, const struct ww_field *f)
{
	switch (f->kind) {
	case WW_KIND_NUM:
		return true;
	case WW_KIND_ENUM:
		return check_enum(k, field, (enum ww_words)f->target);
	case WW_KIND_STR:
		return check_string(k, field);
	case WW_KIND_TEXT:
		return ww_load32(field) < ww_count(k->c, WW_S_TEXT) ||
		       bad(k, field, "a text number is too high");
	case WW_KIND_REF:
		return ww_load32(field) <=
			   ww_count(k->c, (enum ww_section)f->target) ||
		       bad(k, field, "a reference names no record");
	case WW_KIND_LIST:
		return check_list(k, field, (enum ww_section)f->target);
	case WW_KIND_IDS:
		return check_ids(k, field, (enum ww_section)f->target);
	}
	return false;
}

/* What knowledge must give is there: a report builds sentences on it. */
static bool
is_missing(struct ww_rec r, const struct ww_field *f)
{
	if (!f->needed || f->key == NULL)
		return false;
	switch (f->kind) {
	case WW_KIND_STR:
		return ww_rec_str(r, f->at).len == 0;
	case WW_KIND_TEXT:
		return ww_rec_text(r, f->at, 0).s.len == 0;
	case WW_KIND_REF:
		return ww_rec_num(r, f->at) == 0;
	case WW_KIND_LIST:
	case WW_KIND_IDS:
		return ww_rec_num(r, f->at + 1) == 0;
	case WW_KIND_NUM:
	case WW_KIND_ENUM:
		break;
	}
	return false;
}

static bool
check_record(struct check *k, struct ww_rec r, const struct ww_schema *schema)
{
	for (size_t i = 0; i < schema->n_fields; i++) {
		const struct ww_field *f = &schema->fields[i];
		const uint8_t *field = r.p + (size_t)f->at * 4;

		if (!check_field(k, field, f))
			return false;
		if (is_missing(r, f))
			return bad(k, field, "a field that is needed is empty");
	}
	return true;
}

static bool
check_records(struct check *k, enum ww_section section)
{
	const struct ww_schema *schema = ww_schema_of(section);

	for (uint32_t i = 0; i < ww_count(k->c, section); i++)
		if (!check_record(k, ww_rec_at(k->c, section, i), schema))
			return false;
	return true;
}

static bool
check_texts(struct check *k)
{
	for (uint32_t i = 0; i < ww_count(k->c, WW_S_TEXT); i++) {
		struct ww_rec r = ww_rec_at(k->c, WW_S_TEXT, i);

		for (unsigned lang = 0; lang < k->c->n_langs; lang++)
			if (!check_string(k, r.p + (size_t)lang * 4))
				return false;
	}
	return true;
}

static bool
check_names(struct check *k)
{
	struct ww_slice before = { 0 };

	for (uint32_t i = 0; i < ww_count(k->c, WW_S_NAME); i++) {
		const uint8_t *p =
		    k->c->sections[WW_S_NAME].p + (size_t)i * WW_NAME_END;
		struct ww_rec r =
		    ww_rec_at(k->c, WW_S_CODE, ww_load32(p + WW_NAME_CODE));
		struct ww_slice name = ww_rec_str(r, WW_CODE_NAME);

		if (r.p == NULL)
			return bad(k, p, "a name belongs to no code");
		if (ww_load32(p + WW_NAME_STRING) !=
		    ww_rec_num(r, WW_CODE_NAME))
			return bad(k, p + WW_NAME_STRING,
				   "a name is not that of its code");
		if (ww_slice_casecmp(before, name) > 0)
			return bad(k, p, "the names are not sorted");
		before = name;
	}
	return true;
}

/* Records whose number field `at` must not go down. */
static bool
check_rising(struct check *k, enum ww_section section, unsigned at)
{
	uint32_t before = 0;

	for (uint32_t i = 0; i < ww_count(k->c, section); i++) {
		struct ww_rec r = ww_rec_at(k->c, section, i);
		uint32_t v = ww_rec_num(r, at);

		if (v < before)
			return bad(k, r.p, "records are not sorted by value");
		before = v;
	}
	return true;
}

static bool
check_values(struct check *k)
{
	for (uint32_t i = 0; i < ww_count(k->c, WW_S_CODE); i++) {
		struct ww_rec r = ww_rec_at(k->c, WW_S_CODE, i);
		struct ww_range range =
		    ww_catalogue_value(k->c, ww_rec_num(r, WW_CODE_VALUE));

		if (i < range.first || i - range.first >= range.count)
			return bad(k, r.p,
				   "a code's value does not lead to it");
	}
	return true;
}

static bool
check_terms(struct check *k)
{
	struct ww_slice before = { 0 };

	for (uint32_t i = 0; i < ww_count(k->c, WW_S_TERM); i++) {
		struct ww_rec r = ww_rec_at(k->c, WW_S_TERM, i);
		struct ww_slice text = ww_rec_str(r, WW_TERM_TEXT);

		if (ww_slice_cmp(before, text) >= 0)
			return bad(k, r.p, "the terms are not sorted");
		before = text;
	}
	return true;
}

static bool
check_messages(struct check *k)
{
	struct ww_slice before = { 0 };

	for (uint32_t i = 0; i < ww_count(k->c, WW_S_MESSAGE); i++) {
		struct ww_rec r = ww_rec_at(k->c, WW_S_MESSAGE, i);
		struct ww_slice text = ww_rec_text(r, WW_MESSAGE_TEXT, 0).s;

		if (ww_slice_cmp(before, text) >= 0)
			return bad(k, r.p, "the messages are not sorted");
		before = text;
	}
	return true;
}

static bool
check_postings(struct check *k)
{
	uint32_t docs = ww_count(k->c, WW_S_CODE) + ww_count(k->c, WW_S_TOPIC);

	for (uint32_t i = 0; i < ww_count(k->c, WW_S_POSTING); i++)
		if (ww_word_at(k->c, WW_S_POSTING, i) >> 8 >= docs)
			return bad(k,
				   k->c->sections[WW_S_POSTING].p +
				       (size_t)i * 4,
				   "a term stands in no document");
	return true;
}

/* A reader takes the kinds of logs and episodes by the number of the word. */
static bool
check_kinds(struct check *k, enum ww_section section, enum ww_words list)
{
	const char *const *words = ww_words_of(list);
	uint32_t n = ww_count(k->c, section), i = 0;

	for (; words[i] != NULL; i++) {
		struct ww_rec r = ww_rec_at(k->c, section, i);

		/* The id is the first field of both. */
		if (r.p == NULL ||
		    !ww_slice_eq(ww_rec_str(r, 0), ww_slice_cstr(words[i])))
			break;
	}
	return (words[i] == NULL && i == n) ||
	       bad(k, k->c->sections[section].p,
		   "the kinds are not those of this version");
}

/* A place from 1 in the topic's causes, and the id of the cause there. */
static bool
is_cause(struct ww_rec topic, uint32_t at, struct ww_slice id)
{
	struct ww_list causes = ww_rec_list(topic, WW_TOPIC_CAUSES, WW_S_CAUSE);

	if (at == 0)
		return id.len == 0;
	return at <= causes.count &&
	       ww_slice_eq(ww_rec_str(ww_list_at(topic.c, causes, at - 1),
				      WW_CAUSE_ID),
			   id);
}

static bool
check_near(struct check *k, struct ww_rec signature)
{
	struct ww_list list =
	    ww_rec_list(signature, WW_SIGNATURE_NEAR, WW_S_NEAR);

	for (uint32_t i = 0; i < list.count; i++) {
		struct ww_rec near = ww_list_at(k->c, list, i);
		struct ww_rec other =
		    ww_rec_at(k->c, WW_S_SIGNATURE,
			      ww_rec_num(near, WW_NEAR_SIGNATURE_AT));

		if (other.p == NULL ||
		    !ww_slice_eq(ww_rec_str(other, WW_SIGNATURE_ID),
				 ww_rec_str(near, WW_NEAR_SIGNATURE)))
			return bad(k, near.p,
				   "a signature is not where it should be");
	}
	return true;
}

static bool
check_signatures(struct check *k)
{
	for (uint32_t i = 0; i < ww_count(k->c, WW_S_SIGNATURE); i++) {
		struct ww_rec r = ww_rec_at(k->c, WW_S_SIGNATURE, i);
		uint32_t at = ww_rec_num(r, WW_SIGNATURE_CAUSE_AT);

		if (!is_cause(ww_rec_ref(r, WW_SIGNATURE_TOPIC, WW_S_TOPIC), at,
			      ww_rec_str(r, WW_SIGNATURE_CAUSE)) ||
		    (at == 0 &&
		     ww_rec_num(r, WW_SIGNATURE_SAYS) == WW_SAYS_CAUSE))
			return bad(k, r.p, "a signature shows no cause");
		if (!check_near(k, r))
			return false;
	}
	return true;
}

static bool
check_branches(struct check *k, struct ww_rec topic, struct ww_rec settle)
{
	struct ww_list list =
	    ww_rec_list(settle, WW_SETTLE_BRANCHES, WW_S_BRANCH);

	for (uint32_t i = 0; i < list.count; i++) {
		struct ww_rec r = ww_list_at(k->c, list, i);

		if (!is_cause(topic, ww_rec_num(r, WW_BRANCH_CAUSE_AT),
			      ww_rec_str(r, WW_BRANCH_CAUSE)))
			return bad(k, r.p, "a branch leads to no cause");
	}
	return true;
}

static bool
check_topics(struct check *k)
{
	for (uint32_t i = 0; i < ww_count(k->c, WW_S_TOPIC); i++) {
		struct ww_rec topic = ww_rec_at(k->c, WW_S_TOPIC, i);
		struct ww_list list =
		    ww_rec_list(topic, WW_TOPIC_SETTLE, WW_S_SETTLE);

		for (uint32_t n = 0; n < list.count; n++)
			if (!check_branches(k, topic,
					    ww_list_at(k->c, list, n)))
				return false;
	}
	return true;
}

/* What is counted from 1 is looked up from 0. */
static bool
check_stop_cases(struct check *k)
{
	for (uint32_t i = 0; i < ww_count(k->c, WW_S_STOP_CASE); i++) {
		struct ww_rec r = ww_rec_at(k->c, WW_S_STOP_CASE, i);
		uint32_t number = ww_rec_num(r, WW_STOP_CASE_PARAMETER);

		if (number == 0 || number > WW_STOP_PARAMETERS_EACH)
			return bad(k, r.p, "a stop code has no such parameter");
	}
	return true;
}

static bool
check_all(struct check *k)
{
	for (enum ww_section i = WW_FIRST_RECORD_SECTION; i < WW_SECTIONS; i++)
		if (!check_records(k, i))
			return false;
	return check_texts(k) && check_names(k) &&
	       check_rising(k, WW_S_CODE, WW_CODE_VALUE) &&
	       check_rising(k, WW_S_TOPIC_KEY, WW_TOPIC_KEY_VALUE) &&
	       check_values(k) && check_messages(k) && check_terms(k) &&
	       check_postings(k) &&
	       check_kinds(k, WW_S_LOG_KIND, WW_WORDS_DIALECT) &&
	       check_kinds(k, WW_S_EPISODE_KIND, WW_WORDS_EPISODE) &&
	       check_topics(k) && check_signatures(k) && check_stop_cases(k) &&
	       check_rising(k, WW_S_EVENT_KEY, WW_EVENT_KEY_NUMBER);
}

enum ww_status
ww_catalogue_validate(const struct ww_catalogue *c, struct ww_error *reterr)
{
	struct check k = { .c = c, .reterr = reterr };
	bool good;

	k.starts = calloc((size_t)ww_count(c, WW_S_HEAP) / 8 + 1, 1);
	if (k.starts == NULL) {
		*reterr = (struct ww_error){ .status = WW_NOMEM,
					     .why = "out of memory" };
		return WW_NOMEM;
	}
	good = check_heap(&k) && check_all(&k);
	free(k.starts);
	return good ? WW_OK : WW_CORRUPT;
}
