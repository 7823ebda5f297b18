/*
 * The causes with what shows each, and the steps under it.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

/* Whether an earlier cause has shown the step. */
static bool
shown_before(const struct ww_node *reading, const struct ww_node *cause,
	     struct ww_slice id)
{
	const struct ww_node *c = ww_html_first(reading, WW_NODE_CAUSES);

	for (; c != NULL && c != cause; c = ww_node_next(c)) {
		const struct ww_node *s = ww_html_first(c, WW_NODE_STEP_IDS);

		for (; s != NULL; s = ww_node_next(s))
			if (ww_slice_eq(ww_node_text(s), id))
				return true;
	}
	return false;
}

/* step-wsus-raise-limit; ids of the catalogue are words with dashes. */
static struct ww_slice
anchor(struct ww_html *h, struct ww_slice id)
{
	struct ww_buf buf = ww_buf_in(h->r->out.arena);

	ww_buf_add(&buf, h->prefix);
	ww_buf_add(&buf, WW_LIT("step-"));
	ww_buf_add(&buf, id);
	return ww_buf_slice(&buf);
}

static void
repeated(struct ww_html *h, const struct ww_node *step, struct ww_slice id)
{
	const struct ww_fill title[] = {
		{ "step", ww_child_text(step, WW_NODE_TITLE) },
		{ 0 },
	};

	ww_html_add(h, "<li><p><a href=\"#");
	ww_html_text(h, anchor(h, id));
	ww_html_add(h, "\">");
	ww_html_text(h, ww_fill_text(h->r, N_("{step} (as above)"), title));
	ww_html_add(h, "</a></p></li>\n");
}

static void
steps(struct ww_html *h, const struct ww_node *reading,
      const struct ww_node *cause)
{
	const struct ww_node *id = ww_html_first(cause, WW_NODE_STEP_IDS);
	bool matched = ww_node_find(cause, WW_NODE_MATCHED) != NULL;

	if (id == NULL)
		return;
	ww_html_add(h, "<ol class=\"steps\">\n");
	for (; id != NULL; id = ww_node_next(id)) {
		const struct ww_node *step =
		    ww_find_step(reading, ww_node_text(id));

		if (shown_before(reading, cause, ww_node_text(id))) {
			repeated(h, step, ww_node_text(id));
			continue;
		}
		ww_html_add(h, "<li");
		ww_html_attr(h, "id", anchor(h, ww_node_text(id)));
		ww_html_add(h, ">");
		ww_html_step(h, step, matched);
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ol>\n");
}

static void
signs(struct ww_html *h, const struct ww_node *cause)
{
	const struct ww_node *sign = ww_html_first(cause, WW_NODE_EVIDENCE);

	if (sign == NULL)
		return;
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; sign != NULL; sign = ww_node_next(sign)) {
		ww_html_add(h, "<dt>");
		if (ww_node_find(sign, WW_NODE_WHERE) != NULL)
			ww_html_child(h, sign, WW_NODE_WHERE);
		else
			ww_html_tr(h, N_("shows as"));
		ww_html_add(h, "</dt><dd>");
		ww_html_child(h, sign, WW_NODE_SHOWS);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n");
}

static void
head(struct ww_html *h, const struct ww_node *cause, int64_t number)
{
	ww_html_open_heading(h, 1, "");
	ww_html_add(h, "<span class=\"n\">");
	ww_html_number(h, number);
	ww_html_add(h, "</span> ");
	ww_html_child(h, cause, WW_NODE_TITLE);
	ww_html_close_heading(h, 1);
	ww_html_add(h, "<p class=\"tags\">");
	ww_html_tag(h, "", NULL, ww_child_text(cause, WW_NODE_LIKELIHOOD));
	ww_html_tag(h, "", NULL, ww_child_text(cause, WW_NODE_CERTAINTY));
	ww_html_cite(h, cause);
	ww_html_add(h, "</p>\n");
}

static void
show_cause(struct ww_html *h, const struct ww_node *reading,
	   const struct ww_node *cause, int64_t number)
{
	bool matched = ww_node_find(cause, WW_NODE_MATCHED) != NULL;

	ww_html_add(h, matched ? "<section class=\"cause matched\""
			       : "<section class=\"cause\"");
	ww_html_id(h, "cause", number);
	ww_html_add(h, ">\n");
	head(h, cause, number);
	if (matched)
		ww_html_element(h, "p class=\"note\"",
				ww_tr(h->r->report,
				      N_("What you gave points here.")));
	signs(h, cause);
	if (ww_node_find(cause, WW_NODE_TEST) != NULL) {
		ww_html_add(h, "<p class=\"settle\"><b>");
		ww_html_tr(h, N_("settle by"));
		ww_html_add(h, "</b> ");
		ww_html_child(h, cause, WW_NODE_TEST);
		ww_html_add(h, "</p>\n");
	}
	steps(h, reading, cause);
	ww_html_add(h, "</section>\n");
}

void
ww_html_causes(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *cause = ww_html_first(reading, WW_NODE_CAUSES);

	if (cause == NULL)
		return;
	ww_html_section(h, "causes", N_("Causes"));
	for (int64_t n = 1; cause != NULL; cause = ww_node_next(cause), n++)
		show_cause(h, reading, cause, n);
	ww_html_add(h, "</section>\n");
}
