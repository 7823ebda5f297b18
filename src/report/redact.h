/*
 * Pseudonyms in a report, for reports that are handed on: in what the user's
 * files or questions say, in no text of the catalogue's.
 */
#ifndef WW_REPORT_REDACT_H
#define WW_REPORT_REDACT_H

#include "evidence/pseudonyms.h"
#include "report/tree.h"

/*
 * What the set knows, and what the report's own texts tell of besides, goes
 * by pseudonyms; the set must be in the report's arena.
 */
void ww_report_redact(struct ww_report *report, struct ww_pseudonyms *p);

/* What the path of an input tells of, and machines its folders name. */
void ww_redact_path(struct ww_pseudonyms *p, struct ww_slice path);

#endif
