#include "base/compiler.h"
#include "base/message.h"
#include "input/dialects.h"
#include "input/stamp.h"
#include "input/wu_line.h"

#include "base/banned.h"

/*
 * WindowsUpdate.log as Get-WindowsUpdateLog writes it from traces.  Seen, from
 * Windows 10 1607 to Windows 11 24H2:
 *
 *	2020/11/22 12:46:42.0832690 8668  1188  Agent           text
 *	2024-04-11 12:48:04.6269606 13988 14228 Handler         text
 *	2018.10.21 12:08:49.8046643 1276  3628  Shared          text
 *
 * The year comes first and its separator, like that of the clock, is the one
 * of the culture it was written in; the fraction has seven digits.  Process
 * and thread are decimal in columns of five, the component fills fifteen.
 * Texts that were quoted keep the quotes at their end ("...client.asmx""").
 * In 1607 and 1709 a call's exit code has a line of its own; from 1809 on it
 * stands in the END line.
 *
 * Not seen, but read: dates with the day or the month first, a clock of
 * twelve hours, commas or single blanks between the columns as in pasted
 * text, and the year of the Buddhist era, in which a Thai culture writes.
 */

/*
 * 2020/11/22 12:46:42.0832690 8668  1188  Agent           text
 * Where the parts of the usual line are.
 */
enum {
	AT_FRACTION = 20,
	AT_PROCESS = 28,
	AT_THREAD = 34,
	AT_COMPONENT = 40,
	AT_TEXT = 56,
};

#define BUDDHIST_ERA 543
#define BUDDHIST_MIN (WW_WU_YEAR_MIN + BUDDHIST_ERA)

/* Components, so that another log with such stamps is not taken for ours. */
static const char *const components[] = {
	"Agent",       "Api",	   "ComApi",	"DataStore",
	"Deployment",  "Driver",   "EEHandler", "Handler",
	"IdleTimer",   "Metadata", "Misc",	"ProtocolTalker",
	"Reporter",    "Shared",   "SLS",	"DownloadManager",
	"WebServices", "Setup",
};

struct state {
	enum ww_date_order order;
	/* The second of the line before: nearly every line shares it. */
	char second[WW_WU_STAMP_LEN];
	ww_time time;
};

/* The time, in whatever era its year is counted. */
static ww_time
time_of(struct ww_civil *civil)
{
	if (civil->year >= BUDDHIST_MIN)
		civil->year -= BUDDHIST_ERA;
	return ww_wu_time(civil);
}

/* 2020/11/22 12:46:42 */
static bool
usual_second(const char *p, struct ww_civil *ret)
{
	unsigned bad = 0;

	*ret = ww_wu_civil(p, &bad);
	return bad == 0 && p[10] == ' ' && !ww_is_digit(p[4]) &&
	       !ww_is_digit(p[7]) && !ww_is_digit(p[13]) && !ww_is_digit(p[16]);
}

/* The stamp in its usual columns. */
static bool
usual_stamp(struct state *s, const char *p, ww_time *ret)
{
	unsigned bad = (unsigned)(p[AT_FRACTION + 6] - '0') > 9;
	int microsecond = ww_wu_three(p + AT_FRACTION, &bad) * 1000 +
			  ww_wu_three(p + AT_FRACTION + 3, &bad);
	struct ww_civil civil;

	if (bad != 0 || p[AT_FRACTION - 1] != '.')
		return false;
	if (memcmp(p, s->second, sizeof(s->second)) != 0) {
		if (!usual_second(p, &civil))
			return false;
		memcpy(s->second, p, sizeof(s->second));
		s->time = time_of(&civil);
	}
	*ret = s->time == WW_NO_TIME ? WW_NO_TIME : s->time + microsecond;
	return true;
}

/* A column's number and the blanks behind it.  False: it is no such. */
static bool
usual_number(const char *p, unsigned width, uint32_t *ret)
{
	uint32_t value = 0;
	unsigned i = 0;

	for (; i < width && ww_is_digit(p[i]); i++)
		value = value * 10 + (uint32_t)(p[i] - '0');
	*ret = value;
	return i > 0 && p[i] == ' ' && p[width] == ' ';
}

/* All of the line in its usual columns.  False: it is another one. */
static bool
usual_line(struct state *s, struct ww_slice line, struct ww_record *ret)
{
	const char *p = line.p;
	size_t end = AT_COMPONENT;

	if (line.len <= AT_TEXT || p[AT_PROCESS - 1] != ' ' ||
	    p[AT_TEXT - 1] != ' ' ||
	    !usual_number(p + AT_PROCESS, AT_THREAD - AT_PROCESS - 1,
			  &ret->process) ||
	    !usual_number(p + AT_THREAD, AT_COMPONENT - AT_THREAD - 1,
			  &ret->thread) ||
	    !ww_is_alpha(p[AT_COMPONENT]) || !usual_stamp(s, p, &ret->time))
		return false;
	while (p[end] != ' ')
		end++;
	ret->component = ww_slice_of(p + AT_COMPONENT, end - AT_COMPONENT);
	for (end = AT_TEXT; end < line.len && p[end] == ' ';)
		end++;
	ret->text = ww_slice_from(line, end);
	ret->level = ww_wu_level(ret->text);
	return true;
}

/* "2020. 11. 22 12:46:42.0832690": some cultures part a date with blanks. */
static bool
spaced_stamp(struct state *s, struct ww_wu_cursor *c, ww_time *ret)
{
	char tight[AT_PROCESS];
	const char *p = c->line.p;

	if (c->line.len < sizeof(tight) + 2 || p[5] != ' ' || p[9] != ' ')
		return false;
	memcpy(tight, p, 5);
	memcpy(tight + 5, p + 6, 3);
	memcpy(tight + 8, p + 10, sizeof(tight) - 8);
	c->at = sizeof(tight) + 1;
	return usual_stamp(s, tight, ret);
}

/* A stamp in any other way that a culture may write it. */
static bool
other_stamp(struct state *s, struct ww_wu_cursor *c, ww_time *ret)
{
	struct ww_stamp stamp;
	struct ww_civil civil;

	if (!ww_stamp_at(c->line, &s->order, &stamp) || !stamp.has_date ||
	    stamp.time == WW_NO_TIME)
		return false;
	civil = ww_time_civil(stamp.time);
	*ret = time_of(&civil);
	c->at = stamp.at + stamp.len;
	return true;
}

static bool
parse_line(struct state *s, struct ww_slice text, struct ww_record *ret)
{
	struct ww_wu_cursor c = { .line = text };

	if (text.len == 0 || !ww_is_digit(text.p[0]))
		return false;
	if (usual_line(s, text, ret))
		return true;
	if (text.len > AT_PROCESS && usual_stamp(s, text.p, &ret->time))
		c.at = AT_PROCESS - 1;
	else if (!spaced_stamp(s, &c, &ret->time) &&
		 !other_stamp(s, &c, &ret->time))
		return false;
	return ww_wu_body(&c, 10, ret);
}

static bool
is_line(struct ww_slice line)
{
	struct state state = { .order = WW_DATE_UNKNOWN };
	struct ww_record record;

	if (!parse_line(&state, line, &record))
		return false;
	for (size_t i = 0; i < WW_ARRAY_LEN(components); i++)
		if (ww_slice_eq(record.component, ww_slice_cstr(components[i])))
			return true;
	return false;
}

/*
 * The texts of a fault go on over lines without a stamp.  Where the lines of
 * an older agent could be read as ours too, they are not.
 */
static unsigned
sniff(struct ww_slice head)
{
	unsigned share = ww_wu_share(head, is_line);

	return share == 0 ? 0 : 60 + share * 34 / 100;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	if (!parse_line(reader->state, line, ret))
		return false;
	if (ret->component.len == 0 &&
	    ww_slice_starts(ret->text, WW_LIT("Unknown(")))
		reader->undecoded = N_("the texts of some of its events could "
				       "not be looked up when it was written");
	return true;
}

const struct ww_dialect ww_dialect_wu = {
	.id = WW_DIALECT_WU,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
};
