/*
 * What a topic adds to a page: the failure explained, what it rules out, how
 * to tell its causes apart, and the steps.
 */
#include "base/message.h"
#include "code/number.h"
#include "report/page.h"

#include "base/banned.h"

struct topic_page {
	struct ww_report *report;
	struct ww_node *node;
	const struct ww_reading *reading;
	struct ww_slice text; /* what the user pasted */
	struct ww_rec topic;
};

static void
add_paragraphs(struct ww_report *report, struct ww_node *parent,
	       enum ww_node_kind list_kind, enum ww_node_kind item_kind,
	       struct ww_list paragraphs)
{
	struct ww_node *list = ww_add(report, parent, list_kind);

	for (uint32_t i = 0; i < paragraphs.count; i++)
		ww_page_field(report, list, item_kind,
			      ww_list_at(report->c, paragraphs, i),
			      WW_PARAGRAPH_TEXT);
}

static void
add_heading(const struct topic_page *p)
{
	struct ww_node *topic = ww_add(p->report, p->node, WW_NODE_TOPIC);

	ww_add_slice(p->report, topic, WW_NODE_ID,
		     ww_rec_str(p->topic, WW_TOPIC_ID));
	ww_page_word(p->report, topic, WW_NODE_KIND, p->topic, WW_TOPIC_KIND,
		     WW_WORDS_TOPIC);
	ww_page_field(p->report, topic, WW_NODE_TITLE, p->topic,
		      WW_TOPIC_TITLE);
	ww_add_slice(p->report, topic, WW_NODE_CHANGED,
		     ww_rec_str(p->topic, WW_TOPIC_CHANGED));
	add_paragraphs(p->report, p->node, WW_NODE_DETAIL, WW_NODE_PARAGRAPH,
		       ww_rec_list(p->topic, WW_TOPIC_MEANING, WW_S_PARAGRAPH));
}

static void
add_raised(const struct topic_page *p)
{
	struct ww_list raised =
	    ww_rec_list(p->topic, WW_TOPIC_RAISED, WW_S_RAISED);
	struct ww_node *list = ww_add(p->report, p->node, WW_NODE_RAISED);

	for (uint32_t i = 0; i < raised.count; i++) {
		struct ww_rec rec = ww_list_at(p->report->c, raised, i);
		struct ww_node *item =
		    ww_add(p->report, list, WW_NODE_OCCASION);

		ww_page_field(p->report, item, WW_NODE_WHO, rec, WW_RAISED_WHO);
		ww_page_field(p->report, item, WW_NODE_WHEN, rec,
			      WW_RAISED_WHEN);
		ww_page_source_ids(p->report, item, rec, WW_RAISED_SOURCES);
	}
}

static void
add_branch(const struct topic_page *p, struct ww_node *branches,
	   struct ww_rec rec)
{
	struct ww_node *branch = ww_add(p->report, branches, WW_NODE_BRANCH);
	uint32_t cause = ww_rec_num(rec, WW_BRANCH_CAUSE_AT);

	add_paragraphs(p->report, branch, WW_NODE_CELLS, WW_NODE_CELL,
		       ww_rec_list(rec, WW_BRANCH_WHEN, WW_S_PARAGRAPH));
	if (cause > 0)
		ww_add_number(p->report, branch, WW_NODE_CAUSE_NUMBER, cause);
	ww_page_field(p->report, branch, WW_NODE_VERDICT, rec,
		      WW_BRANCH_VERDICT);
}

static void
add_settle(const struct topic_page *p)
{
	struct ww_list all =
	    ww_rec_list(p->topic, WW_TOPIC_SETTLE, WW_S_SETTLE);
	struct ww_rec rec = ww_list_at(p->report->c, all, 0);
	struct ww_list list = ww_rec_list(rec, WW_SETTLE_BRANCHES, WW_S_BRANCH);
	struct ww_node *settle = ww_add(p->report, p->node, WW_NODE_SETTLE);
	struct ww_node *branches;

	ww_page_field(p->report, settle, WW_NODE_LEAD, rec, WW_SETTLE_LEAD);
	ww_add_slice(p->report, settle, WW_NODE_COMMAND,
		     ww_rec_str(rec, WW_SETTLE_COMMAND));
	add_paragraphs(p->report, settle, WW_NODE_COLUMNS, WW_NODE_COLUMN,
		       ww_rec_list(rec, WW_SETTLE_COLUMNS, WW_S_PARAGRAPH));
	branches = ww_add(p->report, settle, WW_NODE_BRANCHES);
	for (uint32_t i = 0; i < list.count; i++)
		add_branch(p, branches, ww_list_at(p->report->c, list, i));
}

static bool
number_holds(const struct ww_spelled *s, enum ww_match kind, uint64_t v)
{
	switch (kind) {
	case WW_MATCH_EXTEND:
		return s->has_extend && s->extend == v;
	case WW_MATCH_PHASE:
		return s->has_extend && s->extend >> 16 == v;
	case WW_MATCH_OPERATION:
		return s->has_extend && (s->extend & 0xffff) == v;
	case WW_MATCH_STOPS:
		return false; /* one stop is given: see diagnose/stops.c */
	default:
		return s->n_params > (unsigned)kind - WW_MATCH_P1 &&
		       ww_drop_sign(s->params[kind - WW_MATCH_P1]) ==
			   ww_drop_sign(v);
	}
}

/* Whether what the user gave fulfils one condition of a cause. */
static bool
condition_holds(const struct topic_page *p, struct ww_rec match)
{
	struct ww_slice rest = ww_rec_str(match, WW_MATCH_VALUE);
	enum ww_match kind = (enum ww_match)ww_rec_num(match, WW_MATCH_KIND);
	uint64_t v;

	if (kind == WW_MATCH_TEXT)
		return ww_slice_casehas(p->text, rest);
	/* Any of several numbers is enough. */
	while (rest.len > 0)
		if (ww_slice_hex(ww_slice_item(&rest), &v) &&
		    number_holds(&p->reading->spelled, kind, v))
			return true;
	return false;
}

static bool
cause_matches(const struct topic_page *p, struct ww_rec cause)
{
	struct ww_list list = ww_rec_list(cause, WW_CAUSE_MATCH, WW_S_MATCH);

	for (uint32_t i = 0; i < list.count; i++)
		if (!condition_holds(p, ww_list_at(p->report->c, list, i)))
			return false;
	return list.count > 0;
}

static void
add_evidence(const struct topic_page *p, struct ww_node *cause,
	     struct ww_rec rec)
{
	struct ww_list signs =
	    ww_rec_list(rec, WW_CAUSE_EVIDENCE, WW_S_EVIDENCE);
	struct ww_node *list = ww_add(p->report, cause, WW_NODE_EVIDENCE);

	for (uint32_t i = 0; i < signs.count; i++) {
		struct ww_rec sign = ww_list_at(p->report->c, signs, i);
		struct ww_node *item = ww_add(p->report, list, WW_NODE_SIGN);

		ww_page_field(p->report, item, WW_NODE_WHERE, sign,
			      WW_EVIDENCE_WHERE);
		ww_page_field(p->report, item, WW_NODE_SHOWS, sign,
			      WW_EVIDENCE_SHOWS);
	}
}

static void
add_cause(const struct topic_page *p, struct ww_node *causes, struct ww_rec rec,
	  bool shown)
{
	struct ww_node *cause = ww_add(p->report, causes, WW_NODE_CAUSE);
	uint32_t n = ww_rec_num(rec, WW_CAUSE_STEPS + 1);
	struct ww_node *ids;

	ww_add_slice(p->report, cause, WW_NODE_ID,
		     ww_rec_str(rec, WW_CAUSE_ID));
	ww_page_field(p->report, cause, WW_NODE_TITLE, rec, WW_CAUSE_TITLE);
	ww_page_word(p->report, cause, WW_NODE_LIKELIHOOD, rec,
		     WW_CAUSE_LIKELIHOOD, WW_WORDS_LIKELIHOOD);
	if (shown || cause_matches(p, rec))
		ww_add_bool(p->report, cause, WW_NODE_MATCHED, true);
	add_evidence(p, cause, rec);
	ww_page_field(p->report, cause, WW_NODE_TEST, rec, WW_CAUSE_SETTLE);
	ids = ww_add(p->report, cause, WW_NODE_STEP_IDS);
	for (uint32_t i = 0; i < n; i++)
		ww_add_slice(p->report, ids, WW_NODE_STEP_ID,
			     ww_rec_str(ww_rec_id(rec, WW_CAUSE_STEPS,
						  WW_S_STEP, i),
					WW_STEP_ID));
	ww_page_word(p->report, cause, WW_NODE_CERTAINTY, rec,
		     WW_CAUSE_CERTAINTY, WW_WORDS_CERTAINTY);
	ww_page_source_ids(p->report, cause, rec, WW_CAUSE_SOURCES);
}

static bool
has_id(const struct ww_node *list, struct ww_slice id)
{
	const struct ww_node *child = ww_node_child(list);

	for (; child != NULL; child = ww_node_next(child))
		if (ww_slice_eq(ww_node_text(ww_node_find(child, WW_NODE_ID)),
				id))
			return true;
	return false;
}

static void
add_causes_and_steps(const struct topic_page *p)
{
	struct ww_list list =
	    ww_rec_list(p->topic, WW_TOPIC_CAUSES, WW_S_CAUSE);
	struct ww_node *causes = ww_add(p->report, p->node, WW_NODE_CAUSES);
	struct ww_node *steps = ww_add(p->report, p->node, WW_NODE_STEPS);

	for (uint32_t i = 0; i < list.count; i++) {
		struct ww_rec cause = ww_list_at(p->report->c, list, i);
		uint32_t n = ww_rec_num(cause, WW_CAUSE_STEPS + 1);

		add_cause(p, causes, cause, i + 1 == p->reading->cause);
		for (uint32_t k = 0; k < n; k++) {
			struct ww_rec step =
			    ww_rec_id(cause, WW_CAUSE_STEPS, WW_S_STEP, k);

			if (!has_id(steps, ww_rec_str(step, WW_STEP_ID)))
				ww_page_step(p->report, steps, step);
		}
	}
}

static void
add_folklore(const struct topic_page *p)
{
	struct ww_list all =
	    ww_rec_list(p->topic, WW_TOPIC_FOLKLORE, WW_S_FOLKLORE);
	struct ww_node *list;

	if (all.count == 0)
		return;
	list = ww_add(p->report, p->node, WW_NODE_FOLKLORE);
	for (uint32_t i = 0; i < all.count; i++) {
		struct ww_rec rec = ww_list_at(p->report->c, all, i);
		struct ww_node *item =
		    ww_add(p->report, list, WW_NODE_ADVICE_ITEM);

		ww_page_field(p->report, item, WW_NODE_ADVICE, rec,
			      WW_FOLKLORE_ADVICE);
		ww_page_field(p->report, item, WW_NODE_BECAUSE, rec,
			      WW_FOLKLORE_WHY);
		ww_page_source_ids(p->report, item, rec, WW_FOLKLORE_SOURCES);
	}
}

static void
add_faq(const struct topic_page *p)
{
	struct ww_list all = ww_rec_list(p->topic, WW_TOPIC_FAQ, WW_S_FAQ);
	struct ww_node *list = ww_add(p->report, p->node, WW_NODE_FAQ);

	for (uint32_t i = 0; i < all.count; i++) {
		struct ww_rec rec = ww_list_at(p->report->c, all, i);
		struct ww_node *item = ww_add(p->report, list, WW_NODE_QA);

		ww_page_field(p->report, item, WW_NODE_QUESTION, rec,
			      WW_FAQ_QUESTION);
		ww_page_field(p->report, item, WW_NODE_ANSWER_TEXT, rec,
			      WW_FAQ_ANSWER);
		ww_page_source_ids(p->report, item, rec, WW_FAQ_SOURCES);
	}
}

void
ww_page_topic(struct ww_report *report, struct ww_node *node,
	      const struct ww_reading *reading, struct ww_slice text)
{
	const struct topic_page page = { .report = report,
					 .node = node,
					 .reading = reading,
					 .text = text,
					 .topic = reading->topic };

	if (reading->topic.p == NULL)
		return;
	add_heading(&page);
	add_raised(&page);
	ww_page_rules_out(report, ww_add(report, node, WW_NODE_RULES_OUT),
			  page.topic);
	add_settle(&page);
	add_causes_and_steps(&page);
	add_folklore(&page);
	add_faq(&page);
}
