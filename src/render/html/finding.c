/*
 * A finding: what failed, how sure that is, the lines that show it, and what
 * to do.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

void
ww_html_place(struct ww_html *h, const struct ww_node *node)
{
	ww_html_text(h, ww_place_text(h->r, ww_child_text(node, WW_NODE_FILE),
				      node));
}

static void
quote(struct ww_html *h, const struct ww_node *q)
{
	ww_html_add(h, "<figure><figcaption>");
	ww_html_wrap(h, "span class=\"when\"", q, WW_NODE_TIME);
	ww_html_add(h, " <span class=\"mono\">");
	ww_html_place(h, q);
	ww_html_add(h, "</span></figcaption>");
	ww_html_wrap(h, "p", q, WW_NODE_SAYS);
	ww_html_add(h, "<pre>");
	ww_html_lines(h, ww_child_text(q, WW_NODE_QUOTED));
	ww_html_add(h, ww_node_find(q, WW_NODE_CUT) != NULL
			   ? "&#8230;</pre></figure>\n"
			   : "</pre></figure>\n");
}

/* One line stands beside what it shows; of several the rest is folded. */
void
ww_html_quotes(struct ww_html *h, const struct ww_node *of)
{
	const struct ww_node *q = ww_html_first(of, WW_NODE_QUOTES);

	for (; q != NULL; q = ww_node_next(q))
		quote(h, q);
}

static void
evidence(struct ww_html *h, const struct ww_node *f)
{
	if (ww_html_first(f, WW_NODE_QUOTES) == NULL)
		return;
	ww_html_add(h, "<details class=\"fold\" open><summary>");
	ww_html_tr(h, N_("The lines that show it"));
	ww_html_add(h, "</summary>\n");
	ww_html_quotes(h, f);
	ww_html_add(h, "</details>\n");
}

/* Facts that a technician asks for, or those that only some will. */
static void
show_facts(struct ww_html *h, const struct ww_node *f, bool named)
{
	const struct ww_node *fact = ww_html_first(f, WW_NODE_FACTS);

	for (; fact != NULL; fact = ww_node_next(fact)) {
		struct ww_slice id = ww_child_text(fact, WW_NODE_ID);
		const char *name = ww_fact_name(id);

		if ((name != NULL) != named)
			continue;
		ww_html_element(h, "dt",
				name == NULL ? id : ww_tr(h->r->report, name));
		ww_html_wrap(h, "dd", fact, WW_NODE_VALUE);
		ww_html_add(h, "\n");
	}
}

static void
more_facts(struct ww_html *h, const struct ww_node *f)
{
	size_t before = h->r->out.len, start;

	ww_html_add(h, "<details class=\"fold\"><summary>");
	ww_html_tr(h, N_("What else was noted"));
	ww_html_add(h, "</summary>\n");
	start = ww_html_open_facts(h);
	show_facts(h, f, false);
	if (h->r->out.len == start) {
		h->r->out.len = before;
		return;
	}
	ww_html_close_facts(h, start);
	ww_html_add(h, "</details>\n");
}

static void
facts(struct ww_html *h, const struct ww_node *f)
{
	size_t start = ww_html_open_facts(h);

	ww_html_fact(h, N_("failed"), ww_failed_text(h->r, f));
	ww_html_fact_node(h, N_("policy names"), f, WW_NODE_POLICY);
	ww_html_fact_node(h, N_("listed as installed"), f, WW_NODE_LISTED);
	ww_html_extend(h, f);
	show_facts(h, f, true);
	ww_html_close_facts(h, start);
	more_facts(h, f);
}

static void
items(struct ww_html *h, const struct ww_node *f)
{
	const struct ww_node *item = ww_html_first(f, WW_NODE_ITEMS);

	if (item == NULL)
		return;
	ww_html_add(h, "<details class=\"fold\"><summary>");
	ww_html_tr(h, N_("What is damaged"));
	ww_html_add(h, "</summary>\n<dl class=\"pairs\">\n");
	for (; item != NULL; item = ww_node_next(item)) {
		ww_html_wrap(h, "dt class=\"mono\"", item, WW_NODE_ID);
		ww_html_add(h, "<dd>");
		ww_html_child(h, item, WW_NODE_STATE);
		ww_html_add(h, " ");
		ww_html_wrap(h, "code", item, WW_NODE_DETAIL_TEXT);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n</details>\n");
}

/* PC-1: scan for updates, WSUS */
static void
about(struct ww_html *h, const struct ww_node *node)
{
	if (ww_node_find(node, WW_NODE_MACHINE) != NULL) {
		ww_html_child(h, node, WW_NODE_MACHINE);
		ww_html_add(h, ": ");
	}
	ww_html_child(h, node, WW_NODE_TITLE);
	if (ww_node_find(node, WW_NODE_SUBJECT) != NULL) {
		ww_html_add(h, ", ");
		ww_html_child(h, node, WW_NODE_SUBJECT);
	}
}

static void
echoes(struct ww_html *h, const struct ww_node *f)
{
	const struct ww_node *e = ww_html_first(f, WW_NODE_ECHOES);

	if (e == NULL)
		return;
	ww_html_add(h, "<p class=\"soft\">");
	ww_html_tr(h, N_("Also failed"));
	ww_html_add(h, "</p>\n<ul>\n");
	for (; e != NULL; e = ww_node_next(e)) {
		ww_html_add(h, "<li>");
		about(h, e);
		ww_html_add(h, " ");
		ww_html_wrap(h, "code", e, WW_NODE_VALUE);
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ul>\n");
}

/* What would tell the causes apart, where no line has. */
static void
open_question(struct ww_html *h, const struct ww_node *f)
{
	const struct ww_node *item = ww_html_first(f, WW_NODE_LOOKED_FOR);

	if (item == NULL)
		return;
	ww_html_element(h, "p class=\"note\"",
			ww_colon_text(h->r,
				      ww_tr(h->r->report, N_("not known")),
				      ww_tr(h->r->report,
					    N_("which cause it is: no line of "
					       "these files shows it"))));
	ww_html_wrap(h, "p", f, WW_NODE_LEAD);
	ww_html_commands(h, ww_child_text(f, WW_NODE_COMMAND));
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; item != NULL; item = ww_node_next(item)) {
		ww_html_wrap(h, "dt", item, WW_NODE_WHAT);
		ww_html_add(h, "<dd>");
		ww_html_child(h, item, WW_NODE_TEST);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n");
}

static void
steps(struct ww_html *h, const struct ww_node *f)
{
	const struct ww_node *step = ww_html_first(f, WW_NODE_STEPS);

	if (step == NULL)
		return;
	ww_html_open_heading(h, 1, "");
	ww_html_tr(h, N_("Steps"));
	ww_html_close_heading(h, 1);
	ww_html_add(h, "<ol class=\"steps\">\n");
	for (int64_t n = 1; step != NULL; step = ww_node_next(step), n++) {
		ww_html_add(h, "<li");
		ww_html_id(h, "step", n);
		ww_html_add(h, ">");
		ww_html_step(h, step, n == 1);
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ol>\n");
}

/* What only this one excludes; the first one's have a section. */
static void
excluded(struct ww_html *h, const struct ww_node *f, unsigned n)
{
	const struct ww_node *item = ww_html_first(f, WW_NODE_CONTRADICTS);

	if (item == NULL || n == 1)
		return;
	ww_html_add(h, "<details class=\"fold\"><summary>");
	ww_html_tr(h, N_("Rules out"));
	ww_html_add(h, "</summary>\n<dl class=\"pairs\">\n");
	for (; item != NULL; item = ww_node_next(item))
		ww_html_excluded(h, item);
	ww_html_add(h, "</dl>\n</details>\n");
}

static void
head(struct ww_html *h, const struct ww_node *f, unsigned n)
{
	const struct ww_node *title = ww_finding_title(f);

	ww_html_open_heading(h, 0, "");
	ww_html_add(h, "<span class=\"n\">");
	ww_html_number(h, n);
	ww_html_add(h, "</span> ");
	ww_html_add(h, ww_node_untranslated(title) ? "<span lang=\"en\">" : "");
	ww_html_text(h, ww_finding_head(h->r, f, ww_node_text(title)));
	ww_html_add(h, ww_node_untranslated(title) ? "</span>" : "");
	ww_html_close_heading(h, 0);
	ww_html_add(h, "<p class=\"tags\">");
	ww_html_tag(h, "", N_("confidence"),
		    ww_child_text(f, WW_NODE_CONFIDENCE));
	ww_html_add(h, "</p>\n");
}

void
ww_html_finding(struct ww_html *h, const struct ww_node *f, unsigned n)
{
	ww_html_add(h, "<section class=\"finding\"");
	ww_html_id(h, "finding", 0);
	ww_html_add(h, ">\n");
	head(h, f, n);
	ww_html_wrap(h, "p", f, WW_NODE_EXPLANATION);
	evidence(h, f);
	facts(h, f);
	echoes(h, f);
	h->level++;
	ww_html_parameters(h, f);
	h->level--;
	items(h, f);
	excluded(h, f, n);
	open_question(h, f);
	steps(h, f);
	ww_html_add(h, "</section>\n");
}
