/*
 * A diagnosis: the verdict and what to do first, then what shows it.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static bool
is_fault(const struct ww_node *f)
{
	return f != NULL && ww_child_is(f, WW_NODE_SEVERITY, "fault");
}

/* The first step of the first finding, or what would tell its causes apart. */
static void
first_thing(struct ww_html *h, const struct ww_node *f)
{
	const struct ww_node *step = ww_html_first(f, WW_NODE_STEPS);
	const struct ww_node *lead = ww_node_find(f, WW_NODE_LEAD);

	if (!is_fault(f) || (step == NULL && lead == NULL))
		return;
	ww_html_add(h, "<div class=\"first\"><p><b>");
	ww_html_tr(h, N_("first"));
	ww_html_add(h, "</b> ");
	if (step != NULL) {
		ww_html_add(h, "<a href=\"#f1-step-1\">");
		ww_html_child(h, step, WW_NODE_TITLE);
		ww_html_add(h, "</a> <span class=\"soft\">");
		ww_html_child(h, step, WW_NODE_PLACE);
		ww_html_add(h, "</span>");
	} else {
		ww_html_node(h, lead);
	}
	ww_html_add(h, "</p></div>\n");
}

static const char *
verdict_class(const struct ww_node *root)
{
	if (ww_child_is(root, WW_NODE_VERDICT, "fault"))
		return "p class=\"verdict bad\"";
	if (ww_child_is(root, WW_NODE_VERDICT, "no_fault"))
		return "p class=\"verdict good\"";
	return "p class=\"verdict warn\"";
}

static void
page_head(struct ww_html *h, const struct ww_node *root)
{
	ww_html_add(h, "<header>\n");
	ww_html_element(h, verdict_class(root), ww_verdict_text(h->r, root));
	ww_html_add(h, "\n<h1>");
	if (ww_node_find(root, WW_NODE_VERDICT) != NULL)
		ww_html_child(h, root, WW_NODE_SUMMARY);
	else
		ww_html_tr(h, N_("Codes"));
	ww_html_add(h, "</h1>\n");
	ww_html_wrap(h, "p class=\"note\"", root, WW_NODE_NOTE);
	first_thing(h, ww_html_first(root, WW_NODE_FINDINGS));
	ww_html_add(h, "</header>\n");
}

static void
contents(struct ww_html *h, const struct ww_node *root)
{
	static const struct ww_html_part parts[] = {
		{ "conversation", N_("The conversation with the update server"),
		  WW_NODE_PROBES },
		{ "findings", N_("Findings"), WW_NODE_FINDINGS },
		{ "attempted", N_("What was attempted"), WW_NODE_OUTCOMES },
		{ "time-line", N_("Time line"), WW_NODE_TIMELINE },
		{ "codes", N_("Codes"), WW_NODE_CODES },
		{ "machine", N_("The machine"), WW_NODE_FACTS },
		{ "coverage", N_("Looked at"), WW_NODE_COVERAGE },
	};

	ww_html_add(h, "<div class=\"side\">");
	ww_html_contents(h, root, parts, WW_ARRAY_LEN(parts));
	ww_html_add(h, "</div>\n");
}

static struct ww_slice
finding_prefix(struct ww_html *h, int64_t n)
{
	struct ww_buf buf = ww_buf_in(h->r->out.arena);

	ww_buf_char(&buf, 'f');
	ww_buf_decimal(&buf, n);
	ww_buf_char(&buf, '-');
	return ww_buf_slice(&buf);
}

static void
findings(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *f = ww_html_first(root, WW_NODE_FINDINGS);

	ww_html_add(h, f == NULL ? "" : "<div id=\"findings\">\n");
	for (unsigned n = 1; is_fault(f); f = ww_node_next(f), n++) {
		h->prefix = finding_prefix(h, n);
		ww_html_finding(h, f, n);
	}
	h->prefix = (struct ww_slice){ 0 };
	ww_html_not_the_cause(h, root);
	ww_html_add(h, ww_html_first(root, WW_NODE_FINDINGS) == NULL
			   ? ""
			   : "</div>\n");
}

static const char *
state_class(const struct ww_node *outcome)
{
	if (ww_child_is(outcome, WW_NODE_STATE, "succeeded"))
		return "td class=\"good\"";
	if (ww_child_is(outcome, WW_NODE_STATE, "unknown"))
		return "td class=\"warn\"";
	return "td class=\"bad\"";
}

static void
outcome(struct ww_html *h, const struct ww_node *o)
{
	ww_html_add(h, "<tr><td>");
	ww_html_about(h, o);
	ww_html_add(h, "</td>");
	ww_html_element(h, state_class(o),
			ww_word_text(h->r, ww_child_text(o, WW_NODE_STATE)));
	ww_html_add(h, "<td class=\"num\">");
	ww_html_child(h, o, WW_NODE_SUCCEEDED);
	ww_html_add(h, "</td><td class=\"num\">");
	ww_html_child(h, o, WW_NODE_FAILED);
	ww_html_add(h, "</td><td class=\"num\">");
	ww_html_child(h, o, WW_NODE_OPEN);
	ww_html_add(h, "</td><td class=\"when\">");
	ww_html_child(h, o, WW_NODE_LAST_SUCCESS);
	ww_html_add(h, "</td></tr>\n");
}

static void
outcomes(struct ww_html *h, const struct ww_node *root)
{
	static const char *const columns[] = {
		N_("what"),   N_("state"),	    N_("succeeded"),
		N_("failed"), N_("without an end"), N_("last success")
	};
	const struct ww_node *o = ww_html_first(root, WW_NODE_OUTCOMES);

	if (o == NULL)
		return;
	ww_html_section(h, "attempted", N_("What was attempted"));
	ww_html_add(h, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	ww_html_attr(h, "aria-label",
		     ww_tr(h->r->report, N_("What was attempted")));
	ww_html_add(h, "><table>\n<thead><tr>");
	for (size_t i = 0; i < WW_ARRAY_LEN(columns); i++)
		ww_html_element(h, "th scope=\"col\"",
				ww_tr(h->r->report, columns[i]));
	ww_html_add(h, "</tr></thead>\n<tbody>\n");
	for (; o != NULL; o = ww_node_next(o))
		outcome(h, o);
	ww_html_add(h, "</tbody></table></div>\n</section>\n");
}

static void
machine(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *fact = ww_html_first(root, WW_NODE_FACTS);
	size_t start;

	if (fact == NULL)
		return;
	ww_html_section(h, "machine", N_("The machine"));
	start = ww_html_open_facts(h);
	for (; fact != NULL; fact = ww_node_next(fact)) {
		struct ww_slice id = ww_child_text(fact, WW_NODE_ID);
		const char *name = ww_fact_name(id);

		ww_html_element(h, "dt",
				name == NULL ? id : ww_tr(h->r->report, name));
		ww_html_add(h, "<dd>");
		if (ww_node_find(fact, WW_NODE_MACHINE) != NULL) {
			ww_html_child(h, fact, WW_NODE_MACHINE);
			ww_html_add(h, ": ");
		}
		ww_html_child(h, fact, WW_NODE_VALUE);
		ww_html_add(h, " <span class=\"soft\">");
		ww_html_place(h, ww_html_first(fact, WW_NODE_QUOTES));
		ww_html_add(h, "</span></dd>\n");
	}
	ww_html_close_facts(h, start);
	ww_html_add(h, "</section>\n");
}

void
ww_html_diagnosis(struct ww_html *h, const struct ww_node *root)
{
	ww_html_add(h, "<article class=\"diagnosis\">\n");
	page_head(h, root);
	contents(h, root);
	ww_html_add(h, "<div class=\"body\">\n");
	ww_html_probes(h, root);
	findings(h, root);
	outcomes(h, root);
	ww_html_timeline(h, root);
	ww_html_codes(h, root);
	machine(h, root);
	ww_html_coverage(h, root);
	ww_html_add(h, "</div>\n</article>\n");
}
