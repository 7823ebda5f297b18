/*
 * What was looked at, and what was not.
 */
#include "render/text.h"

#include "base/banned.h"

/* CBS.log of a folder is called what it is. */
static bool
says_title(const struct ww_node *file)
{
	struct ww_slice name = ww_child_text(file, WW_NODE_FILE);
	struct ww_slice title = ww_child_text(file, WW_NODE_TITLE);

	return name.len >= title.len &&
	       ww_slice_casecmp(ww_slice_from(name, name.len - title.len),
				title) == 0;
}

/* A binary format has no lines. */
static struct ww_slice
records(struct ww_render *r, const struct ww_node *file)
{
	const struct ww_fill fills[] = {
		{ "records", ww_child_text(file, WW_NODE_RECORDS) },
		{ 0 },
	};

	return ww_slice_eq(fills[0].value, WW_LIT("1"))
		   ? ww_text_tr(r, N_("1 record"))
		   : ww_fill_text(r, N_("{records} records"), fills);
}

static struct ww_slice
lines(struct ww_render *r, const struct ww_node *file)
{
	const struct ww_fill fills[] = {
		{ "lines", ww_child_text(file, WW_NODE_LINES) },
		{ 0 },
	};

	if (ww_node_find(file, WW_NODE_LINES) == NULL)
		return records(r, file);
	return ww_slice_eq(fills[0].value, WW_LIT("1"))
		   ? ww_text_tr(r, N_("1 line"))
		   : ww_fill_text(r, N_("{lines} lines"), fills);
}

/* Logs/WindowsUpdate.log: WindowsUpdate.log, 20511 lines, from when to when */
static void
looked_at(struct ww_render *r, const struct ww_node *file)
{
	const struct ww_node *p =
	    ww_node_child(ww_node_find(file, WW_NODE_PROBLEMS));
	struct ww_fill fills[] = {
		{ "file", ww_child_text(file, WW_NODE_FILE) },
		{ "count", lines(r, file) },
		{ "first", ww_child_text(file, WW_NODE_FIRST) },
		{ "last", ww_child_text(file, WW_NODE_LAST) },
		{ "zone", ww_child_text(file, WW_NODE_ZONE) },
		{ 0 },
	};
	const char *english = N_("{file}, {count}");

	if (!says_title(file))
		fills[0].value =
		    ww_colon_text(r, fills[0].value,
				  ww_text_child(r, file, WW_NODE_TITLE));
	if (ww_node_find(file, WW_NODE_ZONE) != NULL)
		english = N_("{file}, {count}, {first} to {last} "
			     "UTC{zone}");
	else if (ww_node_find(file, WW_NODE_FIRST) != NULL)
		english = N_("{file}, {count}, {first} to {last} local time");
	ww_text_paragraph(r, ww_fill_text(r, english, fills), 2);
	for (; p != NULL; p = ww_node_next(p))
		ww_text_paragraph(r, ww_node_text(p), 6);
	ww_text_lines(r, ww_child_text(file, WW_NODE_FETCH), 6);
}

/* Files without a name of their own are counted. */
static void
not_read(struct ww_render *r, const struct ww_node *file)
{
	if (ww_node_find(file, WW_NODE_FILE) == NULL) {
		ww_text_labelled(r, 2, ww_child_text(file, WW_NODE_COUNT),
				 ww_text_child(r, file, WW_NODE_BECAUSE));
		return;
	}
	ww_text_pair(r, ww_child_text(file, WW_NODE_FILE),
		     ww_text_child(r, file, WW_NODE_BECAUSE));
}

static void
would_settle(struct ww_render *r, const struct ww_node *log)
{
	ww_text_pair(r, ww_text_child(r, log, WW_NODE_TITLE),
		     ww_text_child(r, log, WW_NODE_BECAUSE));
	ww_text_lines(r, ww_child_text(log, WW_NODE_FETCH), 6);
}

static void
part(struct ww_render *r, const struct ww_node *coverage, const char *english,
     const char *state, const char *or_state,
     void (*show)(struct ww_render *, const struct ww_node *))
{
	const struct ww_node *file = ww_node_child(coverage);
	bool any = false;

	for (; file != NULL; file = ww_node_next(file)) {
		if (!ww_child_is(file, WW_NODE_STATE, state) &&
		    !ww_child_is(file, WW_NODE_STATE, or_state))
			continue;
		if (!any)
			ww_text_heading(r, english);
		any = true;
		show(r, file);
	}
}

void
ww_text_coverage(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *coverage = ww_node_find(root, WW_NODE_COVERAGE);

	part(r, coverage, N_("Looked at"), "read", "partly", looked_at);
	part(r, coverage, N_("Could not read"), "unreadable", "unreadable",
	     not_read);
	part(r, coverage, N_("Passed over"), "passed_over", "passed_over",
	     not_read);
	part(r, coverage, N_("Would settle it"), "missing", "missing",
	     would_settle);
}
