/*
 * What every renderer says of a probe in the same words.
 */
#include "base/message.h"
#include "render/render.h"

#include "base/banned.h"

const struct ww_beside_label ww_besides[WW_BESIDES] = {
	{ WW_NODE_POLICY, N_("policy names") },
	{ WW_NODE_ALTERNATE, N_("policy downloads from") },
	{ WW_NODE_MACHINE_PROXY, N_("clients' proxy") },
};

struct ww_slice
ww_turn_time(struct ww_render *r, const struct ww_node *turn)
{
	const struct ww_fill fills[] = {
		{ "count", ww_child_text(turn, WW_NODE_MILLISECONDS) },
		{ 0 },
	};
	bool slow = ww_node_find(turn, WW_NODE_SLOW) != NULL;

	return ww_fill_text(r, slow ? N_("{count} ms, slow") : N_("{count} ms"),
			    fills);
}

struct ww_slice
ww_turn_figures(struct ww_render *r, const struct ww_node *turn)
{
	const struct ww_fill fills[] = {
		{ "status", ww_child_text(turn, WW_NODE_STATUS) },
		{ "count", ww_child_text(turn, WW_NODE_BYTES) },
		{ 0 },
	};

	if (fills[0].value.len == 0)
		return (struct ww_slice){ 0 };
	return ww_fill_text(r,
			    fills[1].value.len == 0
				? N_("HTTP {status}")
				: N_("HTTP {status}, {count} bytes"),
			    fills);
}

struct ww_slice
ww_client_text(struct ww_render *r, const struct ww_node *client)
{
	const struct ww_node *code =
	    ww_node_child(ww_node_find(client, WW_NODE_CLIENT_CODES));
	struct ww_buf out = ww_buf_in(r->out.arena);

	for (; code != NULL; code = ww_node_next(code)) {
		if (out.len > 0)
			ww_buf_add(&out, WW_LIT(", "));
		ww_buf_add(&out, ww_child_text(code, WW_NODE_VALUE));
		ww_buf_char(&out, ' ');
		ww_buf_add(&out, ww_child_text(code, WW_NODE_ID));
	}
	ww_buf_add(&out, WW_LIT(" ("));
	ww_buf_add(&out,
		   ww_word_text(r, ww_child_text(client, WW_NODE_CERTAINTY)));
	ww_buf_char(&out, ')');
	return ww_buf_slice(&out);
}
