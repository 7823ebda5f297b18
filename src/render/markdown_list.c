/*
 * What there is to browse, as Markdown.
 */
#include "base/compiler.h"
#include "render/markdown.h"

#include "base/banned.h"

/* Lists of an item's id or value, its title, and a sentence below. */
struct part {
	const char *title; /* English */
	enum ww_node_kind kind, head, body, rest;
};

static const struct part parts[] = {
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
	{ N_("Recognised in it"), WW_NODE_RECOGNISED, WW_NODE_ID, WW_NODE_TITLE,
	  WW_NODE_BECAUSE },
	{ N_("Codes"), WW_NODE_MEMBERS, WW_NODE_VALUE, WW_NODE_ID,
	  WW_NODE_MEANING },
};

/* What the page is about; its title is the heading. */
static const enum ww_node_kind subjects[] = { WW_NODE_SYMPTOM, WW_NODE_TOPIC,
					      WW_NODE_FAMILY, WW_NODE_LOG };

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

static void
show_part(struct ww_render *r, const struct ww_node *root,
	  const struct part *part)
{
	const struct ww_node *n = ww_node_child(ww_node_find(root, part->kind));

	if (n == NULL)
		return;
	ww_md_heading(r, part->title);
	for (; n != NULL; n = ww_node_next(n)) {
		ww_md_item(r, "", ww_child_text(n, part->head),
			   ww_child_text(n, part->body));
		if (part->rest != WW_NODE_KINDS)
			ww_md_item(r, "  ", WW_LIT(""),
				   ww_child_text(n, part->rest));
	}
}

void
ww_md_list(struct ww_render *r, const struct ww_node *root)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(subjects); i++) {
		const struct ww_node *subject = ww_node_find(root, subjects[i]);

		if (subject != NULL)
			show_subject(r, subject);
	}
	ww_md_child(r, root, WW_NODE_SUMMARY);
	ww_md_add(r, "\n");
	ww_md_background(r, root);
	for (size_t i = 0; i < WW_ARRAY_LEN(parts); i++)
		show_part(r, root, &parts[i]);
}
