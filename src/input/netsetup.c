/*
 * NetSetup.log: what Windows did to join a computer to a domain or a
 * workgroup.  Times are local; up to Windows XP they lack the year, and then
 * tell no day.
 */
#include "input/dialects.h"

#include "input/day.h"
#include "input/head.h"

#include "base/banned.h"

#define STAMP	  23 /* 08/20/2020 20:50:43:617 */
#define OLD_STAMP 14 /* 05/09 17:20:23 */

struct state {
	bool stamped; /* lines without a time go on with the one before */
};

static bool
read_stamp(const char *p, ww_time *ret)
{
	int thousandths = ww_time_digits(p + 20, 3);
	ww_time clock;

	if (p[2] != '/' || p[5] != '/' || p[10] != ' ' || p[19] != ':' ||
	    thousandths < 0 || !ww_stamp_clock(p + 11, &clock))
		return false;
	*ret =
	    ww_time_of(&(struct ww_civil){ .year = ww_time_digits(p + 6, 4),
					   .month = ww_time_digits(p, 2),
					   .day = ww_time_digits(p + 3, 2) });
	if (*ret == WW_NO_TIME)
		return false;
	*ret += clock + thousandths * (WW_SECOND / 1000);
	return true;
}

static bool
is_old_stamp(const char *p)
{
	ww_time clock;

	return p[2] == '/' && p[5] == ' ' && ww_time_digits(p, 2) > 0 &&
	       ww_time_digits(p + 3, 2) > 0 && ww_stamp_clock(p + 6, &clock);
}

/* The bytes of the line's stamp; 0 when it has none. */
static size_t
stamp_len(struct ww_slice line, ww_time *ret)
{
	*ret = WW_NO_TIME;
	if (line.len > STAMP && line.p[STAMP] == ' ' && read_stamp(line.p, ret))
		return STAMP;
	if (line.len > OLD_STAMP && line.p[OLD_STAMP] == ' ' &&
	    is_old_stamp(line.p))
		return OLD_STAMP;
	return 0;
}

/* Of the functions that write this log. */
static bool
is_of_join(struct ww_slice text)
{
	return ww_slice_starts(text, WW_LIT("Netp")) ||
	       ww_slice_starts(text, WW_LIT("NetUse")) ||
	       ww_slice_starts(text, WW_LIT("NetRequest"));
}

static bool
netsetup_parse(struct ww_reader *reader, struct ww_slice line,
	       struct ww_record *ret)
{
	struct state *state = reader->state;
	ww_time time;
	size_t stamp = stamp_len(line, &time);
	struct ww_slice text = ww_slice_from(line, stamp);

	/* As quoted by people who leave the times out. */
	if (stamp == 0 && state->stamped)
		return false;
	state->stamped = state->stamped || stamp > 0;
	while (text.len > 0 && (text.p[0] == ' ' || text.p[0] == '\t'))
		text = ww_slice_from(text, 1);
	if (text.len == 0)
		return false;
	ret->time = time;
	ret->text = text;
	return true;
}

static unsigned
netsetup_sniff(struct ww_slice head)
{
	unsigned lines = 0, stamped = 0, joins = 0;
	struct ww_slice line;
	ww_time time;

	while (lines < WW_HEAD_LINES && ww_head_line(&head, &line)) {
		size_t stamp = stamp_len(line, &time);

		if (ww_slice_trim(line).len == 0)
			continue;
		lines++;
		stamped += stamp > 0;
		joins += is_of_join(ww_slice_trim(ww_slice_from(line, stamp)));
	}
	if (joins == 0)
		return 0;
	if (stamped * 2 > lines)
		return 95;
	return joins * 2 > lines ? 75 : 0;
}

const struct ww_dialect ww_dialect_netsetup = {
	.id = WW_DIALECT_NETSETUP,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = netsetup_sniff,
	.parse = netsetup_parse,
};
