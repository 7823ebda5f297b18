/*
 * How to tell the causes apart: what to look at first, then a table that
 * leads to them.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static const struct ww_node *
cause_at(const struct ww_node *reading, struct ww_slice number)
{
	const struct ww_node *cause = ww_html_first(reading, WW_NODE_CAUSES);
	unsigned n = 0;

	for (size_t i = 0; i < number.len && n < 1000; i++)
		n = n * 10 + (unsigned)(number.p[i] - '0');
	while (cause != NULL && n-- > 1)
		cause = ww_node_next(cause);
	return cause;
}

static void
columns(struct ww_html *h, const struct ww_node *settle)
{
	const struct ww_node *n = ww_html_first(settle, WW_NODE_COLUMNS);

	ww_html_add(h, "<thead><tr>");
	for (; n != NULL; n = ww_node_next(n)) {
		ww_html_add(h, "<th scope=\"col\">");
		ww_html_node(h, n);
		ww_html_add(h, "</th>");
	}
	ww_html_element(h, "th scope=\"col\"",
			ww_tr(h->r->report, N_("cause")));
	ww_html_add(h, "</tr></thead>\n");
}

static void
branch(struct ww_html *h, const struct ww_node *reading,
       const struct ww_node *node)
{
	struct ww_slice number = ww_child_text(node, WW_NODE_CAUSE_NUMBER);
	const struct ww_node *cell = ww_html_first(node, WW_NODE_CELLS);

	ww_html_add(h, "<tr>");
	for (; cell != NULL; cell = ww_node_next(cell)) {
		ww_html_add(h, "<td>");
		ww_html_node(h, cell);
		ww_html_add(h, "</td>");
	}
	ww_html_add(h, "<td>");
	if (number.len > 0) {
		ww_html_add(h, "<a href=\"#");
		ww_html_text(h, h->prefix);
		ww_html_add(h, "cause-");
		ww_html_text(h, number);
		ww_html_add(h, "\">");
		ww_html_text(h, number);
		ww_html_add(h, "&#160; ");
		ww_html_child(h, cause_at(reading, number), WW_NODE_TITLE);
		ww_html_add(h, "</a>");
	} else {
		ww_html_child(h, node, WW_NODE_VERDICT);
	}
	ww_html_add(h, "</td></tr>\n");
}

void
ww_html_settle(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *settle = ww_node_find(reading, WW_NODE_SETTLE);
	const struct ww_node *n = ww_html_first(settle, WW_NODE_BRANCHES);

	if (settle == NULL)
		return;
	ww_html_section(h, "which", N_("Which cause?"));
	ww_html_wrap(h, "p", settle, WW_NODE_LEAD);
	ww_html_commands(h, ww_child_text(settle, WW_NODE_COMMAND));
	if (n != NULL) {
		ww_html_add(h, "<table class=\"decide\">\n");
		columns(h, settle);
		ww_html_add(h, "<tbody>\n");
		for (; n != NULL; n = ww_node_next(n))
			branch(h, reading, n);
		ww_html_add(h, "</tbody></table>\n");
	}
	ww_html_add(h, "</section>\n");
}
