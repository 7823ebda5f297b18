#include "input/stamp.h"

#include "base/compiler.h"

#include "base/banned.h"

/* What stands between a date and its time is no longer. */
#define BLANKS_MAX 4

/* No place on Earth is further from UTC. */
#define ZONE_HOURS_MAX 14

static const char months[][4] = { "jan", "feb", "mar", "apr", "may", "jun",
				  "jul", "aug", "sep", "oct", "nov", "dec" };
static const char weekdays[][4] = { "mon", "tue", "wed", "thu",
				    "fri", "sat", "sun" };

/* A stamp being read. */
struct cursor {
	struct ww_slice text;
	size_t at;
	struct ww_civil civil;
	enum ww_date_order order; /* of the file; then what this one showed */
	bool named;		  /* its month is a word */
};

/* The character so far behind the cursor; NUL behind the end. */
static char
peek(const struct cursor *c, size_t more)
{
	return more < c->text.len - c->at ? c->text.p[c->at + more] : '\0';
}

static bool
take(struct cursor *c, char wanted)
{
	if (peek(c, 0) != wanted || wanted == '\0')
		return false;
	c->at++;
	return true;
}

static size_t
count_digits(const struct cursor *c)
{
	size_t n = 0;

	while (ww_is_digit(peek(c, n)))
		n++;
	return n;
}

/* A number of so many digits, and no more than these. */
static bool
take_number(struct cursor *c, size_t least, size_t most, int *ret)
{
	size_t n = count_digits(c);

	if (n < least || n > most)
		return false;
	*ret = ww_time_digits(c->text.p + c->at, (unsigned)n);
	c->at += n;
	return true;
}

static size_t
take_blanks(struct cursor *c)
{
	size_t n = 0;

	while (n < BLANKS_MAX && (peek(c, 0) == ' ' || peek(c, 0) == '\t')) {
		c->at++;
		n++;
	}
	return n;
}

/* The place of a word in a list, by its first three letters; n if none is. */
static size_t
find_word(const char *p, const char (*words)[4], size_t n)
{
	char first = ww_fold(p[0]), second = ww_fold(p[1]);
	size_t i = 0;

	while (i < n && (words[i][0] != first || words[i][1] != second ||
			 words[i][2] != ww_fold(p[2])))
		i++;
	return i;
}

static bool
take_word(struct cursor *c, const char (*words)[4], size_t n, int *ret)
{
	size_t i, len = 3;

	if (c->text.len - c->at < 3 ||
	    (i = find_word(c->text.p + c->at, words, n)) == n)
		return false;
	while (ww_is_alpha(peek(c, len)))
		len++;
	c->at += len;
	*ret = (int)i;
	return true;
}

static bool
take_month(struct cursor *c)
{
	if (!take_word(c, months, WW_ARRAY_LEN(months), &c->civil.month))
		return false;
	c->civil.month++;
	c->named = true;
	return true;
}

/* 2026, or 26 where two digits are allowed. */
static bool
take_year(struct cursor *c, bool allow_short)
{
	size_t n = count_digits(c);

	if (n != 4 && !(allow_short && n == 2))
		return false;
	if (!take_number(c, 2, 4, &c->civil.year))
		return false;
	if (n == 2)
		c->civil.year += c->civil.year < 70 ? 2000 : 1900;
	return true;
}

/* 2026-11-19, 2026/11/19, 2026.11.19 */
static bool
take_year_first(struct cursor *c)
{
	char sep;

	if (!take_year(c, false))
		return false;
	sep = peek(c, 0);
	return (sep == '-' || sep == '/' || sep == '.') && take(c, sep) &&
	       take_number(c, 1, 2, &c->civil.month) && take(c, sep) &&
	       take_number(c, 1, 2, &c->civil.day);
}

/*
 * Which of two numbers is the month.  With full stops the day is first.
 * Otherwise nothing tells unless one is above 12; logs are in English more
 * often than not, so the month is taken to be first until the file shows a
 * date that cannot be read so.
 */
static void
set_day_and_month(struct cursor *c, int first, int second, char sep)
{
	bool day_first = sep == '.' || c->order == WW_DATE_DAY_FIRST;

	if (first > 12)
		day_first = true;
	else if (second > 12)
		day_first = false;
	if (sep != '.' && first > 12)
		c->order = WW_DATE_DAY_FIRST;
	else if (sep != '.' && second > 12)
		c->order = WW_DATE_MONTH_FIRST;
	c->civil.day = day_first ? first : second;
	c->civil.month = day_first ? second : first;
}

/* 11/19/2026, 19.11.2026, 19/Nov/2026 */
static bool
take_year_last(struct cursor *c)
{
	int first, second;
	char sep;

	if (!take_number(c, 1, 2, &first))
		return false;
	sep = peek(c, 0);
	if ((sep != '/' && sep != '.' && sep != '-') || !take(c, sep))
		return false;
	if (take_month(c)) {
		c->civil.day = first;
		return take(c, sep) && take_year(c, false);
	}
	if (!take_number(c, 1, 2, &second) || !take(c, sep) ||
	    !take_year(c, sep != '-'))
		return false;
	set_day_and_month(c, first, second, sep);
	return true;
}

/* Thu Nov 26, Thu, 26 Nov 2026, Nov 26, 2026; the year may follow the time. */
static bool
take_named(struct cursor *c)
{
	size_t at;
	int weekday;

	if (take_word(c, weekdays, WW_ARRAY_LEN(weekdays), &weekday)) {
		take(c, ',');
		if (take_blanks(c) == 0)
			return false;
	}
	if (take_month(c)) {
		if (take_blanks(c) == 0 || !take_number(c, 1, 2, &c->civil.day))
			return false;
		take(c, ',');
	} else if (!take_number(c, 1, 2, &c->civil.day) ||
		   take_blanks(c) == 0 || !take_month(c)) {
		return false;
	}
	at = c->at;
	if (take_blanks(c) == 0 || !take_year(c, false))
		c->at = at;
	return true;
}

/* Which of the forms it can be shows in the first characters. */
static bool
take_date(struct cursor *c)
{
	size_t digits = count_digits(c);

	if (digits == 4)
		return take_year_first(c);
	if (digits > 2)
		return false;
	return digits == 0 || peek(c, digits) == ' ' ? take_named(c)
						     : take_year_last(c);
}

/* What stands between a date and its time. */
static bool
take_gap(struct cursor *c)
{
	if (ww_is_digit(peek(c, 1)) &&
	    (take(c, 'T') || take(c, '_') || (c->named && take(c, ':'))))
		return true;
	take(c, ',');
	if (take_blanks(c) == 0)
		return false;
	if (take(c, '-'))
		return take_blanks(c) > 0;
	return true;
}

/* AM or PM, with a blank before it or none; Windows writes U+202F, too. */
static void
take_half(struct cursor *c)
{
	size_t at = c->at;
	char half;

	if (ww_slice_starts(ww_slice_from(c->text, at), WW_LIT("\xE2\x80\xAF")))
		c->at += 3;
	else
		take(c, ' ');
	half = ww_fold(peek(c, 0));
	if ((half != 'a' && half != 'p') || ww_fold(peek(c, 1)) != 'm' ||
	    ww_is_alnum(peek(c, 2)) || c->civil.hour < 1 ||
	    c->civil.hour > 12) {
		c->at = at;
		return;
	}
	c->at += 2;
	c->civil.hour = c->civil.hour % 12 + (half == 'p' ? 12 : 0);
}

/* 8:41:07, 08:41:07.083, 8:41:07 AM; the seconds may be missing. */
static bool
take_clock(struct cursor *c, bool need_seconds)
{
	struct ww_civil *civil = &c->civil;
	char sep;

	if (!take_number(c, 1, 2, &civil->hour) || !take(c, ':') ||
	    !take_number(c, 2, 2, &civil->minute))
		return false;
	if (!ww_is_digit(peek(c, 1)) || !take(c, ':')) {
		take_half(c);
		return !need_seconds;
	}
	if (!take_number(c, 2, 2, &civil->second))
		return false;
	sep = peek(c, 0);
	if ((sep == '.' || sep == ',' || sep == ':') &&
	    ww_is_digit(peek(c, 1))) {
		c->at++;
		c->at += ww_time_fraction(ww_slice_from(c->text, c->at),
					  &civil->microsecond);
	}
	take_half(c);
	return true;
}

/* +01:00, -0500, with a blank before it or none. */
static bool
take_offset(struct cursor *c, int *ret)
{
	char sign = peek(c, 0);
	int hours, minutes;
	size_t colon;

	if (sign != '+' && sign != '-')
		return false;
	c->at++;
	colon = peek(c, 2) == ':';
	if (c->text.len - c->at < 4 + colon)
		return false;
	hours = ww_time_digits(c->text.p + c->at, 2);
	minutes = ww_time_digits(c->text.p + c->at + 2 + colon, 2);
	/* What else could stand there is no zone: -1234 is a number. */
	if (hours < 0 || hours > ZONE_HOURS_MAX || minutes < 0 ||
	    minutes > 45 || minutes % 15 != 0)
		return false;
	c->at += 4 + colon;
	*ret = (hours * 60 + minutes) * (sign == '-' ? -1 : 1);
	return true;
}

static bool
take_utc(struct cursor *c)
{
	struct ww_slice rest = ww_slice_from(c->text, c->at);

	if ((!ww_slice_starts(rest, WW_LIT("UTC")) &&
	     !ww_slice_starts(rest, WW_LIT("GMT"))) ||
	    ww_is_alnum(peek(c, 3)))
		return false;
	c->at += 3;
	return true;
}

static bool
take_zone(struct cursor *c, int *ret)
{
	size_t at = c->at;

	*ret = 0;
	if (peek(c, 0) == 'Z' && !ww_is_alnum(peek(c, 1)))
		return take(c, 'Z');
	take(c, ' ');
	if (take_utc(c) || (take_offset(c, ret) && !ww_is_alnum(peek(c, 0))))
		return true;
	c->at = at;
	return false;
}

/* Of "Thu Nov 26 13:06:52 2026". */
static bool
take_late_year(struct cursor *c)
{
	return take_blanks(c) > 0 && take_year(c, false);
}

static bool
finish(const struct cursor *c, struct ww_stamp *ret)
{
	size_t colon = peek(c, 0) == ':';

	ret->len = c->at;
	ret->time = ww_time_of(&c->civil);
	/* 12:34:56:78:9a:bc is no time. */
	return ret->time != WW_NO_TIME && !ww_is_alnum(peek(c, colon));
}

static bool
read_full(struct cursor *c, struct ww_stamp *ret)
{
	if (!take_date(c) || !take_gap(c) || !take_clock(c, false))
		return false;
	ret->has_date = true;
	ret->has_zone = take_zone(c, &ret->zone_minutes);
	if (c->civil.year == 0 && !take_late_year(c))
		return false;
	return finish(c, ret);
}

static bool
read_clock(struct cursor *c, struct ww_stamp *ret)
{
	if (!take_clock(c, true))
		return false;
	c->civil.year = 1970;
	c->civil.month = c->civil.day = 1;
	return finish(c, ret);
}

static bool
read_stamp(struct ww_slice text, enum ww_date_order *order,
	   struct ww_stamp *ret)
{
	struct cursor c = { .text = text, .order = *order };

	*ret = (struct ww_stamp){ 0 };
	if (text.len == 0)
		return false;
	if (read_full(&c, ret)) {
		*order = c.order;
		return true;
	}
	if (!ww_is_digit(text.p[0]))
		return false;
	c = (struct cursor){ .text = text };
	*ret = (struct ww_stamp){ 0 };
	return read_clock(&c, ret);
}

bool
ww_stamp_at(struct ww_slice text, enum ww_date_order *order,
	    struct ww_stamp *ret)
{
	enum ww_date_order learned = *order;
	char close = text.p[0] == '[' ? ']' : text.p[0] == '(' ? ')' : '\0';

	if (close == '\0')
		return read_stamp(text, order, ret);
	if (!read_stamp(ww_slice_from(text, 1), &learned, ret) ||
	    ret->len + 1 >= text.len || text.p[ret->len + 1] != close)
		return false;
	ret->len += 2;
	*order = learned;
	return true;
}

/* Whether a month or a weekday stands here: quick, since few words are one. */
static bool
is_name(struct ww_slice line, size_t at)
{
	const char *p = line.p + at;

	return line.len - at >= 3 && ww_is_alpha(p[0]) &&
	       (find_word(p, months, WW_ARRAY_LEN(months)) <
		    WW_ARRAY_LEN(months) ||
		find_word(p, weekdays, WW_ARRAY_LEN(weekdays)) <
		    WW_ARRAY_LEN(weekdays));
}

/* Whether a stamp may begin here: no number or word goes on. */
static bool
is_begin(struct ww_slice line, size_t at)
{
	char c = line.p[at], before = at > 0 ? line.p[at - 1] : ' ';

	if (ww_is_alnum(before) || before == '.' || before == ':' ||
	    before == '-' || before == '/' || before == '_' || before == '\\')
		return false;
	return c == '[' || c == '(' || ww_is_digit(c) || is_name(line, at);
}

bool
ww_stamp_find(struct ww_slice line, size_t within, enum ww_date_order *order,
	      struct ww_stamp *ret)
{
	for (size_t at = 0; at < line.len && at < within; at++) {
		struct ww_slice rest = ww_slice_from(line, at);

		if (!is_begin(line, at) || !ww_stamp_at(rest, order, ret))
			continue;
		/* 12:30:00 inside a sentence is any time. */
		if (!ret->has_date && at > 0 && rest.p[0] != '[')
			continue;
		ret->at = at;
		return true;
	}
	return false;
}
