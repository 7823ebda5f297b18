/*
 * What is known of the machines: policy, proxy, join, build.
 */
#include "render/text.h"

#include "base/banned.h"

/* update server  http://wsus01:8530  (policy.reg:5) */
static void
fact(struct ww_render *r, const struct ww_node *node)
{
	const struct ww_node *quote =
	    ww_node_child(ww_node_find(node, WW_NODE_QUOTES));
	struct ww_slice machine = ww_child_text(node, WW_NODE_MACHINE);
	struct ww_slice id = ww_child_text(node, WW_NODE_ID);
	struct ww_buf buf = ww_buf_in(r->out.arena);
	const char *name = ww_fact_name(id);

	if (machine.len > 0) {
		ww_buf_add(&buf, machine);
		ww_buf_add(&buf, WW_LIT(": "));
	}
	ww_buf_add(&buf, ww_child_text(node, WW_NODE_VALUE));
	ww_buf_add(&buf, WW_LIT("  ("));
	ww_buf_add(&buf,
		   ww_place_text(r, ww_child_text(quote, WW_NODE_FILE), quote));
	ww_buf_char(&buf, ')');
	ww_text_labelled(r, 2, name == NULL ? id : ww_text_tr(r, name),
			 ww_buf_slice(&buf));
}

void
ww_text_machine(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *node =
	    ww_node_child(ww_node_find(root, WW_NODE_FACTS));

	if (node == NULL)
		return;
	ww_text_heading(r, N_("The machine"));
	for (; node != NULL; node = ww_node_next(node))
		fact(r, node);
}
