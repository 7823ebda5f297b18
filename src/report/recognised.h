/*
 * Lines that signatures know, as parts of a report.
 */
#ifndef WW_REPORT_RECOGNISED_H
#define WW_REPORT_RECOGNISED_H

#include "diagnose/recognise.h"
#include "report/tree.h"

/* What the signature says, as an item of the list. */
void ww_page_sign(struct ww_report *report, struct ww_node *list,
		  struct ww_rec signature);

/*
 * What is known of lines in the text that was asked about, as children of the
 * answer.  With redact, what they had in the holes of our sentences is marked
 * for it.
 */
void ww_page_recognised(struct ww_report *report, struct ww_node *answer,
			const struct ww_known_lines *lines, bool redact);

#endif
