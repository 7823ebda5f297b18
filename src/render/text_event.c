/*
 * An event of Windows: what it says and where its code stands.
 */
#include "base/compiler.h"
#include "render/text.h"

#include "base/banned.h"

/* Behind the number of a field. */
#define INDENT 6

/* Nothing more than its name is known of most fields. */
static bool
is_described(const struct ww_node *field)
{
	return ww_node_find(field, WW_NODE_IS) != NULL ||
	       ww_node_find(field, WW_NODE_WHAT) != NULL ||
	       ww_node_find(field, WW_NODE_VALUES) != NULL;
}

/* What a field holds, and its code's kind and base. */
static struct ww_slice
described(struct ww_render *r, const struct ww_node *field)
{
	struct ww_slice what = ww_text_child(r, field, WW_NODE_WHAT);
	struct ww_slice code = ww_field_code_text(r, field);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_buf_add(&buf, what);
	if (what.len > 0 && code.len > 0)
		ww_buf_add(&buf, WW_LIT("; "));
	ww_buf_add(&buf, code);
	return ww_buf_slice(&buf);
}

static void
text_field(struct ww_render *r, const struct ww_node *field, unsigned number)
{
	const struct ww_node *value =
	    ww_node_child(ww_node_find(field, WW_NODE_VALUES));
	struct ww_slice text = described(r, field);
	struct ww_buf label = ww_buf_in(r->out.arena);

	ww_buf_printf(&label, "%2u  ", number);
	ww_buf_add(&label, ww_child_text(field, WW_NODE_ID));
	if (text.len > 0)
		ww_text_labelled(r, 2, ww_buf_slice(&label), text);
	else
		ww_text_lines(r, ww_buf_slice(&label), 2);
	for (; value != NULL; value = ww_node_next(value))
		ww_text_labelled(r, INDENT, ww_child_text(value, WW_NODE_VALUE),
				 ww_text_child(r, value, WW_NODE_MEANS));
}

static void
text_form(struct ww_render *r, const struct ww_node *form)
{
	const struct ww_node *field =
	    ww_node_child(ww_node_find(form, WW_NODE_FIELDS));
	struct ww_slice versions = ww_child_text(form, WW_NODE_VERSIONS);
	int64_t more = 0;

	ww_text_heading(r, N_("Fields"));
	ww_text_labelled(r, 2, ww_text_tr(r, N_("version")), versions);
	for (unsigned n = 1; field != NULL; field = ww_node_next(field), n++) {
		if (is_described(field) || r->style.full)
			text_field(r, field, n);
		else
			more++;
	}
	ww_text_more(r, 2, more);
}

/* The newest form is what a Windows of today writes. */
static void
text_forms(struct ww_render *r, const struct ww_node *forms)
{
	const struct ww_node *form = ww_node_child(forms);

	for (; form != NULL; form = ww_node_next(form))
		if (r->style.full || ww_node_next(form) == NULL)
			text_form(r, form);
}

static void
text_event(struct ww_render *r, const struct ww_node *event)
{
	struct ww_buf head = ww_buf_in(r->out.arena);

	ww_buf_add(&head, ww_child_text(event, WW_NODE_PROVIDER));
	ww_buf_char(&head, ' ');
	ww_buf_add(&head, ww_child_text(event, WW_NODE_NUMBER));
	ww_text_paint(r, PAINT_TITLE, ww_buf_slice(&head));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_DIM,
		      ww_word_text(r, ww_child_text(event, WW_NODE_WEIGHT)));
	ww_text_newline(r);
	ww_text_paragraph(r, ww_text_child(r, event, WW_NODE_TITLE), 0);
	ww_text_newline(r);
	ww_text_labelled(r, 0, ww_text_tr(r, N_("says")),
			 ww_text_child(r, event, WW_NODE_SAYS));
	ww_text_labelled(r, 0, ww_text_tr(r, N_("look at")),
			 ww_text_child(r, event, WW_NODE_NEXT));
	text_forms(r, ww_node_find(event, WW_NODE_FORMS));
	ww_text_sources(r, ww_node_find(event, WW_NODE_SOURCES));
}

void
ww_text_events(struct ww_render *r, const struct ww_node *events)
{
	const struct ww_node *n = ww_node_child(events);

	for (; n != NULL; n = ww_node_next(n)) {
		text_event(r, n);
		if (ww_node_next(n) != NULL)
			ww_text_lines(r, WW_LIT("\n"), 0);
	}
}
