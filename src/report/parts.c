/*
 * Records of the catalogue as parts of a page or of a finding.
 */
#include "report/page.h"

#include "base/banned.h"

void
ww_page_field(struct ww_report *report, struct ww_node *parent,
	      enum ww_node_kind kind, struct ww_rec rec, unsigned at)
{
	ww_add_text(report, parent, kind, ww_rec_text(rec, at, report->lang));
}

struct ww_node *
ww_page_item(struct ww_report *report, struct ww_node *list,
	     enum ww_node_kind kind, struct ww_rec rec, unsigned id,
	     unsigned title)
{
	struct ww_node *item = ww_add(report, list, kind);

	ww_add_slice(report, item, WW_NODE_ID, ww_rec_str(rec, id));
	ww_page_field(report, item, WW_NODE_TITLE, rec, title);
	return item;
}

struct ww_rec
ww_page_code(const struct ww_report *report, enum ww_space space,
	     uint32_t value)
{
	struct ww_range range = ww_catalogue_value(report->c, value);

	for (uint32_t i = 0; i < range.count; i++) {
		struct ww_rec code =
		    ww_rec_at(report->c, WW_S_CODE, range.first + i);

		if (ww_rec_num(code, WW_CODE_SPACE) == (uint32_t)space)
			return code;
	}
	return (struct ww_rec){ 0 };
}

struct ww_text
ww_page_named(struct ww_report *report, struct ww_rec code)
{
	struct ww_text ret = ww_rec_text(code, WW_CODE_MEANING, report->lang);
	struct ww_buf buf = ww_buf_in(&report->arena);

	ww_buf_add(&buf, ww_rec_str(code, WW_CODE_NAME));
	if (ret.s.len > 0)
		ww_buf_add(&buf, WW_LIT(": "));
	ww_buf_add(&buf, ret.s);
	ret.s = ww_buf_slice(&buf);
	return ret;
}

void
ww_page_word(struct ww_report *report, struct ww_node *parent,
	     enum ww_node_kind kind, struct ww_rec rec, unsigned at,
	     enum ww_words words)
{
	ww_add_slice(report, parent, kind, ww_rec_word(rec, at, words));
}

void
ww_page_source_ids(struct ww_report *report, struct ww_node *parent,
		   struct ww_rec rec, unsigned at)
{
	uint32_t n = ww_rec_num(rec, at + 1);
	struct ww_node *list;

	if (n == 0)
		return;
	list = ww_add(report, parent, WW_NODE_SOURCE_IDS);
	for (uint32_t i = 0; i < n; i++) {
		struct ww_rec source = ww_rec_id(rec, at, WW_S_SOURCE, i);
		struct ww_node *id = ww_add(report, list, WW_NODE_SOURCE_ID);

		id->text = ww_rec_str(source, WW_SOURCE_ID);
		id->record = ww_rec_number(source, WW_S_SOURCE);
	}
}

void
ww_page_rules_out(struct ww_report *r, struct ww_node *list,
		  struct ww_rec topic)
{
	struct ww_list rules =
	    ww_rec_list(topic, WW_TOPIC_RULES_OUT, WW_S_RULED_OUT);

	for (uint32_t i = 0; i < rules.count; i++) {
		struct ww_rec rec = ww_list_at(r->c, rules, i);
		struct ww_node *item = ww_add(r, list, WW_NODE_RULED_OUT);

		ww_page_field(r, item, WW_NODE_WHAT, rec, WW_RULED_OUT_WHAT);
		ww_page_field(r, item, WW_NODE_BECAUSE, rec,
			      WW_RULED_OUT_BECAUSE);
		ww_page_word(r, item, WW_NODE_SCOPE, rec, WW_RULED_OUT_SCOPE,
			     WW_WORDS_SIDE);
		ww_page_field(r, item, WW_NODE_BUT, rec, WW_RULED_OUT_BUT);
		ww_page_word(r, item, WW_NODE_CERTAINTY, rec,
			     WW_RULED_OUT_CERTAINTY, WW_WORDS_CERTAINTY);
		ww_page_source_ids(r, item, rec, WW_RULED_OUT_SOURCES);
	}
}

void
ww_page_step(struct ww_report *r, struct ww_node *steps, struct ww_rec rec)
{
	struct ww_node *step = ww_add(r, steps, WW_NODE_STEP);

	ww_add_slice(r, step, WW_NODE_ID, ww_rec_str(rec, WW_STEP_ID));
	ww_page_field(r, step, WW_NODE_TITLE, rec, WW_STEP_TITLE);
	ww_page_word(r, step, WW_NODE_SIDE, rec, WW_STEP_SIDE, WW_WORDS_SIDE);
	ww_page_field(r, step, WW_NODE_PLACE, rec, WW_STEP_PLACE);
	ww_page_word(r, step, WW_NODE_SHELL, rec, WW_STEP_SHELL,
		     WW_WORDS_SHELL);
	ww_add_bool(r, step, WW_NODE_ELEVATED,
		    ww_rec_num(rec, WW_STEP_ELEVATED) != 0);
	ww_page_word(r, step, WW_NODE_RISK, rec, WW_STEP_RISK, WW_WORDS_RISK);
	ww_page_field(r, step, WW_NODE_RISK_WHY, rec, WW_STEP_RISK_WHY);
	ww_page_field(r, step, WW_NODE_PRECHECK, rec, WW_STEP_PRECHECK);
	ww_add_slice(r, step, WW_NODE_COMMANDS,
		     ww_rec_str(rec, WW_STEP_COMMANDS));
	ww_page_field(r, step, WW_NODE_EXPECT, rec, WW_STEP_EXPECT);
	ww_page_field(r, step, WW_NODE_UNDO, rec, WW_STEP_UNDO);
	ww_page_field(r, step, WW_NODE_STOP, rec, WW_STEP_STOP);
	ww_page_word(r, step, WW_NODE_CERTAINTY, rec, WW_STEP_CERTAINTY,
		     WW_WORDS_CERTAINTY);
	ww_page_source_ids(r, step, rec, WW_STEP_SOURCES);
}
