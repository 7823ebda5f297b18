/*
 * What is not the cause: what was found well, lines that look bad and are
 * not, and what the finding's code excludes.
 */
#include "render/text.h"

#include "base/banned.h"

/* What a code rules out, and kinds of harmless lines, without --full. */
#define CONTRADICTS_SHOWN 4
#define HARMLESS_SHOWN	  6

static bool
is_good(const struct ww_node *outcome)
{
	return ww_child_is(outcome, WW_NODE_STATE, "succeeded");
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

/* Whether the finding's contradictions have told of that kind. */
static bool
is_contradiction(const struct ww_node *fault, const struct ww_node *o)
{
	const struct ww_node *item =
	    ww_node_child(ww_node_find(fault, WW_NODE_CONTRADICTS));

	while (item != NULL && !ww_slice_eq(ww_child_text(item, WW_NODE_KIND),
					    ww_child_text(o, WW_NODE_KIND)))
		item = ww_node_next(item);
	return item != NULL;
}

/* Kinds of outcomes that are good, each once. */
static void
good_outcomes(struct ww_render *r, const struct ww_node *root,
	      const struct ww_node *fault)
{
	const struct ww_node *first =
	    ww_node_child(ww_node_find(root, WW_NODE_OUTCOMES));

	for (const struct ww_node *o = first; o != NULL; o = ww_node_next(o))
		if (is_good(o) && !is_told_before(first, o) &&
		    !is_contradiction(fault, o))
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
	ww_buf_add(&buf, ww_place_text(r, ww_child_text(q, WW_NODE_FILE), q));
	ww_buf_char(&buf, ')');
	ww_text_pair(r, ww_buf_slice(&buf),
		     ww_text_child(r, f, WW_NODE_EXPLANATION));
}

/* What something else in the files excludes, with its line. */
static void
contradicted_by_lines(struct ww_render *r, const struct ww_node *fault)
{
	const struct ww_node *item =
	    ww_node_child(ww_node_find(fault, WW_NODE_CONTRADICTS));

	for (; item != NULL; item = ww_node_next(item)) {
		if (ww_node_find(item, WW_NODE_QUOTES) == NULL)
			continue;
		ww_text_pair(r, ww_text_child(r, item, WW_NODE_WHAT),
			     ww_text_child(r, item, WW_NODE_BECAUSE));
		ww_text_quotes(r, item);
	}
}

/* What its code excludes. */
static void
contradicted(struct ww_render *r, const struct ww_node *fault)
{
	const struct ww_node *item =
	    ww_node_child(ww_node_find(fault, WW_NODE_CONTRADICTS));
	int n = 0;

	for (; item != NULL; item = ww_node_next(item)) {
		if (ww_node_find(item, WW_NODE_QUOTES) != NULL ||
		    (n++ >= CONTRADICTS_SHOWN && !r->style.full))
			continue;
		ww_text_pair(r, ww_text_child(r, item, WW_NODE_WHAT),
			     ww_text_child(r, item, WW_NODE_BECAUSE));
		ww_text_labelled(r, 6, ww_text_tr(r, N_("but")),
				 ww_text_child(r, item, WW_NODE_BUT));
	}
}

/* The first finding of a severity, or NULL. */
static const struct ww_node *
first_that_is(const struct ww_node *root, const char *severity)
{
	const struct ww_node *f =
	    ww_node_child(ww_node_find(root, WW_NODE_FINDINGS));

	while (f != NULL && !ww_child_is(f, WW_NODE_SEVERITY, severity))
		f = ww_node_next(f);
	return f;
}

void
ww_text_not_the_cause(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *fault = first_that_is(root, "fault");
	const struct ww_node *f = first_that_is(root, "harmless");
	size_t start = r->out.len, empty;

	if (fault == NULL && f == NULL)
		return;
	ww_text_heading(r, fault != NULL ? N_("Not the cause")
					 : N_("Looks bad and is not"));
	empty = r->out.len;
	if (fault != NULL) {
		contradicted_by_lines(r, fault);
		good_outcomes(r, root, fault);
		contradicted(r, fault);
	}
	for (int n = 0; f != NULL; f = ww_node_next(f))
		if (n++ < HARMLESS_SHOWN || r->style.full)
			harmless(r, f);
	/* Nothing is excluded: no heading either. */
	if (r->out.len == empty)
		r->out.len = start;
}
