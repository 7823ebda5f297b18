/*
 * Markdown for tickets and chats: CommonMark with tables.
 */
#include "base/compiler.h"
#include "render/render.h"

#include "base/banned.h"

static void
add(struct ww_render *r, const char *s)
{
	ww_buf_add(&r->out, ww_slice_cstr(s));
}

/* Text with the characters that Markdown would read escaped. */
static void
add_text(struct ww_render *r, struct ww_slice text)
{
	struct ww_buf clean = ww_buf_in(r->out.arena);

	ww_add_clean(&clean, text);
	for (size_t i = 0; i < clean.len; i++) {
		if (strchr("\\`*_[]<>|#", clean.p[i]) != NULL)
			ww_buf_char(&r->out, '\\');
		ww_buf_char(&r->out, clean.p[i]);
	}
}

static void
add_child(struct ww_render *r, const struct ww_node *node,
	  enum ww_node_kind kind)
{
	add_text(r, ww_child_text(node, kind));
}

static void
heading(struct ww_render *r, const char *english)
{
	add(r, "\n### ");
	add_text(r, ww_tr(r->report, english));
	add(r, "\n\n");
}

/* - **label** text */
static void
item(struct ww_render *r, const char *indent, struct ww_slice label,
     struct ww_slice text)
{
	if (text.len == 0)
		return;
	add(r, indent);
	add(r, "- ");
	if (label.len > 0) {
		add(r, "**");
		add_text(r, label);
		add(r, "** ");
	}
	add_text(r, text);
	add(r, "\n");
}

struct list {
	const char *title; /* English */
	enum ww_node_kind kind;
	enum ww_node_kind head, body, rest;
};

/* Parts that are a list of two texts. */
static const struct list lists[] = {
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

static void
show_list(struct ww_render *r, const struct ww_node *reading,
	  const struct list *list)
{
	const struct ww_node *child =
	    ww_node_child(ww_node_find(reading, list->kind));

	if (child == NULL)
		return;
	heading(r, list->title);
	for (; child != NULL; child = ww_node_next(child)) {
		item(r, "", ww_child_text(child, list->head),
		     ww_child_text(child, list->body));
		if (list->rest != WW_NODE_KINDS)
			item(r, "  ", WW_LIT(""),
			     ww_child_text(child, list->rest));
	}
}

static void
table_row(struct ww_render *r, const struct ww_node *cells,
	  struct ww_slice last)
{
	const struct ww_node *cell = ww_node_child(cells);

	for (; cell != NULL; cell = ww_node_next(cell)) {
		add(r, "| ");
		add_text(r, ww_node_text(cell));
		add(r, " ");
	}
	add(r, "| ");
	add_text(r, last);
	add(r, " |\n");
}

static void
show_settle(struct ww_render *r, const struct ww_node *settle)
{
	const struct ww_node *columns = ww_node_find(settle, WW_NODE_COLUMNS);
	const struct ww_node *n;

	if (settle == NULL)
		return;
	heading(r, N_("Which cause?"));
	add_child(r, settle, WW_NODE_LEAD);
	add(r, "\n\n");
	table_row(r, columns, ww_tr(r->report, N_("cause")));
	for (n = ww_node_child(columns); n != NULL; n = ww_node_next(n))
		add(r, "| --- ");
	add(r, "| --- |\n");
	n = ww_node_child(ww_node_find(settle, WW_NODE_BRANCHES));
	for (; n != NULL; n = ww_node_next(n)) {
		struct ww_slice cause = ww_child_text(n, WW_NODE_CAUSE_NUMBER);

		table_row(r, ww_node_find(n, WW_NODE_CELLS),
			  cause.len > 0 ? cause
					: ww_child_text(n, WW_NODE_VERDICT));
	}
}

/* A fence that no shell's line starts with, and no control characters. */
static void
show_commands(struct ww_render *r, const struct ww_node *step)
{
	struct ww_slice text = ww_child_text(step, WW_NODE_COMMANDS);

	if (text.len == 0)
		return;
	add(r, "\n~~~~~~~~\n");
	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t n = end == NULL ? text.len : (size_t)(end - text.p);

		ww_add_clean(&r->out, ww_slice_of(text.p, n));
		add(r, "\n");
		text = ww_slice_from(text, end == NULL ? n : n + 1);
	}
	add(r, "~~~~~~~~\n");
}

static void
show_step(struct ww_render *r, const struct ww_node *step)
{
	static const struct {
		enum ww_node_kind kind;
		const char *label;
	} fields[] = {
		{ WW_NODE_PLACE, N_("where") },
		{ WW_NODE_RISK, N_("risk") },
		{ WW_NODE_RISK_WHY, N_("because") },
		{ WW_NODE_PRECHECK, N_("first") },
		{ WW_NODE_EXPECT, N_("expect") },
		{ WW_NODE_UNDO, N_("undo") },
		{ WW_NODE_STOP, N_("stop if") },
	};

	add(r, "\n#### ");
	add_child(r, step, WW_NODE_TITLE);
	add(r, "\n\n");
	for (size_t i = 0; i < WW_ARRAY_LEN(fields); i++) {
		struct ww_slice text = ww_child_text(step, fields[i].kind);

		if (fields[i].kind == WW_NODE_RISK)
			text = ww_word_text(r, text);
		item(r, "", ww_tr(r->report, fields[i].label), text);
	}
	show_commands(r, step);
}

static void
show_sign(struct ww_render *r, const struct ww_node *sign)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_buf_add(&buf, ww_child_text(sign, WW_NODE_WHERE));
	ww_buf_add(&buf, buf.len > 0 ? WW_LIT(": ") : WW_LIT(""));
	ww_buf_add(&buf, ww_child_text(sign, WW_NODE_SHOWS));
	item(r, "   ", ww_tr(r->report, N_("shows as")), ww_buf_slice(&buf));
}

static void
show_cause(struct ww_render *r, const struct ww_node *reading,
	   const struct ww_node *cause, unsigned number)
{
	const struct ww_node *n;

	add(r, "\n");
	ww_buf_decimal(&r->out, number);
	add(r, ". **");
	add_child(r, cause, WW_NODE_TITLE);
	add(r, "** (");
	add_text(r, ww_word_text(r, ww_child_text(cause, WW_NODE_LIKELIHOOD)));
	add(r, ", ");
	add_text(r, ww_word_text(r, ww_child_text(cause, WW_NODE_CERTAINTY)));
	add(r, ")\n");
	n = ww_node_child(ww_node_find(cause, WW_NODE_EVIDENCE));
	for (; n != NULL; n = ww_node_next(n))
		show_sign(r, n);
	item(r, "   ", ww_tr(r->report, N_("settle by")),
	     ww_child_text(cause, WW_NODE_TEST));
	n = ww_node_child(ww_node_find(cause, WW_NODE_STEP_IDS));
	for (; n != NULL; n = ww_node_next(n))
		item(r, "   ", ww_tr(r->report, N_("step")),
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
	heading(r, N_("Causes"));
	for (unsigned i = 1; n != NULL; n = ww_node_next(n))
		show_cause(r, reading, n, i++);
	heading(r, N_("Steps"));
	n = ww_node_child(ww_node_find(reading, WW_NODE_STEPS));
	for (; n != NULL; n = ww_node_next(n))
		show_step(r, n);
}

static void
show_reading(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));

	add(r, "## ");
	add_text(r, ww_shown_value(reading));
	for (; n != NULL; n = ww_node_next(n)) {
		add(r, " ");
		add_child(r, n, WW_NODE_ID);
	}
	add(r, "\n\n");
	add_child(r, reading, WW_NODE_MEANING);
	add(r, "\n\n");
	item(r, "", ww_tr(r->report, N_("read so")),
	     ww_child_text(reading, WW_NODE_WHY_RANKED));
	item(r, "", ww_tr(r->report, N_("not")),
	     ww_child_text(reading, WW_NODE_REFUSED));
	n = ww_node_find(reading, WW_NODE_FAMILY);
	item(r, "", ww_child_text(n, WW_NODE_TITLE),
	     ww_child_text(n, WW_NODE_RAISED_BY));
	n = ww_node_child(ww_node_find(reading, WW_NODE_DETAIL));
	for (; n != NULL; n = ww_node_next(n)) {
		add(r, "\n");
		add_text(r, ww_node_text(n));
		add(r, "\n");
	}
	show_list(r, reading, &lists[0]);
	show_settle(r, ww_node_find(reading, WW_NODE_SETTLE));
	show_causes(r, reading);
	for (size_t i = 1; i < WW_ARRAY_LEN(lists); i++)
		show_list(r, reading, &lists[i]);
	add(r, "\n");
}

static void
show_answer(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(answer, WW_NODE_READINGS));

	add(r, "# ");
	add_child(r, answer, WW_NODE_QUERY);
	add(r, "\n\n");
	if (n == NULL) {
		add_text(r, ww_tr(r->report, N_("nothing is known of this")));
		add(r, "\n\n");
	}
	for (; n != NULL; n = ww_node_next(n))
		show_reading(r, n);
	n = ww_node_child(ww_node_find(answer, WW_NODE_SUGGESTIONS));
	for (; n != NULL; n = ww_node_next(n))
		item(r, "", ww_tr(r->report, N_("Did you mean")),
		     ww_node_text(n));
}

void
ww_render_markdown(struct ww_render *r)
{
	const struct ww_node *root = ww_report_root(r->report);
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_ANSWERS));

	for (; n != NULL; n = ww_node_next(n))
		show_answer(r, n);
	n = ww_node_child(ww_node_find(root, WW_NODE_RESULTS));
	for (; n != NULL; n = ww_node_next(n)) {
		item(r, "", ww_child_text(n, WW_NODE_VALUE),
		     ww_child_text(n, WW_NODE_ID));
		item(r, "  ", WW_LIT(""), ww_child_text(n, WW_NODE_SUMMARY));
	}
}
