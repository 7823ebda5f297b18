/*
 * What was asked about codes, events and words: one article for each answer.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

/* A value is a code; a name stands for several. */
static void
suggestions(struct ww_html *h, const struct ww_node *s)
{
	if (s == NULL)
		return;
	ww_html_section(h, "meant", N_("Did you mean"));
	ww_html_add(h, "<ul>\n");
	for (; s != NULL; s = ww_node_next(s)) {
		ww_html_add(h, "<li>");
		ww_html_code(h, ww_node_text(s));
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ul>\n</section>\n");
}

static void
nothing(struct ww_html *h, const struct ww_node *answer)
{
	const struct ww_node *s = ww_html_first(answer, WW_NODE_SUGGESTIONS);

	ww_html_add(h, "<article>\n<header>\n");
	h->level--;
	ww_html_open_heading(h, 0, "");
	ww_html_child(h, answer, WW_NODE_QUERY);
	ww_html_close_heading(h, 0);
	h->level++;
	ww_html_element(h, "p class=\"lead\"",
			ww_tr(h->r->report,
			      s == NULL ? N_("nothing is known of this")
					: N_("is not a whole code or name")));
	ww_html_add(h, "\n</header>\n<div class=\"body\">\n");
	suggestions(h, s);
	ww_html_add(h, "</div>\n</article>\n");
}

static void
answer(struct ww_html *h, const struct ww_node *node)
{
	const struct ww_node *reading = ww_html_first(node, WW_NODE_READINGS);
	const struct ww_node *events = ww_node_find(node, WW_NODE_EVENTS);

	if (events != NULL)
		ww_html_events(h, events);
	else if (reading != NULL)
		ww_html_reading(h, reading, node);
	else if (ww_node_find(node, WW_NODE_RECOGNISED) != NULL)
		ww_html_known_lines(h, node);
	else
		nothing(h, node);
}

/* Several codes of one text, behind a list of them. */
static void
several(struct ww_html *h, const struct ww_node *first)
{
	const struct ww_node *a = first;

	ww_html_add(h, "<h1 class=\"several\">");
	ww_html_tr(h, N_("Codes"));
	ww_html_add(h, "</h1>\n<ol>\n");
	for (int64_t n = 1; a != NULL; a = ww_node_next(a), n++) {
		ww_html_add(h, "<li><a href=\"#a");
		ww_html_number(h, n);
		ww_html_add(h, "-top\">");
		ww_html_child(h, a, WW_NODE_QUERY);
		ww_html_add(h, "</a> ");
		ww_html_wrap(h, "code",
			     ww_html_first(ww_html_first(a, WW_NODE_READINGS),
					   WW_NODE_NAMES),
			     WW_NODE_ID);
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ol>\n");
	h->level = 3;
	a = first;
	for (int64_t n = 1; a != NULL; a = ww_node_next(a), n++) {
		h->prefix = ww_html_prefix(h, WW_LIT(""), 'a', n);
		ww_html_add(h, "<div");
		ww_html_id(h, "top", 0);
		ww_html_add(h, ">\n");
		answer(h, a);
		ww_html_add(h, "</div>\n");
	}
}

/* A topic is known by its title, a code by its number and its name. */
static void
result(struct ww_html *h, const struct ww_node *n)
{
	bool topic = ww_child_is(n, WW_NODE_KIND, "topic");

	ww_html_add(h, "<dt>");
	if (topic) {
		ww_html_open_link(h, "topic", ww_child_text(n, WW_NODE_ID));
		ww_html_child(h, n, WW_NODE_TITLE);
		ww_html_add(h, "</a> ");
		ww_html_wrap(h, "code class=\"id\"", n, WW_NODE_ID);
		ww_html_add(h, " ");
		ww_html_code(h, ww_child_text(n, WW_NODE_VALUE));
	} else {
		ww_html_open_link(h, "code", ww_child_text(n, WW_NODE_VALUE));
		ww_html_wrap(h, "code", n, WW_NODE_VALUE);
		ww_html_add(h, " ");
		ww_html_wrap(h, "code", n, WW_NODE_ID);
		ww_html_add(h, "</a> ");
		ww_html_wrap(h, "span class=\"soft\"", n, WW_NODE_TITLE);
	}
	ww_html_add(h, "</dt><dd>");
	ww_html_child(h, n, WW_NODE_SUMMARY);
	ww_html_add(h, "</dd>\n");
}

/* Without a question the page waits for one. */
static void
results(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *n = ww_html_first(root, WW_NODE_RESULTS);
	struct ww_slice query = ww_child_text(root, WW_NODE_QUERY);

	ww_html_add(h, "<article>\n<header>\n");
	ww_html_element(h, "h1",
			query.len > 0 ? query
				      : ww_tr(h->r->report, N_("Search")));
	ww_html_add(h, "\n</header>\n<div class=\"body\" id=\"results\">\n");
	if (n == NULL)
		ww_html_element(h, "p",
				ww_tr(h->r->report,
				      query.len > 0
					  ? N_("nothing is known of this")
					  : N_("nothing was asked")));
	else
		ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; n != NULL; n = ww_node_next(n)) {
		result(h, n);
		if (ww_node_next(n) == NULL)
			ww_html_add(h, "</dl>\n");
	}
	ww_html_add(h, "</div>\n</article>\n");
}

void
ww_html_answers(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *first = ww_html_first(root, WW_NODE_ANSWERS);
	struct ww_slice omitted = ww_child_text(root, WW_NODE_OMITTED);

	if (ww_node_find(root, WW_NODE_RESULTS) != NULL)
		results(h, root);
	else if (ww_count_nodes(first) > 1)
		several(h, first);
	else if (first != NULL)
		answer(h, first);
	if (omitted.len == 0)
		return;
	ww_html_add(h, "<p>");
	ww_html_text(h, omitted);
	ww_html_add(h, " ");
	ww_html_tr(h, N_("further codes of the text are left out"));
	ww_html_add(h, "</p>\n");
}
