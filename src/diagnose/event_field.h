/*
 * The fields of an event that its knowledge names, in the record at hand.
 */
#ifndef WW_DIAGNOSE_EVENT_FIELD_H
#define WW_DIAGNOSE_EVENT_FIELD_H

#include "catalogue/events.h"
#include "evidence/event.h"

/* The value, under either of the field's names; empty when there is none. */
static inline struct ww_slice
ww_event_field_value(const struct ww_told_event *e, struct ww_rec field)
{
	struct ww_slice also = ww_rec_str(field, WW_EVENT_FIELD_ALSO);
	struct ww_slice value =
	    ww_told_event_field(e, ww_rec_str(field, WW_EVENT_FIELD_NAME));

	return value.len == 0 && also.len > 0 ? ww_told_event_field(e, also)
					      : value;
}

#endif
