#include "compile/check.h"

#include <stdlib.h>

#include "base/banned.h"

/* In how many topics one sentence may stand. */
#define SENTENCE_TOPICS_MAX 3

/* Shorter ones are labels rather than sentences. */
#define SENTENCE_BYTES_MIN 25

/* A topic that offers fewer has nothing to settle. */
#define CAUSES_MIN     2

#define PROMINENCE_MAX 9

static void
check_unique_ids(struct compiler *c, enum ww_section section)
{
	for (uint32_t i = 0; i < image_count(&c->image, section); i++) {
		uint32_t id = image_get(&c->image, section, i, 0);

		if (find_id(c, section, image_str_at(&c->image, id)) == i + 1)
			continue;
		at_record(c, section, i);
		problem(&c->problems, "this %s stands twice",
			ww_schema_of(section)->name);
	}
}

static void
check_step(struct compiler *c, uint32_t step)
{
	static const unsigned owed[] = { WW_STEP_RISK_WHY, WW_STEP_PRECHECK,
					 WW_STEP_UNDO, WW_STEP_STOP };
	const struct image *im = &c->image;

	at_record(c, WW_S_STEP, step);
	if (image_get(im, WW_S_STEP, step, WW_STEP_RISK) == WW_RISK_NONE)
		return;
	for (size_t i = 0; i < WW_ARRAY_LEN(owed); i++)
		if (image_get(im, WW_S_STEP, step, owed[i]) == 0)
			problem(&c->problems,
				"a step with a risk needs risk_why, precheck, "
				"undo and stop");
}

/* Branches and translations name causes by their ids. */
static void
check_cause_ids(struct compiler *c, uint32_t first, uint32_t n)
{
	const struct image *im = &c->image;

	/* Equal strings have equal offsets. */
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t k = 0; k < i; k++)
			if (image_get(im, WW_S_CAUSE, first + i, WW_CAUSE_ID) ==
			    image_get(im, WW_S_CAUSE, first + k, WW_CAUSE_ID))
				problem(&c->problems,
					"a cause's id stands twice");
}

/* Numbers are hexadecimal, with commas between those of which one is enough. */
static void
check_match(struct compiler *c, uint32_t match)
{
	const struct image *im = &c->image;
	struct ww_slice rest =
	    image_str_at(im, image_get(im, WW_S_MATCH, match, WW_MATCH_VALUE));
	uint64_t number;

	if (image_get(im, WW_S_MATCH, match, WW_MATCH_KIND) == WW_MATCH_TEXT)
		return;
	do {
		struct ww_slice item = ww_slice_item(&rest);

		if (!ww_slice_hex(item, &number))
			problem(&c->problems,
				"\"%.*s\" is no hexadecimal number",
				(int)item.len, item.p);
	} while (rest.p != NULL);
}

static void
check_matches(struct compiler *c, uint32_t cause)
{
	const struct image *im = &c->image;
	uint32_t first = image_get(im, WW_S_CAUSE, cause, WW_CAUSE_MATCH);
	uint32_t n = image_get(im, WW_S_CAUSE, cause, WW_CAUSE_MATCH + 1);

	for (uint32_t i = 0; i < n; i++)
		check_match(c, first + i);
}

static void
check_topic(struct compiler *c, uint32_t topic)
{
	const struct image *im = &c->image;
	uint32_t first = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_CAUSES);
	uint32_t n = image_get(im, WW_S_TOPIC, topic, WW_TOPIC_CAUSES + 1);

	at_record(c, WW_S_TOPIC, topic);
	if (n < CAUSES_MIN)
		problem(&c->problems, "%u causes, at least %d are needed", n,
			CAUSES_MIN);
	check_cause_ids(c, first, n);
	for (uint32_t i = 0; i < n; i++)
		check_matches(c, first + i);
}

struct sentence {
	struct ww_slice text;
	uint32_t topic;
};

struct sentences {
	struct compiler *c;
	struct sentence *p;
	size_t n, cap;
};

static void
add_sentence(struct sentences *s, struct ww_slice text, uint32_t topic)
{
	text = ww_slice_trim(text);
	if (text.len > 0 && text.p[text.len - 1] == '.')
		text.len--;
	if (text.len < SENTENCE_BYTES_MIN)
		return;
	if (s->n == s->cap) {
		size_t cap = s->cap > 0 ? s->cap * 2 : 4096;
		struct sentence *p =
		    ww_arena_array(s->c->arena, cap, sizeof(*p));

		if (s->n > 0)
			memcpy(p, s->p, s->n * sizeof(*p));
		s->p = p;
		s->cap = cap;
	}
	s->p[s->n++] = (struct sentence){ text, topic };
}

static void
split_sentences(struct sentences *s, struct ww_slice text, uint32_t topic)
{
	size_t start = 0;

	for (size_t i = 0; i + 1 < text.len; i++) {
		if ((text.p[i] != '.' && text.p[i] != ';') ||
		    text.p[i + 1] != ' ')
			continue;
		add_sentence(s, ww_slice_part(text, start, i - start), topic);
		start = i + 1;
	}
	add_sentence(s, ww_slice_from(text, start), topic);
}

/* The name of a log or a component is no sentence: many topics name it. */
static bool
is_label(const struct ww_field *field)
{
	struct ww_slice key;

	if (field->key == NULL)
		return false;
	key = ww_slice_cstr(field->key);
	return ww_slice_eq(key, WW_LIT("where")) ||
	       ww_slice_eq(key, WW_LIT("who"));
}

/* Every text of a record and of its children; steps are shared on purpose. */
static void
collect_sentences(struct sentences *s, enum ww_section section, uint32_t record,
		  uint32_t topic)
{
	const struct ww_schema *schema = ww_schema_of(section);
	const struct image *im = &s->c->image;

	for (size_t i = 0; i < schema->n_fields; i++) {
		const struct ww_field *f = &schema->fields[i];
		uint32_t at = image_get(im, section, record, f->at);

		if (f->kind == WW_KIND_TEXT && !is_label(f))
			split_sentences(s, image_text_at(im, at, 0), topic);
		if (f->kind != WW_KIND_LIST)
			continue;
		for (uint32_t n = image_get(im, section, record, f->at + 1);
		     n > 0; n--)
			collect_sentences(s, (enum ww_section)f->target,
					  at + n - 1, topic);
	}
}

static int
compare_sentences(const void *a, const void *b)
{
	const struct sentence *sa = a, *sb = b;
	int order = ww_slice_casecmp(sa->text, sb->text);

	if (order != 0)
		return order;
	return sa->topic < sb->topic ? -1 : sa->topic > sb->topic;
}

static void
check_sentences(struct compiler *c)
{
	struct sentences s = { .c = c };
	uint32_t topics = 1;

	for (uint32_t t = 0; t < image_count(&c->image, WW_S_TOPIC); t++)
		collect_sentences(&s, WW_S_TOPIC, t, t);
	if (s.n > 0)
		qsort(s.p, s.n, sizeof(*s.p), compare_sentences);
	for (size_t i = 1; i < s.n; i++) {
		if (ww_slice_casecmp(s.p[i].text, s.p[i - 1].text) != 0)
			topics = 1;
		else if (s.p[i].topic != s.p[i - 1].topic)
			topics++;
		if (topics != SENTENCE_TOPICS_MAX + 1)
			continue;
		at_record(c, WW_S_TOPIC, s.p[i].topic);
		problem(&c->problems, "stands in over %d topics: \"%.*s\"",
			SENTENCE_TOPICS_MAX, (int)s.p[i].text.len,
			s.p[i].text.p);
	}
}

/* What rank.c relies on. */
static void
check_family(struct compiler *c, uint32_t family)
{
	at_record(c, WW_S_FAMILY, family);
	if (image_get(&c->image, WW_S_FAMILY, family, WW_FAMILY_PROMINENCE) >
	    PROMINENCE_MAX)
		problem(&c->problems, "prominence is above %d", PROMINENCE_MAX);
}

static void
check_parameters(struct compiler *c, uint32_t n)
{
	if (n != WW_STOP_PARAMETERS_EACH)
		problem(&c->problems, "%u parameters, a stop code has %d", n,
			WW_STOP_PARAMETERS_EACH);
}

static void
check_stop_case(struct compiler *c, uint32_t at)
{
	const struct image *im = &c->image;
	uint32_t parameter =
	    image_get(im, WW_S_STOP_CASE, at, WW_STOP_CASE_PARAMETER);
	struct ww_slice value =
	    image_str_at(im,
			 image_get(im, WW_S_STOP_CASE, at, WW_STOP_CASE_VALUE));
	uint32_t n =
	    image_get(im, WW_S_STOP_CASE, at, WW_STOP_CASE_PARAMETERS + 1);
	uint64_t number;

	if (parameter == 0 || parameter > WW_STOP_PARAMETERS_EACH)
		problem(&c->problems, "there is no parameter %u", parameter);
	if (!ww_slice_hex(value, &number))
		problem(&c->problems, "\"%.*s\" is no hexadecimal number",
			(int)value.len, value.p);
	if (n > 0)
		check_parameters(c, n);
}

static void
check_stop(struct compiler *c, uint32_t stop)
{
	const struct image *im = &c->image;
	uint32_t at = image_get(im, WW_S_STOP, stop, WW_STOP_CASES);
	uint32_t n = image_get(im, WW_S_STOP, stop, WW_STOP_CASES + 1);

	at_record(c, WW_S_STOP, stop);
	check_parameters(c, image_get(im, WW_S_STOP, stop,
				      WW_STOP_PARAMETERS + 1));
	for (uint32_t i = 0; i < n; i++)
		check_stop_case(c, at + i);
}

/* Whether somebody who browses comes upon the topic. */
static bool
has_symptom(const struct image *im, uint32_t topic)
{
	for (uint32_t i = 0; i < image_count(im, WW_S_SYMPTOM); i++) {
		uint32_t at = image_get(im, WW_S_SYMPTOM, i, WW_SYMPTOM_TOPICS);
		uint32_t n =
		    image_get(im, WW_S_SYMPTOM, i, WW_SYMPTOM_TOPICS + 1);

		for (uint32_t k = 0; k < n; k++)
			if (image_get(im, WW_S_ID, at + k, 0) == topic)
				return true;
	}
	return false;
}

static void
check_symptom_of(struct compiler *c, uint32_t topic)
{
	at_record(c, WW_S_TOPIC, topic);
	if (!has_symptom(&c->image, topic))
		problem(&c->problems, "stands under no symptom");
}

void
check_knowledge(struct compiler *c)
{
	static const enum ww_section named[] = {
		WW_S_SOURCE,  WW_S_FAMILY,    WW_S_CONTEXT,   WW_S_STEP,
		WW_S_TOPIC,   WW_S_SIGNATURE, WW_S_STOP,      WW_S_EVENT_KIND,
		WW_S_SYMPTOM, WW_S_TROUBLE,   WW_S_PROBE_STEP
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(named); i++)
		check_unique_ids(c, named[i]);
	for (uint32_t i = 0; i < image_count(&c->image, WW_S_FAMILY); i++)
		check_family(c, i);
	for (uint32_t i = 0; i < image_count(&c->image, WW_S_STEP); i++)
		check_step(c, i);
	for (uint32_t i = 0; i < image_count(&c->image, WW_S_TOPIC); i++)
		check_topic(c, i);
	for (uint32_t i = 0; i < image_count(&c->image, WW_S_TOPIC); i++)
		check_symptom_of(c, i);
	for (uint32_t i = 0; i < image_count(&c->image, WW_S_STOP); i++)
		check_stop(c, i);
	check_sentences(c);
}
