/*
 * One reading as a page: identity, what its topic and its family know.
 */
#ifndef WW_REPORT_PAGE_H
#define WW_REPORT_PAGE_H

#include "explain/reading.h"
#include "report/tree.h"

/* Add a reading to the list.  text is what the user pasted, or empty. */
void ww_page_reading(struct ww_report *report, struct ww_node *readings,
		     const struct ww_reading *reading, struct ww_slice text);

/*
 * What is known of the reading's family and topic, where it is logged, and
 * the sources; of a family or topic alone where the reading has no number.
 */
void ww_page_background(struct ww_report *report, struct ww_node *node,
			const struct ww_reading *reading, struct ww_slice text);

/* The parts that topic.c adds; nothing when no topic covers the reading. */
void ww_page_topic(struct ww_report *report, struct ww_node *node,
		   const struct ww_reading *reading, struct ww_slice text);

/*
 * An answer's events, where the text names one by number, and by provider or
 * the word event: "Event ID 4625".  False: it names none that is known.
 */
bool ww_page_events(struct ww_report *report, struct ww_slice text,
		    struct ww_node *(*add_answer)(void *ctx), void *ctx);

/*
 * What the event in the text of a record, which may be cut, says, as a child;
 * nothing of a text that is none, or of which nothing is known.
 */
void ww_page_event_told(struct ww_report *report, struct ww_node *node,
			struct ww_slice text, bool cut);

/* What the parameters of a stop code mean, where that is known. */
void ww_page_stop(struct ww_report *report, struct ww_node *node,
		  const struct ww_reading *reading);

/*
 * The topics that the number has in contexts of which none was given; nothing
 * where there are none.
 */
void ww_page_by_context(struct ww_report *report, struct ww_node *node,
			const struct ww_reading *reading);

/* The sources of an IDS field in full. */
void ww_page_cited(struct ww_report *report, struct ww_node *node,
		   struct ww_rec rec, unsigned at);

/* Sources in full, each once; at the end of a page. */
void ww_page_sources(struct ww_report *report, struct ww_node *node,
		     const struct ww_reading *reading);

/* All there are. */
void ww_page_all_sources(struct ww_report *report, struct ww_node *node);

/* A text field of a record as a child; nothing where it is empty. */
void ww_page_field(struct ww_report *report, struct ww_node *parent,
		   enum ww_node_kind kind, struct ww_rec rec, unsigned at);

/* An item of a list: what it is named by, and its title. */
struct ww_node *ww_page_item(struct ww_report *report, struct ww_node *list,
			     enum ww_node_kind kind, struct ww_rec rec,
			     unsigned id, unsigned title);

/* The first code of that number in the space; its p is NULL without one. */
struct ww_rec ww_page_code(const struct ww_report *report, enum ww_space space,
			   uint32_t value);

/* NAME: and what it means, or the name alone. */
struct ww_text ww_page_named(struct ww_report *report, struct ww_rec code);

/* The second number of a pair of Windows Setup: its phase and operation. */
void ww_page_extend(struct ww_report *report, struct ww_node *node,
		    uint32_t extend);

/* The word of an ENUM field: the same in each language, for programs. */
void ww_page_word(struct ww_report *report, struct ww_node *parent,
		  enum ww_node_kind kind, struct ww_rec rec, unsigned at,
		  enum ww_words words);

/* What a topic rules out, as items of the list. */
void ww_page_rules_out(struct ww_report *report, struct ww_node *list,
		       struct ww_rec topic);

/* A step, as an item of the list. */
void ww_page_step(struct ww_report *report, struct ww_node *steps,
		  struct ww_rec step);

/* The ids of an IDS field, as an array of source ids. */
void ww_page_source_ids(struct ww_report *report, struct ww_node *parent,
			struct ww_rec rec, unsigned at);

#endif
