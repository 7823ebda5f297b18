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

void
ww_text_recognised(struct ww_render *r, const struct ww_node *of)
{
	const struct ww_node *sign =
	    ww_node_child(ww_node_find(of, WW_NODE_RECOGNISED));

	if (sign == NULL)
		return;
	ww_text_heading(r, N_("Recognised in it"));
	for (; sign != NULL; sign = ww_node_next(sign))
		ww_text_pair(r,
			     ww_sign_text(r, sign,
					  ww_text_child(r, sign,
							WW_NODE_TITLE)),
			     ww_text_child(r, sign, WW_NODE_BECAUSE));
}

void
ww_text_known_lines(struct ww_render *r, const struct ww_node *answer)
{
	const struct ww_node *topic = ww_node_find(answer, WW_NODE_TOPIC);

	ww_text_recognised(r, answer);
	if (topic == NULL)
		return;
	ww_text_newline(r);
	ww_text_subject(r, topic);
	ww_text_paragraph(r, ww_text_child(r, answer, WW_NODE_SUMMARY), 0);
	ww_text_background(r, answer);
}
