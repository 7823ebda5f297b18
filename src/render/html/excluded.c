/*
 * What is excluded and why: by a code, or by a line that says so.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

void
ww_html_excluded(struct ww_html *h, const struct ww_node *item)
{
	ww_html_add(h, "<dt>");
	ww_html_child(h, item, WW_NODE_WHAT);
	ww_html_add(h, "</dt><dd>");
	ww_html_child(h, item, WW_NODE_BECAUSE);
	ww_html_cite(h, item);
	if (ww_node_find(item, WW_NODE_BUT) != NULL) {
		ww_html_add(h, "<p><b>");
		ww_html_tr(h, N_("but"));
		ww_html_add(h, "</b> ");
		ww_html_child(h, item, WW_NODE_BUT);
		ww_html_add(h, "</p>");
	}
	ww_html_quotes(h, item);
	ww_html_add(h, "</dd>\n");
}

static bool
is(const struct ww_node *f, const char *severity)
{
	return ww_child_is(f, WW_NODE_SEVERITY, severity);
}

/* Lines that look bad: their sentence, how many, and one of them. */
static void
harmless(struct ww_html *h, const struct ww_node *f)
{
	const struct ww_fill fills[] = {
		{ "count", ww_child_text(f, WW_NODE_COUNT) },
		{ "what", ww_child_text(f, WW_NODE_TITLE) },
		{ 0 },
	};

	ww_html_element(h, "dt",
			ww_fill_text(h->r, N_("{count} x {what}"), fills));
	ww_html_add(h, "<dd>");
	ww_html_child(h, f, WW_NODE_EXPLANATION);
	ww_html_quotes(h, f);
	ww_html_add(h, "</dd>\n");
}

/* They are many, and nobody has to read them. */
static void
show_harmless(struct ww_html *h, const struct ww_node *f)
{
	while (f != NULL && !is(f, "harmless"))
		f = ww_node_next(f);
	if (f == NULL)
		return;
	ww_html_add(h, "<details class=\"fold\"><summary>");
	ww_html_tr(h, N_("Looks bad and is not"));
	ww_html_add(h, "</summary>\n<dl class=\"pairs\">\n");
	for (; f != NULL; f = ww_node_next(f))
		if (is(f, "harmless"))
			harmless(h, f);
	ww_html_add(h, "</dl>\n</details>\n");
}

void
ww_html_not_the_cause(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *f = ww_html_first(root, WW_NODE_FINDINGS);
	const struct ww_node *item = NULL;

	/* The first failure's; the others tell theirs beside them. */
	if (f != NULL && is(f, "fault"))
		item = ww_html_first(f, WW_NODE_CONTRADICTS);
	if (item != NULL) {
		ww_html_section(h, "not-the-cause", N_("Not the cause"));
		ww_html_add(h, "<dl class=\"pairs\">\n");
		for (; item != NULL; item = ww_node_next(item))
			ww_html_excluded(h, item);
		ww_html_add(h, "</dl>\n</section>\n");
	}
	show_harmless(h, f);
}
