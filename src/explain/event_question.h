/*
 * Questions for an event, as people write them: "Event ID 4625",
 * "WindowsUpdateClient 20", "Microsoft-Windows-Kernel-Power/41".
 */
#ifndef WW_EXPLAIN_EVENT_QUESTION_H
#define WW_EXPLAIN_EVENT_QUESTION_H

#include "catalogue/events.h"

#define WW_EVENTS_ASKED_MAX 16

/*
 * The events that the text asks for, at most WW_EVENTS_ASKED_MAX; 0: it asks
 * for none, or for none that is known.
 */
size_t ww_event_question(const struct ww_catalogue *c, struct ww_slice text,
			 struct ww_rec ret[WW_EVENTS_ASKED_MAX]);

#endif
