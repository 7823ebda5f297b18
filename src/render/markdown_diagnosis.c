/*
 * A diagnosis in Markdown: for a ticket, with everything the tree holds.
 */
#include "base/compiler.h"
#include "render/markdown.h"

#include "base/banned.h"

static const struct ww_node *
first_of(const struct ww_node *node, enum ww_node_kind list)
{
	return ww_node_child(ww_node_find(node, list));
}

/* file:line, and the time before it where it is known. */
static void
show_place(struct ww_render *r, const struct ww_node *q)
{
	struct ww_slice time = ww_child_text(q, WW_NODE_TIME);

	ww_md_add(r, "\n");
	if (time.len > 0) {
		ww_md_text(r, time);
		ww_md_add(r, " ");
	}
	ww_md_text(r, ww_place_text(r, ww_child_text(q, WW_NODE_FILE), q));
	ww_md_add(r, "\n");
}

static void
show_quotes(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *q = first_of(finding, WW_NODE_QUOTES);

	for (; q != NULL; q = ww_node_next(q)) {
		show_place(r, q);
		ww_md_fenced(r, ww_child_text(q, WW_NODE_QUOTED));
	}
}

static void
show_extend(struct ww_render *r, const struct ww_node *pair)
{
	ww_md_item(r, "", ww_tr(r->report, N_("extend code")),
		   ww_child_text(pair, WW_NODE_VALUE));
	ww_md_item(r, "", ww_tr(r->report, N_("phase")),
		   ww_child_text(pair, WW_NODE_PHASE));
	ww_md_item(r, "", ww_tr(r->report, N_("operation")),
		   ww_child_text(pair, WW_NODE_OPERATION));
}

static void
show_facts(struct ww_render *r, const struct ww_node *finding)
{
	static const struct {
		enum ww_node_kind kind;
		const char *label;
	} facts[] = {
		{ WW_NODE_CONFIDENCE, N_("confidence") },
		{ WW_NODE_FAILING, N_("failures in a row") },
		{ WW_NODE_SINCE, N_("first on") },
		{ WW_NODE_LAST_SUCCESS, N_("last success") },
	};

	const struct ww_node *fact = first_of(finding, WW_NODE_FACTS);

	for (size_t i = 0; i < WW_ARRAY_LEN(facts); i++)
		ww_md_item(r, "", ww_tr(r->report, facts[i].label),
			   ww_word_text(r,
					ww_child_text(finding, facts[i].kind)));
	ww_md_item(r, "", ww_tr(r->report, N_("policy names")),
		   ww_child_text(finding, WW_NODE_POLICY));
	ww_md_item(r, "", ww_tr(r->report, N_("listed as installed")),
		   ww_child_text(finding, WW_NODE_LISTED));
	show_extend(r, ww_node_find(finding, WW_NODE_PAIR));
	for (; fact != NULL; fact = ww_node_next(fact)) {
		struct ww_slice id = ww_child_text(fact, WW_NODE_ID);
		const char *name = ww_fact_name(id);

		ww_md_item(r, "", name == NULL ? id : ww_tr(r->report, name),
			   ww_child_text(fact, WW_NODE_VALUE));
	}
}

/* A list of two texts each, under a heading of its own. */
static void
show_pairs(struct ww_render *r, const struct ww_node *child,
	   const char *english, enum ww_node_kind head, enum ww_node_kind body)
{
	if (child == NULL)
		return;
	ww_md_heading(r, english);
	for (; child != NULL; child = ww_node_next(child)) {
		struct ww_slice text = ww_child_text(child, body);

		ww_md_item(r, "", ww_child_text(child, head),
			   text.len > 0 ? text : WW_LIT("-"));
	}
}

/* With the lines that say so, where they are of these files. */
static void
show_contradicts(struct ww_render *r, const struct ww_node *item)
{
	if (item == NULL)
		return;
	ww_md_heading(r, N_("Rules out"));
	for (; item != NULL; item = ww_node_next(item)) {
		ww_md_item(r, "", ww_child_text(item, WW_NODE_WHAT),
			   ww_child_text(item, WW_NODE_BECAUSE));
		show_quotes(r, item);
	}
}

static void
show_finding(struct ww_render *r, const struct ww_node *f)
{
	const struct ww_node *step = first_of(f, WW_NODE_STEPS);

	ww_md_add(r, "\n## ");
	ww_md_text(r, ww_finding_head(r, f, ww_node_text(ww_finding_title(f))));
	ww_md_add(r, "\n\n");
	ww_md_child(r, f, WW_NODE_EXPLANATION);
	ww_md_add(r, "\n\n");
	show_facts(r, f);
	show_quotes(r, f);
	ww_md_parameters(r, f);
	show_pairs(r, first_of(f, WW_NODE_ITEMS), N_("What is damaged"),
		   WW_NODE_ID, WW_NODE_STATE);
	show_pairs(r, first_of(f, WW_NODE_LOOKED_FOR), N_("Which cause?"),
		   WW_NODE_WHAT, WW_NODE_TEST);
	show_pairs(r, first_of(f, WW_NODE_ECHOES), N_("Also failed"),
		   WW_NODE_TITLE, WW_NODE_SUBJECT);
	show_contradicts(r, first_of(f, WW_NODE_CONTRADICTS));
	if (step != NULL)
		ww_md_heading(r, N_("Steps"));
	for (; step != NULL; step = ww_node_next(step))
		ww_md_step(r, step);
}

/* Lines that look bad: their sentence, how many, and one of them. */
static void
show_harmless(struct ww_render *r, const struct ww_node *f)
{
	bool any = false;

	for (; f != NULL; f = ww_node_next(f)) {
		if (!ww_child_is(f, WW_NODE_SEVERITY, "harmless"))
			continue;
		if (!any)
			ww_md_heading(r, N_("Looks bad and is not"));
		any = true;
		ww_md_item(r, "", ww_child_text(f, WW_NODE_TITLE),
			   ww_child_text(f, WW_NODE_EXPLANATION));
		ww_md_item(r, "  ", ww_tr(r->report, N_("lines")),
			   ww_child_text(f, WW_NODE_COUNT));
		show_quotes(r, f);
	}
}

static void
show_outcomes(struct ww_render *r, const struct ww_node *o)
{
	if (o == NULL)
		return;
	ww_md_heading(r, N_("What was attempted"));
	for (; o != NULL; o = ww_node_next(o)) {
		ww_md_item(r, "", ww_child_text(o, WW_NODE_TITLE),
			   ww_word_text(r, ww_child_text(o, WW_NODE_STATE)));
		ww_md_item(r, "  ", ww_tr(r->report, N_("about")),
			   ww_child_text(o, WW_NODE_SUBJECT));
		ww_md_item(r, "  ", ww_tr(r->report, N_("succeeded")),
			   ww_child_text(o, WW_NODE_SUCCEEDED));
		ww_md_item(r, "  ", ww_tr(r->report, N_("failed")),
			   ww_child_text(o, WW_NODE_FAILED));
		ww_md_item(r, "  ", ww_tr(r->report, N_("without an end")),
			   ww_child_text(o, WW_NODE_OPEN));
	}
}

static void
show_machine(struct ww_render *r, const struct ww_node *fact)
{
	if (fact == NULL)
		return;
	ww_md_heading(r, N_("The machine"));
	for (; fact != NULL; fact = ww_node_next(fact)) {
		struct ww_slice id = ww_child_text(fact, WW_NODE_ID);
		const char *name = ww_fact_name(id);

		ww_md_item(r, "", name == NULL ? id : ww_tr(r->report, name),
			   ww_child_text(fact, WW_NODE_VALUE));
		show_quotes(r, fact);
	}
}

static void
show_codes(struct ww_render *r, const struct ww_node *code)
{
	if (code == NULL)
		return;
	ww_md_heading(r, N_("Codes"));
	ww_md_add(r, "| ");
	ww_md_text(r, ww_tr(r->report, N_("code")));
	ww_md_add(r, " | | | |\n| --- | --- | --: | --- |\n");
	for (; code != NULL; code = ww_node_next(code)) {
		ww_md_add(r, "| ");
		ww_md_child(r, code, WW_NODE_VALUE);
		ww_md_add(r, " | ");
		ww_md_child(r, code, WW_NODE_ID);
		ww_md_add(r, " | ");
		ww_md_child(r, code, WW_NODE_COUNT);
		ww_md_add(r, " | ");
		ww_md_text(r,
			   ww_word_text(r, ww_child_text(code, WW_NODE_ROLE)));
		ww_md_add(r, " |\n");
	}
}

static void
show_coverage(struct ww_render *r, const struct ww_node *file)
{
	if (file == NULL)
		return;
	ww_md_heading(r, N_("Looked at"));
	for (; file != NULL; file = ww_node_next(file)) {
		struct ww_slice name = ww_child_text(file, WW_NODE_FILE);
		const struct ww_node *p = first_of(file, WW_NODE_PROBLEMS);

		/* A log that is missing has a title only. */
		ww_md_item(r, "",
			   name.len > 0 ? name
					: ww_child_text(file, WW_NODE_TITLE),
			   ww_word_text(r, ww_child_text(file, WW_NODE_STATE)));
		ww_md_item(r, "  ", WW_LIT(""),
			   ww_child_text(file, WW_NODE_BECAUSE));
		ww_md_item(r, "  ", WW_LIT(""),
			   ww_child_text(file, WW_NODE_FETCH));
		for (; p != NULL; p = ww_node_next(p))
			ww_md_item(r, "  ", WW_LIT(""), ww_node_text(p));
	}
}

void
ww_md_diagnosis(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *findings = first_of(root, WW_NODE_FINDINGS);
	const struct ww_node *f = findings;

	if (ww_node_find(root, WW_NODE_VERDICT) != NULL) {
		ww_md_add(r, "# ");
		ww_md_text(r, ww_verdict_text(r, root));
		ww_md_add(r, "\n\n");
		ww_md_child(r, root, WW_NODE_SUMMARY);
		ww_md_add(r, "\n");
	}
	ww_md_probes(r, root);
	for (; f != NULL && ww_child_is(f, WW_NODE_SEVERITY, "fault");
	     f = ww_node_next(f))
		show_finding(r, f);
	show_harmless(r, findings);
	show_outcomes(r, first_of(root, WW_NODE_OUTCOMES));
	show_machine(r, first_of(root, WW_NODE_FACTS));
	show_codes(r, first_of(root, WW_NODE_CODES));
	show_coverage(r, first_of(root, WW_NODE_COVERAGE));
}
