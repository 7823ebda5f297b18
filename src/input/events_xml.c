/*
 * Events in XML, as wevtutil prints them and the Event Viewer saves them: all
 * on one line, each on its own or over several.
 */
#include "input/events.h"

#include "base/banned.h"

/* The part of an event that an element stands in. */
enum part { SYSTEM, DATA, RENDERED };

/* A tag, and the text behind it up to the next. */
struct tag {
	struct ww_slice name; /* without its namespace */
	struct ww_slice attributes, text;
	bool closes;
};

bool
ww_events_is_xml(struct ww_slice text)
{
	return ww_slice_starts(text, WW_LIT("<Event ")) ||
	       ww_slice_starts(text, WW_LIT("<Event>"));
}

static size_t
find(struct ww_slice s, char c)
{
	const char *p = s.len == 0 ? NULL : memchr(s.p, c, s.len);

	return p == NULL ? s.len : (size_t)(p - s.p);
}

static bool
is_blank(char c)
{
	/* NUL: where a long line was cut. */
	return ww_is_space(c) || c == '\0';
}

static struct ww_slice
trim(struct ww_slice s)
{
	while (s.len > 0 && is_blank(s.p[0]))
		s = ww_slice_from(s, 1);
	while (s.len > 0 && is_blank(s.p[s.len - 1]))
		s.len--;
	return s;
}

static struct ww_slice
local_name(struct ww_slice name)
{
	size_t colon = find(name, ':');

	return colon < name.len ? ww_slice_from(name, colon + 1) : name;
}

/* The next tag, taken off with what stands before and behind it. */
static bool
next_tag(struct ww_slice *rest, struct tag *ret)
{
	size_t at = find(*rest, '<'), end, n = 0;
	struct ww_slice inside;

	if (at == rest->len)
		return false;
	*rest = ww_slice_from(*rest, at + 1);
	end = find(*rest, '>');
	inside = ww_slice_of(rest->p, end);
	*rest = ww_slice_from(*rest, end < rest->len ? end + 1 : end);
	ret->text = ww_slice_of(rest->p, find(*rest, '<'));
	ret->closes = inside.len > 0 && inside.p[0] == '/';
	if (ret->closes)
		inside = ww_slice_from(inside, 1);
	while (n < inside.len && !is_blank(inside.p[n]) && inside.p[n] != '/')
		n++;
	ret->name = local_name(ww_slice_of(inside.p, n));
	ret->attributes = ww_slice_from(inside, n);
	return true;
}

/* Name='…' or Name="…" among the attributes; empty when it is not there. */
static struct ww_slice
attribute(struct ww_slice attributes, struct ww_slice name)
{
	while (attributes.len > 0) {
		size_t equals = find(attributes, '='), end;
		struct ww_slice key = trim(ww_slice_of(attributes.p, equals));
		struct ww_slice rest = trim(ww_slice_from(
		    attributes, equals < attributes.len ? equals + 1 : equals));

		if (rest.len == 0 || (rest.p[0] != '\'' && rest.p[0] != '"'))
			break;
		end = find(ww_slice_from(rest, 1), rest.p[0]);
		if (ww_slice_eq(key, name))
			return ww_slice_part(rest, 1, end);
		attributes = ww_slice_from(rest, end + 1);
		if (attributes.len > 0)
			attributes = ww_slice_from(attributes, 1);
	}
	return (struct ww_slice){ 0 };
}

static void
take_system(const struct tag *tag, struct ww_event *ret)
{
	if (ww_slice_eq(tag->name, WW_LIT("Provider")))
		ret->provider = attribute(tag->attributes, WW_LIT("Name"));
	else if (ww_slice_eq(tag->name, WW_LIT("EventID")))
		ret->id = trim(tag->text);
	else if (ww_slice_eq(tag->name, WW_LIT("Level")))
		ret->level = trim(tag->text);
	else if (ww_slice_eq(tag->name, WW_LIT("TimeCreated")))
		ret->time = attribute(tag->attributes, WW_LIT("SystemTime"));
}

/* <Data Name='x'>, <Data>, and the elements of UserData by their names. */
static void
take_data(const struct tag *tag, bool is_data, struct ww_event *ret)
{
	struct ww_event_field *field = &ret->fields[ret->n_fields];
	struct ww_slice value = trim(tag->text);

	if (ret->n_fields == WW_EVENT_FIELDS_MAX ||
	    (value.len == 0 && !is_data))
		return;
	field->name =
	    is_data ? attribute(tag->attributes, WW_LIT("Name")) : tag->name;
	field->value = value;
	ret->n_fields++;
}

static void
take_rendered(const struct tag *tag, struct ww_event *ret)
{
	if (ww_slice_eq(tag->name, WW_LIT("Message")))
		ret->message = trim(tag->text);
}

static bool
enters(const struct tag *tag, enum part *part)
{
	if (ww_slice_eq(tag->name, WW_LIT("System")))
		*part = SYSTEM;
	else if (ww_slice_eq(tag->name, WW_LIT("EventData")) ||
		 ww_slice_eq(tag->name, WW_LIT("UserData")))
		*part = DATA;
	else if (ww_slice_eq(tag->name, WW_LIT("RenderingInfo")))
		*part = RENDERED;
	else
		return false;
	return true;
}

void
ww_events_read_xml(struct ww_slice raw, struct ww_event *ret)
{
	enum part part = SYSTEM;
	struct tag tag;

	ret->escaped = true;
	while (next_tag(&raw, &tag)) {
		if (tag.closes || enters(&tag, &part))
			continue;
		if (part == SYSTEM)
			take_system(&tag, ret);
		else if (part == RENDERED)
			take_rendered(&tag, ret);
		else
			take_data(&tag, ww_slice_eq(tag.name, WW_LIT("Data")),
				  ret);
	}
}
