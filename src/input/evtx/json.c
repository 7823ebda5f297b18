/*
 * Events as JSON objects: the parts of System by names of ours, the data of
 * EventData by theirs, everything else as its elements are nested.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "input/evtx/reader.h"
#include "input/evtx/value.h"
#include "input/json_keys.h"

#include "base/banned.h"

struct writing {
	struct ww_evtx *x;
	struct ww_evtx_out *out;
	struct ww_json_keys keys;
	bool failed; /* x->why says why */
};

static bool put_object(struct writing *w, const struct ww_evtx_instance *i,
		       uint32_t at);

/* Data without a name has no key, and EventData may stand anywhere. */
static void
put_key(struct writing *w, struct ww_slice key)
{
	if (w->failed)
		return;
	if (key.len == 0)
		key = WW_LIT("\"_\":");
	if (!ww_json_keys_put(&w->keys, w->out, key)) {
		ww_evtx_fail(w->x, N_("it has too many names (byte {at})"));
		w->failed = true;
	}
	/* Names are compared about as fast as bytes are copied. */
	if (!ww_evtx_spend(w->x, ww_json_keys_work(&w->keys) / 16))
		w->failed = true;
}

static unsigned
open_object(struct writing *w)
{
	ww_evtx_add_char(w->out, '{');
	return ww_json_keys_open(&w->keys);
}

static void
close_object(struct writing *w, unsigned outer)
{
	ww_evtx_add_char(w->out, '}');
	ww_json_keys_close(&w->keys, outer);
}

/* {"name":…}, of the binary XML in a slot */
static bool
put_inner(struct writing *w, const struct ww_evtx_instance *i,
	  const struct ww_evtx_node *node,
	  bool (*put)(struct writing *, const struct ww_evtx_instance *,
		      uint32_t))
{
	struct ww_evtx_instance inner;
	bool done;

	if (!ww_evtx_enter(w->x, i, node, &inner))
		return false;
	done = inner.tpl->nodes[0].kind != WW_EVTX_ELEMENT || put(w, &inner, 0);
	ww_evtx_leave(w->x, &inner);
	return done;
}

/* A string of all text from..to. */
static void
put_string(struct writing *w, const struct ww_evtx_instance *i, uint32_t from,
	   uint32_t to)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;
	struct ww_evtx_value value;

	ww_evtx_add_char(w->out, '"');
	for (uint32_t at = from; at < to; at = nodes[at].end) {
		if (nodes[at].kind == WW_EVTX_TEXT)
			ww_evtx_put_text(w->out, nodes[at].name,
					 WW_EVTX_IN_JSON);
		if (nodes[at].kind != WW_EVTX_SLOT)
			continue;
		value = ww_evtx_slot(i, nodes[at].slot);
		ww_evtx_put_value(w->out, &value, WW_EVTX_IN_JSON);
	}
	ww_evtx_add_char(w->out, '"');
}

static bool
put_member(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	put_key(w, i->tpl->nodes[at].key);
	return put_object(w, i, at);
}

/* What stands from..to, which is no element. */
static bool
put_content(struct writing *w, const struct ww_evtx_instance *i, uint32_t from,
	    uint32_t to)
{
	const struct ww_evtx_node *node = &i->tpl->nodes[from];
	struct ww_evtx_value value;
	unsigned outer;

	if (to - from == 1 && ww_evtx_is_inner(i, node)) {
		outer = open_object(w);
		if (!put_inner(w, i, node, put_member))
			return false;
		close_object(w, outer);
	} else if (to - from == 1 && node->kind == WW_EVTX_SLOT) {
		value = ww_evtx_slot(i, node->slot);
		ww_evtx_put_json(w->out, &value);
	} else {
		put_string(w, i, from, to);
	}
	return true;
}

static bool
put_attributes(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;

	for (uint32_t a = at + 1; a < nodes[at].content; a = nodes[a].end) {
		put_key(w, nodes[a].key);
		if (!put_content(w, i, a + 1, nodes[a].end))
			return false;
	}
	return true;
}

/* All elements of one name: an array when there are several. */
static bool
put_alike(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;
	bool several = nodes[at].same != 0;

	put_key(w, nodes[at].key);
	if (several)
		ww_evtx_add_char(w->out, '[');
	do {
		if (several)
			ww_json_comma(w->out);
		if (!put_object(w, i, at))
			return false;
		at = nodes[at].same;
	} while (at != 0);
	if (several)
		ww_evtx_add_char(w->out, ']');
	return true;
}

static bool
put_children(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;

	for (uint32_t c = nodes[at].content; c < nodes[at].end;
	     c = nodes[c].end) {
		bool done = true;

		if (nodes[c].kind == WW_EVTX_ELEMENT)
			done = nodes[c].repeated || put_alike(w, i, c);
		else if (ww_evtx_is_inner(i, &nodes[c]))
			done = put_inner(w, i, &nodes[c], put_member);
		if (!done)
			return false;
	}
	return true;
}

/* An element: its text, or an object when it has more than that. */
static bool
put_object(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *e = &i->tpl->nodes[at];
	bool plain = e->leaf && e->content == at + 1;
	unsigned outer;

	if (w->failed || !ww_evtx_spend(w->x, 1 + e->end - at))
		return false;
	if (w->out->full)
		return ww_evtx_fail(
		    w->x, N_("its text is longer than a mebibyte (byte {at})"));
	if (plain && e->end == e->content) {
		ww_evtx_add(w->out, WW_LIT("\"\""));
		return true;
	}
	if (plain)
		return put_content(w, i, e->content, e->end);
	outer = open_object(w);
	if (!put_attributes(w, i, at))
		return false;
	if (e->leaf && e->end > e->content) {
		put_key(w, WW_LIT("\"#text\":"));
		if (!put_content(w, i, e->content, e->end))
			return false;
	} else if (!put_children(w, i, at)) {
		return false;
	}
	close_object(w, outer);
	return true;
}

/* EventData */

static void
put_number_key(struct writing *w, unsigned number)
{
	char text[32];
	struct ww_evtx_out key = { .p = text, .cap = sizeof(text) };

	ww_evtx_add(&key, WW_LIT("\"param"));
	ww_evtx_put_number(&key, number);
	ww_evtx_add(&key, WW_LIT("\":"));
	put_key(w, ww_slice_of(text, key.len));
}

/* <Data> without a name: param1, param2, …, each item of an array. */
static bool
put_numbered(struct writing *w, const struct ww_evtx_instance *i, uint32_t at,
	     unsigned *number)
{
	const struct ww_evtx_node *e = &i->tpl->nodes[at];
	const struct ww_evtx_node *node = &i->tpl->nodes[e->content];
	struct ww_evtx_value value = { 0 }, item;

	if (e->end - e->content == 1 && node->kind == WW_EVTX_SLOT)
		value = ww_evtx_slot(i, node->slot);
	if ((value.type & WW_EVTX_ARRAY) == 0) {
		put_number_key(w, ++*number);
		return put_content(w, i, e->content, e->end);
	}
	while (!w->out->full && ww_evtx_item(&value, &item)) {
		if (!ww_evtx_spend(w->x, 1))
			return false;
		put_number_key(w, ++*number);
		ww_evtx_put_json(w->out, &item);
	}
	return true;
}

static bool
put_datum(struct writing *w, const struct ww_evtx_instance *i, uint32_t at,
	  unsigned *number)
{
	const struct ww_evtx_node *e = &i->tpl->nodes[at];

	if (e->key.len == 0)
		return put_numbered(w, i, at, number);
	put_key(w, e->key);
	return e->leaf ? put_content(w, i, e->content, e->end)
		       : put_object(w, i, at);
}

static bool
put_data(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *nodes = i->tpl->nodes;
	unsigned number = 0, outer;

	if (!ww_evtx_spend(w->x, 1 + nodes[at].end - at))
		return false;
	put_key(w, WW_LIT("\"data\":"));
	outer = open_object(w);
	for (uint32_t c = nodes[at].content; c < nodes[at].end;
	     c = nodes[c].end) {
		bool done = true;

		if (nodes[c].kind == WW_EVTX_ELEMENT)
			done = put_datum(w, i, c, &number);
		else if (ww_evtx_is_inner(i, &nodes[c]))
			done = put_inner(w, i, &nodes[c], put_member);
		if (!done || w->failed)
			return false;
	}
	close_object(w, outer);
	return true;
}

/* The event */

enum form { TEXT, NUMBER, TIME };

static const struct {
	enum ww_evtx_part part;
	enum form form;
	struct ww_slice key;
} members[] = {
#define KEY(s)                              \
	{                                   \
		"\"" s "\":", sizeof(s) + 2 \
	}
	{ WW_EVTX_TIME, TIME, KEY("time") },
	{ WW_EVTX_RECORD_ID, NUMBER, KEY("record") },
	{ WW_EVTX_PROVIDER, TEXT, KEY("provider") },
	{ WW_EVTX_PROVIDER_GUID, TEXT, KEY("provider_guid") },
	{ WW_EVTX_SOURCE, TEXT, KEY("source") },
	{ WW_EVTX_ID, NUMBER, KEY("id") },
	{ WW_EVTX_QUALIFIERS, NUMBER, KEY("qualifiers") },
	{ WW_EVTX_VERSION, NUMBER, KEY("version") },
	{ WW_EVTX_LEVEL, NUMBER, KEY("level") },
	{ WW_EVTX_TASK, NUMBER, KEY("task") },
	{ WW_EVTX_OPCODE, NUMBER, KEY("opcode") },
	{ WW_EVTX_KEYWORDS, TEXT, KEY("keywords") },
	{ WW_EVTX_ACTIVITY, TEXT, KEY("activity") },
	{ WW_EVTX_RELATED, TEXT, KEY("related_activity") },
	{ WW_EVTX_PROCESS, NUMBER, KEY("process") },
	{ WW_EVTX_THREAD, NUMBER, KEY("thread") },
	{ WW_EVTX_CHANNEL, TEXT, KEY("channel") },
	{ WW_EVTX_COMPUTER, TEXT, KEY("computer") },
	{ WW_EVTX_USER, TEXT, KEY("user") },
#undef KEY
};

static void
put_part(struct writing *w, const struct ww_evtx_record *r,
	 const struct ww_evtx_value *value, enum form form)
{
	switch (form) {
	case NUMBER:
		ww_evtx_put_number(w->out, ww_evtx_number(value));
		break;
	case TIME:
		ww_evtx_add_char(w->out, '"');
		ww_evtx_put_filetime(w->out, r->created);
		ww_evtx_add_char(w->out, '"');
		break;
	default:
		ww_evtx_add_char(w->out, '"');
		ww_evtx_put_value(w->out, value, WW_EVTX_IN_JSON);
		ww_evtx_add_char(w->out, '"');
	}
}

static void
put_system(struct writing *w, const struct ww_evtx_record *r)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(members); i++) {
		struct ww_evtx_value value = ww_evtx_part(r, members[i].part);

		if (value.type == WW_EVTX_NULL && members[i].form != TIME)
			continue;
		ww_json_keys_put_new(&w->keys, w->out, members[i].key);
		put_part(w, r, &value, members[i].form);
	}
	if (r->carved) {
		ww_json_keys_put_new(&w->keys, w->out, WW_LIT("\"carved\":"));
		ww_evtx_add(w->out, WW_LIT("true"));
	}
}

static bool
put_top(struct writing *w, const struct ww_evtx_instance *i, uint32_t at)
{
	const struct ww_evtx_node *e = &i->tpl->nodes[at];

	if (ww_slice_eq(e->name, WW_LIT("System")))
		return true;
	if (ww_slice_eq(e->name, WW_LIT("EventData")))
		return put_data(w, i, at);
	if (ww_slice_eq(e->name, WW_LIT("UserData"))) {
		put_key(w, WW_LIT("\"user_data\":"));
		return put_object(w, i, at);
	}
	if (!i->tpl->is_event)
		return put_member(w, i, at);
	return e->repeated || put_alike(w, i, at);
}

static bool
put_event(struct writing *w, const struct ww_evtx_record *r)
{
	const struct ww_evtx_instance *i = &r->event;
	const struct ww_evtx_node *nodes = i->tpl->nodes;
	unsigned outer = open_object(w);

	put_system(w, r);
	for (uint32_t at = nodes[0].content;
	     i->tpl->is_event && at < nodes[0].end; at = nodes[at].end) {
		bool done = true;

		if (nodes[at].kind == WW_EVTX_ELEMENT)
			done = put_top(w, i, at);
		else if (ww_evtx_is_inner(i, &nodes[at]))
			done = put_inner(w, i, &nodes[at], put_top);
		if (!done || w->failed)
			return false;
	}
	close_object(w, outer);
	return !w->out->full ||
	       ww_evtx_fail(
		   w->x, N_("its text is longer than a mebibyte (byte {at})"));
}

bool
ww_evtx_json(struct ww_evtx *x, const struct ww_evtx_record *r,
	     struct ww_evtx_out *out)
{
	struct writing w;
	size_t start = out->len;

	/* Not all of it: it has room for many keys. */
	w.x = x;
	w.out = out;
	w.failed = false;
	ww_json_keys_init(&w.keys);
	out->full = false;
	if (put_event(&w, r))
		return true;
	out->len = start;
	return ww_evtx_give_up(x, r);
}
