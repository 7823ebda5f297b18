/*
 * What the number is: title, decimal forms, facility, names, what it carries.
 */
#include "base/compiler.h"
#include "render/text.h"

#include "base/banned.h"

/* Names shown of a number that has many; --full shows all. */
#define NAMES_SHOWN 3

/* HRESULT, failure */
static void
add_kind(struct ww_render *r, const struct ww_node *reading)
{
	struct ww_slice severity = ww_shown_severity(reading);

	ww_text_paint(r, PAINT_DIM, ww_space_text(r, reading));
	if (severity.len > 0) {
		ww_text_paint(r, PAINT_DIM, WW_LIT(", "));
		ww_text_paint(r, PAINT_DIM, severity);
	}
}

void
ww_text_title(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *name =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
	const struct ww_node *meaning = ww_node_find(reading, WW_NODE_MEANING);
	const struct ww_node *summary = ww_node_find(reading, WW_NODE_SUMMARY);

	ww_text_paint(r, PAINT_TITLE, ww_shown_value(reading));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_TITLE, ww_child_text(name, WW_NODE_ID));
	ww_buf_add(&r->out, WW_LIT("  "));
	add_kind(r, reading);
	ww_text_newline(r);
	if (meaning != NULL)
		ww_text_paragraph(r, ww_text_node(r, meaning), 0);
	if (summary == NULL)
		return;
	ww_text_newline(r);
	ww_text_paragraph(r, ww_text_node(r, summary), 0);
}

static void
text_facility(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *facility =
	    ww_node_find(reading, WW_NODE_FACILITY);
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice title = ww_child_text(facility, WW_NODE_TITLE);

	if (facility == NULL)
		return;
	ww_buf_add(&buf, ww_child_text(facility, WW_NODE_NUMBER));
	if (title.len > 0) {
		ww_buf_add(&buf, WW_LIT(" ("));
		ww_buf_add(&buf, title);
		ww_buf_add(&buf, WW_LIT(")"));
	}
	ww_buf_add(&buf, WW_LIT(", "));
	ww_buf_add(&buf, ww_text_tr(r, N_("code")));
	ww_buf_add(&buf, WW_LIT(" "));
	ww_buf_add(&buf, ww_child_text(reading, WW_NODE_CODE));
	ww_text_labelled(r, 2, ww_text_tr(r, N_("facility")),
			 ww_buf_slice(&buf));
}

static void
text_more_names(struct ww_render *r, const struct ww_node *name)
{
	int64_t n = 0;

	for (; name != NULL; name = ww_node_next(name))
		n++;
	ww_text_more(r, 2, n);
}

static void
text_names(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *name =
	    ww_node_child(ww_node_find(reading, WW_NODE_NAMES));
	unsigned n = 0;

	for (; name != NULL; name = ww_node_next(name)) {
		struct ww_buf buf = ww_buf_in(r->out.arena);
		struct ww_slice note = ww_child_text(name, WW_NODE_NOTE);

		ww_buf_add(&buf, ww_child_text(name, WW_NODE_ID));
		ww_buf_add(&buf, WW_LIT("  "));
		ww_buf_add(&buf, ww_child_text(name, WW_NODE_ORIGIN));
		if (note.len > 0) {
			ww_buf_add(&buf, WW_LIT(", "));
			ww_buf_add(&buf, note);
		}
		ww_text_labelled(r, 2,
				 n == 0 ? ww_text_tr(r, N_("named"))
					: WW_LIT(""),
				 ww_buf_slice(&buf));
		if (++n == NAMES_SHOWN && !r->style.full) {
			text_more_names(r, ww_node_next(name));
			return;
		}
	}
}

static void
text_carries(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *carries = ww_node_find(reading, WW_NODE_CARRIES);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	if (carries == NULL)
		return;
	ww_buf_add(&buf, ww_child_text(carries, WW_NODE_SPACE));
	ww_buf_add(&buf, WW_LIT(" "));
	ww_buf_add(&buf, ww_child_text(carries, WW_NODE_NUMBER));
	ww_buf_add(&buf, ww_child_text(carries, WW_NODE_VALUE));
	ww_text_labelled(r, 2, ww_text_tr(r, N_("carries")),
			 ww_buf_slice(&buf));
}

void
ww_text_extend(struct ww_render *r, const struct ww_node *node, size_t indent)
{
	const struct ww_node *pair = ww_node_find(node, WW_NODE_PAIR);

	ww_text_labelled(r, indent, ww_text_tr(r, N_("extend code")),
			 ww_child_text(pair, WW_NODE_VALUE));
	ww_text_labelled(r, indent, ww_text_tr(r, N_("phase")),
			 ww_child_text(pair, WW_NODE_PHASE));
	ww_text_labelled(r, indent, ww_text_tr(r, N_("operation")),
			 ww_child_text(pair, WW_NODE_OPERATION));
}

static void
text_given(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *p =
	    ww_node_child(ww_node_find(reading, WW_NODE_PARAMETERS));
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_text_extend(r, reading, 2);
	for (; p != NULL; p = ww_node_next(p)) {
		ww_buf_add(&buf, ww_node_text(p));
		ww_buf_char(&buf, ' ');
	}
	ww_text_labelled(r, 2, ww_text_tr(r, N_("parameters")),
			 ww_buf_slice(&buf));
}

/* What a code is besides a name, in a sentence each. */
static void
text_flags(struct ww_render *r, const struct ww_node *reading)
{
	const struct ww_node *flag =
	    ww_node_child(ww_node_find(reading, WW_NODE_FLAGS));

	for (; flag != NULL; flag = ww_node_next(flag))
		ww_text_labelled(r, 2, ww_text_tr(r, N_("note")),
				 ww_flag_text(r, ww_node_text(flag)));
}

void
ww_text_identity(struct ww_render *r, const struct ww_node *reading)
{
	struct ww_slice sign = ww_child_text(reading, WW_NODE_SIGNED);
	struct ww_slice plain = ww_child_text(reading, WW_NODE_UNSIGNED);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	ww_text_newline(r);
	ww_buf_add(&buf, sign);
	if (!ww_slice_eq(sign, plain)) {
		ww_buf_add(&buf, WW_LIT(" / "));
		ww_buf_add(&buf, plain);
	}
	ww_text_labelled(r, 2, ww_text_tr(r, N_("decimal")),
			 ww_buf_slice(&buf));
	if (ww_slice_eq(ww_shown_value(reading), sign))
		ww_text_labelled(r, 2, ww_text_tr(r, N_("hexadecimal")),
				 ww_child_text(reading, WW_NODE_VALUE));
	text_facility(r, reading);
	text_names(r, reading);
	text_carries(r, reading);
	text_given(r, reading);
	text_flags(r, reading);
	ww_text_labelled(r, 2, ww_text_tr(r, N_("read so")),
			 ww_child_text(reading, WW_NODE_WHY_RANKED));
	ww_text_labelled(r, 2, ww_text_tr(r, N_("not")),
			 ww_child_text(reading, WW_NODE_REFUSED));
}
