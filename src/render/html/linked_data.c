#include "render/html/linked_data.h"

#include "base/banned.h"

static void
member(struct ww_html *h, const char *name, struct ww_slice text)
{
	if (text.len == 0)
		return;
	ww_html_add(h, ",\"");
	ww_html_add(h, name);
	ww_html_add(h, "\":");
	ww_html_json(h, text);
}

static void
article(struct ww_html *h, const struct ww_node *root,
	const struct ww_node *reading)
{
	const struct ww_node *name = ww_html_first(reading, WW_NODE_NAMES);
	const struct ww_node *topic = ww_node_find(reading, WW_NODE_TOPIC);
	struct ww_slice changed = ww_child_text(topic, WW_NODE_CHANGED);

	ww_html_add(h, "{\"@type\":\"TechArticle\"");
	member(h, "headline",
	       ww_colon_text(h->r, ww_shown_value(reading),
			     ww_child_text(topic, WW_NODE_TITLE)));
	member(h, "name", ww_child_text(name, WW_NODE_ID));
	member(h, "description", ww_child_text(reading, WW_NODE_MEANING));
	member(h, "inLanguage", ww_child_text(root, WW_NODE_LANG));
	member(h, "url", h->page->address);
	member(h, "dateModified", changed);
	ww_html_add(h, "}");
}

static void
questions(struct ww_html *h, const struct ww_node *qa)
{
	bool first = true;

	if (qa == NULL)
		return;
	ww_html_add(h, ",{\"@type\":\"FAQPage\",\"mainEntity\":[");
	for (; qa != NULL; qa = ww_node_next(qa)) {
		ww_html_add(h, first ? "" : ",");
		first = false;
		ww_html_add(h, "{\"@type\":\"Question\"");
		member(h, "name", ww_child_text(qa, WW_NODE_QUESTION));
		ww_html_add(h, ",\"acceptedAnswer\":{\"@type\":\"Answer\"");
		member(h, "text", ww_child_text(qa, WW_NODE_ANSWER_TEXT));
		ww_html_add(h, "}}");
	}
	ww_html_add(h, "]}");
}

void
ww_html_linked_data(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *reading = ww_html_first_reading(root);

	if (reading == NULL)
		return;
	ww_html_add(h, "<script type=\"application/ld+json\">"
		       "{\"@context\":\"https://schema.org\",\"@graph\":[");
	article(h, root, reading);
	questions(h, ww_html_first(reading, WW_NODE_FAQ));
	ww_html_add(h, "]}</script>\n");
}
