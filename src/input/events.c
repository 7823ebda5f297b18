/*
 * Events of an event log that were exported as text or XML.  A record is an
 * event; what it becomes is told in events.h.
 */
#include "input/events.h"

#include "base/bytes.h"
#include "base/compiler.h"
#include "input/compose.h"
#include "input/dialects.h"
#include "input/head.h"

#include "base/banned.h"

/* What is kept of a message that fields follow. */
#define MESSAGE_MAX 1200

struct state {
	enum ww_date_order order;
	bool numbered;		    /* wevtutil's Event[0] stands before each */
	enum ww_event_label begins; /* or else this label */
};

static const struct {
	const char *word;
	enum ww_level level;
} levels[] = {
	{ "1", WW_LEVEL_ERROR },
	{ "2", WW_LEVEL_ERROR },
	{ "3", WW_LEVEL_WARNING },
	{ "0", WW_LEVEL_INFO },
	{ "4", WW_LEVEL_INFO },
	{ "5", WW_LEVEL_VERBOSE },
	{ "Critical", WW_LEVEL_ERROR },
	{ "Error", WW_LEVEL_ERROR },
	{ "Warning", WW_LEVEL_WARNING },
	{ "Information", WW_LEVEL_INFO },
	{ "Verbose", WW_LEVEL_VERBOSE },
	{ "Critique", WW_LEVEL_ERROR },
	{ "Erreur", WW_LEVEL_ERROR },
	{ "Avertissement", WW_LEVEL_WARNING },
	{ "Informations", WW_LEVEL_INFO },
};

static enum ww_level
level_of(struct ww_slice word)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(levels); i++)
		if (ww_slice_casecmp(word, ww_slice_cstr(levels[i].word)) == 0)
			return levels[i].level;
	return WW_LEVEL_NONE;
}

/*
 * 12/03/2026 without AM or PM: of the languages that part a date by slashes,
 * English of the United States alone begins with the month, and it never
 * writes a time without them.
 */
static bool
is_day_first(struct ww_slice text)
{
	char last = text.len == 0 ? '\0' : ww_fold(text.p[text.len - 1]);

	return text.len > 0 && memchr(text.p, '/', text.len) != NULL &&
	       last != 'm';
}

/* The file's clock is that of its first stamp with a zone. */
static ww_time
time_of(struct ww_reader *reader, struct ww_slice text)
{
	struct state *state = reader->state;
	struct ww_zone *zone = &reader->zone;
	struct ww_stamp stamp;

	if (state->order == WW_DATE_UNKNOWN && is_day_first(text))
		state->order = WW_DATE_DAY_FIRST;
	if (text.len == 0 || !ww_stamp_at(text, &state->order, &stamp) ||
	    !stamp.has_date)
		return WW_NO_TIME;
	if (!stamp.has_zone)
		return stamp.time;
	if (zone->source == WW_ZONE_ASSUMED)
		*zone = (struct ww_zone){ .source = WW_ZONE_STATED,
					  .minutes = stamp.zone_minutes };
	return stamp.time + (zone->minutes - stamp.zone_minutes) * WW_MINUTE;
}

/* The message */

static const struct {
	const char *reference, *text;
} references[] = {
	{ "&lt;", "<" },   { "&gt;", ">" },  { "&quot;", "\"" },
	{ "&apos;", "'" }, { "&#13;", " " }, { "&#10;", " " },
	{ "&#xD;", " " },  { "&#xA;", " " }, { "&#9;", " " },
	{ "&#x9;", " " },  { "&amp;", "&" },
};

/* The length of the reference that s begins with; 0 when it is none. */
static size_t
reference_at(struct ww_slice s, struct ww_slice *ret)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(references); i++) {
		struct ww_slice name = ww_slice_cstr(references[i].reference);

		if (!ww_slice_casestarts(s, name))
			continue;
		*ret = ww_slice_cstr(references[i].text);
		return name.len;
	}
	return 0;
}

static bool
is_blank(char c)
{
	/* NUL: where a long line was cut. */
	return ww_is_space(c) || c == '\0';
}

/* Whether a byte of eight is a blank, NUL or a control character. */
static bool
has_low_byte(uint64_t bytes)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);

	/* Less than 0x21: the difference borrows, and its top bit was free. */
	return ((bytes - 0x21 * ones) & ~bytes & 0x80 * ones) != 0;
}

/* How many bytes from the start are neither blank nor a reference. */
static size_t
plain_length(struct ww_slice s, bool escaped)
{
	size_t n = 0;

	while (!escaped && s.len - n >= 8 &&
	       !has_low_byte(ww_load64((const uint8_t *)s.p + n)))
		n += 8;
	while (n < s.len && !is_blank(s.p[n]) && (!escaped || s.p[n] != '&'))
		n++;
	return n;
}

/*
 * The text on one line: white space, line breaks with it, is one blank.  A
 * value loses it before an equals sign, lest it look like one more field: who
 * logs on chooses the name that stands there.
 */
static void
compose_line(struct ww_composer *c, struct ww_slice s, bool escaped,
	     bool is_value)
{
	bool blank = false;

	while (s.len > 0) {
		size_t n = plain_length(s, escaped);
		struct ww_slice text = ww_slice_of(s.p, n);

		if (n == 0 && is_blank(s.p[0])) {
			blank = true;
			s = ww_slice_from(s, 1);
			continue;
		}
		if (n == 0) {
			n = reference_at(s, &text);
			if (n == 0)
				text = ww_slice_of(s.p, n = 1);
		}
		if (blank && !(is_value && text.p[0] == '='))
			ww_compose(c, WW_LIT(" "));
		blank = false;
		ww_compose(c, text);
		s = ww_slice_from(s, n);
	}
}

static void
compose_text(struct ww_composer *c, struct ww_slice s, bool escaped)
{
	compose_line(c, s, escaped, false);
}

/* param7 */
static void
compose_number(struct ww_composer *c, unsigned number)
{
	char digits[10];
	size_t at = sizeof(digits);

	for (; number > 0; number /= 10)
		digits[--at] = (char)('0' + number % 10);
	ww_compose(c, WW_LIT("param"));
	ww_compose(c, ww_slice_of(digits + at, sizeof(digits) - at));
}

void
ww_events_put_field(struct ww_composer *c, struct ww_event_fields *fields,
		    const struct ww_event_field *field, bool escaped)
{
	fields->n++;
	if (field->value.len == 0)
		return;
	if (fields->any)
		ww_compose(c, WW_LIT(", "));
	fields->any = true;
	if (field->name.len > 0)
		compose_text(c, field->name, escaped);
	else
		compose_number(c, fields->n);
	ww_compose(c, WW_LIT(" = "));
	compose_line(c, field->value, escaped, true);
}

void
ww_events_put_head(struct ww_composer *c, struct ww_slice id,
		   struct ww_slice provider, bool escaped)
{
	ww_compose(c, WW_LIT("Event ID "));
	compose_text(c, id, escaped);
	ww_compose(c, WW_LIT(" of "));
	compose_text(c, provider, escaped);
	ww_compose(c, WW_LIT(": "));
}

/* What is kept of it in front of fields, without its full stop. */
static struct ww_slice
cut_message(struct ww_slice message)
{
	message = ww_utf8_cut(message, MESSAGE_MAX);
	if (message.len > 0 && message.p[message.len - 1] == '.')
		message.len--;
	return message;
}

static struct ww_slice
compose(struct ww_reader *reader, const struct ww_event *event)
{
	struct ww_composer c = ww_compose_in(reader);
	struct ww_event_fields fields = { .n = 0 };
	struct ww_slice message = event->message;

	if (event->n_fields > 0)
		message = cut_message(message);
	ww_events_put_head(&c, event->id, event->provider, event->escaped);
	compose_text(&c, message, event->escaped);
	if (message.len > 0 && event->n_fields > 0)
		ww_compose(&c, WW_LIT("; "));
	for (unsigned i = 0; i < event->n_fields; i++)
		ww_events_put_field(&c, &fields, &event->fields[i],
				    event->escaped);
	return ww_composed(&c);
}

/* The records */

/*
 * In the textual forms the label that an event begins with; the first of the
 * file tells which: Format-List has the order that was asked for.
 */
static bool
begins_event(struct state *state, struct ww_slice line)
{
	struct ww_slice value;
	enum ww_event_label label;

	if (ww_events_is_number(line)) {
		state->numbered = true;
		return true;
	}
	if (state->numbered)
		return false;
	label = ww_events_label(line, &value);
	if (state->begins == WW_EVENT_OTHER)
		state->begins = label;
	return label != WW_EVENT_OTHER && label == state->begins;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *state = reader->state;
	bool is_text = state->numbered || state->begins != WW_EVENT_OTHER;

	/* The Event Viewer copies an event as text, and in XML behind that. */
	if ((is_text || !ww_events_is_xml(line)) && !begins_event(state, line))
		return false;
	ret->text = line;
	return true;
}

/* An event in XML need not begin a line. */
static size_t
split(struct ww_slice line)
{
	for (size_t at = 1; at < line.len; at++) {
		const char *p = memchr(line.p + at, '<', line.len - at);

		if (p == NULL)
			break;
		at = (size_t)(p - line.p);
		if (ww_events_is_xml(ww_slice_from(line, at)))
			return at;
	}
	return line.len;
}

static void
complete(struct ww_reader *reader, struct ww_record *record)
{
	struct ww_event event = { .n_fields = 0 };

	if (ww_events_is_xml(record->raw))
		ww_events_read_xml(record->raw, &event);
	else
		ww_events_read_text(record->raw, &event);
	record->time = time_of(reader, event.time);
	record->level = level_of(event.level);
	record->component = event.provider;
	record->text = compose(reader, &event);
	record->raw = record->text;
}

/* Which labels the head has, as bits; none if other texts have them, too. */
static unsigned
labels_of(struct ww_slice head)
{
	struct ww_slice line, value;
	unsigned seen = 0, own = 0;

	for (unsigned i = 0; i < WW_HEAD_LINES && ww_head_line(&head, &line);
	     i++) {
		seen |= 1u << ww_events_label(line, &value);
		own += ww_events_has_own_label(line);
	}
	return own > 0 ? seen & ~(1u << WW_EVENT_OTHER) : 0;
}

static unsigned
count_bits(unsigned bits)
{
	unsigned n = 0;

	for (; bits != 0; bits &= bits - 1)
		n++;
	return n;
}

static unsigned
sniff(struct ww_slice head)
{
	const struct ww_slice schema =
	    WW_LIT("://schemas.microsoft.com/win/2004/08/events/event");
	unsigned seen = labels_of(head);

	for (struct ww_slice h = head; h.len > 0;) {
		size_t at = split(h);

		if (ww_events_is_xml(h))
			return ww_slice_casehas(ww_slice_of(h.p, at), schema)
				   ? 95
				   : 0;
		h = ww_slice_from(h, at);
	}
	return (seen & 1u << WW_EVENT_ID) != 0 && count_bits(seen) >= 3 ? 90
									: 0;
}

const struct ww_dialect ww_dialect_events = {
	.id = WW_DIALECT_EVENTS,
	.codes = WW_CODES_MESSAGE,
	.zone = WW_ZONE_ASSUMED,
	.any_order = true,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
	.split = split,
	.complete = complete,
};
