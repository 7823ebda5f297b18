/*
 * A code's page: what it is and what to do first, then what excludes and
 * what shows its causes, then what else is known.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static void
rules_out(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *item = ww_html_first(reading, WW_NODE_RULES_OUT);

	if (item == NULL)
		return;
	ww_html_section(h, "rules-out", N_("Rules out"));
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; item != NULL; item = ww_node_next(item))
		ww_html_excluded(h, item);
	ww_html_add(h, "</dl>\n</section>\n");
}

/* What is told in two texts each, as names and what stands behind them. */
struct list {
	const char *id, *title; /* English */
	enum ww_node_kind kind, head, body;
};

static const struct list folklore = {
	"elsewhere", N_("Seen elsewhere, of no use or harmful here"),
	WW_NODE_FOLKLORE, WW_NODE_ADVICE, WW_NODE_BECAUSE
};

static const struct list raised = { "raised", N_("Raised by"), WW_NODE_RAISED,
				    WW_NODE_WHO, WW_NODE_WHEN };

static const struct list logged = { "logged", N_("Logged in"),
				    WW_NODE_LOGGED_IN, WW_NODE_WHERE,
				    WW_NODE_WHAT };

static void
show_list(struct ww_html *h, const struct ww_node *reading,
	  const struct list *list)
{
	const struct ww_node *n = ww_html_first(reading, list->kind);

	if (n == NULL)
		return;
	ww_html_section(h, list->id, list->title);
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; n != NULL; n = ww_node_next(n)) {
		ww_html_add(h, "<dt>");
		ww_html_child(h, n, list->head);
		ww_html_cite(h, n);
		ww_html_add(h, "</dt><dd>");
		ww_html_child(h, n, list->body);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n</section>\n");
}

static void
detail(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *p = ww_html_first(reading, WW_NODE_DETAIL);

	if (p == NULL)
		return;
	ww_html_section(h, "detail", N_("In depth"));
	for (; p != NULL; p = ww_node_next(p)) {
		ww_html_add(h, "<p>");
		ww_html_node(h, p);
		ww_html_add(h, "</p>\n");
	}
	ww_html_add(h, "</section>\n");
}

/* What the number means to the parts of Windows that have a topic for it. */
static void
by_context(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *n = ww_html_first(reading, WW_NODE_BY_CONTEXT);

	if (n == NULL)
		return;
	ww_html_section(h, "where", N_("Where did it come up?"));
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; n != NULL; n = ww_node_next(n)) {
		ww_html_wrap(h, "dt", n, WW_NODE_WHERE);
		ww_html_add(h, "<dd><a");
		ww_html_attr(h, "data-topic", ww_child_text(n, WW_NODE_ID));
		ww_html_add(h, ">");
		ww_html_child(h, n, WW_NODE_TITLE);
		ww_html_add(h, "</a><br>");
		ww_html_wrap(h, "code", n, WW_NODE_COMMAND);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n</section>\n");
}

/* A topic says who raises this code, more closely than its family. */
static void
family(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *node = ww_node_find(reading, WW_NODE_FAMILY);

	if (node == NULL || ww_node_find(reading, WW_NODE_TOPIC) != NULL)
		return;
	ww_html_section(h, "raised", N_("Raised by"));
	ww_html_wrap(h, "p", node, WW_NODE_RAISED_BY);
	ww_html_wrap(h, "p", node, WW_NODE_SURFACES);
	/* A family itself has no causes. */
	if (ww_node_find(reading, WW_NODE_VALUE) != NULL &&
	    ww_node_find(reading, WW_NODE_BY_CONTEXT) == NULL)
		ww_html_element(
		    h, "p class=\"note\"",
		    ww_colon_text(h->r, ww_tr(h->r->report, N_("not known")),
				  ww_tr(h->r->report,
					N_("its causes and steps: no topic "
					   "covers this code yet"))));
	ww_html_add(h, "</section>\n");
}

static void
decode(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *recipe = ww_html_first(reading, WW_NODE_DECODE);

	if (recipe == NULL && ww_node_find(reading, WW_NODE_NO_DECODE) == NULL)
		return;
	ww_html_section(h, "decode", N_("Decode it yourself"));
	ww_html_wrap(h, "p", reading, WW_NODE_NO_DECODE);
	for (; recipe != NULL; recipe = ww_node_next(recipe)) {
		ww_html_add(h, "<p class=\"tags\">");
		ww_html_tag(h, "", NULL, ww_child_text(recipe, WW_NODE_SHELL));
		ww_html_add(h, "</p>\n");
		ww_html_commands(h, ww_child_text(recipe, WW_NODE_COMMAND));
		ww_html_wrap(h, "p", recipe, WW_NODE_NOTE);
	}
	ww_html_add(h, "</section>\n");
}

static void
related(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *code = ww_html_first(reading, WW_NODE_RELATED);

	if (code == NULL)
		return;
	ww_html_section(h, "related", N_("Related"));
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; code != NULL; code = ww_node_next(code)) {
		ww_html_add(h, "<dt>");
		ww_html_code(h, ww_child_text(code, WW_NODE_VALUE));
		ww_html_add(h, " ");
		ww_html_wrap(h, "code", code, WW_NODE_ID);
		ww_html_add(h, "</dt><dd>");
		ww_html_child(h, code, WW_NODE_NOTE);
		ww_html_add(h, "</dd>\n");
	}
	ww_html_add(h, "</dl>\n</section>\n");
}

static void
questions(struct ww_html *h, const struct ww_node *reading)
{
	const struct ww_node *qa = ww_html_first(reading, WW_NODE_FAQ);

	if (qa == NULL)
		return;
	ww_html_section(h, "questions", N_("Questions"));
	for (; qa != NULL; qa = ww_node_next(qa)) {
		ww_html_add(h, "<details class=\"faq\"><summary>");
		ww_html_child(h, qa, WW_NODE_QUESTION);
		ww_html_add(h, "</summary><p>");
		ww_html_child(h, qa, WW_NODE_ANSWER_TEXT);
		ww_html_cite(h, qa);
		ww_html_add(h, "</p></details>\n");
	}
	ww_html_add(h, "</section>\n");
}

static void
source(struct ww_html *h, const struct ww_node *node, int64_t number)
{
	struct ww_slice address = ww_child_text(node, WW_NODE_URL);

	ww_html_add(h, "<li");
	ww_html_id(h, "source", number);
	ww_html_add(h, ">");
	ww_html_add(h, ww_html_is_url(address) ? "<a rel=\"noreferrer\"" : "");
	ww_html_url(h, address);
	ww_html_add(h, ww_html_is_url(address) ? ">" : "");
	ww_html_child(h, node, WW_NODE_TITLE);
	ww_html_add(h, ww_html_is_url(address) ? "</a>" : "");
	ww_html_add(h, " <span class=\"soft\">");
	ww_html_child(h, node, WW_NODE_PUBLISHER);
	ww_html_add(h, ", ");
	ww_html_child(h, node, WW_NODE_READ);
	ww_html_add(h, "</span></li>\n");
}

void
ww_html_sources(struct ww_html *h, const struct ww_node *of)
{
	const struct ww_node *node = ww_html_first(of, WW_NODE_SOURCES);

	if (node == NULL)
		return;
	ww_html_section(h, "sources", N_("Sources"));
	ww_html_add(h, "<ol class=\"sources\">\n");
	for (int64_t n = 1; node != NULL; node = ww_node_next(node), n++)
		source(h, node, n);
	ww_html_add(h, "</ol>\n</section>\n");
}

/* The number of a parameter, what was given and what it says. */
static void
parameter(struct ww_html *h, const struct ww_node *p)
{
	ww_html_add(h, "<dt><span class=\"n\">");
	ww_html_child(h, p, WW_NODE_NUMBER);
	ww_html_add(h, "</span> ");
	ww_html_wrap(h, "code", p, WW_NODE_VALUE);
	ww_html_add(h, " ");
	ww_html_child(h, p, WW_NODE_WHAT);
	ww_html_add(h, "</dt><dd>");
	ww_html_wrap(h, "p", p, WW_NODE_MEANS);
	ww_html_values(h, ww_html_first(p, WW_NODE_PARAMETER_CASES));
	ww_html_add(h, "</dd>\n");
}

void
ww_html_parameters(struct ww_html *h, const struct ww_node *of)
{
	const struct ww_node *p = ww_html_first(of, WW_NODE_PARAMETER_MEANINGS);

	if (p == NULL)
		return;
	ww_html_section(h, "parameters", N_("Parameters"));
	ww_html_add(h, "<dl class=\"pairs\">\n");
	for (; p != NULL; p = ww_node_next(p))
		parameter(h, p);
	ww_html_add(h, "</dl>\n</section>\n");
}

void
ww_html_parts(struct ww_html *h, const struct ww_node *reading)
{
	static const struct ww_html_part parts[] = {
		{ "parameters", N_("Parameters"), WW_NODE_PARAMETER_MEANINGS },
		{ "where", N_("Where did it come up?"), WW_NODE_BY_CONTEXT },
		{ "which", N_("Which cause?"), WW_NODE_SETTLE },
		{ "rules-out", N_("Rules out"), WW_NODE_RULES_OUT },
		{ "causes", N_("Causes"), WW_NODE_CAUSES },
		{ "elsewhere", N_("Seen elsewhere, of no use or harmful here"),
		  WW_NODE_FOLKLORE },
		{ "detail", N_("In depth"), WW_NODE_DETAIL },
		{ "raised", N_("Raised by"), WW_NODE_RAISED },
		{ "logged", N_("Logged in"), WW_NODE_LOGGED_IN },
		{ "decode", N_("Decode it yourself"), WW_NODE_DECODE },
		{ "related", N_("Related"), WW_NODE_RELATED },
		{ "questions", N_("Questions"), WW_NODE_FAQ },
		{ "codes", N_("Codes"), WW_NODE_MEMBERS },
		{ "sources", N_("Sources"), WW_NODE_SOURCES },
	};

	ww_html_contents(h, reading, parts, WW_ARRAY_LEN(parts));
	ww_html_add(h, "\n");
}

void
ww_html_background(struct ww_html *h, const struct ww_node *reading)
{
	ww_html_parameters(h, reading);
	by_context(h, reading);
	ww_html_settle(h, reading);
	rules_out(h, reading);
	ww_html_causes(h, reading);
	show_list(h, reading, &folklore);
	detail(h, reading);
	show_list(h, reading, &raised);
	family(h, reading);
	show_list(h, reading, &logged);
	decode(h, reading);
	related(h, reading);
	questions(h, reading);
}

/* 0x80072F8F WININET_E_DECODING_FAILED */
static void
other_summary(struct ww_html *h, const struct ww_node *reading)
{
	ww_html_add(h, "<summary>");
	ww_html_element(h, "code", ww_shown_value(reading));
	ww_html_add(h, " ");
	ww_html_wrap(h, "code", ww_html_first(reading, WW_NODE_NAMES),
		     WW_NODE_ID);
	ww_html_add(h, " <span class=\"soft\">");
	ww_html_text(h, ww_space_text(h->r, reading));
	ww_html_add(h, "</span></summary>\n");
}

/* The other readings, ranked: a page of its own each, folded. */
static void
others(struct ww_html *h, const struct ww_node *reading)
{
	struct ww_html in = *h;

	if (reading == NULL)
		return;
	ww_html_section(h, "also", N_("It can also be"));
	in.level = h->level + 2;
	for (int64_t n = 2; reading != NULL;
	     reading = ww_node_next(reading), n++) {
		in.prefix = ww_html_prefix(h, h->prefix, 'r', n);
		in.sources = ww_node_find(reading, WW_NODE_SOURCES);
		ww_html_add(h, "<details class=\"fold\">");
		other_summary(h, reading);
		ww_html_title(&in, reading);
		ww_html_identity(&in, reading);
		ww_html_background(&in, reading);
		ww_html_sources(&in, reading);
		ww_html_add(h, "</details>\n");
	}
	ww_html_add(h, "</section>\n");
}

/* A number without a name is likelier to be a slip than an answer. */
static void
slip(struct ww_html *h, const struct ww_node *suggestion)
{
	if (suggestion == NULL)
		return;
	ww_html_add(h, "<p class=\"note\">");
	ww_html_tr(h, N_("Did you mean"));
	for (; suggestion != NULL; suggestion = ww_node_next(suggestion)) {
		ww_html_add(h, " ");
		ww_html_code(h, ww_node_text(suggestion));
	}
	ww_html_add(h, "</p>\n");
}

void
ww_html_reading(struct ww_html *h, const struct ww_node *reading,
		const struct ww_node *answer)
{
	h->sources = ww_node_find(reading, WW_NODE_SOURCES);
	ww_html_add(h, "<article>\n<header>\n");
	ww_html_title(h, reading);
	slip(h, ww_html_first(answer, WW_NODE_SUGGESTIONS));
	ww_html_add(h, "</header>\n<div class=\"side\">\n");
	ww_html_identity(h, reading);
	ww_html_parts(h, reading);
	ww_html_add(h, "</div>\n<div class=\"body\">\n");
	ww_html_recognised(h, answer);
	others(h, ww_node_next(reading));
	ww_html_background(h, reading);
	ww_html_sources(h, reading);
	ww_html_add(h, "</div>\n</article>\n");
}
