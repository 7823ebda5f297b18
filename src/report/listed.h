/*
 * The pages of what is listed, each added to the root of a report.  Used by
 * list.c only.
 */
#ifndef WW_REPORT_LISTED_H
#define WW_REPORT_LISTED_H

#include "report/page.h"

void ww_list_symptom(struct ww_report *report, struct ww_rec symptom);
void ww_list_family(struct ww_report *report, struct ww_rec family);
void ww_list_log(struct ww_report *report, struct ww_rec log);
void ww_list_topic(struct ww_report *report, struct ww_rec topic);

#endif
