/*
 * What there is to browse, as text: lists of symptoms, families, logs, topics
 * and codes, a line or two for each.
 */
#include "base/compiler.h"
#include "render/text.h"

#include "base/banned.h"

/* The command that shows an item is made of its list's word and its id. */
struct index {
	enum ww_node_kind kind;
	const char *title; /* English */
	const char *word;
};

static const struct index indexes[] = {
	{ WW_NODE_SYMPTOMS, N_("Symptoms"), "symptom/" },
	{ WW_NODE_FAMILIES, N_("Families of codes"), "family/" },
	{ WW_NODE_LOGS, N_("Logs"), "log/" },
};

static void
show_index(struct ww_render *r, const struct ww_node *root,
	   const struct index *index)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, index->kind));

	if (n == NULL)
		return;
	ww_text_heading(r, index->title);
	for (; n != NULL; n = ww_node_next(n)) {
		struct ww_buf id = ww_buf_in(r->out.arena);
		struct ww_buf title = ww_buf_in(r->out.arena);
		struct ww_slice count = ww_child_text(n, WW_NODE_COUNT);

		ww_buf_add(&id, ww_slice_cstr(index->word));
		ww_buf_add(&id, ww_child_text(n, WW_NODE_ID));
		ww_buf_add(&title, ww_text_child(r, n, WW_NODE_TITLE));
		if (count.len > 0)
			ww_buf_printf(&title, " (%.*s)", (int)count.len,
				      count.p);
		ww_text_pair(r, ww_buf_slice(&id), ww_buf_slice(&title));
	}
}

static void
show_events(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_EVENTS));

	if (n == NULL)
		return;
	ww_text_heading(r, N_("Events of Windows"));
	for (; n != NULL; n = ww_node_next(n)) {
		struct ww_buf name = ww_buf_in(r->out.arena);

		ww_buf_add(&name, ww_child_text(n, WW_NODE_PROVIDER));
		ww_buf_char(&name, ' ');
		ww_buf_add(&name, ww_child_text(n, WW_NODE_NUMBER));
		ww_text_pair(r, ww_buf_slice(&name),
			     ww_text_child(r, n, WW_NODE_TITLE));
	}
}

static void
show_counts(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_COUNTS));

	for (; n != NULL; n = ww_node_next(n))
		ww_text_labelled(r, 2, ww_child_text(n, WW_NODE_COUNT),
				 ww_child_text(n, WW_NODE_TITLE));
}

static void
show_topics(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_TOPICS));

	ww_text_subject(r, ww_node_find(root, WW_NODE_SYMPTOM));
	for (; n != NULL; n = ww_node_next(n)) {
		struct ww_buf id = ww_buf_in(r->out.arena);

		ww_text_newline(r);
		ww_buf_add(&id, WW_LIT("topic/"));
		ww_buf_add(&id, ww_child_text(n, WW_NODE_ID));
		ww_text_pair(r, ww_buf_slice(&id),
			     ww_text_child(r, n, WW_NODE_TITLE));
		ww_text_paragraph(r, ww_text_child(r, n, WW_NODE_SUMMARY), 6);
	}
}

static void
show_members(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *n =
	    ww_node_child(ww_node_find(root, WW_NODE_MEMBERS));

	if (n == NULL)
		return;
	ww_text_heading(r, N_("Codes"));
	for (; n != NULL; n = ww_node_next(n)) {
		struct ww_buf head = ww_buf_in(r->out.arena);

		ww_buf_add(&head, ww_shown_value(n));
		ww_buf_add(&head, WW_LIT("  "));
		ww_buf_add(&head, ww_child_text(n, WW_NODE_ID));
		ww_text_pair(r, ww_buf_slice(&head),
			     ww_text_child(r, n, WW_NODE_MEANING));
	}
}

static void
show_log(struct ww_render *r, const struct ww_node *root,
	 const struct ww_node *log)
{
	ww_text_subject(r, log);
	ww_text_paragraph(r, ww_text_child(r, log, WW_NODE_WHAT), 2);
	ww_text_labelled(r, 2, ww_text_tr(r, N_("stands in")),
			 ww_child_text(log, WW_NODE_PATH));
	ww_text_labelled(r, 2, ww_text_tr(r, N_("fetch it")),
			 ww_child_text(log, WW_NODE_FETCH));
	ww_text_recognised(r, root);
}

void
ww_text_list(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *topic = ww_node_find(root, WW_NODE_TOPIC);
	const struct ww_node *family = ww_node_find(root, WW_NODE_FAMILY);
	const struct ww_node *log = ww_node_find(root, WW_NODE_LOG);

	for (size_t i = 0; i < WW_ARRAY_LEN(indexes); i++)
		show_index(r, root, &indexes[i]);
	show_events(r, root);
	show_counts(r, root);
	if (ww_node_find(root, WW_NODE_SYMPTOM) != NULL)
		show_topics(r, root);
	if (log != NULL)
		show_log(r, root, log);
	if (family != NULL || topic != NULL)
		ww_text_subject(r, family != NULL ? family : topic);
	if (topic != NULL)
		ww_text_paragraph(r, ww_text_child(r, root, WW_NODE_SUMMARY),
				  0);
	ww_text_background(r, root);
	show_members(r, root);
}
