/*
 * Lines that signatures know: those of a log in a list, and those that
 * somebody pasted.
 */
#include "report/recognised.h"

#include "diagnose/cause.h"
#include "report/page.h"
#include "report/redact.h"

#include "base/banned.h"

/* What the line shows, why, and the topic that goes on from there. */
static struct ww_node *
add_sign(struct ww_report *report, struct ww_node *list, struct ww_rec rec,
	 struct ww_text title)
{
	struct ww_node *item = ww_add(report, list, WW_NODE_SIGN);
	struct ww_rec topic = ww_rec_ref(rec, WW_SIGNATURE_TOPIC, WW_S_TOPIC);
	struct ww_node *shown;

	ww_add_slice(report, item, WW_NODE_ID,
		     ww_rec_str(rec, WW_SIGNATURE_ID));
	shown = ww_add_text(report, item, WW_NODE_TITLE, title);
	if (ww_rec_num(rec, WW_SIGNATURE_SAYS) == WW_SAYS_HARMLESS)
		ww_add_slice(report, item, WW_NODE_SEVERITY,
			     WW_LIT("harmless"));
	ww_page_field(report, item, WW_NODE_BECAUSE, rec, WW_SIGNATURE_BECAUSE);
	if (topic.p == NULL)
		return shown;
	item = ww_add(report, item, WW_NODE_TOPIC);
	ww_add_slice(report, item, WW_NODE_ID, ww_rec_str(topic, WW_TOPIC_ID));
	ww_page_field(report, item, WW_NODE_TITLE, topic, WW_TOPIC_TITLE);
	return shown;
}

void
ww_page_sign(struct ww_report *report, struct ww_node *list,
	     struct ww_rec signature)
{
	add_sign(report, list, signature,
		 ww_rec_text(signature, WW_SIGNATURE_TITLE, report->lang));
}

/* The title's holes by what the line had there. */
static bool
fill(struct ww_report *report, const struct ww_captures *captures, bool redact,
     struct ww_text *text)
{
	struct ww_fill fills[WW_CAPTURES_MAX + 1] = { { NULL, { 0 } } };
	struct ww_buf out = ww_buf_in(&report->arena);
	size_t n = 0;
	bool whole;

	for (unsigned i = 0; i < captures->n; i++) {
		struct ww_slice name = captures->p[i].name;
		struct ww_slice value = ww_page_hole(captures->p[i].value);
		struct ww_buf marked = ww_buf_in(&report->arena);

		if (value.len == 0)
			continue;
		if (redact)
			ww_redact_mark(&marked, value);
		fills[n++] = (struct ww_fill){
			.name = ww_arena_copy(&report->arena, name.p, name.len),
			.value = redact ? ww_buf_slice(&marked) : value,
		};
	}
	whole = ww_buf_template(&out, text->s, fills);
	text->s = ww_buf_slice(&out);
	return whole;
}

/* A hole that nothing fills: the cause says it without, or the topic. */
static struct ww_text
title_of(struct ww_report *report, const struct ww_recognised *line,
	 bool redact)
{
	struct ww_text text =
	    ww_rec_text(line->signature, WW_SIGNATURE_TITLE, report->lang);
	struct ww_rec cause = ww_signature_cause(line->signature);
	struct ww_rec topic =
	    ww_rec_ref(line->signature, WW_SIGNATURE_TOPIC, WW_S_TOPIC);

	if (fill(report, &line->captures, redact, &text) || topic.p == NULL)
		return text;
	return cause.p != NULL
		   ? ww_rec_text(cause, WW_CAUSE_TITLE, report->lang)
		   : ww_rec_text(topic, WW_TOPIC_TITLE, report->lang);
}

void
ww_page_recognised(struct ww_report *report, struct ww_node *answer,
		   const struct ww_recognised *lines, size_t n, bool redact)
{
	struct ww_node *list =
	    n == 0 ? NULL : ww_add(report, answer, WW_NODE_RECOGNISED);

	for (size_t i = 0; i < n; i++) {
		struct ww_node *title =
		    add_sign(report, list, lines[i].signature,
			     title_of(report, &lines[i], redact));

		if (title != NULL)
			title->told = title->marked = redact;
	}
}
