/*
 * The shape of Markdown: escaped text, items, fences.  Used by the parts of
 * the Markdown renderer.
 */
#ifndef WW_RENDER_MARKDOWN_H
#define WW_RENDER_MARKDOWN_H

#include "render/render.h"

/* As it stands: what the renderer itself writes. */
void ww_md_add(struct ww_render *r, const char *s);

/* Text with the characters that Markdown would read escaped. */
void ww_md_text(struct ww_render *r, struct ww_slice text);
void ww_md_child(struct ww_render *r, const struct ww_node *node,
		 enum ww_node_kind kind);

void ww_md_heading(struct ww_render *r, const char *english);

/* - **label** text; nothing where the text is empty */
void ww_md_item(struct ww_render *r, const char *indent, struct ww_slice label,
		struct ww_slice text);

/* A part that is a list of two texts, and perhaps a third below them. */
struct ww_md_list {
	const char *title; /* English */
	/* rest is WW_NODE_KINDS where there is no third. */
	enum ww_node_kind kind, head, body, rest;
};

/* Nothing where the list is empty. */
void ww_md_list(struct ww_render *r, const struct ww_node *of,
		const struct ww_md_list *list);

/* Lines as they stand, in a fence. */
void ww_md_fenced(struct ww_render *r, struct ww_slice text);

/* The parameters of a stop code: of a reading, or of a finding. */
void ww_md_parameters(struct ww_render *r, const struct ww_node *node);

void ww_md_step(struct ww_render *r, const struct ww_node *step);

/* All that is known of a reading's family and topic, or of one of these. */
void ww_md_background(struct ww_render *r, const struct ww_node *reading);

/* What is known of lines. */
void ww_md_recognised(struct ww_render *r, const struct ww_node *of);

/* What there is to browse. */
void ww_md_browse(struct ww_render *r, const struct ww_node *root);

/* Conversations with update servers. */
void ww_md_probes(struct ww_render *r, const struct ww_node *root);

/* A diagnosis, or the codes of files. */
void ww_md_diagnosis(struct ww_render *r, const struct ww_node *root);

#endif
