#include "base/compiler.h"
#include "render/markdown.h"

#include "base/banned.h"

void
ww_md_add(struct ww_render *r, const char *s)
{
	ww_buf_add(&r->out, ww_slice_cstr(s));
}

/* Text with the characters that Markdown would read escaped. */
void
ww_md_text(struct ww_render *r, struct ww_slice text)
{
	struct ww_buf clean = ww_buf_in(r->out.arena);

	ww_add_clean(&clean, text);
	for (size_t i = 0; i < clean.len; i++) {
		if (strchr("\\`*_[]<>|#", clean.p[i]) != NULL)
			ww_buf_char(&r->out, '\\');
		ww_buf_char(&r->out, clean.p[i]);
	}
}

void
ww_md_child(struct ww_render *r, const struct ww_node *node,
	    enum ww_node_kind kind)
{
	ww_md_text(r, ww_child_text(node, kind));
}

void
ww_md_heading(struct ww_render *r, const char *english)
{
	ww_md_add(r, "\n### ");
	ww_md_text(r, ww_tr(r->report, english));
	ww_md_add(r, "\n\n");
}

/* - **label** text */
void
ww_md_item(struct ww_render *r, const char *indent, struct ww_slice label,
	   struct ww_slice text)
{
	if (text.len == 0)
		return;
	ww_md_add(r, indent);
	ww_md_add(r, "- ");
	if (label.len > 0) {
		ww_md_add(r, "**");
		ww_md_text(r, label);
		ww_md_add(r, "** ");
	}
	ww_md_text(r, text);
	ww_md_add(r, "\n");
}

/* A fence that no shell's line starts with, and no control characters. */
void
ww_md_fenced(struct ww_render *r, struct ww_slice text)
{
	if (text.len == 0)
		return;
	ww_md_add(r, "\n~~~~~~~~\n");
	while (text.len > 0) {
		const char *end = memchr(text.p, '\n', text.len);
		size_t n = end == NULL ? text.len : (size_t)(end - text.p);

		ww_add_clean(&r->out, ww_slice_of(text.p, n));
		ww_md_add(r, "\n");
		text = ww_slice_from(text, end == NULL ? n : n + 1);
	}
	ww_md_add(r, "~~~~~~~~\n");
}

void
ww_md_step(struct ww_render *r, const struct ww_node *step)
{
	static const struct {
		enum ww_node_kind kind;
		const char *label;
	} fields[] = {
		{ WW_NODE_PLACE, N_("where") },
		{ WW_NODE_RISK, N_("risk") },
		{ WW_NODE_RISK_WHY, N_("because") },
		{ WW_NODE_PRECHECK, N_("first") },
		{ WW_NODE_EXPECT, N_("expect") },
		{ WW_NODE_UNDO, N_("undo") },
		{ WW_NODE_STOP, N_("stop if") },
	};

	ww_md_add(r, "\n#### ");
	ww_md_child(r, step, WW_NODE_TITLE);
	ww_md_add(r, "\n\n");
	for (size_t i = 0; i < WW_ARRAY_LEN(fields); i++) {
		struct ww_slice text = ww_child_text(step, fields[i].kind);

		if (fields[i].kind == WW_NODE_RISK)
			text = ww_word_text(r, text);
		ww_md_item(r, "", ww_tr(r->report, fields[i].label), text);
	}
	ww_md_fenced(r, ww_child_text(step, WW_NODE_COMMANDS));
}
