/*
 * Text for a terminal or a pipe: what a technician reads from the top down,
 * and may stop reading at any line.  Which part is shown by which function
 * stands in the tables below.
 */
#include "render/text.h"
#include "base/compiler.h"

#include "base/banned.h"

static void
text_family(struct ww_render *r, const struct ww_node *family)
{
	ww_text_heading(r, N_("Raised by"));
	ww_text_paragraph(r, ww_text_child(r, family, WW_NODE_RAISED_BY), 2);
	ww_text_labelled(r, 2, ww_text_tr(r, N_("surfaces")),
			 ww_text_child(r, family, WW_NODE_SURFACES));
}

static void
text_by_context(struct ww_render *r, const struct ww_node *list)
{
	const struct ww_node *item = ww_node_child(list);

	ww_text_heading(r, N_("Where did it come up?"));
	for (; item != NULL; item = ww_node_next(item)) {
		ww_text_pair(r, ww_text_child(r, item, WW_NODE_WHERE),
			     ww_text_child(r, item, WW_NODE_TITLE));
		ww_text_paragraph(r, ww_child_text(item, WW_NODE_COMMAND), 6);
	}
}

static void
text_no_topic(struct ww_render *r)
{
	ww_text_labelled(r, 2, ww_text_tr(r, N_("not known")),
			 ww_text_tr(r, N_("its causes and steps: no topic "
					  "covers this code yet")));
}

static void
text_detail(struct ww_render *r, const struct ww_node *detail)
{
	const struct ww_node *p = ww_node_child(detail);

	ww_text_newline(r);
	for (; p != NULL; p = ww_node_next(p)) {
		ww_text_paragraph(r, ww_text_node(r, p), 0);
		if (!r->style.full)
			break;
	}
}

static void
text_raised(struct ww_render *r, const struct ww_node *raised)
{
	const struct ww_node *item = ww_node_child(raised);

	if (!r->style.full)
		return;
	ww_text_heading(r, N_("Raised by"));
	for (; item != NULL; item = ww_node_next(item))
		ww_text_pair(r, ww_text_child(r, item, WW_NODE_WHO),
			     ww_text_child(r, item, WW_NODE_WHEN));
}

static void
text_rules_out(struct ww_render *r, const struct ww_node *rules)
{
	const struct ww_node *item = ww_node_child(rules);

	ww_text_heading(r, N_("Rules out"));
	for (; item != NULL; item = ww_node_next(item)) {
		ww_text_pair(r, ww_text_child(r, item, WW_NODE_WHAT),
			     ww_text_child(r, item, WW_NODE_BECAUSE));
		ww_text_labelled(r, 6, ww_text_tr(r, N_("but")),
				 ww_text_child(r, item, WW_NODE_BUT));
	}
}

static void
text_folklore(struct ww_render *r, const struct ww_node *folklore)
{
	const struct ww_node *item = ww_node_child(folklore);

	ww_text_heading(r, N_("Seen elsewhere, of no use or harmful here"));
	for (; item != NULL; item = ww_node_next(item))
		ww_text_pair(r, ww_text_child(r, item, WW_NODE_ADVICE),
			     ww_text_child(r, item, WW_NODE_BECAUSE));
}

static void
text_decode(struct ww_render *r, const struct ww_node *reading,
	    const struct ww_node *family)
{
	const struct ww_node *recipe =
	    ww_node_child(ww_node_find(reading, WW_NODE_DECODE));
	struct ww_slice why = ww_text_child(r, reading, WW_NODE_NO_DECODE);

	(void)family;
	if (recipe == NULL && why.len == 0)
		return;
	ww_text_heading(r, N_("Decode it yourself"));
	if (why.len > 0)
		ww_text_paragraph(r, why, 2);
	for (; recipe != NULL; recipe = ww_node_next(recipe)) {
		ww_text_paragraph(r, ww_child_text(recipe, WW_NODE_SHELL), 2);
		ww_text_lines(r, ww_child_text(recipe, WW_NODE_COMMAND), 4);
		if (ww_node_find(recipe, WW_NODE_NOTE) != NULL)
			ww_text_paragraph(
			    r, ww_text_child(r, recipe, WW_NODE_NOTE), 6);
	}
}

static void
text_logged(struct ww_render *r, const struct ww_node *logs)
{
	const struct ww_node *log = ww_node_child(logs);

	ww_text_heading(r, N_("Logged in"));
	for (; log != NULL; log = ww_node_next(log))
		ww_text_pair(r, ww_text_child(r, log, WW_NODE_WHERE),
			     ww_text_child(r, log, WW_NODE_WHAT));
}

static void
text_related(struct ww_render *r, const struct ww_node *related)
{
	const struct ww_node *code = ww_node_child(related);

	if (code == NULL)
		return;
	ww_text_heading(r, N_("Related"));
	for (; code != NULL; code = ww_node_next(code)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);
		struct ww_slice id = ww_child_text(code, WW_NODE_ID);

		ww_buf_add(&buf, id);
		ww_buf_add(&buf, id.len > 0 ? WW_LIT("  ") : WW_LIT(""));
		ww_buf_add(&buf, ww_text_child(r, code, WW_NODE_NOTE));
		ww_text_labelled(r, 2, ww_child_text(code, WW_NODE_VALUE),
				 ww_buf_slice(&buf));
	}
}

static void
text_faq(struct ww_render *r, const struct ww_node *faq)
{
	const struct ww_node *item = ww_node_child(faq);

	ww_text_heading(r, N_("Questions"));
	for (; item != NULL; item = ww_node_next(item))
		if (r->style.full)
			ww_text_pair(r,
				     ww_text_child(r, item, WW_NODE_QUESTION),
				     ww_text_child(r, item,
						   WW_NODE_ANSWER_TEXT));
		else
			ww_text_paragraph(
			    r, ww_text_child(r, item, WW_NODE_QUESTION), 2);
	if (!r->style.full)
		ww_text_paragraph(r, ww_text_tr(r, N_("--full answers them.")),
				  2);
}

void
ww_text_sources(struct ww_render *r, const struct ww_node *sources)
{
	const struct ww_node *source = ww_node_child(sources);

	if (source == NULL || !r->style.full)
		return;
	ww_text_heading(r, N_("Sources"));
	for (; source != NULL; source = ww_node_next(source)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);

		ww_buf_add(&buf, ww_child_text(source, WW_NODE_TITLE));
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, ww_child_text(source, WW_NODE_PUBLISHER));
		ww_buf_add(&buf, WW_LIT(", "));
		ww_buf_add(&buf, ww_child_text(source, WW_NODE_READ));
		ww_buf_add(&buf, WW_LIT(")"));
		ww_text_pair(r, ww_buf_slice(&buf),
			     ww_child_text(source, WW_NODE_URL));
	}
}

struct part {
	enum ww_node_kind kind;
	void (*show)(struct ww_render *, const struct ww_node *part);
	void (*show_in)(struct ww_render *, const struct ww_node *reading,
			const struct ww_node *part);
};

/* In the order of the page; a part that is missing is passed over. */
static const struct part parts[] = {
	{ WW_NODE_PARAMETER_MEANINGS, ww_text_stop, NULL },
	{ WW_NODE_DETAIL, text_detail, NULL },
	{ WW_NODE_BY_CONTEXT, text_by_context, NULL },
	{ WW_NODE_RAISED, text_raised, NULL },
	{ WW_NODE_RULES_OUT, text_rules_out, NULL },
	{ WW_NODE_SETTLE, NULL, ww_text_settle },
	{ WW_NODE_CAUSES, NULL, ww_text_causes },
	{ WW_NODE_FOLKLORE, text_folklore, NULL },
};

static const struct part last_parts[] = {
	{ WW_NODE_LOGGED_IN, text_logged, NULL },
	{ WW_NODE_RELATED, text_related, NULL },
	{ WW_NODE_FAMILY, NULL, text_decode },
	{ WW_NODE_FAQ, text_faq, NULL },
	{ WW_NODE_SOURCES, ww_text_sources, NULL },
};

static void
show_parts(struct ww_render *r, const struct ww_node *reading,
	   const struct part *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct ww_node *part =
		    ww_node_find(reading, list[i].kind);

		if (part == NULL)
			continue;
		if (list[i].show != NULL)
			list[i].show(r, part);
		else
			list[i].show_in(r, reading, part);
	}
}

void
ww_text_background(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *family = ww_node_find(reading, WW_NODE_FAMILY);

	/* A topic says who raises a code, more closely than its family. */
	if (family != NULL && ww_node_find(reading, WW_NODE_TOPIC) == NULL) {
		text_family(r, family);
		/* Of a family's own page nobody expects them. */
		if (ww_node_find(reading, WW_NODE_VALUE) != NULL &&
		    ww_node_find(reading, WW_NODE_BY_CONTEXT) == NULL)
			text_no_topic(r);
	}
	show_parts(r, reading, parts, WW_ARRAY_LEN(parts));
	show_parts(r, reading, last_parts, WW_ARRAY_LEN(last_parts));
}

static void
text_reading(struct ww_render *r, const struct ww_node *reading)
{
	ww_text_title(r, reading);
	ww_text_identity(r, reading);
	ww_text_background(r, reading);
}

/* The other readings in a line each, with the reason for their rank. */
static void
text_others(struct ww_render *r, const struct ww_node *reading,
	    struct ww_slice value)
{
	if (reading == NULL)
		return;
	ww_text_heading(r, N_("It can also be"));
	for (; reading != NULL; reading = ww_node_next(reading)) {
		const struct ww_node *name =
		    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
		const struct ww_node *family =
		    ww_node_find(reading, WW_NODE_FAMILY);
		struct ww_buf buf = ww_buf_in(r->out.arena);

		ww_buf_add(&buf, ww_child_text(name, WW_NODE_ID));
		if (!ww_slice_eq(ww_child_text(reading, WW_NODE_VALUE),
				 value)) {
			ww_buf_add(&buf, WW_LIT("  "));
			ww_buf_add(&buf, ww_child_text(reading, WW_NODE_VALUE));
		} else {
			ww_buf_add(&buf, WW_LIT("  --as "));
			ww_buf_add(&buf,
				   family == NULL
				       ? ww_child_text(reading, WW_NODE_SPACE)
				       : ww_child_text(family, WW_NODE_ID));
		}
		ww_text_pair(r, ww_buf_slice(&buf),
			     ww_text_child(r, reading, WW_NODE_MEANING));
		if (r->style.full)
			ww_text_labelled(r, 6, ww_text_tr(r, N_("read so")),
					 ww_child_text(reading,
						       WW_NODE_WHY_RANKED));
	}
}

static void
text_nothing(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *s =
	    ww_node_child(ww_node_find(answer, WW_NODE_SUGGESTIONS));

	if (ww_node_child(ww_node_find(answer, WW_NODE_READINGS)) == NULL &&
	    ww_node_find(answer, WW_NODE_RECOGNISED) == NULL) {
		ww_text_paint(r, PAINT_TITLE,
			      ww_child_text(answer, WW_NODE_QUERY));
		ww_buf_add(&r->out, WW_LIT("  "));
		ww_buf_add(&r->out,
			   ww_text_tr(r,
				      s == NULL
					  ? N_("nothing is known of this")
					  : N_("is not a whole code or name")));
		ww_text_newline(r);
	}
	if (s == NULL)
		return;
	ww_text_heading(r, N_("Did you mean"));
	for (; s != NULL; s = ww_node_next(s))
		ww_text_paragraph(r, ww_node_text(s), 2);
}

static void
text_answer(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *first =
	    ww_node_child(ww_node_find(answer, WW_NODE_READINGS));
	const struct ww_node *events = ww_node_find(answer, WW_NODE_EVENTS);

	if (events != NULL) {
		ww_text_events(r, events);
		return;
	}
	ww_text_known_lines(r, answer);
	if (first != NULL) {
		if (ww_node_find(answer, WW_NODE_RECOGNISED) != NULL)
			ww_text_newline(r);
		text_reading(r, first);
		text_others(r, ww_node_next(first),
			    ww_child_text(first, WW_NODE_VALUE));
	}
	text_nothing(r, answer);
}

static void
text_result(struct ww_render *r, const struct ww_node *result)
{
	ww_text_paint(r, PAINT_TITLE, ww_child_text(result, WW_NODE_VALUE));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_TITLE, ww_child_text(result, WW_NODE_ID));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_DIM, ww_text_child(r, result, WW_NODE_TITLE));
	ww_text_newline(r);
	if (ww_node_find(result, WW_NODE_SUMMARY) != NULL)
		ww_text_paragraph(r, ww_text_child(r, result, WW_NODE_SUMMARY),
				  4);
}

void
ww_render_text(struct ww_render *r)
{
	const struct ww_node *root = ww_report_root(r->report);
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_ANSWERS));
	struct ww_slice omitted = ww_child_text(root, WW_NODE_OMITTED);

	if (ww_node_find(root, WW_NODE_VERDICT) != NULL) {
		ww_text_diagnosis(r, root);
		return;
	}
	if (ww_child_is(root, WW_NODE_KIND, "list")) {
		ww_text_list(r, root);
		return;
	}
	if (ww_node_find(root, WW_NODE_ENTRIES) != NULL) {
		ww_text_entries(r, root);
		return;
	}
	if (ww_node_find(root, WW_NODE_CODES) != NULL) {
		ww_text_codes(r, root, SIZE_MAX);
		ww_text_coverage(r, root);
		return;
	}
	for (; n != NULL; n = ww_node_next(n)) {
		text_answer(r, n);
		if (ww_node_next(n) != NULL)
			ww_text_lines(r, WW_LIT("\n"), 0);
	}
	n = ww_node_child(ww_node_find(root, WW_NODE_RESULTS));
	for (; n != NULL; n = ww_node_next(n))
		text_result(r, n);
	if (omitted.len > 0) {
		ww_text_newline(r);
		ww_text_labelled(
		    r, 0, omitted,
		    ww_text_tr(r,
			       N_("further codes of the text are left out")));
	}
}
