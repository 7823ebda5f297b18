/*
 * How to tell the causes apart: a table where it fits, blocks where not.
 */
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Columns of the branch table: at most what a page's width can show. */
#define COLUMNS_MAX 4

static void
column_widths(const struct ww_node *settle, size_t widths[COLUMNS_MAX])
{
	const struct ww_node *row =
	    ww_node_child(ww_node_find(settle, WW_NODE_BRANCHES));
	const struct ww_node *cells = ww_node_find(settle, WW_NODE_COLUMNS);

	for (;;) {
		const struct ww_node *cell = ww_node_child(cells);

		for (size_t i = 0; cell != NULL && i < COLUMNS_MAX; i++) {
			size_t n = ww_utf8_width(ww_node_text(cell));

			if (n > widths[i])
				widths[i] = n;
			cell = ww_node_next(cell);
		}
		if (row == NULL)
			return;
		cells = ww_node_find(row, WW_NODE_CELLS);
		row = ww_node_next(row);
	}
}

/* Cells side by side; the last column stays free for the cause. */
static void
table_row(struct ww_render *r, const struct ww_node *cells,
	  const size_t widths[COLUMNS_MAX])
{
	const struct ww_node *cell = ww_node_child(cells);

	ww_buf_fill(&r->out, ' ', 2);
	for (size_t i = 0; cell != NULL && i < COLUMNS_MAX; i++) {
		size_t n = ww_utf8_width(ww_node_text(cell));

		ww_add_clean(&r->out, ww_node_text(cell));
		ww_buf_fill(&r->out, ' ', widths[i] - n + 2);
		cell = ww_node_next(cell);
	}
}

static struct ww_slice
cause_title(struct ww_render *r, const struct ww_node *reading,
	    struct ww_slice number)
{
	const struct ww_node *cause =
	    ww_node_child(ww_node_find(reading, WW_NODE_CAUSES));
	struct ww_buf buf = ww_buf_in(r->out.arena);
	unsigned n = 0;

	for (size_t i = 0; i < number.len; i++)
		n = n * 10 + (unsigned)(number.p[i] - '0');
	while (cause != NULL && --n > 0)
		cause = ww_node_next(cause);
	ww_buf_add(&buf, number);
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf, ww_text_child(r, cause, WW_NODE_TITLE));
	return ww_buf_slice(&buf);
}

static void
branch_row(struct ww_render *r, const struct ww_node *reading,
	   const struct ww_node *branch, const size_t widths[COLUMNS_MAX],
	   bool narrow)
{
	struct ww_slice number = ww_child_text(branch, WW_NODE_CAUSE_NUMBER);
	struct ww_slice verdict = ww_text_child(r, branch, WW_NODE_VERDICT);
	const struct ww_node *cell =
	    ww_node_child(ww_node_find(branch, WW_NODE_CELLS));
	size_t used = 2;

	if (number.len > 0)
		verdict = cause_title(r, reading, number);
	if (narrow) {
		for (; cell != NULL; cell = ww_node_next(cell))
			ww_text_paragraph(r, ww_text_node(r, cell), 2);
		ww_buf_fill(&r->out, ' ', 6);
		ww_buf_add(&r->out, WW_LIT("-> "));
		ww_text_wrap(r, verdict, 9, 9);
		return;
	}
	table_row(r, ww_node_find(branch, WW_NODE_CELLS), widths);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		used += widths[i] > 0 ? widths[i] + 2 : 0;
	ww_text_wrap(r, verdict, used, used);
}

void
ww_text_settle(struct ww_render *r, const struct ww_node *reading,
	       const struct ww_node *settle)
{
	const struct ww_node *branch =
	    ww_node_child(ww_node_find(settle, WW_NODE_BRANCHES));
	size_t widths[COLUMNS_MAX] = { 0 }, sum = 2;
	bool narrow;

	column_widths(settle, widths);
	for (size_t i = 0; i < COLUMNS_MAX; i++)
		sum += widths[i] > 0 ? widths[i] + 2 : 0;
	/* A table earns its place if the causes keep a third of the page. */
	narrow = sum > ww_text_width(r) * 2 / 3;
	ww_text_heading(r, N_("Which cause?"));
	ww_text_paragraph(r, ww_text_child(r, settle, WW_NODE_LEAD), 0);
	ww_text_lines(r, ww_child_text(settle, WW_NODE_COMMAND), 4);
	ww_text_newline(r);
	if (!narrow) {
		table_row(r, ww_node_find(settle, WW_NODE_COLUMNS), widths);
		ww_text_paint(r, PAINT_DIM, ww_text_tr(r, N_("cause")));
		ww_text_newline(r);
	}
	for (; branch != NULL; branch = ww_node_next(branch))
		branch_row(r, reading, branch, widths, narrow);
}
