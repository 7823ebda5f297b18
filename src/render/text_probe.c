/*
 * Conversations with update servers: a line for each step, and what clients
 * show.
 */
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Where the columns begin. */
#define STATE_COLUMN  26
#define TIME_COLUMN   38
#define DETAIL_COLUMN 50

static void
pad_to(struct ww_render *r, size_t *at, size_t column)
{
	size_t n = column > *at ? column - *at : 1;

	ww_buf_fill(&r->out, ' ', n);
	*at += n;
}

static void
cell(struct ww_render *r, size_t *at, enum paint paint, struct ww_slice text)
{
	ww_text_paint(r, paint, text);
	*at += ww_utf8_width(text);
}

/* name          state      12 ms      HTTP 200, 1150 bytes */
static void
turn_line(struct ww_render *r, const struct ww_node *turn, struct ww_slice more)
{
	struct ww_slice state = ww_child_text(turn, WW_NODE_STATE);
	size_t at = 2;

	ww_buf_fill(&r->out, ' ', at);
	cell(r, &at, PAINT_NONE, ww_child_text(turn, WW_NODE_ID));
	pad_to(r, &at, STATE_COLUMN);
	cell(r, &at,
	     ww_slice_eq(state, WW_LIT("failed")) ? PAINT_RISK : PAINT_NONE,
	     ww_word_text(r, state));
	pad_to(r, &at, TIME_COLUMN);
	cell(r, &at, PAINT_NONE, ww_turn_time(r, turn));
	if (more.len == 0) {
		ww_text_newline(r);
		return;
	}
	pad_to(r, &at, DETAIL_COLUMN);
	ww_text_wrap(r, more, DETAIL_COLUMN, at);
}

/* A line below the step, where there is something to say. */
static void
below(struct ww_render *r, struct ww_slice text)
{
	if (text.len > 0)
		ww_text_paragraph(r, text, 6);
}

static void
turn(struct ww_render *r, const struct ww_node *t)
{
	bool well = ww_child_is(t, WW_NODE_STATE, "ok");
	struct ww_slice more = ww_turn_figures(r, t);
	struct ww_slice detail = ww_child_text(t, WW_NODE_DETAIL_TEXT);

	/* What was done without a request has no figures. */
	if (well && more.len == 0) {
		turn_line(r, t, detail);
		return;
	}
	turn_line(r, t, more);
	below(r, ww_text_child(r, t, WW_NODE_BECAUSE));
	if (!well || r->style.full)
		below(r, ww_child_text(t, WW_NODE_REQUEST));
	below(r, detail);
}

static void
clients(struct ww_render *r, const struct ww_node *client)
{
	if (client == NULL)
		return;
	ww_text_heading(r, N_("What clients end with"));
	for (; client != NULL; client = ww_node_next(client))
		ww_text_labelled(
		    r, 2,
		    ww_word_text(r, ww_child_text(client, WW_NODE_GENERATION)),
		    ww_client_text(r, client));
}

static void
facts(struct ww_render *r, const struct ww_node *probe)
{
	const struct ww_node *fact =
	    ww_node_child(ww_node_find(probe, WW_NODE_FACTS));

	for (; fact != NULL; fact = ww_node_next(fact)) {
		const char *name =
		    ww_fact_name(ww_child_text(fact, WW_NODE_ID));

		if (name != NULL)
			ww_text_labelled(r, 2, ww_text_tr(r, name),
					 ww_child_text(fact, WW_NODE_VALUE));
	}
}

static void
settings(struct ww_render *r, const struct ww_node *probe)
{
	for (size_t i = 0; i < WW_BESIDES; i++)
		ww_text_labelled(r, 2, ww_text_tr(r, ww_besides[i].label),
				 ww_child_text(probe, ww_besides[i].kind));
}

static void
probe(struct ww_render *r, const struct ww_node *p)
{
	const struct ww_node *t =
	    ww_node_child(ww_node_find(p, WW_NODE_CONVERSATION));

	ww_text_newline(r);
	ww_text_paint(r, PAINT_TITLE, ww_child_text(p, WW_NODE_SUBJECT));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_DIM, ww_child_text(p, WW_NODE_TIME));
	ww_text_newline(r);
	for (; t != NULL; t = ww_node_next(t))
		turn(r, t);
	facts(r, p);
	settings(r, p);
	clients(r, ww_node_child(ww_node_find(p, WW_NODE_CLIENTS)));
}

void
ww_text_probes(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *p =
	    ww_node_child(ww_node_find(root, WW_NODE_PROBES));

	for (; p != NULL; p = ww_node_next(p))
		probe(r, p);
}
