#include "input/day.h"

#include "base/banned.h"

bool
ww_stamp_date(struct ww_stamp_day *day, const char *p)
{
	struct ww_civil civil = { .hour = 0 };
	ww_time midnight;

	if (day->text[0] != '\0' && memcmp(p, day->text, WW_STAMP_DATE) == 0)
		return true;
	if (p[4] != '-' || p[7] != '-')
		return false;
	civil.year = ww_time_digits(p, 4);
	civil.month = ww_time_digits(p + 5, 2);
	civil.day = ww_time_digits(p + 8, 2);
	midnight = ww_time_of(&civil);
	if (midnight == WW_NO_TIME)
		return false;
	memcpy(day->text, p, WW_STAMP_DATE);
	day->midnight = midnight;
	return true;
}

bool
ww_stamp_clock(const char *p, ww_time *ret)
{
	int hour = ww_time_digits(p, 2);
	int minute = ww_time_digits(p + 3, 2);
	int second = ww_time_digits(p + 6, 2);

	if (p[2] != ':' || p[5] != ':' || hour < 0 || hour > 23 || minute < 0 ||
	    minute > 59 || second < 0 || second > 59)
		return false;
	*ret = ((hour * 60 + minute) * (ww_time)60 + second) * WW_SECOND;
	return true;
}

bool
ww_stamp_utc(struct ww_stamp_day *day, struct ww_slice line, ww_time *ret)
{
	int thousandths;

	if (line.len < WW_STAMP_UTC || line.p[10] != ' ' || line.p[19] != '.' ||
	    memcmp(line.p + 23, " UTC", 4) != 0)
		return false;
	thousandths = ww_time_digits(line.p + 20, 3);
	if (thousandths < 0 || !ww_stamp_date(day, line.p) ||
	    !ww_stamp_clock(line.p + 11, ret))
		return false;
	*ret += day->midnight + thousandths * (WW_SECOND / 1000);
	return true;
}
