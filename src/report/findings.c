/*
 * Findings: each with its sentence, its lines, what it contradicts and what
 * to do; then the lines that look bad and are not.
 */
#include "base/message.h"
#include "code/number.h"
#include "report/diagnosis.h"
#include "report/fills.h"

#include "base/banned.h"

/* Harmless kinds of lines that are told, most frequent first. */
#define HARMLESS_MAX 12

static const char *const confidences[] = {
	[WW_CONFIDENCE_POSSIBLE] = "possible",
	[WW_CONFIDENCE_LIKELY] = "likely",
	[WW_CONFIDENCE_CERTAIN] = "certain",
};

/* Filling a sentence */

/* What the line held, then what is known of the episode. */
static void
collect_fills(struct ww_telling *t, const struct ww_finding *f,
	      struct ww_fills *ret)
{
	const struct ww_episode *e = f->told.episode;

	if (f->hit != NULL)
		ww_fills_add_captures(ret, f->hit->captures);
	if (e == NULL)
		return;
	for (const struct ww_note *n = e->notes; n != NULL; n = n->next)
		ww_fills_add(ret, n->name, n->value);
	ww_fills_add(ret, WW_LIT("subject"), e->subject);
	if (e->has_code)
		ww_fills_add(ret, WW_LIT("code"), ww_tell_end(t, e));
}

/* False: a hole of the sentence is left open. */
static bool
fill(struct ww_telling *t, const struct ww_finding *f, struct ww_text *text)
{
	struct ww_fills fills = { .arena = &t->report->arena,
				  .redact = t->d->analyser.redact };

	collect_fills(t, f, &fills);
	return ww_fills_fill(&fills, text);
}

/* It broke off; one that finds damage, named or not, has come to a result. */
static bool
came_to_nothing(const struct ww_episode *e)
{
	return e->n_bad == 0 &&
	       (e->has_code || ww_episode_note(e, "not-checked").len > 0);
}

/* The sentence for a failure whose cause is not known. */
static struct ww_text
failed_title(struct ww_telling *t, const struct ww_finding *f)
{
	struct ww_rec kind =
	    ww_rec_at(t->report->c, WW_S_EPISODE_KIND, f->group->kind);
	unsigned lang = t->report->lang;
	struct ww_text text = ww_rec_text(kind, WW_EPISODE_KIND_FAILED, lang);
	bool whole = fill(t, f, &text);
	struct ww_slice crash = ww_tell_crash_title(t, f);

	if (crash.len > 0)
		return (struct ww_text){ .s = crash };

	if (came_to_nothing(f->told.episode) &&
	    ww_rec_num(kind, WW_EPISODE_KIND_NO_ITEMS) != 0)
		return ww_rec_text(kind, WW_EPISODE_KIND_NO_ITEMS, lang);

	return whole ? text : ww_rec_text(kind, WW_EPISODE_KIND_BARE, lang);
}

static bool
is_crash(const struct ww_finding *f)
{
	return f->group != NULL && f->told.episode != NULL &&
	       f->told.episode->suspicion != WW_SUSPECT_UNSAID;
}

struct ww_text
ww_tell_title(struct ww_telling *t, const struct ww_finding *f)
{
	unsigned lang = t->report->lang;
	struct ww_text text =
	    ww_rec_text(f->signature, WW_SIGNATURE_TITLE, lang);

	/* What a dump says of a stop is the same whatever its code. */
	if (f->signature.p == NULL || is_crash(f))
		return failed_title(t, f);
	/* A hole that nothing fills: the cause says it without. */
	if (!fill(t, f, &text) && f->cause.p != NULL)
		return ww_rec_text(f->cause, WW_CAUSE_TITLE, lang);
	return text;
}

struct ww_text
ww_tell_number(struct ww_telling *t, const struct ww_finding *f)
{
	return ww_rec_text(f->number, WW_CODE_MEANING, t->report->lang);
}

/* Codes */

static void
add_code(struct ww_telling *t, struct ww_node *list, enum ww_code_kind kind,
	 uint32_t code)
{
	struct ww_slice text = ww_tell_code_of(t, kind, code);
	const struct ww_node *child = ww_node_child(list);

	for (; child != NULL; child = ww_node_next(child))
		if (ww_slice_eq(ww_node_text(child), text))
			return;
	ww_add_slice(t->report, list, WW_NODE_CODE_FOUND, text);
}

static void
add_codes_of(struct ww_telling *t, struct ww_node *list,
	     const struct ww_episode *e)
{
	if (e->has_code)
		add_code(t, list, e->code_kind, e->code);
	for (const struct ww_seen *s = e->codes; s != NULL; s = s->next)
		add_code(t, list, s->kind, s->value);
}

/* The number it ended with, or that with which another log tells of it. */
static void
add_value(struct ww_telling *t, struct ww_node *node,
	  const struct ww_finding *f)
{
	const struct ww_episode *e = f->told.episode;
	const struct ww_echo *echo = f->echoes;

	for (; !e->has_code && echo != NULL; echo = echo->next)
		e = echo->failure->variant->latest;
	if (e->has_code)
		ww_add_slice(t->report, node, WW_NODE_VALUE, ww_tell_end(t, e));
}

/* The outcome first, then what was seen on the way; echoes behind. */
static void
add_codes(struct ww_telling *t, struct ww_node *node,
	  const struct ww_finding *f)
{
	struct ww_node *list = ww_add(t->report, node, WW_NODE_CODES_FOUND);

	if (f->told.episode == NULL)
		return;
	add_codes_of(t, list, f->told.episode);
	for (const struct ww_echo *e = f->echoes; e != NULL; e = e->next)
		add_codes_of(t, list, e->failure->variant->latest);
	add_value(t, node, f);
}

/* Steps, and what would settle the rest */

static void
add_steps(struct ww_telling *t, struct ww_node *node,
	  const struct ww_finding *f)
{
	struct ww_node *steps = ww_add(t->report, node, WW_NODE_STEPS);
	uint32_t n = ww_rec_num(f->cause, WW_CAUSE_STEPS + 1);

	for (uint32_t i = 0; i < n; i++)
		ww_page_step(t->report, steps,
			     ww_rec_id(f->cause, WW_CAUSE_STEPS, WW_S_STEP, i));
}

/* Without a cause: what would tell the topic's causes apart. */
static void
add_open_question(struct ww_telling *t, struct ww_node *node,
		  const struct ww_finding *f)
{
	struct ww_list all = ww_rec_list(f->topic, WW_TOPIC_CAUSES, WW_S_CAUSE);
	struct ww_list settle =
	    ww_rec_list(f->topic, WW_TOPIC_SETTLE, WW_S_SETTLE);
	struct ww_node *list;

	if (f->cause.p != NULL || f->topic.p == NULL)
		return;
	ww_page_field(t->report, node, WW_NODE_LEAD,
		      ww_list_at(t->report->c, settle, 0), WW_SETTLE_LEAD);
	ww_add_slice(t->report, node, WW_NODE_COMMAND,
		     ww_rec_str(ww_list_at(t->report->c, settle, 0),
				WW_SETTLE_COMMAND));
	list = ww_add(t->report, node, WW_NODE_LOOKED_FOR);
	for (uint32_t i = 0; i < all.count; i++) {
		struct ww_rec cause = ww_list_at(t->report->c, all, i);
		struct ww_node *item =
		    ww_add(t->report, list, WW_NODE_RULED_OUT);

		ww_page_field(t->report, item, WW_NODE_WHAT, cause,
			      WW_CAUSE_TITLE);
		ww_page_field(t->report, item, WW_NODE_TEST, cause,
			      WW_CAUSE_SETTLE);
	}
}

/* How often, since when. */
static void
add_history(struct ww_telling *t, struct ww_node *node,
	    const struct ww_finding *f)
{
	if (f->stops != NULL) {
		ww_add_number(t->report, node, WW_NODE_COUNT,
			      (int64_t)f->stops->count);
		ww_add_number(t->report, node, WW_NODE_FAILING,
			      (int64_t)f->stops->count);
		ww_tell_time(t, node, WW_NODE_SINCE, f->stops->first);
		return;
	}
	if (f->group != NULL) {
		ww_add_number(t->report, node, WW_NODE_COUNT,
			      (int64_t)f->failure->variant->count);
		ww_add_number(t->report, node, WW_NODE_FAILING,
			      (int64_t)f->group->failing);
		if (f->group->good.file != NULL)
			ww_tell_time(t, node, WW_NODE_LAST_SUCCESS,
				     f->group->good.episode->end);
		ww_tell_time(t, node, WW_NODE_SINCE,
			     f->failure->variant->first);
		return;
	}
	ww_add_number(t->report, node, WW_NODE_COUNT, (int64_t)f->hit->count);
	ww_tell_time(t, node, WW_NODE_SINCE, f->hit->first_time);
}

static void
add_quotes(struct ww_telling *t, struct ww_node *node,
	   const struct ww_finding *f)
{
	struct ww_node *list = ww_add(t->report, node, WW_NODE_QUOTES);

	for (const struct ww_proof *p = f->proofs; p != NULL; p = p->next)
		ww_tell_quote(t, list, p->file, p->quote);
}

/* What the episode was about and what of it is broken. */
static void
add_items(struct ww_telling *t, struct ww_node *node,
	  const struct ww_finding *f)
{
	const struct ww_episode *e = f->told.episode;
	struct ww_node *list;

	/* The steps of a conversation are told with it. */
	if (e == NULL || e->items == NULL || e->kind == WW_EPISODE_WSUS_PROBE)
		return;
	list = ww_add(t->report, node, WW_NODE_ITEMS);
	for (const struct ww_item *i = e->items; i != NULL; i = i->next) {
		struct ww_node *item = ww_add(t->report, list, WW_NODE_ITEM);

		ww_tell_slice(t, item, WW_NODE_ID, i->name);
		ww_tell_slice(t, item, WW_NODE_DETAIL_TEXT, i->detail);
		ww_add_slice(t->report, item, WW_NODE_STATE,
			     ww_tr(t->report, i->state));
	}
	if (e->n_items > e->n_kept)
		ww_add_number(t->report, node, WW_NODE_OMITTED,
			      (int64_t)e->n_items - e->n_kept);
}

/* Whether more is told than another log's record of the same failure. */
static bool
is_another(const struct ww_finding *f, const struct ww_echo *e)
{
	const struct ww_episode *mine = f->told.episode;
	const struct ww_episode *its = e->failure->variant->latest;

	if (e->group == f->group)
		return false;
	return e->group->kind != f->group->kind || e->group->subject.len > 0 ||
	       mine == NULL || mine->code != its->code;
}

/* What failed too, as a part of it or because of it. */
static void
add_echoes(struct ww_telling *t, struct ww_node *node,
	   const struct ww_finding *f)
{
	struct ww_node *list = NULL;

	for (const struct ww_echo *e = f->echoes; e != NULL; e = e->next) {
		struct ww_rec kind =
		    ww_rec_at(t->report->c, WW_S_EPISODE_KIND, e->group->kind);
		struct ww_node *item;

		if (!is_another(f, e))
			continue;
		if (list == NULL)
			list = ww_add(t->report, node, WW_NODE_ECHOES);
		item = ww_add(t->report, list, WW_NODE_ECHO);
		ww_add_slice(t->report, item, WW_NODE_KIND,
			     ww_rec_str(kind, WW_EPISODE_KIND_ID));
		ww_page_field(t->report, item, WW_NODE_TITLE, kind,
			      WW_EPISODE_KIND_TITLE);
		ww_tell_slice(t, item, WW_NODE_SUBJECT, e->group->subject);
		if (e->failure->variant->latest->has_code)
			ww_add_slice(t->report, item, WW_NODE_VALUE,
				     ww_tell_end(t,
						 e->failure->variant->latest));
	}
}

static struct ww_slice
id_of(struct ww_telling *t, const struct ww_finding *f)
{
	struct ww_buf buf = ww_buf_in(&t->report->arena);
	struct ww_rec kind;

	if (f->signature.p != NULL)
		return ww_rec_str(f->signature, WW_SIGNATURE_ID);
	kind = ww_rec_at(t->report->c, WW_S_EPISODE_KIND, f->group->kind);
	ww_buf_add(&buf, ww_rec_str(kind, WW_EPISODE_KIND_ID));
	ww_buf_char(&buf, '-');
	ww_buf_add(&buf, f->told.episode->has_code
			     ? ww_tell_end(t, f->told.episode)
			     : WW_LIT("failed"));
	return ww_buf_slice(&buf);
}

/* Its episode is one of those that it is about, and not alone. */
static bool
is_of_several(const struct ww_finding *f)
{
	return f->stops != NULL && f->stops->pattern == WW_STOPS_CHANGING;
}

/* What is known of the failure beside the lines that show it. */
static void
add_facts(struct ww_telling *t, struct ww_node *node,
	  const struct ww_finding *f)
{
	const struct ww_episode *e = f->told.episode;

	if (e == NULL || is_of_several(f))
		return;
	ww_tell_facts(t, node, e);
	ww_tell_crash(t, node, e);
	if (f->policy != NULL)
		ww_tell_slice(t, node, WW_NODE_POLICY, f->policy->value);
	ww_tell_slice(t, node, WW_NODE_LISTED, f->listed);
	if (e->extend != 0)
		ww_page_extend(t->report, node, e->extend);
}

/* Without a cause: what is known of the number, or of what it is about. */
static void
add_explanation(struct ww_telling *t, struct ww_node *node,
		const struct ww_finding *f)
{
	struct ww_text text = ww_tell_number(t, f);

	if (text.s.len == 0)
		text = ww_rec_text(f->topic, WW_TOPIC_SUMMARY, t->report->lang);
	ww_add_text(t->report, node, WW_NODE_EXPLANATION, text);
}

static void
add_finding(struct ww_telling *t, struct ww_node *list,
	    const struct ww_finding *f)
{
	struct ww_report *r = t->report;
	struct ww_node *node = ww_add(r, list, WW_NODE_FINDING);

	ww_add_slice(r, node, WW_NODE_ID, id_of(t, f));
	ww_add_slice(r, node, WW_NODE_FINDING_TOPIC,
		     ww_rec_str(f->topic, WW_TOPIC_ID));
	ww_add_slice(r, node, WW_NODE_FINDING_CAUSE,
		     ww_rec_str(f->cause, WW_CAUSE_ID));
	ww_page_field(r, node, WW_NODE_CAUSE_TITLE, f->cause, WW_CAUSE_TITLE);
	ww_add_slice(r, node, WW_NODE_SEVERITY, WW_LIT("fault"));
	ww_add_slice(r, node, WW_NODE_CONFIDENCE,
		     ww_slice_cstr(confidences[f->confidence]));
	ww_tell_slice(t, node, WW_NODE_MACHINE, f->told.file->machine);
	ww_tell_text(t, node, WW_NODE_TITLE, ww_tell_title(t, f));
	/* What the cause is, where the line only shows it. */
	ww_page_field(r, node, WW_NODE_EXPLANATION, f->signature,
		      WW_SIGNATURE_BECAUSE);
	if (f->cause.p == NULL)
		add_explanation(t, node, f);
	add_codes(t, node, f);
	add_history(t, node, f);
	add_quotes(t, node, f);
	add_facts(t, node, f);
	add_items(t, node, f);
	ww_tell_contradicts(t, node, f);
	add_echoes(t, node, f);
	add_open_question(t, node, f);
	add_steps(t, node, f);
	ww_page_source_ids(r, node, f->signature, WW_SIGNATURE_SOURCES);
}

static void
add_harmless(struct ww_telling *t, struct ww_node *list,
	     const struct ww_harmless *h)
{
	struct ww_report *r = t->report;
	struct ww_node *node = ww_add(r, list, WW_NODE_FINDING);

	ww_add_slice(r, node, WW_NODE_ID,
		     ww_rec_str(h->signature, WW_SIGNATURE_ID));
	ww_add_slice(r, node, WW_NODE_SEVERITY, WW_LIT("harmless"));
	ww_page_word(r, node, WW_NODE_CERTAINTY, h->signature,
		     WW_SIGNATURE_CERTAINTY, WW_WORDS_CERTAINTY);
	ww_page_field(r, node, WW_NODE_TITLE, h->signature, WW_SIGNATURE_TITLE);
	ww_page_field(r, node, WW_NODE_EXPLANATION, h->signature,
		      WW_SIGNATURE_BECAUSE);
	ww_add_number(r, node, WW_NODE_COUNT, (int64_t)h->count);
	ww_tell_quote(t, ww_add(r, node, WW_NODE_QUOTES), h->file,
		      &h->hit->first);
	ww_page_source_ids(r, node, h->signature, WW_SIGNATURE_SOURCES);
}

void
ww_tell_findings(struct ww_telling *t)
{
	struct ww_node *list =
	    ww_add(t->report, t->report->root, WW_NODE_FINDINGS);
	const struct ww_harmless *h = t->d->conclusion.harmless;

	for (const struct ww_finding *f = t->d->conclusion.findings; f != NULL;
	     f = f->next)
		add_finding(t, list, f);
	for (int n = 0; h != NULL && n < HARMLESS_MAX; h = h->next, n++)
		add_harmless(t, list, h);
}
