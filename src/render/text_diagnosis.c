/*
 * A diagnosis: the verdict, and the findings with their lines and steps.
 */
#include "base/compiler.h"
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Broken things listed under a finding, and codes below all of them. */
#define ITEMS_SHOWN 12
#define CODES_SHOWN 8

/* FAULT  the sentence */
static void
verdict(struct ww_render *r, const struct ww_node *root)
{
	struct ww_slice shown = ww_verdict_text(r, root);
	bool fault = ww_child_is(root, WW_NODE_VERDICT, "fault");
	size_t used = ww_utf8_width(shown) + 2;

	ww_text_paint(r, fault ? PAINT_RISK : PAINT_TITLE, shown);
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_wrap(r, ww_text_child(r, root, WW_NODE_SUMMARY), used, used);
	ww_text_labelled(r, 0, ww_text_tr(r, N_("note")),
			 ww_text_child(r, root, WW_NODE_NOTE));
}

/* 2026-11-19 08:41:07  WindowsUpdate.log:20412, and the line under it. */
static void
quote(struct ww_render *r, const struct ww_node *q)
{
	struct ww_slice time = ww_child_text(q, WW_NODE_TIME);
	struct ww_buf place = ww_buf_in(r->out.arena);

	if (time.len > 0) {
		ww_buf_add(&place, time);
		ww_buf_add(&place, WW_LIT("  "));
	}
	ww_buf_add(&place, ww_place_text(r, ww_child_text(q, WW_NODE_FILE), q));
	ww_buf_fill(&r->out, ' ', 3);
	ww_text_paint(r, PAINT_DIM, ww_buf_slice(&place));
	ww_text_newline(r);
	if (ww_node_find(q, WW_NODE_SAYS) != NULL)
		ww_text_paragraph(r, ww_text_child(r, q, WW_NODE_SAYS), 5);
	ww_text_paragraph(r, ww_child_text(q, WW_NODE_QUOTED), 5);
}

void
ww_text_quotes(struct ww_render *r, const struct ww_node *of)
{
	const struct ww_node *q =
	    ww_node_child(ww_node_find(of, WW_NODE_QUOTES));

	for (; q != NULL; q = ww_node_next(q))
		quote(r, q);
}

/* server  http://wsus01:8530 */
static void
facts(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *fact =
	    ww_node_child(ww_node_find(finding, WW_NODE_FACTS));

	for (; fact != NULL; fact = ww_node_next(fact)) {
		struct ww_slice id = ww_child_text(fact, WW_NODE_ID);
		const char *name = ww_fact_name(id);

		if (name != NULL || r->style.full)
			ww_text_labelled(r, 3,
					 name == NULL ? id
						      : ww_text_tr(r, name),
					 ww_child_text(fact, WW_NODE_VALUE));
	}
}

/* parameter 1  0xFFFFFFFFC0000005, code of the exception. STATUS_… */
static void
parameters(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *p =
	    ww_node_child(ww_node_find(finding, WW_NODE_PARAMETER_MEANINGS));

	for (; p != NULL; p = ww_node_next(p)) {
		struct ww_slice means = ww_text_child(r, p, WW_NODE_MEANS);
		const struct ww_fill fills[] = {
			{ "number", ww_child_text(p, WW_NODE_NUMBER) },
			{ 0 },
		};
		struct ww_buf buf = ww_buf_in(r->out.arena);

		ww_buf_add(&buf, ww_child_text(p, WW_NODE_VALUE));
		ww_buf_add(&buf, WW_LIT("  "));
		ww_buf_add(&buf, ww_text_child(r, p, WW_NODE_WHAT));
		if (means.len > 0) {
			ww_buf_add(&buf, WW_LIT(". "));
			ww_buf_add(&buf, means);
		}
		ww_text_labelled(r, 3,
				 ww_fill_text(r, N_("parameter {number}"),
					      fills),
				 ww_buf_slice(&buf));
	}
}

static void
items(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *item =
	    ww_node_child(ww_node_find(finding, WW_NODE_ITEMS));
	size_t n = 0;

	for (; item != NULL; item = ww_node_next(item), n++) {
		struct ww_buf buf = ww_buf_in(r->out.arena);
		struct ww_slice detail =
		    ww_child_text(item, WW_NODE_DETAIL_TEXT);

		if (n >= ITEMS_SHOWN && !r->style.full)
			continue;
		ww_buf_add(&buf, ww_child_text(item, WW_NODE_ID));
		if (detail.len > 0) {
			ww_buf_add(&buf, WW_LIT("  "));
			ww_buf_add(&buf, detail);
		}
		ww_text_labelled(r, 3, ww_child_text(item, WW_NODE_STATE),
				 ww_buf_slice(&buf));
	}
	if (n > ITEMS_SHOWN && !r->style.full)
		ww_text_paragraph(
		    r, ww_text_tr(r, N_("… --full lists all of them.")), 3);
}

/* also failed    installation of updates, KB5004237 (0x80073712) */
static void
echoes(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *e =
	    ww_node_child(ww_node_find(finding, WW_NODE_ECHOES));

	for (size_t n = 0; e != NULL; e = ww_node_next(e), n++) {
		struct ww_buf buf = ww_buf_in(r->out.arena);

		if (n >= ITEMS_SHOWN && !r->style.full)
			continue;
		ww_buf_add(&buf, ww_text_about(r, e));
		if (ww_node_find(e, WW_NODE_VALUE) != NULL) {
			ww_buf_add(&buf, WW_LIT(" ("));
			ww_buf_add(&buf, ww_child_text(e, WW_NODE_VALUE));
			ww_buf_char(&buf, ')');
		}
		ww_text_labelled(r, 3, ww_text_tr(r, N_("also failed")),
				 ww_buf_slice(&buf));
	}
}

/* What would tell the causes apart, where no line has. */
static void
open_question(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *item =
	    ww_node_child(ww_node_find(finding, WW_NODE_LOOKED_FOR));

	if (item == NULL)
		return;
	ww_text_labelled(r, 3, ww_text_tr(r, N_("not known")),
			 ww_text_tr(r, N_("which cause it is: no line of "
					  "these files shows it")));
	ww_text_labelled(r, 3, ww_text_tr(r, N_("first")),
			 ww_text_child(r, finding, WW_NODE_LEAD));
	ww_text_lines(r, ww_child_text(finding, WW_NODE_COMMAND), 8);
	for (; item != NULL; item = ww_node_next(item)) {
		ww_text_labelled(r, 3, ww_text_tr(r, N_("perhaps")),
				 ww_text_child(r, item, WW_NODE_WHAT));
		if (r->style.full)
			ww_text_labelled(r, 7, ww_text_tr(r, N_("settle by")),
					 ww_text_child(r, item, WW_NODE_TEST));
	}
}

static void
steps(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *step =
	    ww_node_child(ww_node_find(finding, WW_NODE_STEPS));

	if (step == NULL)
		return;
	ww_buf_fill(&r->out, ' ', 3);
	ww_text_paint(r, PAINT_HEAD, ww_text_tr(r, N_("Steps")));
	ww_text_newline(r);
	for (unsigned n = 1; step != NULL; step = ww_node_next(step), n++)
		ww_text_step(r, step, n);
}

static bool
is_probe(const struct ww_render *r)
{
	return ww_child_is(ww_report_root(r->report), WW_NODE_KIND, "probe");
}

static void
finding(struct ww_render *r, const struct ww_node *f, unsigned number)
{
	struct ww_buf head = ww_buf_in(r->out.arena);

	ww_text_newline(r);
	ww_buf_decimal(&head, number);
	ww_buf_add(&head, WW_LIT("  "));
	ww_buf_add(&head,
		   ww_finding_head(r, f, ww_text_node(r, ww_finding_title(f))));
	ww_text_paint(r, PAINT_TITLE, ww_buf_slice(&head));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_DIM,
		      ww_word_text(r, ww_child_text(f, WW_NODE_CONFIDENCE)));
	ww_text_newline(r);
	if (ww_node_find(f, WW_NODE_EXPLANATION) != NULL)
		ww_text_paragraph(r, ww_text_child(r, f, WW_NODE_EXPLANATION),
				  3);
	/* The steps of a probe have just been told. */
	if (!is_probe(r)) {
		ww_text_quotes(r, f);
		ww_text_labelled(r, 3, ww_text_tr(r, N_("failed")),
				 ww_failed_text(r, f));
	}
	echoes(r, f);
	ww_text_labelled(r, 3, ww_text_tr(r, N_("policy names")),
			 ww_child_text(f, WW_NODE_POLICY));
	ww_text_labelled(r, 3, ww_text_tr(r, N_("listed as installed")),
			 ww_child_text(f, WW_NODE_LISTED));
	ww_text_extend(r, f, 3);
	if (!is_probe(r))
		facts(r, f);
	parameters(r, f);
	items(r, f);
	open_question(r, f);
	steps(r, f);
}

void
ww_text_diagnosis(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *f =
	    ww_node_child(ww_node_find(root, WW_NODE_FINDINGS));

	verdict(r, root);
	ww_text_probes(r, root);
	for (unsigned n = 1;
	     f != NULL && ww_child_is(f, WW_NODE_SEVERITY, "fault");
	     f = ww_node_next(f), n++)
		finding(r, f, n);
	ww_text_not_the_cause(r, root);
	ww_text_machine(r, root);
	/* What was asked is all that a probe is about. */
	if (is_probe(r))
		return;
	ww_text_coverage(r, root);
	ww_text_timeline(r, root);
	ww_text_codes(r, root, r->style.full ? SIZE_MAX : CODES_SHOWN);
}
