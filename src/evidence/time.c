#include "evidence/time.h"

#include "base/compiler.h"

#include "base/banned.h"

/*
 * Days are counted in years that begin on 1 March, so that the leap day is
 * the last of its year; the months then are runs of 153 days in five.
 */
#define DAYS_400_YEARS 146097
#define DAYS_100_YEARS 36524 /* the last of four has one more */
#define DAYS_4_YEARS   1461
#define DAYS_YEAR      365

/* From 1 March of the year 0 to 1 January 1970. */
#define DAYS_TO_1970 719468

/* Windows counts from 1601, and its calendar is Gregorian from there on. */
#define YEAR_MIN 1601
#define YEAR_MAX 9999

static const unsigned char month_days[] = { 31, 28, 31, 30, 31, 30,
					    31, 31, 30, 31, 30, 31 };

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool
is_date(const struct ww_civil *c)
{
	if (c->year < YEAR_MIN || c->year > YEAR_MAX || c->month < 1 ||
	    c->month > 12 || c->day < 1)
		return false;
	return c->day <= month_days[c->month - 1] ||
	       (c->day == 29 && c->month == 2 && is_leap(c->year));
}

static bool
is_clock(const struct ww_civil *c)
{
	return c->hour >= 0 && c->hour <= 23 && c->minute >= 0 &&
	       c->minute <= 59 && c->second >= 0 && c->second <= 59 &&
	       c->microsecond >= 0 && c->microsecond < WW_SECOND;
}

static int64_t
days_of(const struct ww_civil *c)
{
	int month = c->month > 2 ? c->month - 3 : c->month + 9;
	int year = c->month > 2 ? c->year : c->year - 1;

	return (int64_t)year * DAYS_YEAR + year / 4 - year / 100 + year / 400 +
	       (month * 153 + 2) / 5 + c->day - 1 - DAYS_TO_1970;
}

ww_time
ww_time_of(const struct ww_civil *civil)
{
	ww_time seconds;

	if (!is_date(civil) || !is_clock(civil))
		return WW_NO_TIME;
	seconds =
	    (civil->hour * 60 + civil->minute) * (ww_time)60 + civil->second;
	return days_of(civil) * WW_DAY + seconds * WW_SECOND +
	       civil->microsecond;
}

/* The last part of a period may be longer than the others. */
static int
part(int *rest, int length, int last)
{
	int n = *rest / length < last ? *rest / length : last;

	*rest -= n * length;
	return n;
}

static void
set_date(struct ww_civil *c, int64_t days)
{
	int64_t cycles;
	int rest, year, month;

	days += DAYS_TO_1970;
	cycles = days / DAYS_400_YEARS - (days % DAYS_400_YEARS < 0);
	rest = (int)(days - cycles * DAYS_400_YEARS);
	year = 100 * part(&rest, DAYS_100_YEARS, 3);
	year += 4 * part(&rest, DAYS_4_YEARS, 24);
	year += part(&rest, DAYS_YEAR, 3);
	month = (rest * 5 + 2) / 153;
	c->day = rest - (month * 153 + 2) / 5 + 1;
	c->month = month < 10 ? month + 3 : month - 9;
	c->year = (int)(cycles * 400) + year + (month >= 10);
}

struct ww_civil
ww_time_civil(ww_time time)
{
	struct ww_civil c;
	int64_t days = time / WW_DAY - (time % WW_DAY < 0);
	int64_t of_day = time % WW_DAY + (time % WW_DAY < 0 ? WW_DAY : 0);
	int seconds = (int)(of_day / WW_SECOND);

	set_date(&c, days);
	c.hour = seconds / 3600;
	c.minute = seconds / 60 % 60;
	c.second = seconds % 60;
	c.microsecond = (int)(of_day % WW_SECOND);
	return c;
}

unsigned
ww_time_fraction(struct ww_slice text, int *retmicroseconds)
{
	unsigned n = 0;
	int value = 0, place = (int)WW_SECOND / 10;

	for (; n < text.len && ww_is_digit(text.p[n]); n++) {
		value += (text.p[n] - '0') * place;
		place /= 10;
	}
	*retmicroseconds = value;
	return n;
}

/* A field of a fixed width: "07". */
static void
add_field(struct ww_buf *out, char before, int value)
{
	ww_buf_char(out, before);
	if (value < 10)
		ww_buf_char(out, '0');
	ww_buf_decimal(out, value);
}

void
ww_time_add(struct ww_buf *out, ww_time time)
{
	struct ww_civil c;

	if (time == WW_NO_TIME)
		return;
	c = ww_time_civil(time);
	ww_buf_decimal(out, c.year);
	add_field(out, '-', c.month);
	add_field(out, '-', c.day);
	add_field(out, ' ', c.hour);
	add_field(out, ':', c.minute);
	add_field(out, ':', c.second);
}

void
ww_time_add_exact(struct ww_buf *out, ww_time time)
{
	int fraction, place = (int)WW_SECOND;

	ww_time_add(out, time);
	if (time == WW_NO_TIME ||
	    (fraction = ww_time_civil(time).microsecond) == 0)
		return;
	ww_buf_char(out, '.');
	while ((place /= 10) > 0)
		ww_buf_char(out, (char)('0' + fraction / place % 10));
}
