/*
 * A time line of records as a table, to be filtered by log and level.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

/* Logs that can be filtered; a folder may hold hundreds. */
#define FILES_MAX 12

struct entries {
	struct ww_slice files[FILES_MAX];
	int64_t n_files;
	bool utc; /* the logs' clocks differ */
};

/* The place of a log among those that can be filtered, or -1. */
static int64_t
file_of(const struct entries *e, struct ww_slice file)
{
	for (int64_t i = 0; i < e->n_files; i++)
		if (ww_slice_eq(e->files[i], file))
			return i;
	return -1;
}

static void
collect(struct entries *e, const struct ww_node *entry)
{
	for (; entry != NULL; entry = ww_node_next(entry)) {
		struct ww_slice file = ww_child_text(entry, WW_NODE_FILE);

		if (e->n_files < FILES_MAX && file_of(e, file) < 0)
			e->files[e->n_files++] = file;
	}
}

/* What the script makes filters of. */
static void
legend(struct ww_html *h, const struct entries *e)
{
	static const char *const levels[] = { "error", "warning", "info",
					      "verbose" };

	ww_html_add(h, "<p class=\"tags legend\">");
	for (int64_t i = 0; i < e->n_files; i++) {
		ww_html_add(h, "<span data-filter=\"s:");
		ww_html_number(h, i);
		ww_html_add(h, "\">");
		ww_html_text(h, e->files[i]);
		ww_html_add(h, "</span>");
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(levels); i++) {
		ww_html_add(h, "<span data-filter=\"l:");
		ww_html_add(h, levels[i]);
		ww_html_add(h, "\">");
		ww_html_text(h, ww_word_text(h->r, ww_slice_cstr(levels[i])));
		ww_html_add(h, "</span>");
	}
	ww_html_add(h, "</p>\n");
}

static void
time_of(struct ww_html *h, const struct entries *e, const struct ww_node *entry)
{
	bool utc = e->utc && ww_node_find(entry, WW_NODE_UTC) != NULL;

	ww_html_child(h, entry, utc ? WW_NODE_UTC : WW_NODE_TIME);
	ww_html_add(h, utc ? "Z" : "");
}

static void
row(struct ww_html *h, const struct entries *e, const struct ww_node *entry)
{
	struct ww_slice level = ww_child_text(entry, WW_NODE_LEVEL);
	int64_t file = file_of(e, ww_child_text(entry, WW_NODE_FILE));
	bool bad = ww_slice_eq(level, WW_LIT("error"));

	ww_html_add(h, "<tr");
	if (file >= 0) {
		ww_html_add(h, " data-s=\"");
		ww_html_number(h, file);
		ww_html_add(h, "\"");
	}
	ww_html_attr(h, "data-l", level);
	ww_html_add(h, "><td class=\"when\">");
	time_of(h, e, entry);
	ww_html_add(h, bad ? "</td><td class=\"bad\">" : "</td><td>");
	ww_html_text(h, ww_word_text(h->r, level));
	ww_html_add(h, "</td><td>");
	ww_html_place(h, entry);
	ww_html_add(h, " <span class=\"soft\">");
	ww_html_child(h, entry, WW_NODE_COMPONENT);
	ww_html_add(h, "</span></td><td>");
	ww_html_wrap(h, "p", entry, WW_NODE_SAYS);
	ww_html_add(h, "<code>");
	ww_html_child(h, entry, WW_NODE_QUOTED);
	ww_html_add(h, ww_node_find(entry, WW_NODE_CUT) != NULL
			   ? "&#8230;</code></td></tr>\n"
			   : "</code></td></tr>\n");
}

static void
table(struct ww_html *h, const struct entries *e, const struct ww_node *entry)
{
	static const char *const columns[] = { N_("time"), N_("level"),
					       N_("where"), N_("text") };

	ww_html_add(h, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("Records")));
	ww_html_add(h, "><table>\n<thead><tr>");
	for (size_t i = 0; i < WW_ARRAY_LEN(columns); i++)
		ww_html_element(h, "th scope=\"col\"",
				ww_tr(h->r->report, columns[i]));
	ww_html_add(h, "</tr></thead>\n<tbody>\n");
	for (; entry != NULL; entry = ww_node_next(entry))
		row(h, e, entry);
	ww_html_add(h, "</tbody></table></div>\n");
}

void
ww_html_entries(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *first = ww_html_first(root, WW_NODE_ENTRIES);
	struct entries e = { .utc = ww_child_is(root, WW_NODE_CLOCK, "utc") };

	collect(&e, first);
	ww_html_add(h, "<article class=\"records\">\n<header>\n<h1>");
	ww_html_tr(h, N_("Time line"));
	ww_html_add(h, "</h1>\n");
	if (ww_node_find(root, WW_NODE_MORE) != NULL)
		ww_html_element(h, "p class=\"note\"",
				ww_tr(h->r->report,
				      N_("More records follow: --since, "
					 "--until and --around choose from "
					 "them.")));
	ww_html_add(h, "</header>\n<div class=\"body\">\n"
		       "<section class=\"line\" id=\"records\">\n");
	ww_html_open_heading(h, 0, "");
	ww_html_tr(h, N_("Records"));
	ww_html_close_heading(h, 0);
	legend(h, &e);
	table(h, &e, first);
	ww_html_add(h, "</section>\n");
	ww_html_coverage(h, root);
	ww_html_add(h, "</div>\n</article>\n");
}
