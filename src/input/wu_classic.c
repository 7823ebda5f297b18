#include "input/dialects.h"
#include "input/wu_line.h"

#include "base/banned.h"

/*
 * WindowsUpdate.log as the agents up to Windows 8.1 wrote it themselves:
 *
 *	2021-08-28<TAB>11:05:07:920<TAB> 576<TAB>a70<TAB>Misc<TAB>text
 *
 * with milliseconds behind a colon, the process decimal and the thread
 * hexadecimal.  Articles and postings show blanks for the tabs; the first
 * agents (5.8) had no milliseconds.  Each process that begins to write says
 * how its clock stands to UTC, east positive:
 *
 *	===========  Logging initialized (build: 7.6.7600.256, tz: +0530)
 *
 * That is kept for the file, the last one winning; the times stay as they
 * were written, as in every other log of the machine.
 */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* 2021-08-28<TAB>11:05:07:920; the cursor goes behind it. */
static bool
take_stamp(struct ww_wu_cursor *c, struct ww_civil *ret)
{
	const char *p = c->line.p;
	unsigned bad = 0;

	if (c->line.len < WW_WU_STAMP_LEN + 4 || p[4] != '-' || p[7] != '-' ||
	    !is_blank(p[10]) || p[13] != ':' || p[16] != ':')
		return false;
	*ret = ww_wu_civil(p, &bad);
	c->at = WW_WU_STAMP_LEN;
	if (p[c->at] == ':') {
		ret->microsecond = ww_wu_three(p + c->at + 1, &bad) * 1000;
		c->at += 4;
	} else if (p[c->at] != '\t') {
		return false;
	}
	return bad == 0;
}

static bool
parse_line(struct ww_slice text, struct ww_record *ret)
{
	struct ww_wu_cursor c = { .line = text };
	struct ww_civil civil;

	if (!take_stamp(&c, &civil) || !ww_wu_body(&c, 16, ret))
		return false;
	ret->time = ww_wu_time(&civil);
	return true;
}

static bool
is_line(struct ww_slice line)
{
	struct ww_record record;

	return parse_line(line, &record);
}

static unsigned
sniff(struct ww_slice head)
{
	unsigned share = ww_wu_share(head, is_line);

	return share == 0 ? 0 : 60 + share * 35 / 100;
}

/* "tz: +0530" of the line in which a process begins to write. */
static void
learn_zone(struct ww_reader *reader, struct ww_slice text)
{
	static const struct ww_slice key = { "tz: ", 4 };
	int hours, minutes;

	while (text.len >= 9 && !ww_slice_starts(text, key))
		text = ww_slice_from(text, 1);
	if (text.len < 9 || (text.p[4] != '+' && text.p[4] != '-'))
		return;
	hours = ww_time_digits(text.p + 5, 2);
	minutes = ww_time_digits(text.p + 7, 2);
	if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
		return;
	minutes += hours * 60;
	reader->zone = (struct ww_zone){
		.source = WW_ZONE_STATED,
		.minutes = text.p[4] == '-' ? -minutes : minutes,
	};
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	if (!parse_line(line, ret))
		return false;
	if (ret->text.len > 0 && ret->text.p[0] == '=')
		learn_zone(reader, ret->text);
	return true;
}

const struct ww_dialect ww_dialect_wu_classic = {
	.id = WW_DIALECT_WU_CLASSIC,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.sniff = sniff,
	.parse = parse,
};
