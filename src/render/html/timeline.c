/*
 * The time line of a diagnosis: a picture, and the moments that matter as a
 * table, which says the same.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/picture.h"

#include "base/banned.h"

static void
moment(struct ww_html *h, const struct picture *p, const struct ww_node *m)
{
	int64_t lane = picture_lane(p, ww_child_text(m, WW_NODE_FILE));
	struct ww_slice level = ww_child_text(m, WW_NODE_LEVEL);

	ww_html_add(h, "<tr");
	if (lane >= 0) {
		ww_html_add(h, " data-s=\"");
		ww_html_number(h, lane);
		ww_html_add(h, "\"");
	}
	ww_html_attr(h, "data-l", level);
	ww_html_add(h, "><td class=\"when\">");
	ww_html_child(h, m, WW_NODE_TIME);
	ww_html_add(h, "</td><td>");
	ww_html_about(h, m);
	ww_html_add(h, "</td><td><span");
	ww_html_attr(h, "class", picture_class(level));
	ww_html_add(h, ">");
	ww_html_child(h, m, WW_NODE_WHAT);
	ww_html_add(h, "</span> ");
	if (ww_node_find(m, WW_NODE_VALUE) != NULL)
		ww_html_code(h, ww_child_text(m, WW_NODE_VALUE));
	ww_html_add(h, "</td><td class=\"mono\">");
	ww_html_place(h, m);
	ww_html_add(h, "</td></tr>\n");
}

static void
moments(struct ww_html *h, const struct picture *p, const struct ww_node *m)
{
	static const char *const columns[] = { N_("time"), N_("what"),
					       N_("state"), N_("where") };

	if (m == NULL)
		return;
	ww_html_add(h, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("Time line")));
	ww_html_add(h, "><table>\n<thead><tr>");
	for (size_t i = 0; i < WW_ARRAY_LEN(columns); i++)
		ww_html_element(h, "th scope=\"col\"",
				ww_tr(h->r->report, columns[i]));
	ww_html_add(h, "</tr></thead>\n<tbody>\n");
	for (; m != NULL; m = ww_node_next(m))
		moment(h, p, m);
	ww_html_add(h, "</tbody></table></div>\n");
}

void
ww_html_timeline(struct ww_html *h, const struct ww_node *root)
{
	const struct ww_node *m = ww_html_first(root, WW_NODE_TIMELINE);
	struct picture p;

	if (m == NULL && ww_node_find(root, WW_NODE_ACTIVITY) == NULL)
		return;
	ww_html_add(h, "<section class=\"line\" id=\"time-line\">\n");
	ww_html_open_heading(h, 0, "");
	ww_html_tr(h, N_("Time line"));
	ww_html_close_heading(h, 0);
	picture_measure(&p, root);
	picture_draw(h, &p, root);
	moments(h, &p, m);
	ww_html_add(h, "</section>\n");
}
