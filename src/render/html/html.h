/*
 * The shape of HTML: escaped text, headings, lists, commands to copy.  Used
 * by the parts of the HTML renderer, which are the only ones that write
 * markup.
 */
#ifndef WW_RENDER_HTML_HTML_H
#define WW_RENDER_HTML_HTML_H

#include "render/html/page.h"
#include "render/render.h"

struct ww_html {
	struct ww_render *r;
	const struct ww_page *page;
	const struct ww_notice *notice; /* or NULL: the report is shown */
	unsigned level;			/* of the headings of what is shown */
	struct ww_slice prefix; /* of ids: a page has some parts twice */
	/* Of what is shown, where ids of sources lead; or NULL. */
	const struct ww_node *sources;
	struct ww_slice *mentioned; /* codes, each once; owned, arena */
	size_t n_mentioned, mentioned_room;
};

/* escape.c: one function for each place that text can stand in */

void ww_html_text(struct ww_html *h, struct ww_slice text);

/* Lines as they stand, for <pre>. */
void ww_html_lines(struct ww_html *h, struct ww_slice text);

/* name="value", behind a blank; nothing where the value is empty. */
void ww_html_attr(struct ww_html *h, const char *name, struct ww_slice value);

/* href="address" likewise, if it is one of the web or within the site. */
void ww_html_url(struct ww_html *h, struct ww_slice address);
bool ww_html_is_url(struct ww_slice address);

/* A string of JSON within a script element. */
void ww_html_json(struct ww_html *h, struct ww_slice text);

/* shape.c */

/* Markup, as the renderer itself writes it. */
void ww_html_add(struct ww_html *h, const char *markup);
void ww_html_number(struct ww_html *h, int64_t v);
void ww_html_tr(struct ww_html *h, const char *english);

/* A node's text, or its child's; marked when it is not translated. */
void ww_html_node(struct ww_html *h, const struct ww_node *node);
void ww_html_child(struct ww_html *h, const struct ww_node *node,
		   enum ww_node_kind kind);

/* <tag>text</tag>; the tag may have attributes.  Nothing for no text. */
void ww_html_element(struct ww_html *h, const char *tag, struct ww_slice text);
void ww_html_wrap(struct ww_html *h, const char *tag,
		  const struct ww_node *node, enum ww_node_kind kind);

/* An id attribute; n > 0 is added: cause-3. */
void ww_html_id(struct ww_html *h, const char *name, int64_t n);

/* Of the ids in the n-th of some parts that are alike: r2- */
struct ww_slice ww_html_prefix(struct ww_html *h, struct ww_slice before,
			       char letter, int64_t n);

/* A heading of the level, or `deeper` levels below. */
void ww_html_open_heading(struct ww_html *h, unsigned deeper, const char *more);
void ww_html_close_heading(struct ww_html *h, unsigned deeper);

/* <section id=…> with its heading; the caller writes </section>. */
void ww_html_section(struct ww_html *h, const char *id, const char *english);

/* A list of facts; one that nothing was added to is taken back. */
size_t ww_html_open_facts(struct ww_html *h);
void ww_html_close_facts(struct ww_html *h, size_t start);

/* <dt>label</dt><dd>text</dd>; nothing where the text is empty. */
void ww_html_fact(struct ww_html *h, const char *english, struct ww_slice text);
void ww_html_fact_node(struct ww_html *h, const char *english,
		       const struct ww_node *node, enum ww_node_kind kind);

/* What the values of a field or parameter mean; nothing for NULL. */
void ww_html_values(struct ww_html *h, const struct ww_node *value);

/* A node's title and what it is about: "PC-1: scan for updates, WSUS". */
void ww_html_about(struct ww_html *h, const struct ww_node *node);

/* A part of a page, which the list of its contents leads to. */
struct ww_html_part {
	const char *id, *title; /* title: English */
	enum ww_node_kind kind; /* a list; the part is there if it has items */
};
void ww_html_contents(struct ww_html *h, const struct ww_node *of,
		      const struct ww_html_part *parts, size_t n);

/* Commands, which are copied as they stand. */
void ww_html_commands(struct ww_html *h, struct ww_slice text);

/* <span>what: word</span>, of a closed list; nothing of an empty word. */
void ww_html_tag(struct ww_html *h, const char *class, const char *what,
		 struct ww_slice word);

/* Where the statement of a node comes from: [3], a link to the sources. */
void ww_html_cite(struct ww_html *h, const struct ww_node *node);

/* A code, of which a site has a page perhaps: that comes behind <main>. */
void ww_html_code(struct ww_html *h, struct ww_slice value);

/* <a> to a page of the site; without an address where there is none. */
void ww_html_open_link(struct ww_html *h, const char *kind, struct ww_slice id);

/* What a site puts into <head>, before <main> and behind it. */
void ww_html_site_head(struct ww_html *h);
void ww_html_site_header(struct ww_html *h);
void ww_html_site_end(struct ww_html *h);

/* The first item of a list. */
static inline const struct ww_node *
ww_html_first(const struct ww_node *node, enum ww_node_kind list)
{
	return ww_node_child(ww_node_find(node, list));
}

/* What a page of one code is about. */
static inline const struct ww_node *
ww_html_first_reading(const struct ww_node *root)
{
	return ww_html_first(ww_html_first(root, WW_NODE_ANSWERS),
			     WW_NODE_READINGS);
}

/* The parts of a page that have files of their own. */

void ww_html_answers(struct ww_html *h, const struct ww_node *root);
/* The first reading of the answer, with what else the answer has. */
void ww_html_reading(struct ww_html *h, const struct ww_node *reading,
		     const struct ww_node *answer);
/* An answer that knows lines and no code, and what it is about. */
struct ww_slice ww_html_line_title(struct ww_html *h,
				   const struct ww_node *answer);
void ww_html_known_lines(struct ww_html *h, const struct ww_node *answer);
void ww_html_recognised(struct ww_html *h, const struct ww_node *of);
/* Where more is said of a code, or of what a line shows. */
void ww_html_topic_of(struct ww_html *h, const struct ww_node *node);
void ww_html_title(struct ww_html *h, const struct ww_node *reading);
void ww_html_identity(struct ww_html *h, const struct ww_node *reading);
void ww_html_bits(struct ww_html *h, const struct ww_node *reading);
/* The second number of a pair of Windows Setup, as facts. */
void ww_html_extend(struct ww_html *h, const struct ww_node *node);
void ww_html_settle(struct ww_html *h, const struct ww_node *reading);
void ww_html_causes(struct ww_html *h, const struct ww_node *reading);
void ww_html_step(struct ww_html *h, const struct ww_node *step, bool open);
void ww_html_parameters(struct ww_html *h, const struct ww_node *of);
void ww_html_events(struct ww_html *h, const struct ww_node *events);
void ww_html_sources(struct ww_html *h, const struct ww_node *of);

/* What is excluded: an item of `rules out`, with its lines if it has some. */
void ww_html_excluded(struct ww_html *h, const struct ww_node *item);

void ww_html_entries(struct ww_html *h, const struct ww_node *root);
void ww_html_diagnosis(struct ww_html *h, const struct ww_node *root);

/* What there is to browse. */
void ww_html_list(struct ww_html *h, const struct ww_node *root);
struct ww_slice ww_html_list_title(struct ww_html *h,
				   const struct ww_node *root);

/*
 * All that is known of a reading's family and topic, or of one of these, but
 * for the sources.
 */
void ww_html_background(struct ww_html *h, const struct ww_node *reading);

/* Where the parts of that are, on a page. */
void ww_html_parts(struct ww_html *h, const struct ww_node *reading);
void ww_html_finding(struct ww_html *h, const struct ww_node *f, unsigned n);
void ww_html_not_the_cause(struct ww_html *h, const struct ww_node *root);
void ww_html_probes(struct ww_html *h, const struct ww_node *root);
void ww_html_timeline(struct ww_html *h, const struct ww_node *root);
void ww_html_codes(struct ww_html *h, const struct ww_node *root);
void ww_html_coverage(struct ww_html *h, const struct ww_node *root);

/* The quoted lines of a node, each with its place. */
void ww_html_quotes(struct ww_html *h, const struct ww_node *of);

/* Logs/CBS.log:2252: the place that a node has, or its "at" */
void ww_html_place(struct ww_html *h, const struct ww_node *node);

#endif
