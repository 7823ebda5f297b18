/*
 * The fields of events that hold codes: found once for each kind of event,
 * since logs have many events of few kinds.  Used by analysis.c only.
 */
#ifndef WW_DIAGNOSE_CODE_FIELDS_H
#define WW_DIAGNOSE_CODE_FIELDS_H

#include "catalogue/events.h"
#include "evidence/event.h"

/* More than any event has. */
#define WW_CODE_FIELDS_MAX 32

/* Kinds that are kept; those of one place take turns. */
#define WW_CODE_KINDS_MAX 64

/* A longer name is not kept. */
#define WW_CODE_PROVIDER_MAX 80

struct ww_code_fields {
	bool known; /* false: every word of the event may be a code */
	struct ww_rec fields[WW_CODE_FIELDS_MAX];
	unsigned n;
	/* Whose they are; without a length: nobody's. */
	uint32_t number;
	char provider[WW_CODE_PROVIDER_MAX];
	size_t provider_len;
};

struct ww_code_kinds {
	struct ww_code_fields kept[WW_CODE_KINDS_MAX];
};

/* Valid until the next call. */
const struct ww_code_fields *ww_code_fields_of(struct ww_code_kinds *kinds,
					       const struct ww_catalogue *c,
					       const struct ww_told_event *e);

#endif
