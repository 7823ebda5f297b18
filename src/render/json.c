/*
 * JSON: the tree as it is, by each kind's name and shape.  RFC 8259.  The
 * catalogue is UTF-8 by its checks, questions were made so.
 */
#include "base/json.h"
#include "base/compiler.h"
#include "render/render.h"

#include "base/banned.h"

static void
add_newline(struct ww_render *r, unsigned depth, bool pretty)
{
	if (!pretty)
		return;
	ww_buf_char(&r->out, '\n');
	ww_buf_fill(&r->out, ' ', (size_t)depth * 2);
}

/* The tree is a handful of levels deep, by its construction. */
static void
add_value(struct ww_render *r, const struct ww_node *node, unsigned depth,
	  bool pretty)
{
	enum ww_shape shape = ww_node_shape(node);
	bool object = shape == WW_SHAPE_OBJECT;
	const struct ww_node *child = ww_node_child(node);

	if (shape == WW_SHAPE_STRING) {
		ww_json_string(&r->out, ww_node_text(node));
		return;
	}
	if (shape == WW_SHAPE_NUMBER || shape == WW_SHAPE_BOOL) {
		ww_buf_add(&r->out, ww_node_text(node));
		return;
	}
	ww_buf_char(&r->out, object ? '{' : '[');
	for (; child != NULL; child = ww_node_next(child)) {
		add_newline(r, depth + 1, pretty);
		if (object) {
			ww_json_string(&r->out, ww_slice_cstr(ww_node_name(
						    ww_node_kind(child))));
			ww_buf_add(&r->out,
				   pretty ? WW_LIT(": ") : WW_LIT(":"));
		}
		add_value(r, child, depth + 1, pretty);
		if (ww_node_next(child) != NULL)
			ww_buf_char(&r->out, ',');
	}
	if (ww_node_child(node) != NULL)
		add_newline(r, depth, pretty);
	ww_buf_char(&r->out, object ? '}' : ']');
}

void
ww_render_json(struct ww_render *r)
{
	add_value(r, ww_report_root(r->report), 0, true);
	ww_buf_char(&r->out, '\n');
}

/* A verdict stands for all files, and a page to browse has lists of many kinds.
 */
static bool
is_one_object(const struct ww_node *root)
{
	return ww_node_find(root, WW_NODE_VERDICT) != NULL ||
	       ww_child_is(root, WW_NODE_KIND, "list");
}

void
ww_render_jsonl(struct ww_render *r)
{
	const struct ww_node *root = ww_report_root(r->report);
	static const enum ww_node_kind lists[] = {
		WW_NODE_ANSWERS, WW_NODE_RESULTS, WW_NODE_CODES, WW_NODE_ENTRIES
	};
	const struct ww_node *list = NULL, *item;

	if (is_one_object(root)) {
		add_value(r, root, 0, false);
		ww_buf_char(&r->out, '\n');
		return;
	}
	for (size_t i = 0; list == NULL && i < WW_ARRAY_LEN(lists); i++)
		list = ww_node_find(root, lists[i]);
	for (item = ww_node_child(list); item != NULL;
	     item = ww_node_next(item)) {
		add_value(r, item, 0, false);
		ww_buf_char(&r->out, '\n');
	}
}
