/*
 * Events as text, in three forms:
 *
 *	Event[0]:			wevtutil
 *	  Log Name: System
 *	  Description:
 *	The first line of the message
 *
 *	Log Name:      System		Event Viewer, copied as text
 *	Description:
 *	The first line of the message
 *
 *	ProviderName : …		PowerShell's Format-List
 *	Message      : The first line
 *	               and the second
 */
#include "input/events.h"

#include "base/compiler.h"

#include "base/banned.h"

/* No label is longer. */
#define LABEL_MAX 32

static const struct {
	const char *name;
	enum ww_event_label label;
	bool common; /* other texts have it, too */
} labels[] = {
	{ "Log Name", WW_EVENT_CHANNEL, false },
	{ "Source", WW_EVENT_PROVIDER, true },
	{ "Date", WW_EVENT_TIME, true },
	{ "Event ID", WW_EVENT_ID, false },
	{ "Level", WW_EVENT_LEVEL, true },
	{ "Description", WW_EVENT_MESSAGE, true },
	/* Windows up to Server 2003 */
	{ "Event Source", WW_EVENT_PROVIDER, false },
	{ "Event Type", WW_EVENT_LEVEL, false },
	/* Get-WinEvent */
	{ "LogName", WW_EVENT_CHANNEL, false },
	{ "ProviderName", WW_EVENT_PROVIDER, false },
	{ "TimeCreated", WW_EVENT_TIME, false },
	{ "Id", WW_EVENT_ID, true },
	{ "LevelDisplayName", WW_EVENT_LEVEL, false },
	{ "Message", WW_EVENT_MESSAGE, true },
	/* Get-EventLog */
	{ "TimeGenerated", WW_EVENT_TIME, false },
	{ "EventID", WW_EVENT_ID, false },
	{ "EventId", WW_EVENT_ID, false },
	{ "EntryType", WW_EVENT_LEVEL, false },
	/* French, of the Event Viewer; the others are spelled alike */
	{ "Nom du journal", WW_EVENT_CHANNEL, false },
	{ "ID de l’événement", WW_EVENT_ID, false },
	{ "ID de l'événement", WW_EVENT_ID, false },
	{ "ID d’événement", WW_EVENT_ID, false },
	{ "ID d'événement", WW_EVENT_ID, false },
	{ "Niveau", WW_EVENT_LEVEL, true },
};

static size_t
find_colon(struct ww_slice line)
{
	size_t most = line.len < LABEL_MAX ? line.len : LABEL_MAX;
	const char *p = most == 0 ? NULL : memchr(line.p, ':', most);

	return p == NULL ? line.len : (size_t)(p - line.p);
}

/* Also without the no-break space that French has before a colon. */
static struct ww_slice
trim_label(struct ww_slice s)
{
	const struct ww_slice space = WW_LIT("\xC2\xA0");

	s = ww_slice_trim(s);
	while (s.len >= space.len &&
	       ww_slice_eq(ww_slice_from(s, s.len - space.len), space))
		s = ww_slice_trim(ww_slice_of(s.p, s.len - space.len));
	return s;
}

/* Which of labels[] the line begins with, and what stands behind it. */
static size_t
find_label(struct ww_slice line, struct ww_slice *retvalue)
{
	size_t colon = find_colon(line), i = 0;
	struct ww_slice name;

	if (colon == line.len)
		return WW_ARRAY_LEN(labels);
	name = trim_label(ww_slice_of(line.p, colon));
	*retvalue = ww_slice_trim(ww_slice_from(line, colon + 1));
	while (i < WW_ARRAY_LEN(labels) &&
	       !ww_slice_eq(name, ww_slice_cstr(labels[i].name)))
		i++;
	return i;
}

enum ww_event_label
ww_events_label(struct ww_slice line, struct ww_slice *retvalue)
{
	size_t i = find_label(line, retvalue);

	return i < WW_ARRAY_LEN(labels) ? labels[i].label : WW_EVENT_OTHER;
}

bool
ww_events_has_own_label(struct ww_slice line)
{
	struct ww_slice value;
	size_t i = find_label(line, &value);

	return i < WW_ARRAY_LEN(labels) && !labels[i].common;
}

bool
ww_events_is_number(struct ww_slice line)
{
	const struct ww_slice start = WW_LIT("Event[");
	size_t n = start.len;

	if (!ww_slice_starts(line, start))
		return false;
	while (n < line.len && ww_is_digit(line.p[n]))
		n++;
	return n > start.len && n < line.len && line.p[n] == ']';
}

static struct ww_slice *
place_of(struct ww_event *event, enum ww_event_label label)
{
	switch (label) {
	case WW_EVENT_PROVIDER:
		return &event->provider;
	case WW_EVENT_TIME:
		return &event->time;
	case WW_EVENT_ID:
		return &event->id;
	case WW_EVENT_LEVEL:
		return &event->level;
	default:
		return NULL;
	}
}

/* The blanks that a line begins with. */
static size_t
indent_of(struct ww_slice line)
{
	size_t n = 0;

	while (n < line.len && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return n;
}

/* An event as it is taken apart, line by line. */
struct reading {
	struct ww_event *event;
	struct ww_slice raw;
	size_t colon;  /* where the first label has it; 0: none yet */
	size_t indent; /* of that label */
	bool lists;    /* Format-List: all labels stand there */
	bool in_message;
	size_t line_at; /* of the message's last line */
};

static void
take_label(struct reading *r, struct ww_slice line)
{
	struct ww_slice value = { 0 }, *place;
	enum ww_event_label label = ww_events_label(line, &value);

	if (label == WW_EVENT_OTHER)
		return;
	if (r->colon == 0) {
		r->colon = find_colon(line);
		r->indent = indent_of(line);
		r->lists = r->colon > 0 && line.p[r->colon - 1] == ' ';
	}
	place = place_of(r->event, label);
	if (place != NULL && place->len == 0)
		*place = value;
	r->in_message = label == WW_EVENT_MESSAGE;
	if (r->in_message)
		r->event->message = value;
}

/* A label of Format-List, and no line of a message. */
static bool
is_property(const struct reading *r, struct ww_slice line)
{
	return r->lists && line.len > r->colon && line.p[r->colon] == ':' &&
	       indent_of(line) == r->indent;
}

static void
end_message_at(struct reading *r, size_t at)
{
	size_t start = (size_t)(r->event->message.p - r->raw.p);

	r->event->message.len = at > start ? at - start : 0;
}

/*
 * Format-List puts all colons of an event below each other, so that the next
 * property behind a message of several lines is told from the message; in the
 * other forms the message is the last.  False: the rest is XML.
 */
static bool
take_line(struct reading *r, struct ww_slice line)
{
	size_t at = (size_t)(line.p - r->raw.p);

	if (r->in_message && ww_events_is_xml(line)) {
		/* Behind "Event Xml:", in the language of the viewer. */
		end_message_at(r, r->line_at);
		return false;
	}
	if (r->in_message && !is_property(r, line)) {
		r->line_at = at;
		end_message_at(r, at + line.len);
		return true;
	}
	r->in_message = false;
	r->line_at = at;
	take_label(r, line);
	return true;
}

void
ww_events_read_text(struct ww_slice raw, struct ww_event *ret)
{
	struct reading r = { .event = ret, .raw = raw };

	for (struct ww_slice rest = raw; rest.len > 0;) {
		struct ww_slice line = ww_slice_line(rest);

		if (!take_line(&r, line)) {
			ww_events_read_xml(rest, ret);
			break;
		}
		rest = ww_slice_from(rest, line.len < rest.len ? line.len + 1
							       : rest.len);
	}
	ret->message = ww_slice_trim(ret->message);
}
