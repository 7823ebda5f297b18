/*
 * An event of an event log as its record tells of it, whatever it was read
 * from: the form that input/events.h describes.
 */
#ifndef WW_EVIDENCE_EVENT_H
#define WW_EVIDENCE_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* All borrowed from the record's text. */
struct ww_told_event {
	uint32_t number;
	struct ww_slice provider;
	struct ww_slice text; /* its message, its fields, or both */
};

/* False for a text that has not that form. */
bool ww_told_event_read(struct ww_slice text, struct ww_told_event *ret);

/* Whether it has fields; without them there is a message alone. */
bool ww_told_event_has_fields(const struct ww_told_event *e);

/* The value of that name; empty when the event has it not. */
struct ww_slice ww_told_event_field(const struct ww_told_event *e,
				    struct ww_slice name);

#endif
