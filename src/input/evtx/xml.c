/*
 * Events as XML, in the form in which wevtutil prints them.
 */
#include "base/message.h"
#include "input/evtx/reader.h"
#include "input/evtx/value.h"

#include "base/banned.h"

/* An event may have attributes of other namespaces than its own. */
#define CARVED " xmlns:winwhy='urn:winwhy' winwhy:carved='true'"

struct writing {
	struct ww_evtx *x;
	struct ww_evtx_out *out;
	bool carved; /* is to be written into the next start */
};

static bool put_element(struct writing *w, const struct ww_evtx_instance *i,
			uint32_t at);

static bool
is_null(const struct ww_evtx_instance *i, const struct ww_evtx_node *slot)
{
	return slot->kind == WW_EVTX_SLOT && slot->optional &&
	       ww_evtx_slot(i, slot->slot).type == WW_EVTX_NULL;
}

static bool
put_inner(struct writing *w, const struct ww_evtx_instance *i,
	  const struct ww_evtx_node *node)
{
	struct ww_evtx_instance inner;
	bool done;

	if (!ww_evtx_enter(w->x, i, node, &inner))
		return false;
	done = put_element(w, &inner, 0);
	ww_evtx_leave(w->x, &inner);
	return done;
}

/* Nothing in it can be written as a reference: a line break is a blank. */
static void
put_instruction(struct writing *w, struct ww_slice xml)
{
	size_t start = w->out->len;

	ww_evtx_add(w->out, xml);
	for (size_t i = start; i < w->out->len; i++)
		if (w->out->p[i] == '\n' || w->out->p[i] == '\r')
			w->out->p[i] = ' ';
}

static bool
put_node(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *node = &i->tpl->nodes[at];
	struct ww_evtx_value value;

	if (ww_evtx_is_inner(i, node))
		return put_inner(w, i, node);
	if (node->kind == WW_EVTX_ELEMENT)
		return put_element(w, i, at);
	if (node->kind == WW_EVTX_SLOT) {
		value = ww_evtx_slot(i, node->slot);
		ww_evtx_put_value(w->out, &value, WW_EVTX_IN_XML);
	} else if (node->xml.len > 0) {
		put_instruction(w, node->xml);
	} else {
		ww_evtx_put_text(w->out, node->name, WW_EVTX_IN_XML);
	}
	return true;
}

static bool
put_nodes(struct writing *w, const struct ww_evtx_instance *i, uint32_t from,
	  uint32_t to)
{
	if (!ww_evtx_spend(w->x, 1 + to - from))
		return false;
	for (uint32_t at = from; at < to; at = i->tpl->nodes[at].end)
		if (!put_node(w, i, at))
			return false;
	return true;
}

/* <name a='b'; an attribute whose one value is optional may be left out. */
static bool
put_start(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes, *e = &nodes[at];

	ww_evtx_add_char(w->out, '<');
	ww_evtx_add(w->out, e->name);
	if (w->carved)
		ww_evtx_add(w->out, WW_LIT(CARVED));
	w->carved = false;
	for (uint32_t a = at + 1; a < e->content; a = nodes[a].end) {
		if (nodes[a].end == a + 2 && is_null(i, &nodes[a + 1]))
			continue;
		ww_evtx_add_char(w->out, ' ');
		ww_evtx_add(w->out, nodes[a].name);
		ww_evtx_add(w->out, WW_LIT("='"));
		if (!put_nodes(w, i, a + 1, nodes[a].end))
			return false;
		ww_evtx_add_char(w->out, '\'');
	}
	return true;
}

static void
put_end(struct writing *w, const struct ww_evtx_node *e)
{
	ww_evtx_add(w->out, WW_LIT("</"));
	ww_evtx_add(w->out, e->name);
	ww_evtx_add_char(w->out, '>');
}

/* The element once for each item of an array. */
static bool
put_items(struct writing *w, const struct ww_evtx_instance *i, uint32_t at,
	  struct ww_evtx_value array)
{
	const struct ww_evtx_node *e = &i->tpl->nodes[at];
	struct ww_evtx_value item;

	while (!w->out->full && ww_evtx_item(&array, &item)) {
		if (!ww_evtx_spend(w->x, 1) || !put_start(w, i, at))
			return false;
		ww_evtx_add_char(w->out, '>');
		ww_evtx_put_value(w->out, &item, WW_EVTX_IN_XML);
		put_end(w, e);
	}
	return true;
}

static bool
put_element(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *e = &i->tpl->nodes[at];
	const struct ww_evtx_node *only = &i->tpl->nodes[e->content];
	bool single = e->kind == WW_EVTX_ELEMENT && e->end - e->content == 1;
	struct ww_evtx_value value;

	if (e->kind != WW_EVTX_ELEMENT)
		return put_node(w, i, at);
	if (single && is_null(i, only))
		return true;
	if (single && only->kind == WW_EVTX_SLOT) {
		value = ww_evtx_slot(i, only->slot);
		if ((value.type & WW_EVTX_ARRAY) != 0 && value.len > 0)
			return put_items(w, i, at, value);
	}
	if (!put_start(w, i, at))
		return false;
	if (e->empty) {
		ww_evtx_add(w->out, WW_LIT("/>"));
		return true;
	}
	ww_evtx_add_char(w->out, '>');
	if (!put_nodes(w, i, e->content, e->end))
		return false;
	put_end(w, e);
	return !w->out->full ||
	       ww_evtx_fail(
		   w->x, N_("its text is longer than a mebibyte (byte {at})"));
}

bool
ww_evtx_xml(struct ww_evtx *x, const struct ww_evtx_record *r,
	    struct ww_evtx_out *out)
{
	struct writing w = { .x = x, .out = out, .carved = r->carved };
	size_t start = out->len;

	out->full = false;
	if (put_element(&w, &r->event, 0))
		return true;
	out->len = start;
	return ww_evtx_give_up(x, r);
}
