/*
 * What is known of lines: of those in a kind of log, and of those in a text.
 */
#include "base/message.h"
#include "render/text.h"

#include "base/banned.h"

void
ww_text_subject(struct ww_render *r, const struct ww_node *of)
{
	ww_text_paint(r, PAINT_TITLE, ww_text_child(r, of, WW_NODE_TITLE));
	ww_text_newline(r);
}

static struct ww_slice
topic_id(const struct ww_node *of)
{
	return ww_child_text(ww_node_find(of, WW_NODE_TOPIC), WW_NODE_ID);
}

/* Whether the answer itself goes on with that topic. */
static bool
goes_on(const struct ww_node *answer, struct ww_slice topic)
{
	const struct ww_node *reading =
	    ww_node_child(ww_node_find(answer, WW_NODE_READINGS));

	return ww_slice_eq(topic_id(answer), topic) ||
	       ww_slice_eq(topic_id(reading), topic);
}

/* Where its causes and steps are, when they do not follow. */
static void
show_way(struct ww_render *r, const struct ww_node *answer,
	 struct ww_slice topic)
{
	struct ww_buf command = ww_buf_in(r->out.arena);

	if (topic.len == 0 || goes_on(answer, topic))
		return;
	ww_buf_add(&command, WW_LIT("winwhy list topic/"));
	ww_buf_add(&command, topic);
	ww_text_labelled(r, 6, ww_text_tr(r, N_("go on with")),
			 ww_buf_slice(&command));
}

/* With the way to the topic of each, where an answer is given. */
static void
show_signs(struct ww_render *r, const struct ww_node *of, bool is_answer)
{
	const struct ww_node *sign =
	    ww_node_child(ww_node_find(of, WW_NODE_RECOGNISED));

	if (sign != NULL)
		ww_text_heading(r, N_("Recognised in it"));
	for (; sign != NULL; sign = ww_node_next(sign)) {
		ww_text_pair(r,
			     ww_sign_text(r, sign,
					  ww_text_child(r, sign,
							WW_NODE_TITLE)),
			     ww_text_child(r, sign, WW_NODE_BECAUSE));
		if (is_answer)
			show_way(r, of, topic_id(sign));
	}
}

void
ww_text_recognised(struct ww_render *r, const struct ww_node *root)
{
	show_signs(r, root, false);
}

void
ww_text_known_lines(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *topic = ww_node_find(answer, WW_NODE_TOPIC);

	show_signs(r, answer, true);
	if (topic == NULL)
		return;
	ww_text_newline(r);
	ww_text_subject(r, topic);
	ww_text_paragraph(r, ww_text_child(r, answer, WW_NODE_SUMMARY), 0);
	ww_text_background(r, answer);
}
