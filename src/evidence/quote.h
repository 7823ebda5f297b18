/*
 * A quote: a record kept as evidence, with where it stood.
 */
#ifndef WW_EVIDENCE_QUOTE_H
#define WW_EVIDENCE_QUOTE_H

#include "base/arena.h"
#include "evidence/record.h"

/* Longer records are cut; what decides stands at the start of nearly all. */
#define WW_QUOTE_MAX 600

struct ww_quote {
	uint32_t file; /* number of the file in the diagnosis */
	uint64_t line; /* 0: nothing is quoted */
	ww_time time;
	bool cut;
	struct ww_slice text; /* UTF-8 */
};

/*
 * The place of a record, with its raw text clipped but still borrowed: the
 * caller copies it.
 */
struct ww_quote ww_quote_place(uint32_t file, const struct ww_record *record);

#endif
