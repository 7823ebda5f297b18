/*
 * The causes with their evidence, and the steps under each.
 */
#include "render/text.h"

#include "base/banned.h"

/* Whether an earlier cause has shown the step in full. */
static bool
shown_before(const struct ww_node *reading, const struct ww_node *cause,
	     struct ww_slice id, bool chosen)
{
	const struct ww_node *c =
	    ww_node_child(ww_node_find(reading, WW_NODE_CAUSES));

	for (; c != NULL && c != cause; c = ww_node_next(c)) {
		const struct ww_node *s;

		if (chosen && ww_node_find(c, WW_NODE_MATCHED) == NULL)
			continue;
		s = ww_node_child(ww_node_find(c, WW_NODE_STEP_IDS));

		for (; s != NULL; s = ww_node_next(s))
			if (ww_slice_eq(ww_node_text(s), id))
				return true;
	}
	return false;
}

static void
cause_steps(struct ww_render *r, const struct ww_node *reading,
	    const struct ww_node *cause)
{
	const struct ww_node *id =
	    ww_node_child(ww_node_find(cause, WW_NODE_STEP_IDS));
	bool chosen =
	    ww_node_find(cause, WW_NODE_MATCHED) != NULL && !r->style.full;
	unsigned n = 0;

	for (; id != NULL; id = ww_node_next(id)) {
		const struct ww_node *step =
		    ww_find_step(reading, ww_node_text(id));
		struct ww_fill title[] = { { "step", { 0 } }, { 0 } };

		n++;
		if (!shown_before(reading, cause, ww_node_text(id), chosen)) {
			ww_text_step(r, step, n);
			continue;
		}
		title[0].value = ww_text_child(r, step, WW_NODE_TITLE);
		ww_buf_fill(&r->out, ' ', 3);
		ww_buf_decimal(&r->out, n);
		ww_buf_add(&r->out, WW_LIT("  "));
		ww_text_wrap(r, ww_fill_text(r, N_("{step} (as above)"), title),
			     6, 6);
	}
}

static void
cause_head(struct ww_render *r, const struct ww_node *cause, unsigned number)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_text_newline(r);
	ww_buf_decimal(&buf, number);
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf, ww_text_child(r, cause, WW_NODE_TITLE));
	ww_text_paint(r, PAINT_TITLE, ww_buf_slice(&buf));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_DIM,
		      ww_word_text(r,
				   ww_child_text(cause, WW_NODE_LIKELIHOOD)));
	ww_buf_add(&r->out, WW_LIT(", "));
	ww_text_paint(r, PAINT_DIM,
		      ww_word_text(r, ww_child_text(cause, WW_NODE_CERTAINTY)));
	ww_text_newline(r);
	if (ww_node_find(cause, WW_NODE_MATCHED) != NULL) {
		ww_buf_fill(&r->out, ' ', 3);
		ww_text_paint(r, PAINT_RISK,
			      ww_text_tr(r,
					 N_("<- what you gave points here")));
		ww_text_newline(r);
	}
}

static void
text_cause(struct ww_render *r, const struct ww_node *reading,
	   const struct ww_node *cause, unsigned number)
{
	const struct ww_node *sign =
	    ww_node_child(ww_node_find(cause, WW_NODE_EVIDENCE));

	cause_head(r, cause, number);
	for (; sign != NULL; sign = ww_node_next(sign)) {
		struct ww_slice where = ww_text_child(r, sign, WW_NODE_WHERE);
		struct ww_slice shows = ww_text_child(r, sign, WW_NODE_SHOWS);

		ww_text_labelled(r, 3, ww_text_tr(r, N_("shows as")),
				 where.len == 0
				     ? shows
				     : ww_colon_text(r, where, shows));
	}
	ww_text_labelled(r, 3, ww_text_tr(r, N_("settle by")),
			 ww_text_child(r, cause, WW_NODE_TEST));
	cause_steps(r, reading, cause);
}

/* Whether what the user gave points to one of the causes. */
static bool
any_matched(const struct ww_node *causes)
{
	const struct ww_node *cause = ww_node_child(causes);

	while (cause != NULL && ww_node_find(cause, WW_NODE_MATCHED) == NULL)
		cause = ww_node_next(cause);
	return cause != NULL;
}

/* When one is pointed to, the others need their titles only. */
void
ww_text_causes(struct ww_render *r, const struct ww_node *reading,
	       const struct ww_node *causes)
{
	const struct ww_node *cause = ww_node_child(causes);
	bool choose = any_matched(causes) && !r->style.full;

	for (unsigned n = 1; cause != NULL; cause = ww_node_next(cause), n++)
		if (choose && ww_node_find(cause, WW_NODE_MATCHED) == NULL)
			cause_head(r, cause, n);
		else
			text_cause(r, reading, cause, n);
}
