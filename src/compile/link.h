/*
 * What ties the records together once all are loaded: the hash over values,
 * the index of names, the numbers that topics cover, the search terms.
 */
#ifndef WW_COMPILE_LINK_H
#define WW_COMPILE_LINK_H

#include "compile/load.h"

/* Topics and related codes: from what was written to space and value. */
void link_topics(struct compiler *c);

/* What is known of stop codes' parameters: their codes likewise. */
void link_stops(struct compiler *c);

/* What clients end with: their codes likewise, and no trouble stands twice. */
void link_clients(struct compiler *c);

/* WW_S_EVENT_KEY; an event that is incomplete is a problem. */
void link_events(struct compiler *c);

/* Signatures: the causes and signatures they name; their samples are tried. */
void link_signatures(struct compiler *c);

/* The place of a cause among its topic's, plus 1; 0 when it has no such. */
uint32_t cause_at(const struct image *im, uint32_t topic, uint32_t id);

/* WW_S_VALUE and WW_S_PILOT; the codes must be sorted by value. */
void link_values(struct compiler *c);

/* WW_S_NAME. */
void link_names(struct compiler *c);

/* WW_S_TERM and WW_S_POSTING. */
void link_terms(struct compiler *c);

#endif
