/*
 * What was looked at, what could not be, and what would settle the rest.
 */
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

/* 20511 lines, or records of a format that has no lines. */
static struct ww_slice
size_of(struct ww_html *h, const struct ww_node *file)
{
	const struct ww_fill fills[] = {
		{ "lines", ww_child_text(file, WW_NODE_LINES) },
		{ "records", ww_child_text(file, WW_NODE_RECORDS) },
		{ 0 },
	};

	return ww_node_find(file, WW_NODE_LINES) != NULL
		   ? ww_fill_text(h->r, N_("{lines} lines"), fills)
		   : ww_fill_text(h->r, N_("{records} records"), fills);
}

static struct ww_slice
span_of(struct ww_html *h, const struct ww_node *file)
{
	const struct ww_fill fills[] = {
		{ "first", ww_child_text(file, WW_NODE_FIRST) },
		{ "last", ww_child_text(file, WW_NODE_LAST) },
		{ "zone", ww_child_text(file, WW_NODE_ZONE) },
		{ 0 },
	};

	if (fills[0].value.len == 0)
		return (struct ww_slice){ 0 };
	return ww_fill_text(h->r,
			    fills[2].value.len > 0
				? N_("{first} to {last} UTC{zone}")
				: N_("{first} to {last} local time"),
			    fills);
}

static void
problems(struct ww_html *h, const struct ww_node *file)
{
	const struct ww_node *p = ww_html_first(file, WW_NODE_PROBLEMS);

	if (p == NULL)
		return;
	ww_html_add(h, "<ul class=\"warn\">\n");
	for (; p != NULL; p = ww_node_next(p)) {
		ww_html_add(h, "<li>");
		ww_html_node(h, p);
		ww_html_add(h, "</li>\n");
	}
	ww_html_add(h, "</ul>\n");
}

/* Its name, or what such a log is called; files without one are counted. */
static void
name(struct ww_html *h, const struct ww_node *file)
{
	if (ww_node_find(file, WW_NODE_FILE) != NULL)
		ww_html_wrap(h, "dt class=\"mono\"", file, WW_NODE_FILE);
	else if (ww_node_find(file, WW_NODE_TITLE) != NULL)
		ww_html_wrap(h, "dt", file, WW_NODE_TITLE);
	else if (ww_node_find(file, WW_NODE_COUNT) != NULL)
		ww_html_wrap(h, "dt", file, WW_NODE_COUNT);
	else
		ww_html_element(h, "dt", WW_LIT("-"));
}

static void
covered(struct ww_html *h, const struct ww_node *file)
{
	bool read = ww_node_find(file, WW_NODE_RECORDS) != NULL;

	name(h, file);
	ww_html_add(h, "<dd>");
	if (read) {
		ww_html_add(h, "<span class=\"tags\">");
		ww_html_wrap(h, "span", file, WW_NODE_TITLE);
		ww_html_element(h, "span", size_of(h, file));
		ww_html_element(h, "span", span_of(h, file));
		ww_html_add(h, "</span>");
	}
	ww_html_child(h, file, WW_NODE_BECAUSE);
	problems(h, file);
	ww_html_commands(h, ww_child_text(file, WW_NODE_FETCH));
	ww_html_add(h, "</dd>\n");
}

struct part {
	const char *title; /* English */
	const char *state, *or_state;
};

static void
show_part(struct ww_html *h, const struct ww_node *file,
	  const struct part *part)
{
	bool any = false;

	for (; file != NULL; file = ww_node_next(file)) {
		if (!ww_child_is(file, WW_NODE_STATE, part->state) &&
		    !ww_child_is(file, WW_NODE_STATE, part->or_state))
			continue;
		if (!any) {
			ww_html_open_heading(h, 0, "");
			ww_html_tr(h, part->title);
			ww_html_close_heading(h, 0);
			ww_html_add(h, "<dl class=\"pairs\">\n");
		}
		any = true;
		covered(h, file);
	}
	ww_html_add(h, any ? "</dl>\n" : "");
}

void
ww_html_coverage(struct ww_html *h, const struct ww_node *root)
{
	static const struct part parts[] = {
		{ N_("Looked at"), "read", "partly" },
		{ N_("Could not read"), "unreadable", "unreadable" },
		{ N_("Passed over"), "passed_over", "passed_over" },
		{ N_("Would settle it"), "missing", "missing" },
	};
	const struct ww_node *file = ww_html_first(root, WW_NODE_COVERAGE);

	if (file == NULL)
		return;
	ww_html_add(h, "<section id=\"coverage\">\n");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		show_part(h, file, &parts[i]);
	ww_html_add(h, "</section>\n");
}
