#include "base/compiler.h"
#include "render/html/html.h"

#include "base/banned.h"

void
ww_html_add(struct ww_html *h, const char *markup)
{
	ww_buf_add(&h->r->out, ww_slice_cstr(markup));
}

void
ww_html_number(struct ww_html *h, int64_t v)
{
	ww_buf_decimal(&h->r->out, v);
}

void
ww_html_tr(struct ww_html *h, const char *english)
{
	ww_html_text(h, ww_tr(h->r->report, english));
}

void
ww_html_node(struct ww_html *h, const struct ww_node *node)
{
	bool english = ww_node_untranslated(node) != 0;

	ww_html_add(h, english ? "<span lang=\"en\">" : "");
	ww_html_text(h, ww_node_text(node));
	ww_html_add(h, english ? "</span>" : "");
}

void
ww_html_child(struct ww_html *h, const struct ww_node *node,
	      enum ww_node_kind kind)
{
	ww_html_node(h, ww_node_find(node, kind));
}

static void
open_tag(struct ww_html *h, const char *tag)
{
	ww_html_add(h, "<");
	ww_html_add(h, tag);
	ww_html_add(h, ">");
}

/* Its name ends where attributes begin. */
static void
close_tag(struct ww_html *h, const char *tag)
{
	ww_html_add(h, "</");
	ww_buf_add(&h->r->out, ww_slice_of(tag, strcspn(tag, " ")));
	ww_html_add(h, ">");
}

void
ww_html_element(struct ww_html *h, const char *tag, struct ww_slice text)
{
	if (text.len == 0)
		return;
	open_tag(h, tag);
	ww_html_text(h, text);
	close_tag(h, tag);
}

void
ww_html_wrap(struct ww_html *h, const char *tag, const struct ww_node *node,
	     enum ww_node_kind kind)
{
	const struct ww_node *child = ww_node_find(node, kind);

	if (ww_node_text(child).len == 0)
		return;
	open_tag(h, tag);
	ww_html_node(h, child);
	close_tag(h, tag);
}

/* Ids are words of ours, and ids of the catalogue: a blank would end one. */
void
ww_html_id(struct ww_html *h, const char *name, int64_t n)
{
	struct ww_buf id = ww_buf_in(h->r->out.arena);

	ww_buf_add(&id, h->prefix);
	ww_buf_add(&id, ww_slice_cstr(name));
	if (n > 0) {
		ww_buf_char(&id, '-');
		ww_buf_decimal(&id, n);
	}
	ww_html_attr(h, "id", ww_buf_slice(&id));
}

struct ww_slice
ww_html_prefix(struct ww_html *h, struct ww_slice before, char letter,
	       int64_t n)
{
	struct ww_buf buf = ww_buf_in(h->r->out.arena);

	ww_buf_add(&buf, before);
	ww_buf_char(&buf, letter);
	ww_buf_decimal(&buf, n);
	ww_buf_char(&buf, '-');
	return ww_buf_slice(&buf);
}

static unsigned
level_of(const struct ww_html *h, unsigned deeper)
{
	unsigned level = h->level + deeper;

	return level < 6 ? level : 6;
}

void
ww_html_open_heading(struct ww_html *h, unsigned deeper, const char *more)
{
	ww_html_add(h, "<h");
	ww_html_number(h, level_of(h, deeper));
	ww_html_add(h, more);
	ww_html_add(h, ">");
}

void
ww_html_close_heading(struct ww_html *h, unsigned deeper)
{
	ww_html_add(h, "</h");
	ww_html_number(h, level_of(h, deeper));
	ww_html_add(h, ">\n");
}

void
ww_html_section(struct ww_html *h, const char *id, const char *english)
{
	ww_html_add(h, "<section");
	ww_html_id(h, id, 0);
	ww_html_add(h, ">\n");
	ww_html_open_heading(h, 0, "");
	ww_html_tr(h, english);
	ww_html_close_heading(h, 0);
}

size_t
ww_html_open_facts(struct ww_html *h)
{
	ww_html_add(h, "<dl class=\"facts\">\n");
	return h->r->out.len;
}

void
ww_html_close_facts(struct ww_html *h, size_t start)
{
	if (h->r->out.len == start)
		h->r->out.len -= strlen("<dl class=\"facts\">\n");
	else
		ww_html_add(h, "</dl>\n");
}

void
ww_html_fact(struct ww_html *h, const char *english, struct ww_slice text)
{
	if (text.len == 0)
		return;
	ww_html_element(h, "dt", ww_tr(h->r->report, english));
	ww_html_element(h, "dd", text);
	ww_html_add(h, "\n");
}

void
ww_html_fact_node(struct ww_html *h, const char *english,
		  const struct ww_node *node, enum ww_node_kind kind)
{
	if (ww_child_text(node, kind).len == 0)
		return;
	ww_html_element(h, "dt", ww_tr(h->r->report, english));
	ww_html_wrap(h, "dd", node, kind);
	ww_html_add(h, "\n");
}

void
ww_html_commands(struct ww_html *h, struct ww_slice text)
{
	if (text.len == 0)
		return;
	ww_html_add(h, "<pre class=\"cmd\">");
	ww_html_lines(h, text);
	ww_html_add(h, "</pre>\n");
}

void
ww_html_tag(struct ww_html *h, const char *class, const char *what,
	    struct ww_slice word)
{
	struct ww_slice shown = ww_word_text(h->r, word);

	if (word.len == 0)
		return;
	if (what != NULL)
		shown = ww_colon_text(h->r, ww_tr(h->r->report, what), shown);
	ww_html_add(h, "<span");
	ww_html_attr(h, "class", ww_slice_cstr(class));
	ww_html_add(h, ">");
	ww_html_text(h, shown);
	ww_html_add(h, "</span>");
}

/* Its place in the list of sources, from 1; 0: it is not in it. */
static int64_t
source_number(const struct ww_html *h, struct ww_slice id)
{
	const struct ww_node *source = ww_node_child(h->sources);

	for (int64_t n = 1; source != NULL; source = ww_node_next(source), n++)
		if (ww_slice_eq(ww_child_text(source, WW_NODE_ID), id))
			return n;
	return 0;
}

void
ww_html_cite(struct ww_html *h, const struct ww_node *node)
{
	const struct ww_node *id = ww_html_first(node, WW_NODE_SOURCE_IDS);
	bool any = false;

	for (; id != NULL; id = ww_node_next(id)) {
		int64_t n = source_number(h, ww_node_text(id));

		if (n == 0)
			continue;
		ww_html_add(h, any ? " " : "<sup>");
		any = true;
		ww_html_add(h, "<a href=\"#");
		ww_html_text(h, h->prefix);
		ww_html_add(h, "source-");
		ww_html_number(h, n);
		ww_html_add(h, "\">[");
		ww_html_number(h, n);
		ww_html_add(h, "]</a>");
	}
	ww_html_add(h, any ? "</sup>" : "");
}

static void
mention(struct ww_html *h, struct ww_slice value)
{
	for (size_t i = 0; i < h->n_mentioned; i++)
		if (ww_slice_eq(h->mentioned[i], value))
			return;
	if (h->n_mentioned == h->mentioned_room) {
		size_t room = 2 * h->mentioned_room + 16;
		struct ww_slice *p =
		    ww_arena_array(h->r->out.arena, room, sizeof(*p));

		if (h->n_mentioned > 0)
			memcpy(p, h->mentioned, h->n_mentioned * sizeof(*p));
		h->mentioned = p;
		h->mentioned_room = room;
	}
	h->mentioned[h->n_mentioned++] = value;
}

void
ww_html_code(struct ww_html *h, struct ww_slice value)
{
	mention(h, value);
	ww_html_add(h, "<a");
	ww_html_attr(h, "data-code", value);
	ww_html_add(h, ">");
	ww_html_element(h, "code", value);
	ww_html_add(h, "</a>");
}

void
ww_html_values(struct ww_html *h, const struct ww_node *value)
{
	if (value != NULL)
		ww_html_add(h, "<ul class=\"plain\">\n");
	for (; value != NULL; value = ww_node_next(value)) {
		ww_html_add(h, "<li>");
		ww_html_wrap(h, "code", value, WW_NODE_VALUE);
		ww_html_add(h, " ");
		ww_html_child(h, value, WW_NODE_MEANS);
		ww_html_add(h, ww_node_next(value) == NULL ? "</li></ul>"
							   : "</li>\n");
	}
}

void
ww_html_about(struct ww_html *h, const struct ww_node *node)
{
	if (ww_node_find(node, WW_NODE_MACHINE) != NULL) {
		ww_html_child(h, node, WW_NODE_MACHINE);
		ww_html_add(h, ": ");
	}
	ww_html_child(h, node, WW_NODE_TITLE);
	ww_html_add(h, " ");
	ww_html_wrap(h, "span class=\"soft\"", node, WW_NODE_SUBJECT);
}

void
ww_html_contents(struct ww_html *h, const struct ww_node *of,
		 const struct ww_html_part *parts, size_t n)
{
	ww_html_add(h, "<nav");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("On this page")));
	ww_html_add(h, "><ul>\n");
	for (size_t i = 0; i < n; i++) {
		if (ww_html_first(of, parts[i].kind) == NULL)
			continue;
		ww_html_add(h, "<li><a href=\"#");
		ww_html_text(h, h->prefix);
		ww_html_add(h, parts[i].id);
		ww_html_add(h, "\">");
		ww_html_tr(h, parts[i].title);
		ww_html_add(h, "</a></li>\n");
	}
	ww_html_add(h, "</ul></nav>");
}
