/*
 * What a number is: the head of its page, and its facts beside the text.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

/* Names that are seen at once; some numbers have a dozen. */
#define NAMES_SHOWN 3

static void
kind(struct ww_html *h, const struct ww_node *reading)
{
	struct ww_slice severity = ww_shown_severity(reading);

	ww_html_add(h, "<p class=\"kind\">");
	ww_html_text(h, ww_space_text(h->r, reading));
	if (severity.len > 0) {
		ww_html_add(h, ", ");
		ww_html_text(h, severity);
	}
	ww_html_add(h, "</p>\n");
}

/* What it is besides a name, and what nobody should take it for. */
static void
notes(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *flag = ww_html_first(reading, WW_NODE_FLAGS);

	for (; flag != NULL; flag = ww_node_next(flag))
		ww_html_element(h, "p class=\"note\"",
				ww_flag_text(h->r, ww_node_text(flag)));
	if (ww_node_find(reading, WW_NODE_REFUSED) == NULL)
		return;
	ww_html_add(h, "<p class=\"note\">");
	ww_html_text(h, ww_colon_text(h->r, ww_tr(h->r->report, N_("not")),
				      ww_child_text(reading, WW_NODE_REFUSED)));
	ww_html_add(h, "</p>\n");
}

/* Of a number without a sentence: what it belongs to, if that is known. */
static void
lead(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *family = ww_node_find(reading, WW_NODE_FAMILY);

	if (ww_node_find(reading, WW_NODE_MEANING) != NULL)
		ww_html_wrap(h, "p class=\"lead\"", reading, WW_NODE_MEANING);
	else if (ww_node_find(family, WW_NODE_TITLE) != NULL)
		ww_html_wrap(h, "p class=\"lead\"", family, WW_NODE_TITLE);
	else
		ww_html_wrap(h, "p class=\"lead\"", reading,
			     WW_NODE_WHY_RANKED);
	ww_html_add(h, "\n");
}

void
ww_html_title(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *name = ww_html_first(reading, WW_NODE_NAMES);

	kind(h, reading);
	h->level--;
	ww_html_open_heading(h, 0, "");
	ww_html_element(h, "span class=\"value\"", ww_shown_value(reading));
	ww_html_add(h, " ");
	ww_html_wrap(h, "span class=\"name\"", name, WW_NODE_ID);
	ww_html_close_heading(h, 0);
	h->level++;
	lead(h, reading);
	notes(h, reading);
}

static void
decimals(struct ww_html *h, const struct ww_node *reading)
{
	struct ww_slice sign = ww_child_text(reading, WW_NODE_SIGNED);
	struct ww_slice plain = ww_child_text(reading, WW_NODE_UNSIGNED);
	struct ww_buf buf = ww_buf_in(h->r->out.arena);

	ww_buf_add(&buf, sign);
	if (!ww_slice_eq(sign, plain)) {
		ww_buf_add(&buf, WW_LIT(" / "));
		ww_buf_add(&buf, plain);
	}
	ww_html_fact(h, N_("decimal"), ww_buf_slice(&buf));
	if (ww_slice_eq(ww_shown_value(reading), sign))
		ww_html_fact(h, N_("hexadecimal"),
			     ww_child_text(reading, WW_NODE_VALUE));
}

static void
facility(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *node = ww_node_find(reading, WW_NODE_FACILITY);

	if (node == NULL)
		return;
	ww_html_element(h, "dt", ww_tr(h->r->report, N_("facility")));
	ww_html_add(h, "<dd>");
	ww_html_child(h, node, WW_NODE_NUMBER);
	ww_html_add(h, " ");
	ww_html_child(h, node, WW_NODE_TITLE);
	ww_html_add(h, "</dd>\n");
	ww_html_fact(h, N_("code"), ww_child_text(reading, WW_NODE_CODE));
}

static void
name(struct ww_html *h, const struct ww_node *node)
{
	ww_html_wrap(h, "code", node, WW_NODE_ID);
	ww_html_add(h, " ");
	ww_html_wrap(h, "span class=\"soft\"", node, WW_NODE_ORIGIN);
	ww_html_add(h, " ");
	ww_html_child(h, node, WW_NODE_NOTE);
}

/* The first ones, and the rest folded. */
static void
names(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *node = ww_html_first(reading, WW_NODE_NAMES);
	bool folded = false;

	if (node == NULL)
		return;
	ww_html_element(h, "dt", ww_tr(h->r->report, N_("named")));
	ww_html_add(h, "<dd>");
	for (unsigned n = 0; node != NULL; node = ww_node_next(node), n++) {
		if (n == NAMES_SHOWN && ww_node_next(node) != NULL) {
			folded = true;
			ww_html_add(h, "<details><summary>");
			ww_html_tr(h, N_("other names"));
			ww_html_add(h, "</summary>");
		} else if (n > 0) {
			ww_html_add(h, "<br>");
		}
		name(h, node);
	}
	ww_html_add(h, folded ? "</details></dd>\n" : "</dd>\n");
}

static void
carries(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *node = ww_node_find(reading, WW_NODE_CARRIES);

	if (node == NULL)
		return;
	ww_html_element(h, "dt", ww_tr(h->r->report, N_("carries")));
	ww_html_add(h, "<dd>");
	ww_html_child(h, node, WW_NODE_SPACE);
	ww_html_add(h, " ");
	ww_html_child(h, node, WW_NODE_NUMBER);
	ww_html_child(h, node, WW_NODE_VALUE);
	ww_html_add(h, "</dd>\n");
}

void
ww_html_extend(struct ww_html *h, const struct ww_node *node)
{
	const struct ww_node *pair = ww_node_find(node, WW_NODE_PAIR);

	ww_html_fact_node(h, N_("extend code"), pair, WW_NODE_VALUE);
	ww_html_fact_node(h, N_("phase"), pair, WW_NODE_PHASE);
	ww_html_fact_node(h, N_("operation"), pair, WW_NODE_OPERATION);
}

/* As they were given; what they mean has a section of its own. */
static void
given(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *p = ww_html_first(reading, WW_NODE_PARAMETERS);
	struct ww_buf buf = ww_buf_in(h->r->out.arena);

	for (; p != NULL; p = ww_node_next(p)) {
		ww_buf_add(&buf, ww_node_text(p));
		ww_buf_char(&buf, ' ');
	}
	ww_html_fact(h, N_("parameters"), ww_buf_slice(&buf));
}

void
ww_html_identity(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *family = ww_node_find(reading, WW_NODE_FAMILY);
	size_t start;

	ww_html_section(h, "number", N_("The number"));
	ww_html_bits(h, reading);
	start = ww_html_open_facts(h);
	decimals(h, reading);
	facility(h, reading);
	names(h, reading);
	carries(h, reading);
	ww_html_extend(h, reading);
	given(h, reading);
	ww_html_fact_node(h, N_("family"), family, WW_NODE_TITLE);
	ww_html_fact_node(h, N_("read so"), reading, WW_NODE_WHY_RANKED);
	ww_html_fact_node(h, N_("last changed"),
			  ww_node_find(reading, WW_NODE_TOPIC),
			  WW_NODE_CHANGED);
	ww_html_close_facts(h, start);
	ww_html_add(h, "</section>\n");
}
