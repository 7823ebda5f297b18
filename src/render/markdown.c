/*
 * Markdown for tickets and chats: CommonMark with tables.
 */
#include "render/markdown.h"
#include "base/compiler.h"

#include "base/banned.h"

static const struct ww_md_list by_context = { N_("Where did it come up?"),
					      WW_NODE_BY_CONTEXT, WW_NODE_WHERE,
					      WW_NODE_TITLE, WW_NODE_COMMAND };

/* Parts that are a list of two texts. */
static const struct ww_md_list lists[] = {
	{ N_("Rules out"), WW_NODE_RULES_OUT, WW_NODE_WHAT, WW_NODE_BECAUSE,
	  WW_NODE_BUT },
	{ N_("Seen elsewhere, of no use or harmful here"), WW_NODE_FOLKLORE,
	  WW_NODE_ADVICE, WW_NODE_BECAUSE, WW_NODE_KINDS },
	{ N_("Decode it yourself"), WW_NODE_DECODE, WW_NODE_SHELL,
	  WW_NODE_COMMAND, WW_NODE_NOTE },
	{ N_("Logged in"), WW_NODE_LOGGED_IN, WW_NODE_WHERE, WW_NODE_WHAT,
	  WW_NODE_KINDS },
	{ N_("Related"), WW_NODE_RELATED, WW_NODE_VALUE, WW_NODE_ID,
	  WW_NODE_NOTE },
	{ N_("Questions"), WW_NODE_FAQ, WW_NODE_QUESTION, WW_NODE_ANSWER_TEXT,
	  WW_NODE_KINDS },
	{ N_("Sources"), WW_NODE_SOURCES, WW_NODE_TITLE, WW_NODE_PUBLISHER,
	  WW_NODE_URL },
};

void
ww_md_list(struct ww_render *r, const struct ww_node *of,
	   const struct ww_md_list *list)
{
	const struct ww_node *child =
	    ww_node_child(ww_node_find(of, list->kind));

	if (child == NULL)
		return;
	ww_md_heading(r, list->title);
	for (; child != NULL; child = ww_node_next(child)) {
		ww_md_item(r, "", ww_child_text(child, list->head),
			   ww_child_text(child, list->body));
		if (list->rest != WW_NODE_KINDS)
			ww_md_item(r, "  ", WW_LIT(""),
				   ww_child_text(child, list->rest));
	}
}

static void
table_row(struct ww_render *r, const struct ww_node *cells,
	  struct ww_slice last)
{
	const struct ww_node *cell = ww_node_child(cells);

	for (; cell != NULL; cell = ww_node_next(cell)) {
		ww_md_add(r, "| ");
		ww_md_text(r, ww_node_text(cell));
		ww_md_add(r, " ");
	}
	ww_md_add(r, "| ");
	ww_md_text(r, last);
	ww_md_add(r, " |\n");
}

static void
show_settle(struct ww_render *r, const struct ww_node *settle)
{
	const struct ww_node *columns = ww_node_find(settle, WW_NODE_COLUMNS);
	const struct ww_node *n;

	if (settle == NULL)
		return;
	ww_md_heading(r, N_("Which cause?"));
	ww_md_child(r, settle, WW_NODE_LEAD);
	ww_md_add(r, "\n\n");
	table_row(r, columns, ww_tr(r->report, N_("cause")));
	for (n = ww_node_child(columns); n != NULL; n = ww_node_next(n))
		ww_md_add(r, "| --- ");
	ww_md_add(r, "| --- |\n");
	n = ww_node_child(ww_node_find(settle, WW_NODE_BRANCHES));
	for (; n != NULL; n = ww_node_next(n)) {
		struct ww_slice cause = ww_child_text(n, WW_NODE_CAUSE_NUMBER);

		table_row(r, ww_node_find(n, WW_NODE_CELLS),
			  cause.len > 0 ? cause
					: ww_child_text(n, WW_NODE_VERDICT));
	}
}

static void
show_sign(struct ww_render *r, const struct ww_node *sign)
{
	struct ww_slice where = ww_child_text(sign, WW_NODE_WHERE);
	struct ww_slice shows = ww_child_text(sign, WW_NODE_SHOWS);

	ww_md_item(r, "   ", ww_tr(r->report, N_("shows as")),
		   where.len == 0 ? shows : ww_colon_text(r, where, shows));
}

static void
show_cause(struct ww_render *r, const struct ww_node *reading,
	   const struct ww_node *cause, unsigned number)
{
	const struct ww_node *n;

	ww_md_add(r, "\n");
	ww_buf_decimal(&r->out, number);
	ww_md_add(r, ". **");
	ww_md_child(r, cause, WW_NODE_TITLE);
	ww_md_add(r, "** (");
	ww_md_text(r,
		   ww_word_text(r, ww_child_text(cause, WW_NODE_LIKELIHOOD)));
	ww_md_add(r, ", ");
	ww_md_text(r, ww_word_text(r, ww_child_text(cause, WW_NODE_CERTAINTY)));
	ww_md_add(r, ")\n");
	n = ww_node_child(ww_node_find(cause, WW_NODE_EVIDENCE));
	for (; n != NULL; n = ww_node_next(n))
		show_sign(r, n);
	ww_md_item(r, "   ", ww_tr(r->report, N_("settle by")),
		   ww_child_text(cause, WW_NODE_TEST));
	n = ww_node_child(ww_node_find(cause, WW_NODE_STEP_IDS));
	for (; n != NULL; n = ww_node_next(n))
		ww_md_item(r, "   ", ww_tr(r->report, N_("step")),
			   ww_child_text(ww_find_step(reading, ww_node_text(n)),
					 WW_NODE_TITLE));
}

static void
show_causes(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(reading, WW_NODE_CAUSES));

	if (n == NULL)
		return;
	ww_md_heading(r, N_("Causes"));
	for (unsigned i = 1; n != NULL; n = ww_node_next(n))
		show_cause(r, reading, n, i++);
	ww_md_heading(r, N_("Steps"));
	n = ww_node_child(ww_node_find(reading, WW_NODE_STEPS));
	for (; n != NULL; n = ww_node_next(n))
		ww_md_step(r, n);
}

/* 1. 0x00000003 what it is */
void
ww_md_parameters(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(reading, WW_NODE_PARAMETER_MEANINGS));

	if (n == NULL)
		return;
	ww_md_heading(r, N_("Parameters"));
	for (; n != NULL; n = ww_node_next(n)) {
		const struct ww_node *value =
		    ww_node_child(ww_node_find(n, WW_NODE_PARAMETER_CASES));

		ww_md_child(r, n, WW_NODE_NUMBER);
		ww_md_add(r, ". ");
		ww_md_child(r, n, WW_NODE_VALUE);
		/* Two blanks there would put the values outside the item. */
		if (ww_child_text(n, WW_NODE_VALUE).len > 0)
			ww_md_add(r, " ");
		ww_md_child(r, n, WW_NODE_WHAT);
		ww_md_add(r, "\n");
		ww_md_item(r, "   ", WW_LIT(""),
			   ww_child_text(n, WW_NODE_MEANS));
		for (; value != NULL; value = ww_node_next(value))
			ww_md_item(r, "   ",
				   ww_child_text(value, WW_NODE_VALUE),
				   ww_child_text(value, WW_NODE_MEANS));
	}
}

void
ww_md_background(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *n = ww_node_find(reading, WW_NODE_FAMILY);

	ww_md_item(r, "", ww_child_text(n, WW_NODE_TITLE),
		   ww_child_text(n, WW_NODE_RAISED_BY));
	n = ww_node_child(ww_node_find(reading, WW_NODE_DETAIL));
	for (; n != NULL; n = ww_node_next(n)) {
		ww_md_add(r, "\n");
		ww_md_text(r, ww_node_text(n));
		ww_md_add(r, "\n");
	}
	ww_md_parameters(r, reading);
	ww_md_list(r, reading, &by_context);
	ww_md_list(r, reading, &lists[0]);
	show_settle(r, ww_node_find(reading, WW_NODE_SETTLE));
	show_causes(r, reading);
	for (size_t i = 1; i < WW_ARRAY_LEN(lists); i++)
		ww_md_list(r, reading, &lists[i]);
	ww_md_add(r, "\n");
}

static void
show_reading(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));

	ww_md_add(r, "## ");
	ww_md_text(r, ww_shown_value(reading));
	for (; n != NULL; n = ww_node_next(n)) {
		ww_md_add(r, " ");
		ww_md_child(r, n, WW_NODE_ID);
	}
	ww_md_add(r, "\n\n");
	ww_md_child(r, reading, WW_NODE_MEANING);
	ww_md_add(r, "\n\n");
	if (ww_node_find(reading, WW_NODE_SUMMARY) != NULL) {
		ww_md_child(r, reading, WW_NODE_SUMMARY);
		ww_md_add(r, "\n\n");
	}
	ww_md_item(r, "", ww_tr(r->report, N_("read so")),
		   ww_child_text(reading, WW_NODE_WHY_RANKED));
	ww_md_item(r, "", ww_tr(r->report, N_("not")),
		   ww_child_text(reading, WW_NODE_REFUSED));
	ww_md_background(r, reading);
}

static void
show_field(struct ww_render *r, const struct ww_node *field)
{
	struct ww_slice id = ww_child_text(field, WW_NODE_ID);
	struct ww_slice what = ww_child_text(field, WW_NODE_WHAT);
	const struct ww_node *value =
	    ww_node_child(ww_node_find(field, WW_NODE_VALUES));

	if (what.len > 0)
		ww_md_item(r, "", id, what);
	else
		ww_md_item(r, "", WW_LIT(""), id);
	ww_md_item(r, "  ", ww_child_text(field, WW_NODE_IS),
		   ww_child_text(field, WW_NODE_BASE));
	for (; value != NULL; value = ww_node_next(value))
		ww_md_item(r, "  ", ww_child_text(value, WW_NODE_VALUE),
			   ww_child_text(value, WW_NODE_MEANS));
}

static void
show_event(struct ww_render *r, const struct ww_node *event)
{
	const struct ww_node *form =
	    ww_node_child(ww_node_find(event, WW_NODE_FORMS));
	const struct ww_node *field;

	ww_md_add(r, "## ");
	ww_md_child(r, event, WW_NODE_PROVIDER);
	ww_md_add(r, " ");
	ww_md_child(r, event, WW_NODE_NUMBER);
	ww_md_add(r, "\n\n");
	ww_md_child(r, event, WW_NODE_TITLE);
	ww_md_add(r, "\n\n");
	ww_md_item(r, "", ww_tr(r->report, N_("says")),
		   ww_child_text(event, WW_NODE_SAYS));
	ww_md_item(r, "", ww_tr(r->report, N_("look at")),
		   ww_child_text(event, WW_NODE_NEXT));
	for (; form != NULL; form = ww_node_next(form)) {
		ww_md_heading(r, N_("Fields"));
		ww_md_item(r, "", ww_tr(r->report, N_("version")),
			   ww_child_text(form, WW_NODE_VERSIONS));
		field = ww_node_child(ww_node_find(form, WW_NODE_FIELDS));
		for (; field != NULL; field = ww_node_next(field))
			show_field(r, field);
	}
	ww_md_list(r, event, &lists[WW_ARRAY_LEN(lists) - 1]);
	ww_md_add(r, "\n");
}

/* The topic of lines that are known, where no code leads to it. */
static void
show_topic(struct ww_render *r, const struct ww_node *answer)
{
	ww_md_add(r, "## ");
	ww_md_child(r, ww_node_find(answer, WW_NODE_TOPIC), WW_NODE_TITLE);
	ww_md_add(r, "\n\n");
	ww_md_child(r, answer, WW_NODE_SUMMARY);
	ww_md_add(r, "\n");
	ww_md_background(r, answer);
}

static void
show_answer(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(answer, WW_NODE_READINGS));
	const struct ww_node *event =
	    ww_node_child(ww_node_find(answer, WW_NODE_EVENTS));

	ww_md_add(r, "# ");
	ww_md_child(r, answer, WW_NODE_QUERY);
	ww_md_add(r, "\n\n");
	if (event != NULL) {
		for (; event != NULL; event = ww_node_next(event))
			show_event(r, event);
		return;
	}
	if (ww_node_find(answer, WW_NODE_RECOGNISED) != NULL) {
		ww_md_recognised(r, answer);
		ww_md_add(r, "\n");
	} else if (n == NULL) {
		ww_md_text(r, ww_tr(r->report, N_("nothing is known of this")));
		ww_md_add(r, "\n\n");
	}
	if (ww_node_find(answer, WW_NODE_TOPIC) != NULL)
		show_topic(r, answer);
	for (; n != NULL; n = ww_node_next(n))
		show_reading(r, n);
	n = ww_node_child(ww_node_find(answer, WW_NODE_SUGGESTIONS));
	for (; n != NULL; n = ww_node_next(n))
		ww_md_item(r, "", ww_tr(r->report, N_("Did you mean")),
			   ww_node_text(n));
}

void
ww_render_markdown(struct ww_render *r)
{
	const struct ww_node *root = ww_report_root(r->report);
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_ANSWERS));

	if (ww_node_find(root, WW_NODE_VERDICT) != NULL ||
	    ww_node_find(root, WW_NODE_COVERAGE) != NULL) {
		ww_md_diagnosis(r, root);
		return;
	}
	if (ww_child_is(root, WW_NODE_KIND, "list")) {
		ww_md_browse(r, root);
		return;
	}
	for (; n != NULL; n = ww_node_next(n))
		show_answer(r, n);
	n = ww_node_child(ww_node_find(root, WW_NODE_RESULTS));
	for (; n != NULL; n = ww_node_next(n)) {
		ww_md_item(r, "", ww_child_text(n, WW_NODE_VALUE),
			   ww_child_text(n, WW_NODE_ID));
		ww_md_item(r, "  ", WW_LIT(""),
			   ww_child_text(n, WW_NODE_SUMMARY));
	}
}
