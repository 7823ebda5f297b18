/*
 * An event of an event log, whatever it was exported to, and the record it
 * becomes.  Trackers see the record only, which is the same for all forms:
 *
 *	Event ID 20 of Microsoft-Windows-WindowsUpdateClient: message
 *	Event ID 20 of Microsoft-Windows-WindowsUpdateClient: errorCode =
 *	0x8024200b, updateTitle = Contoso 2.1, updateGuid = {…}
 *
 * with both, if the export has both: message; fields.  Fields without a name
 * are param1, param2, ….  Used by the readers of such exports.
 */
#ifndef WW_INPUT_EVENTS_H
#define WW_INPUT_EVENTS_H

#include "input/compose.h"
#include "input/stamp.h"

#define WW_EVENT_FIELDS_MAX 32

struct ww_event_field {
	struct ww_slice name; /* empty: it has none */
	struct ww_slice value;
};

/* All borrowed from the record; empty where the export has it not. */
struct ww_event {
	struct ww_slice provider, id, time, level, message;
	struct ww_event_field fields[WW_EVENT_FIELDS_MAX];
	unsigned n_fields;
	bool escaped; /* its text has references: &lt; */
};

/* Event ID 20 of Microsoft-Windows-WindowsUpdateClient: */
void ww_events_put_head(struct ww_composer *c, struct ww_slice id,
			struct ww_slice provider, bool escaped);

/* The fields that were put so far. */
struct ww_event_fields {
	unsigned n; /* with those that are empty, which are left out */
	bool any;
};

void ww_events_put_field(struct ww_composer *c, struct ww_event_fields *fields,
			 const struct ww_event_field *field, bool escaped);

/* Whether an event in XML begins at the start of text. */
bool ww_events_is_xml(struct ww_slice text);

/* The event of a record in XML, which may be cut. */
void ww_events_read_xml(struct ww_slice raw, struct ww_event *ret);

/* What a label of the textual forms stands before. */
enum ww_event_label {
	WW_EVENT_OTHER,
	WW_EVENT_CHANNEL,
	WW_EVENT_PROVIDER,
	WW_EVENT_TIME,
	WW_EVENT_ID,
	WW_EVENT_LEVEL,
	WW_EVENT_MESSAGE,
};

/* The label that the line begins with, and what stands behind it. */
enum ww_event_label ww_events_label(struct ww_slice line,
				    struct ww_slice *retvalue);

/* Whether it is one that texts of other kinds hardly have. */
bool ww_events_has_own_label(struct ww_slice line);

/* Event[12]: */
bool ww_events_is_number(struct ww_slice line);

/* The event of a record in one of the textual forms. */
void ww_events_read_text(struct ww_slice raw, struct ww_event *ret);

#endif
