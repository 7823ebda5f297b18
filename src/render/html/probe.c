/*
 * Conversations with update servers: the steps as a table, and what clients
 * end with.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static const char *
state_class(const struct ww_node *turn)
{
	if (ww_child_is(turn, WW_NODE_STATE, "ok"))
		return "td class=\"good\"";
	if (ww_child_is(turn, WW_NODE_STATE, "failed"))
		return "td class=\"bad\"";
	return "td class=\"warn\"";
}

static void
turn(struct ww_html *h, const struct ww_node *t)
{
	ww_html_add(h, "<tr>");
	ww_html_element(h, "td class=\"mono\"", ww_child_text(t, WW_NODE_ID));
	ww_html_element(h, state_class(t),
			ww_word_text(h->r, ww_child_text(t, WW_NODE_STATE)));
	ww_html_element(h, "td class=\"num\"", ww_turn_time(h->r, t));
	ww_html_add(h, "<td>");
	ww_html_text(h, ww_turn_figures(h->r, t));
	ww_html_wrap(h, "p", t, WW_NODE_BECAUSE);
	ww_html_wrap(h, "p class=\"mono\"", t, WW_NODE_REQUEST);
	ww_html_wrap(h, "p", t, WW_NODE_DETAIL_TEXT);
	ww_html_add(h, "</td></tr>\n");
}

static void
turns(struct ww_html *h, const struct ww_node *probe)
{
	static const char *const columns[] = { N_("step"), N_("state"),
					       N_("time"), N_("what") };
	const struct ww_node *t = ww_html_first(probe, WW_NODE_CONVERSATION);

	ww_html_add(h, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	ww_html_attr(h, "aria-label", ww_child_text(probe, WW_NODE_SUBJECT));
	ww_html_add(h, "><table>\n<thead><tr>");
	for (size_t i = 0; i < WW_ARRAY_LEN(columns); i++)
		ww_html_element(h, "th scope=\"col\"",
				ww_tr(h->r->report, columns[i]));
	ww_html_add(h, "</tr></thead>\n<tbody>\n");
	for (; t != NULL; t = ww_node_next(t))
		turn(h, t);
	ww_html_add(h, "</tbody></table></div>\n");
}

static void
facts(struct ww_html *h, const struct ww_node *probe)
{
	const struct ww_node *fact = ww_html_first(probe, WW_NODE_FACTS);
	const struct ww_node *client = ww_html_first(probe, WW_NODE_CLIENTS);

	ww_html_add(h, "<dl class=\"facts\">\n");
	for (; fact != NULL; fact = ww_node_next(fact)) {
		const char *name =
		    ww_fact_name(ww_child_text(fact, WW_NODE_ID));

		if (name != NULL)
			ww_html_fact_node(h, name, fact, WW_NODE_VALUE);
	}
	for (size_t i = 0; i < WW_BESIDES; i++)
		ww_html_fact_node(h, ww_besides[i].label, probe,
				  ww_besides[i].kind);
	ww_html_add(h, "</dl>\n");
	if (client == NULL)
		return;
	ww_html_open_heading(h, 1, "");
	ww_html_tr(h, N_("What clients end with"));
	ww_html_close_heading(h, 1);
	ww_html_add(h, "<dl class=\"facts\">\n");
	for (; client != NULL; client = ww_node_next(client)) {
		ww_html_element(
		    h, "dt",
		    ww_word_text(h->r,
				 ww_child_text(client, WW_NODE_GENERATION)));
		ww_html_element(h, "dd", ww_client_text(h->r, client));
	}
	ww_html_add(h, "</dl>\n");
}

void
ww_html_probes(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *p = ww_html_first(root, WW_NODE_PROBES);

	if (p == NULL)
		return;
	ww_html_section(h, "conversation",
			N_("The conversation with the update server"));
	for (; p != NULL; p = ww_node_next(p)) {
		ww_html_add(h, "<p>");
		ww_html_wrap(h, "span class=\"mono\"", p, WW_NODE_SUBJECT);
		ww_html_add(h, " ");
		ww_html_wrap(h, "span class=\"soft\"", p, WW_NODE_TIME);
		ww_html_add(h, "</p>\n");
		turns(h, p);
		facts(h, p);
	}
	ww_html_add(h, "</section>\n");
}
