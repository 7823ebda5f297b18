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

/*
 * A text of the user's that goes into a sentence of ours, marked there: in a
 * node that is marked nothing else goes by a pseudonym, so that a server
 * called "wsus" is none in our own words.  Redacting takes the marks away.
 */
void ww_redact_mark(struct ww_buf *out, struct ww_slice text);

/* A line of a probe, which is ours but for what others said. */
void ww_redact_mark_probe(struct ww_buf *out, struct ww_slice line);

/* "POST http://wsus/ClientWebService/client.asmx", likewise. */
void ww_redact_mark_request(struct ww_buf *out, struct ww_slice request);

#endif
