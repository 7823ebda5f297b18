/*
 * What the renderers share: the report seen from outside, a buffer, and the
 * interface's words.  A renderer sees the tree only.
 */
#ifndef WW_RENDER_RENDER_H
#define WW_RENDER_RENDER_H

#include <winwhy/render.h>

#include "base/buf.h"
#include "base/message.h"
#include "report/tree.h"

struct ww_render {
	const struct ww_report *report; /* borrowed */
	struct ww_style style;
	struct ww_buf out;
};

void ww_render_text(struct ww_render *r);
void ww_render_json(struct ww_render *r);
void ww_render_jsonl(struct ww_render *r);
void ww_render_markdown(struct ww_render *r);
void ww_render_html(struct ww_render *r);

/* One line for each reading that comes first, or each search result. */
void ww_render_brief(struct ww_render *r);

/* The text of the child of a kind; empty when there is none. */
static inline struct ww_slice
ww_child_text(const struct ww_node *node, enum ww_node_kind kind)
{
	return ww_node_text(ww_node_find(node, kind));
}

/* How many stand side by side from there on. */
static inline size_t
ww_count_nodes(const struct ww_node *node)
{
	size_t n = 0;

	for (; node != NULL; node = ww_node_next(node))
		n++;
	return n;
}

/* Whether the child's text is that word. */
static inline bool
ww_child_is(const struct ww_node *node, enum ww_node_kind kind,
	    const char *word)
{
	return ww_slice_eq(ww_child_text(node, kind), ww_slice_cstr(word));
}

/* The one thing that a page to browse is about; NULL: it is about many. */
const struct ww_node *ww_list_subject(const struct ww_node *root);

/* The step of a reading that a cause names by its id. */
const struct ww_node *ww_find_step(const struct ww_node *reading,
				   struct ww_slice id);

/* The number as its space prints it: Win32 codes are decimal. */
struct ww_slice ww_shown_value(const struct ww_node *reading);

/* Win32 error code, HRESULT */
struct ww_slice ww_space_text(const struct ww_render *r,
			      const struct ww_node *reading);

/* The severity, of numbers that have one. */
struct ww_slice ww_shown_severity(const struct ww_node *reading);

/* What a flag of a code tells; empty where it tells nothing to a reader. */
struct ww_slice ww_flag_text(const struct ww_render *r, struct ww_slice flag);

/* What code a field of an event holds, and how; empty if it holds none. */
struct ww_slice ww_field_code_text(struct ww_render *r,
				   const struct ww_node *field);

/* How often it failed since when, and when it last worked; or empty. */
struct ww_slice ww_failed_text(struct ww_render *r,
			       const struct ww_node *finding);

/* A message of the interface whose {holes} are filled. */
struct ww_slice ww_fill_text(struct ww_render *r, const char *english,
			     const struct ww_fill *fills);

/* "what: text", with the colon as the language sets it. */
struct ww_slice ww_colon_text(struct ww_render *r, struct ww_slice what,
			      struct ww_slice text);

/* The title of a sign, which says of a harmless line that it is. */
struct ww_slice ww_sign_text(struct ww_render *r, const struct ww_node *sign,
			     struct ww_slice title);

/*
 * CBS.log:2252, or System.evtx, record 4711: the place that the node has, or
 * its "at".
 */
struct ww_slice ww_place_text(struct ww_render *r, struct ww_slice file,
			      const struct ww_node *node);

/* The number in that place. */
struct ww_slice ww_place_number(const struct ww_node *node);

/* A word of a closed list (risk, likelihood …) in the report's language. */
struct ww_slice ww_word_text(const struct ww_render *r, struct ww_slice word);

/* The verdict of a diagnosis as it is shown: FAULT. */
struct ww_slice ww_verdict_text(const struct ww_render *r,
				const struct ww_node *root);

/* What a finding is called: the cause it shows, or its title. */
const struct ww_node *ww_finding_title(const struct ww_node *finding);

/* That title with the machine before it and the code behind it. */
struct ww_slice ww_finding_head(struct ww_render *r,
				const struct ww_node *finding,
				struct ww_slice title);

/*
 * The English name of a fact that a technician asks for; NULL for the others,
 * which are told with --full.
 */
const char *ww_fact_name(struct ww_slice fact);

/* Settings of machines that bear on a probe, and what they are called. */
#define WW_BESIDES 3
struct ww_beside_label {
	enum ww_node_kind kind;
	const char *label;
};
extern const struct ww_beside_label ww_besides[WW_BESIDES];

/* HTTP 200, 1150 bytes: what a step of a probe brought; empty without that. */
struct ww_slice ww_turn_figures(struct ww_render *r,
				const struct ww_node *turn);

/* 12 ms, or 12000 ms, slow */
struct ww_slice ww_turn_time(struct ww_render *r, const struct ww_node *turn);

/* 0x80244007 WU_E_PT_SOAPCLIENT_SOAPFAULT (documented) */
struct ww_slice ww_client_text(struct ww_render *r,
			       const struct ww_node *client);

/* Add text without the control characters that could drive a terminal. */
void ww_add_clean(struct ww_buf *buf, struct ww_slice text);

#endif
