/*
 * What is known of lines: of those in a kind of log, and of those in a text.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

void
ww_html_topic_of(struct ww_html *h, const struct ww_node *node)
{
	const struct ww_node *topic = ww_node_find(node, WW_NODE_TOPIC);

	if (topic == NULL)
		return;
	ww_html_add(h, "<p>");
	ww_html_open_link(h, "topic", ww_child_text(topic, WW_NODE_ID));
	ww_html_child(h, topic, WW_NODE_TITLE);
	ww_html_add(h, "</a></p>");
}

void
ww_html_recognised(struct ww_html *h, const struct ww_node *of)
{
	const struct ww_node *n = ww_html_first(of, WW_NODE_RECOGNISED);

	if (n == NULL)
		return;
	ww_html_section(h, "recognised", N_("Recognised in it"));
	ww_html_add(h, "<ul class=\"plain topics\">\n");
	for (; n != NULL; n = ww_node_next(n)) {
		ww_html_add(h, "<li><b>");
		ww_html_text(h, ww_sign_text(h->r, n, WW_LIT("")));
		ww_html_child(h, n, WW_NODE_TITLE);
		ww_html_add(h, "</b>");
		ww_html_wrap(h, "p", n, WW_NODE_BECAUSE);
		ww_html_topic_of(h, n);
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ul>\n</section>\n");
}

/* What the first line is about; the line itself would be a long title. */
struct ww_slice
ww_html_line_title(struct ww_html *h, const struct ww_node *answer)
{
	const struct ww_node *topic = ww_node_find(answer, WW_NODE_TOPIC);
	const struct ww_node *sign = ww_html_first(answer, WW_NODE_RECOGNISED);

	if (topic != NULL)
		return ww_child_text(topic, WW_NODE_TITLE);
	return ww_sign_text(h->r, sign, ww_child_text(sign, WW_NODE_TITLE));
}

void
ww_html_known_lines(struct ww_html *h, const struct ww_node *answer)
{
	h->sources = ww_node_find(answer, WW_NODE_SOURCES);
	ww_html_add(h, "<article>\n<header>\n");
	ww_html_wrap(h, "p class=\"kind\"", answer, WW_NODE_QUERY);
	h->level--;
	ww_html_open_heading(h, 0, "");
	ww_html_text(h, ww_html_line_title(h, answer));
	ww_html_close_heading(h, 0);
	h->level++;
	ww_html_wrap(h, "p class=\"lead\"", answer, WW_NODE_SUMMARY);
	ww_html_add(h, "</header>\n<div class=\"side\">\n");
	ww_html_parts(h, answer);
	ww_html_add(h, "</div>\n<div class=\"body\">\n");
	ww_html_recognised(h, answer);
	ww_html_background(h, answer);
	ww_html_sources(h, answer);
	ww_html_add(h, "</div>\n</article>\n");
}
