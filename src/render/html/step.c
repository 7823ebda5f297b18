/*
 * A step, folded: its title and risk are seen, the rest when it is wanted.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static const char *
risk_class(const struct ww_node *step)
{
	if (ww_child_is(step, WW_NODE_RISK, "none"))
		return "good";
	if (ww_child_is(step, WW_NODE_RISK, "high"))
		return "bad";
	return ww_child_is(step, WW_NODE_RISK, "low") ? "" : "warn";
}

static void
summary(struct ww_html *h, const struct ww_node *step)
{
	ww_html_add(h, "<summary>");
	ww_html_child(h, step, WW_NODE_TITLE);
	ww_html_add(h, " <span class=\"tags\">");
	ww_html_tag(h, risk_class(step), N_("risk"),
		    ww_child_text(step, WW_NODE_RISK));
	if (!ww_child_is(step, WW_NODE_SHELL, "none"))
		ww_html_tag(h, "", NULL, ww_child_text(step, WW_NODE_SHELL));
	if (ww_child_is(step, WW_NODE_ELEVATED, "true"))
		ww_html_element(h, "span", ww_tr(h->r->report, N_("elevated")));
	ww_html_add(h, "</span></summary>\n");
}

void
ww_html_step(struct ww_html *h, const struct ww_node *step, bool open)
{
	size_t start;

	ww_html_add(h, open ? "<details open>" : "<details>");
	summary(h, step);
	start = ww_html_open_facts(h);
	ww_html_fact_node(h, N_("where"), step, WW_NODE_PLACE);
	ww_html_fact_node(h, N_("risk"), step, WW_NODE_RISK_WHY);
	ww_html_fact_node(h, N_("first"), step, WW_NODE_PRECHECK);
	ww_html_close_facts(h, start);
	ww_html_commands(h, ww_child_text(step, WW_NODE_COMMANDS));
	start = ww_html_open_facts(h);
	ww_html_fact_node(h, N_("expect"), step, WW_NODE_EXPECT);
	ww_html_fact_node(h, N_("undo"), step, WW_NODE_UNDO);
	ww_html_fact_node(h, N_("stop if"), step, WW_NODE_STOP);
	ww_html_close_facts(h, start);
	ww_html_cite(h, step);
	ww_html_add(h, "</details>");
}
