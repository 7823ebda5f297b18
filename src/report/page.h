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

/* The parts that topic.c adds; nothing when no topic covers the reading. */
void ww_page_topic(struct ww_report *report, struct ww_node *node,
		   const struct ww_reading *reading, struct ww_slice text);

/* Sources in full, each once; at the end of a page. */
void ww_page_sources(struct ww_report *report, struct ww_node *node,
		     const struct ww_reading *reading);

/* The ids of an IDS field, as an array of source ids. */
void ww_page_source_ids(struct ww_report *report, struct ww_node *parent,
			struct ww_rec rec, unsigned at);

#endif
