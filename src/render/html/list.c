/*
 * What there is to browse: the home of a site, and what it leads to.  These
 * pages are made of links, which are theirs, not the site's around them.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

/* Lists of things that have a page each. */
static const struct shelf {
	const char *id, *title; /* English */
	const char *link;	/* of struct ww_page */
	enum ww_node_kind kind;
	enum ww_node_kind more; /* below the title, or WW_NODE_KINDS */
} shelves[] = {
	{ "symptoms", N_("What do you see?"), "symptom", WW_NODE_SYMPTOMS,
	  WW_NODE_KINDS },
	{ "logs", N_("Logs"), "log", WW_NODE_LOGS, WW_NODE_KINDS },
	{ "families", N_("Families of codes"), "family", WW_NODE_FAMILIES,
	  WW_NODE_KINDS },
	{ "topics", N_("Topics"), "topic", WW_NODE_TOPICS, WW_NODE_SUMMARY },
	{ "events", N_("Events of Windows"), "event", WW_NODE_EVENTS,
	  WW_NODE_KINDS },
};

/* What the command line calls it; a site has its link for that. */
static void
name(struct ww_html *h, const struct ww_node *n)
{
	ww_html_add(h, " ");
	ww_html_wrap(h, "code class=\"id\"", n, WW_NODE_ID);
}

static void
shelf_item(struct ww_html *h, const struct shelf *shelf,
	   const struct ww_node *n)
{
	ww_html_add(h, "<li>");
	ww_html_open_link(h, shelf->link, ww_child_text(n, WW_NODE_ID));
	if (shelf->kind == WW_NODE_EVENTS) {
		ww_html_wrap(h, "code", n, WW_NODE_PROVIDER);
		ww_html_add(h, " ");
		ww_html_wrap(h, "code", n, WW_NODE_NUMBER);
		ww_html_add(h, "</a> ");
		ww_html_child(h, n, WW_NODE_TITLE);
	} else {
		ww_html_child(h, n, WW_NODE_TITLE);
		ww_html_add(h, "</a>");
	}
	if (ww_node_find(n, WW_NODE_COUNT) != NULL)
		ww_html_add(h, " ");
	ww_html_wrap(h, "span class=\"soft\"", n, WW_NODE_COUNT);
	if (shelf->kind != WW_NODE_EVENTS)
		name(h, n);
	if (shelf->more != WW_NODE_KINDS)
		ww_html_wrap(h, "p", n, shelf->more);
	ww_html_add(h, "</li>\n");
}

/* What a home begins with has the title of the page. */
static void
open_shelf(struct ww_html *h, const struct shelf *shelf)
{
	if (shelf->kind != WW_NODE_SYMPTOMS) {
		ww_html_section(h, shelf->id, shelf->title);
		return;
	}
	ww_html_add(h, "<section");
	ww_html_id(h, shelf->id, 0);
	ww_html_add(h, ">\n");
}

static void
show_shelf(struct ww_html *h, const struct ww_node *root,
	   const struct shelf *shelf)
{
	const struct ww_node *n = ww_html_first(root, shelf->kind);

	if (n == NULL)
		return;
	open_shelf(h, shelf);
	ww_html_add(h, shelf->more == WW_NODE_KINDS
			   ? "<ul class=\"shelf\">\n"
			   : "<ul class=\"plain topics\">\n");
	for (; n != NULL; n = ww_node_next(n))
		shelf_item(h, shelf, n);
	ww_html_add(h, "</ul>\n</section>\n");
}

static void
members(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *n = ww_html_first(root, WW_NODE_MEMBERS);

	if (n == NULL)
		return;
	ww_html_section(h, "codes", N_("Codes"));
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; n != NULL; n = ww_node_next(n)) {
		ww_html_add(h, "<dt>");
		ww_html_open_link(h, "code", ww_child_text(n, WW_NODE_VALUE));
		ww_html_element(h, "code", ww_shown_value(n));
		ww_html_add(h, "</a> ");
		ww_html_wrap(h, "code", n, WW_NODE_ID);
		ww_html_add(h, "</dt><dd>");
		ww_html_child(h, n, WW_NODE_MEANING);
		ww_html_topic_of(h, n);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n</section>\n");
}

static void
counts(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *n = ww_html_first(root, WW_NODE_COUNTS);

	if (n == NULL)
		return;
	ww_html_add(h, "<dl class=\"facts\">\n");
	for (; n != NULL; n = ww_node_next(n)) {
		ww_html_wrap(h, "dt", n, WW_NODE_TITLE);
		ww_html_wrap(h, "dd", n, WW_NODE_COUNT);
	}
	ww_html_add(h, "</dl>\n");
}

struct ww_slice
ww_html_list_title(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *subject = ww_list_subject(root);

	if (subject != NULL)
		return ww_child_text(subject, WW_NODE_TITLE);
	return ww_tr(h->r->report, ww_node_find(root, WW_NODE_COUNTS) != NULL
				       ? N_("What it knows")
				   : ww_node_find(root, WW_NODE_EVENTS) != NULL
				       ? N_("Events of Windows")
				       : N_("What do you see?"));
}

static void
head(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *subject = ww_list_subject(root);

	ww_html_add(h, "<header>\n");
	if (subject != NULL)
		ww_html_wrap(h, "h1", subject, WW_NODE_TITLE);
	else
		ww_html_element(h, "h1", ww_html_list_title(h, root));
	ww_html_wrap(h, "p class=\"lead\"", subject, WW_NODE_WHAT);
	ww_html_wrap(h, "p class=\"lead\"", root, WW_NODE_SUMMARY);
	if (ww_node_find(subject, WW_NODE_PATH) != NULL) {
		ww_html_add(h, "<dl class=\"facts\">\n");
		ww_html_fact_node(h, N_("stands in"), subject, WW_NODE_PATH);
		ww_html_add(h, "</dl>\n");
	}
	ww_html_commands(h, ww_child_text(subject, WW_NODE_FETCH));
	ww_html_add(h, "</header>\n");
}

/* Of what has more than one part. */
static void
side(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *topic = ww_node_find(root, WW_NODE_TOPIC);
	size_t start;

	if (topic == NULL && ww_node_find(root, WW_NODE_FAMILY) == NULL)
		return;
	ww_html_add(h, "<div class=\"side\">\n");
	start = ww_html_open_facts(h);
	ww_html_fact_node(h, N_("last changed"), topic, WW_NODE_CHANGED);
	ww_html_close_facts(h, start);
	ww_html_parts(h, root);
	ww_html_add(h, "</div>\n");
}

void
ww_html_list(struct ww_html *h, const struct ww_node *root)
{
	ww_html_add(h, "<article>\n");
	head(h, root);
	side(h, root);
	ww_html_add(h, "<div class=\"body\">\n");
	counts(h, root);
	for (size_t i = 0; i < WW_ARRAY_LEN(shelves); i++)
		show_shelf(h, root, &shelves[i]);
	ww_html_recognised(h, root);
	ww_html_background(h, root);
	members(h, root);
	ww_html_sources(h, root);
	ww_html_add(h, "</div>\n</article>\n");
}
