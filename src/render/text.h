/*
 * The shape of text: paint, wrapping, labels and blocks.  Used by the parts
 * of the text renderer; knows no part of a page.
 */
#ifndef WW_RENDER_TEXT_H
#define WW_RENDER_TEXT_H

#include "render/render.h"

enum paint { PAINT_NONE, PAINT_TITLE, PAINT_HEAD, PAINT_DIM, PAINT_RISK };

void ww_text_paint(struct ww_render *r, enum paint paint, struct ww_slice text);
void ww_text_newline(struct ww_render *r);

/* A text of the interface in the report's language. */
struct ww_slice ww_text_tr(const struct ww_render *r, const char *english);

/* Columns of a line: the style's, but never a tower of words. */
size_t ww_text_width(const struct ww_render *r);

/*
 * A text in lines of that width, each after the first indented; the first
 * continues a line of which `used` columns are taken.
 */
void ww_text_wrap(struct ww_render *r, struct ww_slice text, size_t indent,
		  size_t used);
void ww_text_paragraph(struct ww_render *r, struct ww_slice text,
		       size_t indent);

/* A node's text, or its child's; marked when it is not translated. */
struct ww_slice ww_text_node(struct ww_render *r, const struct ww_node *node);
struct ww_slice ww_text_child(struct ww_render *r, const struct ww_node *node,
			      enum ww_node_kind kind);

void ww_text_heading(struct ww_render *r, const char *english);

/* label      text that goes on in the label's column; nothing if empty */
void ww_text_labelled(struct ww_render *r, size_t indent, struct ww_slice label,
		      struct ww_slice text);

/* "+ 3" below labelled texts: so many are left out; nothing of 0. */
void ww_text_more(struct ww_render *r, size_t indent, int64_t n);

/* The second number of a pair of Windows Setup; nothing without one. */
void ww_text_extend(struct ww_render *r, const struct ww_node *node,
		    size_t indent);

/* What, and in a second block under it why. */
void ww_text_pair(struct ww_render *r, struct ww_slice what,
		  struct ww_slice why);

/* A node's title and what it is about: "PC-1: scan for updates, WSUS". */
struct ww_slice ww_text_about(struct ww_render *r, const struct ww_node *node);

/* Lines as they stand: commands must stay copyable. */
void ww_text_lines(struct ww_render *r, struct ww_slice text, size_t indent);

/* The parts of a page that have files of their own. */

/* The title of what a list is of, as a line. */
void ww_text_subject(struct ww_render *r, const struct ww_node *of);
/* What is known of lines, in a kind of log … */
void ww_text_recognised(struct ww_render *r, const struct ww_node *root);
/* … and in a text, with the topic that goes on where no code does. */
void ww_text_known_lines(struct ww_render *r, const struct ww_node *answer);

void ww_text_title(struct ww_render *r, const struct ww_node *reading);
void ww_text_identity(struct ww_render *r, const struct ww_node *reading);
/* All that is known of a reading's family and topic, or of one of these. */
void ww_text_background(struct ww_render *r, const struct ww_node *reading);
/* What there is to browse. */
void ww_text_list(struct ww_render *r, const struct ww_node *root);
/* The events of Windows that a question names. */
void ww_text_events(struct ww_render *r, const struct ww_node *events);
void ww_text_sources(struct ww_render *r, const struct ww_node *sources);
void ww_text_stop(struct ww_render *r, const struct ww_node *parameters);
void ww_text_settle(struct ww_render *r, const struct ww_node *reading,
		    const struct ww_node *settle);
void ww_text_causes(struct ww_render *r, const struct ww_node *reading,
		    const struct ww_node *causes);
/* The lines that show a finding, or what it contradicts. */
void ww_text_quotes(struct ww_render *r, const struct ww_node *of);
void ww_text_step(struct ww_render *r, const struct ww_node *step,
		  unsigned number);

/* A diagnosis, and a list of codes with their places. */
void ww_text_diagnosis(struct ww_render *r, const struct ww_node *root);
void ww_text_not_the_cause(struct ww_render *r, const struct ww_node *root);
void ww_text_machine(struct ww_render *r, const struct ww_node *root);
void ww_text_coverage(struct ww_render *r, const struct ww_node *root);
/* The records of a time line, a line each. */
void ww_text_entries(struct ww_render *r, const struct ww_node *root);
/* Conversations with update servers. */
void ww_text_probes(struct ww_render *r, const struct ww_node *root);
void ww_text_timeline(struct ww_render *r, const struct ww_node *root);
void ww_text_codes(struct ww_render *r, const struct ww_node *root, size_t max);

#endif
