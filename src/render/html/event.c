/*
 * Events of Windows: what one says and where its code stands.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static void
field(struct ww_html *h, const struct ww_node *node)
{
	ww_html_add(h, "<li>");
	ww_html_wrap(h, "code", node, WW_NODE_ID);
	ww_html_add(h, " ");
	ww_html_child(h, node, WW_NODE_WHAT);
	ww_html_add(h, " ");
	ww_html_element(h, "span class=\"soft\"",
			ww_field_code_text(h->r, node));
	ww_html_values(h, ww_html_first(node, WW_NODE_VALUES));
	ww_html_add(h, "</li>\n");
}

static void
form(struct ww_html *h, const struct ww_node *node, int64_t n)
{
	const struct ww_node *f = ww_html_first(node, WW_NODE_FIELDS);

	if (f == NULL)
		return;
	ww_html_add(h, "<section");
	ww_html_id(h, "fields", n);
	ww_html_add(h, ">\n");
	ww_html_open_heading(h, 0, "");
	ww_html_tr(h, N_("Fields"));
	ww_html_close_heading(h, 0);
	if (ww_node_find(node, WW_NODE_VERSIONS) != NULL)
		ww_html_element(
		    h, "p class=\"tags\"",
		    ww_colon_text(h->r, ww_tr(h->r->report, N_("version")),
				  ww_child_text(node, WW_NODE_VERSIONS)));
	ww_html_add(h, "\n<ol>\n");
	for (; f != NULL; f = ww_node_next(f))
		field(h, f);
	ww_html_add(h, "</ol>\n</section>\n");
}

static void
event_head(struct ww_html *h, const struct ww_node *event)
{
	ww_html_add(h, "<header>\n<p class=\"kind\">");
	ww_html_child(h, event, WW_NODE_PROVIDER);
	ww_html_add(h, "</p>\n");
	h->level--;
	ww_html_open_heading(h, 0, "");
	ww_html_wrap(h, "span class=\"value\"", event, WW_NODE_NUMBER);
	ww_html_add(h, " ");
	ww_html_child(h, event, WW_NODE_TITLE);
	ww_html_close_heading(h, 0);
	h->level++;
	ww_html_wrap(h, "p class=\"lead\"", event, WW_NODE_SAYS);
	ww_html_add(h, "<p class=\"tags\">");
	ww_html_tag(h, "", NULL, ww_child_text(event, WW_NODE_WEIGHT));
	ww_html_tag(h, "", NULL, ww_child_text(event, WW_NODE_CERTAINTY));
	ww_html_add(h, "</p>\n");
	if (ww_node_find(event, WW_NODE_NEXT) != NULL) {
		ww_html_add(h, "<div class=\"first\"><p><b>");
		ww_html_tr(h, N_("look at"));
		ww_html_add(h, "</b> ");
		ww_html_child(h, event, WW_NODE_NEXT);
		ww_html_add(h, "</p></div>\n");
	}
	ww_html_add(h, "</header>\n");
}

void
ww_html_events(struct ww_html *h, const struct ww_node *events)
{
	const struct ww_node *e = ww_node_child(events);
	struct ww_slice before = h->prefix;
	unsigned level = h->level;

	for (int64_t n = 1; e != NULL; e = ww_node_next(e), n++) {
		const struct ww_node *f = ww_html_first(e, WW_NODE_FORMS);

		h->prefix = ww_html_prefix(h, before, 'e', n);
		/* A page has one title; further events are below it. */
		h->level = n == 1 ? level : level + 1;
		ww_html_add(h, "<article>\n");
		event_head(h, e);
		ww_html_add(h, "<div class=\"body\">\n");
		for (int64_t i = 1; f != NULL; f = ww_node_next(f), i++)
			form(h, f, i);
		ww_html_sources(h, e);
		ww_html_add(h, "</div>\n</article>\n");
	}
	h->prefix = before;
	h->level = level;
}
