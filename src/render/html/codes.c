/*
 * The codes of all files, each with what it means and what it was to the
 * failures.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/html/html.h"

#include "base/banned.h"

static void
row(struct ww_html *h, const struct ww_node *code)
{
	ww_html_add(h, "<tr><td class=\"num\">");
	ww_html_child(h, code, WW_NODE_COUNT);
	ww_html_add(h, "</td><td>");
	ww_html_code(h, ww_child_text(code, WW_NODE_VALUE));
	ww_html_add(h, " ");
	ww_html_wrap(h, "code", code, WW_NODE_ID);
	ww_html_add(h, " ");
	ww_html_child(h, code, WW_NODE_MEANING);
	ww_html_add(h, "</td><td>");
	ww_html_text(h, ww_word_text(h->r, ww_child_text(code, WW_NODE_ROLE)));
	ww_html_add(h, "</td><td class=\"mono\">");
	ww_html_place(h, ww_node_find(code, WW_NODE_FIRST_PLACE));
	ww_html_add(h, "</td><td class=\"mono\">");
	ww_html_place(h, ww_node_find(code, WW_NODE_LAST_PLACE));
	ww_html_add(h, "</td></tr>\n");
}

void
ww_html_codes(struct ww_html *h, const struct ww_node *root)
{
	static const char *const columns[] = { N_("count"), N_("code"),
					       N_("role"), N_("first place"),
					       N_("last place") };
	const struct ww_node *code = ww_html_first(root, WW_NODE_CODES);

	if (code == NULL)
		return;
	ww_html_section(h, "codes", N_("Codes"));
	ww_html_add(h, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	ww_html_attr(h, "aria-label", ww_tr(h->r->report, N_("Codes")));
	ww_html_add(h, "><table>\n<thead><tr>");
	for (size_t i = 0; i < WW_ARRAY_LEN(columns); i++)
		ww_html_element(h,
				i == 0 ? "th scope=\"col\" class=\"num\""
				       : "th scope=\"col\"",
				ww_tr(h->r->report, columns[i]));
	ww_html_add(h, "</tr></thead>\n<tbody>\n");
	for (; code != NULL; code = ww_node_next(code))
		row(h, code);
	ww_html_add(h, "</tbody></table></div>\n</section>\n");
}
