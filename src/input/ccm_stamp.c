#include "input/ccm_stamp.h"

#include "base/banned.h"

/* No clock is further from UTC: 14 hours. */
#define BIAS_MAX    (14 * 60)
#define BIAS_DIGITS 4

/*
 * A number of at most `most` digits and the mark behind it, or with '\0' what
 * ends the text; both are taken off.  -1: there is none.
 */
static int
take_number(struct ww_slice *s, unsigned most, char mark)
{
	int value = 0;
	size_t n = 0;

	while (n < s->len && n < most && ww_is_digit(s->p[n]))
		value = value * 10 + (s->p[n++] - '0');
	if (n == 0)
		return -1;
	if (mark == '\0') {
		*s = ww_slice_from(*s, n);
		return value;
	}
	if (n == s->len || s->p[n] != mark)
		return -1;
	*s = ww_slice_from(*s, n + 1);
	return value;
}

static ww_time
midnight_of(struct ww_slice date)
{
	struct ww_civil civil = { .hour = 0 };

	civil.month = take_number(&date, 2, '-');
	civil.day = take_number(&date, 2, '-');
	civil.year = take_number(&date, 4, '\0');
	return date.len > 0 ? WW_NO_TIME : ww_time_of(&civil);
}

static bool
take_date(struct ww_ccm_day *day, struct ww_slice date)
{
	ww_time midnight;

	if (date.len == 0 || date.len > WW_CCM_DATE)
		return false;
	if (day->len == date.len && memcmp(day->text, date.p, date.len) == 0)
		return true;
	midnight = midnight_of(date);
	if (midnight == WW_NO_TIME)
		return false;
	memcpy(day->text, date.p, date.len);
	day->len = (unsigned char)date.len;
	day->midnight = midnight;
	return true;
}

/* 08:52:46.657, taken off. */
static bool
take_clock(struct ww_slice *s, ww_time *ret)
{
	int hour = take_number(s, 2, ':');
	int minute = take_number(s, 2, ':');
	int second = take_number(s, 2, '\0');
	int microsecond = 0;

	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 59)
		return false;
	if (s->len > 0 && s->p[0] == '.') {
		*s = ww_slice_from(*s, 1);
		*s = ww_slice_from(*s, ww_time_fraction(*s, &microsecond));
	}
	*ret = ((hour * 60 + minute) * (ww_time)60 + second) * WW_SECOND +
	       microsecond;
	return true;
}

/*
 * +240: the minutes to add to reach UTC.  "+-60" is what scripts write that
 * put a sign before a number with a sign.  False: none is stated.
 */
static bool
read_bias(struct ww_slice s, int *ret)
{
	bool minus;
	int value;

	if (s.len == 0 || (s.p[0] != '+' && s.p[0] != '-'))
		return false;
	minus = s.p[0] == '-';
	s = ww_slice_from(s, 1);
	if (!minus && s.len > 0 && s.p[0] == '-') {
		minus = true;
		s = ww_slice_from(s, 1);
	}
	value = take_number(&s, BIAS_DIGITS, '\0');
	if (value < 0 || value > BIAS_MAX || s.len > 0)
		return false;
	*ret = minus ? -value : value;
	return true;
}

ww_time
ww_ccm_time(struct ww_ccm_day *day, struct ww_zone *zone, struct ww_slice date,
	    struct ww_slice clock)
{
	ww_time time;
	int bias;

	if (!take_date(day, date) || !take_clock(&clock, &time))
		return WW_NO_TIME;
	time += day->midnight;
	if (!read_bias(clock, &bias))
		return time;
	if (zone->source == WW_ZONE_ASSUMED)
		*zone = (struct ww_zone){ .source = WW_ZONE_STATED,
					  .minutes = -bias };
	return time + (zone->minutes + bias) * WW_MINUTE;
}
