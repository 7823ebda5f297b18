/*
 * Lines that signatures know: those of a log in a list, and those that
 * somebody pasted.
 */
#include "report/recognised.h"

#include "diagnose/cause.h"
#include "report/fills.h"
#include "report/page.h"

#include "base/banned.h"

/* What the line shows, why, and the topic that goes on from there. */
static struct ww_node *
add_sign(struct ww_report *report, struct ww_node *list, struct ww_rec rec,
	 struct ww_text title)
{
	struct ww_node *item = ww_add(report, list, WW_NODE_SIGN);
	struct ww_rec topic = ww_signature_topic(rec);
	struct ww_node *shown;

	ww_add_slice(report, item, WW_NODE_ID,
		     ww_rec_str(rec, WW_SIGNATURE_ID));
	shown = ww_add_text(report, item, WW_NODE_TITLE, title);
	if (ww_rec_num(rec, WW_SIGNATURE_SAYS) == WW_SAYS_HARMLESS)
		ww_add_slice(report, item, WW_NODE_SEVERITY,
			     WW_LIT("harmless"));
	ww_page_field(report, item, WW_NODE_BECAUSE, rec, WW_SIGNATURE_BECAUSE);
	if (topic.p != NULL)
		ww_page_item(report, item, WW_NODE_TOPIC, topic, WW_TOPIC_ID,
			     WW_TOPIC_TITLE);
	return shown;
}

void
ww_page_sign(struct ww_report *report, struct ww_node *list,
	     struct ww_rec signature)
{
	add_sign(report, list, signature,
		 ww_rec_text(signature, WW_SIGNATURE_TITLE, report->lang));
}

/* A hole that nothing fills: the cause says it without, or the topic. */
static struct ww_text
title_of(struct ww_report *report, const struct ww_known_line *line,
	 bool redact)
{
	struct ww_fills fills = { .arena = &report->arena, .redact = redact };
	struct ww_text text =
	    ww_rec_text(line->signature, WW_SIGNATURE_TITLE, report->lang);
	struct ww_rec cause = ww_signature_cause(line->signature);
	struct ww_rec topic = ww_signature_topic(line->signature);

	ww_fills_add_captures(&fills, &line->captures);
	if (ww_fills_fill(&fills, &text) || topic.p == NULL)
		return text;
	return cause.p != NULL
		   ? ww_rec_text(cause, WW_CAUSE_TITLE, report->lang)
		   : ww_rec_text(topic, WW_TOPIC_TITLE, report->lang);
}

void
ww_page_recognised(struct ww_report *report, struct ww_node *answer,
		   const struct ww_known_lines *lines, bool redact)
{
	struct ww_node *list =
	    lines->n == 0 ? NULL : ww_add(report, answer, WW_NODE_RECOGNISED);

	for (size_t i = 0; i < lines->n; i++) {
		struct ww_node *title =
		    add_sign(report, list, lines->p[i].signature,
			     title_of(report, &lines->p[i], redact));

		if (title != NULL)
			title->told = title->marked = redact;
	}
}
