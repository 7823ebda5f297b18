/*
 * Questions to a report: what was typed or pasted becomes codes, each code
 * its readings, each reading a page.
 */
#include <stdlib.h>

#include "base/message.h"
#include "base/utf8.h"
#include "code/find.h"
#include "code/number.h"
#include "code/writer.h"
#include "diagnose/cause.h"
#include "explain/names.h"
#include "report/page.h"
#include "report/recognised.h"
#include "report/redact.h"

#include "base/banned.h"

/* A pasted log holds thousands; a person reads the first few. */
#define ANSWERS_MAX 32

/* Names that share a prefix are listed up to here. */
#define SUGGESTIONS_MAX 12

/* Values that a misspelt code could have meant, before they are looked up. */
#define NEAR_MAX 64

/* Longer ones are read as text, whatever they look like. */
#define ARGUMENT_MAX 256

struct asking {
	struct ww_report *report;
	struct ww_node *answers;
	struct ww_hints hints;
	struct ww_slice text; /* the whole question */
	bool redact;
	struct ww_known_lines lines; /* of the text */
	size_t n_answers;
	size_t n_omitted;
};

static struct ww_node *
add_answer(struct asking *a, struct ww_slice query)
{
	struct ww_node *answer = ww_add(a->report, a->answers, WW_NODE_ANSWER);

	a->n_answers++;
	/* The caller's text may be gone before the report is. */
	query.p = ww_arena_copy(&a->report->arena, query.p, query.len);
	ww_add_slice(a->report, answer, WW_NODE_QUERY, query)->told = true;
	return answer;
}

/* Which cause of the topic the first line that tells of it shows; or 0. */
static uint32_t
cause_shown(const struct ww_known_lines *lines, struct ww_rec topic)
{
	for (size_t i = 0; i < lines->n && topic.p != NULL; i++) {
		struct ww_rec signature = lines->p[i].signature;

		if (ww_signature_topic(signature).p == topic.p)
			return ww_rec_num(signature, WW_SIGNATURE_CAUSE_AT);
	}
	return 0;
}

static void
add_readings(struct asking *a, struct ww_node *answer,
	     const struct ww_readings *readings)
{
	struct ww_node *list = ww_add(a->report, answer, WW_NODE_READINGS);

	for (size_t i = 0; i < readings->n; i++) {
		struct ww_reading reading = readings->p[i];

		reading.cause = cause_shown(&a->lines, reading.topic);
		ww_page_reading(a->report, list, &reading, a->text);
		if (readings->p[i].kind != WW_READING_STRUCTURE ||
		    readings->p[i].topic.p != NULL ||
		    ww_facility(a->report->c, readings->p[i].space,
				readings->p[i].value >> 16 & 0xfff)
			    .p != NULL)
			a->report->known = true;
	}
}

/* All readings of the two ways to read the digits, the likelier way first. */
static struct ww_readings
read_number(struct asking *a, const struct ww_spelled *spelled, size_t n)
{
	struct ww_readings all = ww_readings_of(&a->report->arena, a->report->c,
						&spelled[0], &a->hints);

	for (size_t i = 1; i < n; i++) {
		struct ww_readings more =
		    ww_readings_of(&a->report->arena, a->report->c, &spelled[i],
				   &a->hints);
		struct ww_reading *p =
		    ww_arena_array(&a->report->arena, all.n + more.n,
				   sizeof(*p));
		size_t at = 0;

		/* The better way to read comes first; structure adds nothing.
		 */
		for (size_t k = 0; k < all.n; k++)
			p[at++] = all.p[k];
		for (size_t k = 0; k < more.n; k++)
			if (more.p[k].kind != WW_READING_STRUCTURE)
				p[at++] = more.p[k];
		all = (struct ww_readings){ .p = p, .n = at };
	}
	return all;
}

static bool
is_known_value(const struct asking *a, uint32_t value)
{
	return ww_catalogue_value(a->report->c, value).count > 0 ||
	       ww_topic_keys(a->report->c, value).count > 0;
}

/* What a number of which nothing is known may have meant. */
static void
suggest_near(struct asking *a, struct ww_node *answer, struct ww_slice query)
{
	uint32_t values[NEAR_MAX];
	size_t n = ww_spelling_near(query, values, NEAR_MAX), shown = 0;
	struct ww_node *list = NULL;

	for (size_t i = 0; i < n && shown < SUGGESTIONS_MAX; i++) {
		if (!is_known_value(a, values[i]))
			continue;
		if (list == NULL)
			list = ww_add(a->report, answer, WW_NODE_SUGGESTIONS);
		ww_add_hex(a->report, list, WW_NODE_SUGGESTION, values[i]);
		shown++;
	}
}

static bool
all_structure(const struct ww_readings *readings)
{
	for (size_t i = 0; i < readings->n; i++)
		if (readings->p[i].kind != WW_READING_STRUCTURE)
			return false;
	return true;
}

static void
answer_number(struct asking *a, struct ww_slice query,
	      const struct ww_spelled *spelled, size_t n)
{
	struct ww_readings readings = read_number(a, spelled, n);
	struct ww_node *answer = add_answer(a, query);

	add_readings(a, answer, &readings);
	if (all_structure(&readings))
		suggest_near(a, answer, query);
}

/* Whether the name has this number today, and a sentence of its own. */
static bool
is_current(const struct asking *a, const struct ww_reading *r)
{
	struct ww_rec code = { a->report->c, NULL };

	if (r->n_codes > 0)
		code = ww_rec_at(a->report->c, WW_S_CODE, r->codes[0]);
	return ww_rec_num(code, WW_CODE_MEANING) != 0 &&
	       (ww_rec_num(code, WW_CODE_FLAGS) & WW_FLAG_DEPRECATED) == 0;
}

/* E_FAIL is 0x80004005 today and was 0x80000008 in 16 bits. */
static void
insert_reading(const struct asking *a, struct ww_readings *all,
	       const struct ww_reading *r)
{
	size_t at = all->n++;

	for (; at > 0 && is_current(a, r) && !is_current(a, &all->p[at - 1]);
	     at--)
		all->p[at] = all->p[at - 1];
	all->p[at] = *r;
}

/* Every code that has the name; one answer, since it was one question. */
static bool
answer_name(struct asking *a, struct ww_slice query)
{
	struct ww_range range = ww_catalogue_name(a->report->c, query, 1);
	struct ww_readings all = { 0 };

	if (range.count == 0)
		return false;
	all.p = ww_arena_array(&a->report->arena, range.count, sizeof(*all.p));
	for (uint32_t i = 0; i < range.count; i++) {
		struct ww_readings one =
		    ww_readings_of_code(&a->report->arena, a->report->c,
					ww_catalogue_named(a->report->c,
							   range.first + i),
					&a->hints);

		if (one.n > 0)
			insert_reading(a, &all, &one.p[0]);
	}
	add_readings(a, add_answer(a, query), &all);
	return true;
}

static struct ww_slice
name_at(const struct asking *a, uint32_t place)
{
	struct ww_entry entry = { 0 };

	ww_catalogue_entry(a->report->c,
			   ww_catalogue_named(a->report->c, place), 0, &entry);
	return entry.name;
}

/* A prefix of names: the only one is the answer, several are suggested. */
static bool
answer_prefix(struct asking *a, struct ww_slice query)
{
	struct ww_range range = ww_catalogue_name(a->report->c, query, 0);
	struct ww_slice before = { 0 };
	struct ww_node *list;
	size_t shown = 0;

	if (range.count == 0 || query.len < 4)
		return false;
	/* Equal names stand side by side. */
	if (ww_slice_eq(name_at(a, range.first),
			name_at(a, range.first + range.count - 1)))
		return answer_name(a, name_at(a, range.first));
	a->report->known = true;
	list = ww_add(a->report, add_answer(a, query), WW_NODE_SUGGESTIONS);
	for (uint32_t i = 0; i < range.count && shown < SUGGESTIONS_MAX; i++) {
		struct ww_slice name = name_at(a, range.first + i);

		if (ww_slice_eq(name, before))
			continue;
		ww_add_slice(a->report, list, WW_NODE_SUGGESTION, name);
		before = name;
		shown++;
	}
	return true;
}

static bool
same_number(const struct ww_spelled *a, const struct ww_spelled *b)
{
	if (a->value != b->value || a->has_extend != b->has_extend ||
	    a->extend != b->extend || a->n_params != b->n_params)
		return false;
	for (unsigned i = 0; i < a->n_params; i++)
		if (a->params[i] != b->params[i])
			return false;
	return true;
}

static bool
is_seen(const struct ww_sighting *seen, size_t n, const struct ww_sighting *s)
{
	for (size_t i = 0; i < n; i++) {
		bool is_name = s->spelled.form == WW_FORM_NAME;

		if ((seen[i].spelled.form == WW_FORM_NAME) != is_name)
			continue;
		if (is_name ? ww_slice_casecmp(seen[i].text, s->text) == 0
			    : same_number(&seen[i].spelled, &s->spelled))
			return true;
	}
	return false;
}

/* 0x800f081f - CBS_E_SOURCE_MISSING: the name says the number again. */
static bool
repeats_number(const struct asking *a, const struct ww_sighting *seen, size_t n,
	       struct ww_slice name)
{
	const struct ww_catalogue *c = a->report->c;
	struct ww_range range = ww_catalogue_name(c, name, 1);

	for (uint32_t i = 0; i < range.count; i++) {
		struct ww_rec code =
		    ww_rec_at(c, WW_S_CODE,
			      ww_catalogue_named(c, range.first + i));
		uint32_t v = ww_rec_num(code, WW_CODE_VALUE);

		for (size_t k = 0; k < n; k++)
			if (seen[k].spelled.form != WW_FORM_NAME &&
			    (seen[k].spelled.value == v ||
			     seen[k].spelled.value ==
				 ww_hresult_from_win32(v).v))
				return true;
	}
	return false;
}

/* A number whose surroundings tell who writes so. */
static void
answer_sighting(struct asking *a, struct ww_slice text,
		const struct ww_sighting *s)
{
	static const struct {
		const char *context, *why;
	} of[] = {
		[WW_WRITER_INSTALLER] = {
			"msi",
			N_("Windows Installer shows its messages so"),
		},
		[WW_WRITER_DEVICES] = {
			"device",
			N_("Device Manager writes its codes so"),
		},
		[WW_WRITER_SCHANNEL] = {
			"tls",
			N_("Schannel writes the alerts of TLS so"),
		},
	};
	const struct ww_hints given = a->hints;
	enum ww_writer writer = ww_writer_of(text, s);

	if (given.context.p == NULL && of[writer].context != NULL) {
		a->hints.context =
		    ww_context(a->report->c, ww_slice_cstr(of[writer].context));
		a->hints.context_why = of[writer].why;
	}
	answer_number(a, s->text, &s->spelled, 1);
	a->hints = given;
}

/* Each different code of a text; mentions past the limit are counted. */
static bool
answer_text(struct asking *a, struct ww_slice text)
{
	const struct ww_name_lookup names = ww_names_of(a->report->c);
	struct ww_find find = ww_find_in(text, &names);
	struct ww_sighting seen[ANSWERS_MAX], s;
	size_t n = 0;

	while (ww_find_next(&find, &s)) {
		if (is_seen(seen, n, &s) ||
		    (s.spelled.form == WW_FORM_NAME &&
		     repeats_number(a, seen, n, s.text)))
			continue;
		if (n == ANSWERS_MAX) {
			a->n_omitted++;
			continue;
		}
		seen[n++] = s;
		if (s.spelled.form == WW_FORM_NAME)
			answer_name(a, s.text);
		else
			answer_sighting(a, text, &s);
	}
	return n > 0;
}

/* The topic of the first line that has one. */
static struct ww_rec
topic_of(const struct ww_known_lines *lines)
{
	struct ww_rec topic = { 0 };

	for (size_t i = 0; i < lines->n && topic.p == NULL; i++)
		topic = ww_signature_topic(lines->p[i].signature);
	return topic;
}

/* A text without a code, in which lines of logs are known. */
static struct ww_node *
answer_lines(struct asking *a, struct ww_slice query)
{
	struct ww_node *answer = add_answer(a, query);
	struct ww_reading reading = { .topic = topic_of(&a->lines) };

	a->report->known = true;
	reading.cause = cause_shown(&a->lines, reading.topic);
	ww_page_field(a->report, answer, WW_NODE_SUMMARY, reading.topic,
		      WW_TOPIC_SUMMARY);
	ww_page_background(a->report, answer, &reading, a->text);
	return answer;
}

/* What its codes mean, what its lines tell: the lines with the first answer. */
static bool
answer_words(struct asking *a, struct ww_slice text, struct ww_slice query)
{
	struct ww_node *before = a->answers->last, *first;

	ww_recognise(&a->report->arena, a->report->c, text, &a->lines);
	if (answer_text(a, text))
		first = before == NULL ? a->answers->child : before->next;
	else if (a->lines.n > 0)
		first = answer_lines(a, query);
	else
		return false;
	ww_page_recognised(a->report, first, &a->lines, a->redact);
	return true;
}

struct event_asked {
	struct asking *a;
	struct ww_slice query;
};

static struct ww_node *
add_event_answer(void *ctx)
{
	struct event_asked *asked = ctx;

	asked->a->report->known = true;
	return add_answer(asked->a, asked->query);
}

/* "Event ID 4625", "WindowsUpdateClient 20" */
static bool
answer_event(struct asking *a, struct ww_slice query)
{
	struct event_asked asked = { a, query };

	return ww_page_events(a->report, query, add_event_answer, &asked);
}

/* Not the whole of a long text as a question again. */
static struct ww_slice
query_of(struct ww_slice argument)
{
	if (argument.len == 0)
		return WW_LIT("\"\"");
	return ww_utf8_cut(argument, ARGUMENT_MAX);
}

static void
answer(struct asking *a, struct ww_slice text)
{
	struct ww_slice argument = ww_slice_trim(text);
	struct ww_spelled spelled[WW_SPELLED_MAX];
	size_t n = argument.len <= ARGUMENT_MAX
		       ? ww_spelling_parse(argument, spelled)
		       : 0;

	a->text = text;
	a->lines.n = 0;
	if (n > 0)
		answer_number(a, argument, spelled, n);
	else if (answer_event(a, argument))
		return;
	else if (ww_spelling_is_name(argument) &&
		 (answer_name(a, argument) || answer_prefix(a, argument)))
		return;
	else if (!answer_words(a, text, query_of(argument)))
		suggest_near(a, add_answer(a, query_of(argument)),
			     query_of(argument));
}

static struct ww_rec
find_family(const struct ww_catalogue *c, struct ww_slice id)
{
	for (uint32_t i = 0; i < ww_count(c, WW_S_FAMILY); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_FAMILY, i);

		if (ww_slice_casecmp(ww_rec_str(r, WW_FAMILY_ID), id) == 0)
			return r;
	}
	return (struct ww_rec){ c, NULL };
}

static enum ww_status
read_hints(const struct ww_catalogue *c, const struct ww_question *q,
	   struct ww_hints *ret, struct ww_error *reterr)
{
	*ret = (struct ww_hints){ .space = WW_SPACES,
				  .family = { c, NULL },
				  .context = { c, NULL } };
	if (q->as.len > 0) {
		ret->space = ww_space_from_id(q->as);
		/* "http" and "msi" are families, "win32" is both: a space. */
		if (ret->space == WW_SPACES)
			ret->family = find_family(c, q->as);
		if (ret->space == WW_SPACES && ret->family.p == NULL) {
			*reterr = (struct ww_error){
				.status = WW_INVALID,
				.why = N_("no number space or family has "
					  "this name"),
			};
			return WW_INVALID;
		}
	}
	if (q->in.len > 0) {
		ret->context = ww_context(c, q->in);
		if (ret->context.p == NULL) {
			*reterr = (struct ww_error){
				.status = WW_INVALID,
				.why = N_("no context has this name"),
			};
			return WW_INVALID;
		}
	}
	return WW_OK;
}

struct questions {
	const struct ww_question *p;
	const struct ww_hints *hints;
	size_t n;
};

static void
answer_all(struct ww_report *report, void *ctx)
{
	const struct questions *questions = ctx;
	struct asking a = { .report = report };

	a.answers = ww_add(report, report->root, WW_NODE_ANSWERS);
	for (size_t i = 0; i < questions->n; i++) {
		a.hints = questions->hints[i];
		a.redact = questions->p[i].redact;
		answer(&a,
		       ww_utf8_from_any(&report->arena, questions->p[i].text));
	}
	if (a.n_omitted > 0)
		ww_add_number(report, report->root, WW_NODE_OMITTED,
			      (int64_t)a.n_omitted);
	if (questions->n > 0 && questions->p[0].redact)
		ww_report_redact(report, ww_pseudonyms_new(&report->arena));
}

enum ww_status
ww_explain(const struct ww_catalogue *c, const struct ww_question *questions,
	   size_t n, struct ww_report **ret, struct ww_error *reterr)
{
	struct ww_hints *hints = calloc(n + 1, sizeof(*hints));
	struct questions all = { .p = questions, .hints = hints, .n = n };
	enum ww_status st = WW_OK;

	if (hints == NULL)
		return ww_report_no_memory(reterr);
	for (size_t i = 0; i < n && st == WW_OK; i++)
		st = read_hints(c, &questions[i], &hints[i], reterr);
	if (st == WW_OK)
		st = ww_report_make(c, n > 0 ? questions[0].lang : 0, "explain",
				    answer_all, &all, ret, reterr);
	free(hints);
	return st;
}
