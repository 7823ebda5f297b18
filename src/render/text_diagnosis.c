/*
 * A diagnosis: the verdict, the findings with their lines and steps, and what
 * is not the cause.
 */
#include "base/compiler.h"
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Broken things listed under a finding, and what a topic rules out. */
#define ITEMS_SHOWN	  12
#define CONTRADICTS_SHOWN 4
#define HARMLESS_SHOWN	  6
#define CODES_SHOWN	  8

static bool
text_is(struct ww_slice text, const char *word)
{
	return ww_slice_eq(text, ww_slice_cstr(word));
}

static bool
is_fault(const struct ww_node *finding)
{
	return text_is(ww_child_text(finding, WW_NODE_SEVERITY), "fault");
}

/* FAULT  the sentence */
static void
verdict(struct ww_render *r, const struct ww_node *root)
{
	struct ww_slice shown = ww_verdict_text(r, root);
	bool fault = text_is(ww_child_text(root, WW_NODE_VERDICT), "fault");
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
	ww_buf_add(&place, ww_child_text(q, WW_NODE_FILE));
	ww_buf_char(&place, ':');
	ww_buf_add(&place,
		   ww_child_text(ww_node_find(q, WW_NODE_AT), WW_NODE_LINE));
	ww_buf_fill(&r->out, ' ', 3);
	ww_text_paint(r, PAINT_DIM, ww_buf_slice(&place));
	ww_text_newline(r);
	ww_text_paragraph(r, ww_child_text(q, WW_NODE_QUOTED), 5);
}

static void
quotes(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *q =
	    ww_node_child(ww_node_find(finding, WW_NODE_QUOTES));

	for (; q != NULL; q = ww_node_next(q))
		quote(r, q);
}

/* How often it failed since when, and when it last worked. */
static void
history(struct ww_render *r, const struct ww_node *finding)
{
	struct ww_slice success = ww_child_text(finding, WW_NODE_LAST_SUCCESS);
	struct ww_fill fills[] = {
		{ "count", ww_child_text(finding, WW_NODE_FAILING) },
		{ "since", ww_child_text(finding, WW_NODE_SINCE) },
		{ "success", success },
		{ 0 },
	};
	bool dated = fills[1].value.len > 0;
	const char *how_often = dated ? N_("{count} times in a row, first on "
					   "{since}")
				      : N_("{count} times in a row");

	if (fills[0].value.len == 0)
		return;
	if (text_is(fills[0].value, "1"))
		how_often = dated ? N_("once, on {since}") : N_("once");
	fills[0] =
	    (struct ww_fill){ "often", ww_fill_text(r, how_often, fills) };
	ww_text_labelled(r, 3, ww_text_tr(r, N_("failed")),
			 success.len == 0
			     ? fills[0].value
			     : ww_fill_text(r,
					    N_("{often}; the last success was "
					       "{success}"),
					    fills));
}

/* What a technician asks for; the others with --full. */
static bool
is_asked_for(struct ww_slice fact)
{
	static const char *const names[] = {
		"server",	 "service",	 "proxy",    "fault-code",
		"fault-message", "fault-method", "fault-id", "version",
		"source-path",	 "installer",	 "kb",	     "package",
		"action",	 "action-error", "client",   "exception",
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		if (text_is(fact, names[i]))
			return true;
	return false;
}

/* server  http://wsus01:8530 */
static void
facts(struct ww_render *r, const struct ww_node *finding)
{
	const struct ww_node *fact =
	    ww_node_child(ww_node_find(finding, WW_NODE_FACTS));

	for (; fact != NULL; fact = ww_node_next(fact))
		if (r->style.full ||
		    is_asked_for(ww_child_text(fact, WW_NODE_ID)))
			ww_text_labelled(r, 3, ww_child_text(fact, WW_NODE_ID),
					 ww_child_text(fact, WW_NODE_VALUE));
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

/* (0x80244007), unless the sentence has it */
static void
add_code(struct ww_buf *head, const struct ww_node *f)
{
	struct ww_slice code = ww_child_text(f, WW_NODE_VALUE);

	if (code.len == 0 || ww_slice_casehas(ww_buf_slice(head), code))
		return;
	ww_buf_add(head, WW_LIT(" ("));
	ww_buf_add(head, code);
	ww_buf_char(head, ')');
}

static void
finding(struct ww_render *r, const struct ww_node *f, unsigned number)
{
	struct ww_buf head = ww_buf_in(r->out.arena);
	struct ww_slice machine = ww_child_text(f, WW_NODE_MACHINE);
	/* The verdict has just said the sentence: this names the cause. */
	struct ww_slice title =
	    ww_text_child(r, f,
			  ww_node_find(f, WW_NODE_CAUSE_TITLE) != NULL
			      ? WW_NODE_CAUSE_TITLE
			      : WW_NODE_TITLE);

	ww_text_newline(r);
	ww_buf_decimal(&head, number);
	ww_buf_add(&head, WW_LIT("  "));
	ww_buf_add(&head,
		   machine.len == 0 ? title : ww_colon_text(r, machine, title));
	add_code(&head, f);
	ww_text_paint(r, PAINT_TITLE, ww_buf_slice(&head));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_DIM,
		      ww_word_text(r, ww_child_text(f, WW_NODE_CONFIDENCE)));
	ww_text_newline(r);
	if (ww_node_find(f, WW_NODE_EXPLANATION) != NULL)
		ww_text_paragraph(r, ww_text_child(r, f, WW_NODE_EXPLANATION),
				  3);
	quotes(r, f);
	history(r, f);
	facts(r, f);
	items(r, f);
	open_question(r, f);
	steps(r, f);
}

static bool
is_good(const struct ww_node *outcome)
{
	return text_is(ww_child_text(outcome, WW_NODE_STATE), "succeeded");
}

/* Among outcomes from `o` on: how many of its kind ended well, and the last. */
static size_t
count_good(const struct ww_node *o, struct ww_slice *retlast)
{
	struct ww_slice kind = ww_child_text(o, WW_NODE_KIND);
	size_t n = 0;

	for (; o != NULL; o = ww_node_next(o)) {
		struct ww_slice time = ww_child_text(o, WW_NODE_LAST_SUCCESS);

		if (!is_good(o) ||
		    !ww_slice_eq(ww_child_text(o, WW_NODE_KIND), kind))
			continue;
		n++;
		/* Written so that the later time sorts behind. */
		if (ww_slice_cmp(time, *retlast) > 0)
			*retlast = time;
	}
	return n;
}

static bool
is_told_before(const struct ww_node *first, const struct ww_node *o)
{
	for (; first != o; first = ww_node_next(first))
		if (is_good(first) &&
		    ww_slice_eq(ww_child_text(first, WW_NODE_KIND),
				ww_child_text(o, WW_NODE_KIND)))
			return true;
	return false;
}

/* scan for updates: the last one succeeded (2026-11-18 08:25:53) */
static void
good_kind(struct ww_render *r, const struct ww_node *o)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_buf count = buf;
	struct ww_slice last = { 0 };
	size_t n = count_good(o, &last);
	struct ww_fill fills[] = {
		{ "what", ww_text_child(r, o, WW_NODE_TITLE) },
		{ "count", { 0 } },
		{ 0 },
	};

	/* Of several it is not told which. */
	if (n == 1)
		fills[0].value = ww_text_about(r, o);
	ww_buf_decimal(&count, (int64_t)n);
	fills[1].value = ww_buf_slice(&count);
	ww_buf_add(&buf,
		   ww_fill_text(r,
				n == 1 ? N_("{what}: the last one succeeded")
				       : N_("{what}: succeeded, of different "
					    "kinds: {count}"),
				fills));
	if (last.len > 0) {
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, last);
		ww_buf_char(&buf, ')');
	}
	ww_text_paragraph(r, ww_buf_slice(&buf), 2);
}

/* Kinds of outcomes that are good, each once. */
static void
good_outcomes(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *first =
	    ww_node_child(ww_node_find(root, WW_NODE_OUTCOMES));

	for (const struct ww_node *o = first; o != NULL; o = ww_node_next(o))
		if (is_good(o) && !is_told_before(first, o))
			good_kind(r, o);
}

static void
harmless(struct ww_render *r, const struct ww_node *f)
{
	const struct ww_node *q =
	    ww_node_child(ww_node_find(f, WW_NODE_QUOTES));
	struct ww_buf buf = ww_buf_in(r->out.arena);
	const struct ww_fill fills[] = {
		{ "count", ww_child_text(f, WW_NODE_COUNT) },
		{ "what", ww_text_child(r, f, WW_NODE_TITLE) },
		{ 0 },
	};

	ww_buf_add(&buf, ww_fill_text(r, N_("{count} x {what}"), fills));
	ww_buf_add(&buf, WW_LIT(" ("));
	ww_buf_add(&buf, ww_child_text(q, WW_NODE_FILE));
	ww_buf_char(&buf, ':');
	ww_buf_add(&buf,
		   ww_child_text(ww_node_find(q, WW_NODE_AT), WW_NODE_LINE));
	ww_buf_char(&buf, ')');
	ww_text_pair(r, ww_buf_slice(&buf),
		     ww_text_child(r, f, WW_NODE_EXPLANATION));
}

static void
contradicted(struct ww_render *r, const struct ww_node *first)
{
	const struct ww_node *item =
	    ww_node_child(ww_node_find(first, WW_NODE_CONTRADICTS));

	for (int n = 0; item != NULL; item = ww_node_next(item), n++)
		if (n < CONTRADICTS_SHOWN || r->style.full) {
			ww_text_pair(r, ww_text_child(r, item, WW_NODE_WHAT),
				     ww_text_child(r, item, WW_NODE_BECAUSE));
			ww_text_labelled(r, 6, ww_text_tr(r, N_("but")),
					 ww_text_child(r, item, WW_NODE_BUT));
		}
}

/* The first finding of a severity, or NULL. */
static const struct ww_node *
first_that_is(const struct ww_node *root, bool fault)
{
	const struct ww_node *f =
	    ww_node_child(ww_node_find(root, WW_NODE_FINDINGS));

	while (f != NULL && is_fault(f) != fault)
		f = ww_node_next(f);
	return f;
}

static void
not_the_cause(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *fault = first_that_is(root, true);
	const struct ww_node *f = first_that_is(root, false);

	if (fault == NULL && f == NULL)
		return;
	ww_text_heading(r, fault != NULL ? N_("Not the cause")
					 : N_("Looks bad and is not"));
	if (fault != NULL)
		good_outcomes(r, root);
	for (int n = 0; f != NULL; f = ww_node_next(f))
		if (n++ < HARMLESS_SHOWN || r->style.full)
			harmless(r, f);
	if (fault != NULL)
		contradicted(r, fault);
}

void
ww_text_diagnosis(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *f =
	    ww_node_child(ww_node_find(root, WW_NODE_FINDINGS));

	verdict(r, root);
	for (unsigned n = 1; f != NULL && is_fault(f); f = ww_node_next(f), n++)
		finding(r, f, n);
	not_the_cause(r, root);
	ww_text_coverage(r, root);
	ww_text_timeline(r, root);
	ww_text_codes(r, root, r->style.full ? SIZE_MAX : CODES_SHOWN);
}
