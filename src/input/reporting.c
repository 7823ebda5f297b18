#include "base/compiler.h"
#include "input/compose.h"
#include "input/dialects.h"
#include "input/wu_line.h"

#include "base/banned.h"

/*
 * ReportingEvents.log: what the update client reports to its server, a line
 * of fields with tabs between them for each event:
 *
 *	{event GUID}  2020-01-12 11:43:35:849+1030  1
 *	147 [AGENT_DETECTION_FINISHED]  101  {update GUID}  revision  HRESULT
 *	caller  Success  Software Synchronization  message  correlation vector
 *
 * The HRESULT is hexadecimal without 0x.  Agents up to Windows 7 write the
 * number of the event only, and no correlation vector; some tools part
 * number and name by a tab.  The stamp carries its zone, east positive.
 *
 * The message that is matched is put together from the fields:
 *
 *	[AGENT_DETECTION_FAILED] 80244007 Failure AutomaticUpdates Software
 *	Synchronization : Windows Update Client failed to detect with ...
 */

/* 2020-01-12 11:43:35:849+1030: where the parts are. */
enum {
	AT_MILLISECOND = 20,
	AT_ZONE = 23,
	STAMP_LEN = 28,
};

#define GUID_LEN 38

enum field {
	EVENT,
	NAME,
	RESULT,
	CALLER,
	STATUS,
	CATEGORY,
	MESSAGE,
	FIELDS,
};

/* Events by their number, [MS-WUSP] 2.2.2.3.1; names as agents write them. */
static const struct {
	uint32_t id;
	const char *name;
} events[] = {
	{ 147, "AGENT_DETECTION_FINISHED" },
	{ 148, "AGENT_DETECTION_FAILED" },
	{ 161, "AGENT_DOWNLOAD_FAILED" },
	{ 162, "AGENT_DOWNLOAD_SUCCEEDED" },
	{ 167, "AGENT_DOWNLOAD_STARTED" },
	{ 181, "AGENT_INSTALLING_STARTED" },
	{ 182, "AGENT_INSTALLING_FAILED" },
	{ 183, "AGENT_INSTALLING_SUCCEEDED" },
	{ 184, "AGENT_INSTALLING_PENDING" },
	{ 221, "AGENT_UNINSTALLING_FAILED" },
};

/* The next field, without white space around it; *line goes behind it. */
static struct ww_slice
next_field(struct ww_slice *line)
{
	return ww_slice_trim(ww_slice_until(line, '\t'));
}

static bool
is_guid_field(struct ww_slice line)
{
	return line.len > GUID_LEN + 1 && line.p[0] == '{' &&
	       line.p[9] == '-' && line.p[GUID_LEN - 1] == '}' &&
	       line.p[GUID_LEN] == '\t';
}

/* The stamp's time and zone.  False: it is none. */
static bool
read_stamp(struct ww_slice s, ww_time *ret, struct ww_zone *retzone)
{
	const char *p = s.p;
	int hours, minutes;
	struct ww_civil civil;
	unsigned bad = 0;

	if (s.len != STAMP_LEN || (p[AT_ZONE] != '+' && p[AT_ZONE] != '-'))
		return false;
	hours = ww_wu_two(p + AT_ZONE + 1, &bad);
	minutes = ww_wu_two(p + AT_ZONE + 3, &bad);
	civil = ww_wu_civil(p, &bad);
	civil.microsecond = ww_wu_three(p + AT_MILLISECOND, &bad) * 1000;
	if (bad != 0 || hours > 14 || minutes > 59)
		return false;
	*ret = ww_wu_time(&civil);
	minutes += hours * 60;
	retzone->source = WW_ZONE_STATED;
	retzone->minutes = p[AT_ZONE] == '-' ? -minutes : minutes;
	return *ret != WW_NO_TIME;
}

/* "147 [AGENT_DETECTION_FINISHED]", or the name in a field of its own. */
static void
read_event(struct ww_slice *line, struct ww_slice fields[FIELDS])
{
	struct ww_slice event = next_field(line), peek = *line;
	const char *open =
	    event.len == 0 ? NULL : memchr(event.p, '[', event.len);
	uint32_t id;

	fields[EVENT] = event;
	if (open != NULL) {
		fields[NAME] = ww_slice_from(event, (size_t)(open - event.p));
		return;
	}
	fields[NAME] = next_field(&peek);
	if (fields[NAME].len > 0 && fields[NAME].p[0] == '[') {
		*line = peek;
		return;
	}
	fields[NAME] = (struct ww_slice){ 0 };
	ww_wu_number(&(struct ww_wu_cursor){ .line = event }, 10, &id);
	for (size_t i = 0; i < WW_ARRAY_LEN(events); i++)
		if (events[i].id == id)
			fields[NAME] = ww_slice_cstr(events[i].name);
}

static struct ww_slice
compose(struct ww_reader *reader, const struct ww_slice fields[FIELDS])
{
	static const enum field words[] = { RESULT, STATUS, CALLER, CATEGORY };
	struct ww_composer c = ww_compose_in(reader);
	struct ww_slice name = fields[NAME];
	bool bare = name.len == 0 || name.p[0] != '[';

	ww_compose(&c, bare ? WW_LIT("[") : (struct ww_slice){ 0 });
	ww_compose(&c, name.len > 0 ? name : fields[EVENT]);
	ww_compose(&c, bare ? WW_LIT("]") : (struct ww_slice){ 0 });
	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++) {
		ww_compose(&c, WW_LIT(" "));
		ww_compose(&c, fields[words[i]]);
	}
	ww_compose(&c, WW_LIT(" : "));
	ww_compose(&c, fields[MESSAGE]);
	return ww_composed(&c);
}

static bool
read_line(struct ww_slice line, struct ww_slice fields[FIELDS], ww_time *ret,
	  struct ww_zone *retzone)
{
	if (!is_guid_field(line))
		return false;
	next_field(&line);
	if (!read_stamp(next_field(&line), ret, retzone))
		return false;
	next_field(&line);
	read_event(&line, fields);
	/* A class, the update and its revision. */
	for (int i = 0; i < 3; i++)
		next_field(&line);
	for (int i = RESULT; i < FIELDS; i++)
		fields[i] = next_field(&line);
	return true;
}

static bool
is_line(struct ww_slice line)
{
	struct ww_slice fields[FIELDS];
	struct ww_zone zone;
	ww_time time;

	return read_line(line, fields, &time, &zone);
}

static unsigned
sniff(struct ww_slice head)
{
	unsigned share = ww_wu_share(head, is_line);

	return share < 50 ? 0 : share;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct ww_slice fields[FIELDS];
	ww_time time;

	if (!read_line(line, fields, &time, &reader->zone))
		return false;
	*ret = (struct ww_record){
		.time = time,
		.level = ww_slice_eq(fields[STATUS], WW_LIT("Failure"))
			     ? WW_LEVEL_ERROR
			     : WW_LEVEL_INFO,
		.component = fields[CALLER],
		.text = compose(reader, fields),
	};
	return true;
}

const struct ww_dialect ww_dialect_reporting = {
	.id = WW_DIALECT_REPORTING,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.sniff = sniff,
	.parse = parse,
};
