/*
 * Conversations with update servers in Markdown: a row for each step.
 */
#include "render/markdown.h"

#include "base/banned.h"

static void
cell(struct ww_render *r, struct ww_slice text)
{
	ww_md_add(r, " ");
	ww_md_text(r, text);
	ww_md_add(r, " |");
}

/* What came, and what is wrong with it. */
static struct ww_slice
about(struct ww_render *r, const struct ww_node *turn)
{
	const struct ww_slice parts[] = {
		ww_turn_figures(r, turn),
		ww_child_text(turn, WW_NODE_BECAUSE),
		ww_child_text(turn, WW_NODE_REQUEST),
		ww_child_text(turn, WW_NODE_DETAIL_TEXT),
	};
	struct ww_buf out = ww_buf_in(r->out.arena);

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].len == 0)
			continue;
		if (out.len > 0)
			ww_buf_add(&out, WW_LIT("; "));
		ww_buf_add(&out, parts[i]);
	}
	return ww_buf_slice(&out);
}

static void
show_turns(struct ww_render *r, const struct ww_node *turn)
{
	ww_md_add(r, "\n| | | | |\n| --- | --- | --: | --- |\n");
	for (; turn != NULL; turn = ww_node_next(turn)) {
		ww_md_add(r, "|");
		cell(r, ww_child_text(turn, WW_NODE_ID));
		cell(r, ww_word_text(r, ww_child_text(turn, WW_NODE_STATE)));
		cell(r, ww_turn_time(r, turn));
		cell(r, about(r, turn));
		ww_md_add(r, "\n");
	}
}

static void
show_facts(struct ww_render *r, const struct ww_node *fact)
{
	if (fact != NULL)
		ww_md_add(r, "\n");
	for (; fact != NULL; fact = ww_node_next(fact)) {
		const char *name =
		    ww_fact_name(ww_child_text(fact, WW_NODE_ID));

		if (name != NULL)
			ww_md_item(r, "", ww_tr(r->report, name),
				   ww_child_text(fact, WW_NODE_VALUE));
	}
}

static void
show_clients(struct ww_render *r, const struct ww_node *client)
{
	if (client == NULL)
		return;
	ww_md_heading(r, N_("What clients end with"));
	for (; client != NULL; client = ww_node_next(client))
		ww_md_item(r, "",
			   ww_word_text(r, ww_child_text(client,
							 WW_NODE_GENERATION)),
			   ww_client_text(r, client));
}

static void
show_probe(struct ww_render *r, const struct ww_node *p)
{
	ww_md_add(r, "\n## ");
	ww_md_child(r, p, WW_NODE_SUBJECT);
	ww_md_add(r, "\n\n");
	ww_md_child(r, p, WW_NODE_TIME);
	ww_md_add(r, "\n");
	show_turns(r, ww_node_child(ww_node_find(p, WW_NODE_CONVERSATION)));
	show_facts(r, ww_node_child(ww_node_find(p, WW_NODE_FACTS)));
	for (size_t i = 0; i < WW_BESIDES; i++)
		ww_md_item(r, "", ww_tr(r->report, ww_besides[i].label),
			   ww_child_text(p, ww_besides[i].kind));
	show_clients(r, ww_node_child(ww_node_find(p, WW_NODE_CLIENTS)));
}

void
ww_md_probes(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *p =
	    ww_node_child(ww_node_find(root, WW_NODE_PROBES));

	for (; p != NULL; p = ww_node_next(p))
		show_probe(r, p);
}
