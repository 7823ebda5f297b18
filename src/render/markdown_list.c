/*
 * What there is to browse, as Markdown.
 */
#include "base/compiler.h"
#include "render/markdown.h"

#include "base/banned.h"

static const struct ww_md_list lists[] = {
	{ N_("Symptoms"), WW_NODE_SYMPTOMS, WW_NODE_ID, WW_NODE_TITLE,
	  WW_NODE_KINDS },
	{ N_("Families of codes"), WW_NODE_FAMILIES, WW_NODE_ID, WW_NODE_TITLE,
	  WW_NODE_KINDS },
	{ N_("Logs"), WW_NODE_LOGS, WW_NODE_ID, WW_NODE_TITLE, WW_NODE_WHAT },
	{ N_("Events of Windows"), WW_NODE_EVENTS, WW_NODE_PROVIDER,
	  WW_NODE_NUMBER, WW_NODE_TITLE },
	{ N_("What it knows"), WW_NODE_COUNTS, WW_NODE_COUNT, WW_NODE_TITLE,
	  WW_NODE_KINDS },
	{ N_("Topics"), WW_NODE_TOPICS, WW_NODE_ID, WW_NODE_TITLE,
	  WW_NODE_SUMMARY },
	{ N_("Codes"), WW_NODE_MEMBERS, WW_NODE_VALUE, WW_NODE_ID,
	  WW_NODE_MEANING },
};

/* Its title is the heading. */
static void
show_subject(struct ww_render *r, const struct ww_node *subject)
{
	ww_md_add(r, "# ");
	ww_md_child(r, subject, WW_NODE_TITLE);
	ww_md_add(r, "\n\n");
	ww_md_item(r, "", ww_tr(r->report, N_("holds")),
		   ww_child_text(subject, WW_NODE_WHAT));
	ww_md_item(r, "", ww_tr(r->report, N_("stands in")),
		   ww_child_text(subject, WW_NODE_PATH));
	ww_md_item(r, "", ww_tr(r->report, N_("fetch it")),
		   ww_child_text(subject, WW_NODE_FETCH));
}

void
ww_md_recognised(struct ww_render *r, const struct ww_node *of)
{
	const struct ww_node *sign =
	    ww_node_child(ww_node_find(of, WW_NODE_RECOGNISED));

	for (; sign != NULL; sign = ww_node_next(sign))
		ww_md_item(r, "",
			   ww_sign_text(r, sign,
					ww_child_text(sign, WW_NODE_TITLE)),
			   ww_child_text(sign, WW_NODE_BECAUSE));
}

void
ww_md_browse(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *subject = ww_list_subject(root);

	if (subject != NULL)
		show_subject(r, subject);
	ww_md_child(r, root, WW_NODE_SUMMARY);
	ww_md_add(r, "\n");
	ww_md_background(r, root);
	if (ww_node_find(root, WW_NODE_RECOGNISED) != NULL)
		ww_md_heading(r, N_("Recognised in it"));
	ww_md_recognised(r, root);
	for (size_t i = 0; i < WW_ARRAY_LEN(lists); i++)
		ww_md_list(r, root, &lists[i]);
}
