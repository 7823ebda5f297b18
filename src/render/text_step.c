/*
 * One step: what to do, where, at which risk, and how to go back.
 */
#include "render/text.h"

#include "base/banned.h"

/* Who does it where, with which rights. */
static void
step_place(struct ww_render *r, const struct ww_node *step)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice shell = ww_child_text(step, WW_NODE_SHELL);
	bool elevated =
	    ww_slice_eq(ww_child_text(step, WW_NODE_ELEVATED), WW_LIT("true"));

	ww_buf_add(&buf, ww_text_child(r, step, WW_NODE_PLACE));
	if (!ww_slice_eq(shell, WW_LIT("none"))) {
		ww_buf_add(&buf, WW_LIT(", "));
		ww_buf_add(&buf, ww_word_text(r, shell));
	}
	if (elevated) {
		ww_buf_add(&buf, WW_LIT(", "));
		ww_buf_add(&buf, ww_text_tr(r, N_("elevated")));
	}
	ww_text_labelled(r, 6, ww_text_tr(r, N_("where")), ww_buf_slice(&buf));
}

static void
step_risk(struct ww_render *r, const struct ww_node *step)
{
	struct ww_slice risk =
	    ww_word_text(r, ww_child_text(step, WW_NODE_RISK));
	struct ww_slice why = ww_text_child(r, step, WW_NODE_RISK_WHY);

	ww_text_labelled(r, 6, ww_text_tr(r, N_("risk")),
			 why.len == 0 ? risk : ww_colon_text(r, risk, why));
}

void
ww_text_step(struct ww_render *r, const struct ww_node *step, unsigned number)
{
	ww_buf_fill(&r->out, ' ', 3);
	ww_buf_decimal(&r->out, number);
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_wrap(r, ww_text_child(r, step, WW_NODE_TITLE), 6, 6);
	step_place(r, step);
	step_risk(r, step);
	ww_text_labelled(r, 6, ww_text_tr(r, N_("first")),
			 ww_text_child(r, step, WW_NODE_PRECHECK));
	ww_text_lines(r, ww_child_text(step, WW_NODE_COMMANDS), 8);
	ww_text_labelled(r, 6, ww_text_tr(r, N_("expect")),
			 ww_text_child(r, step, WW_NODE_EXPECT));
	ww_text_labelled(r, 6, ww_text_tr(r, N_("undo")),
			 ww_text_child(r, step, WW_NODE_UNDO));
	ww_text_labelled(r, 6, ww_text_tr(r, N_("stop if")),
			 ww_text_child(r, step, WW_NODE_STOP));
}
