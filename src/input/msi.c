/*
 * Logs of Windows Installer, verbose or not: MSI (s) (18:A8) [09:12:53:798]:
 * and what the engine says, lines without a prefix of actions, custom actions
 * and errors, and banners, which alone give a date.
 */
#include "input/dialects.h"

#include "input/head.h"

#include "base/banned.h"

#define HOUR (60 * WW_MINUTE)

/* A clock that goes back further than that has passed midnight. */
#define MIDNIGHT_PASSED (6 * HOUR)

/* One that jumps ahead further is of a line that was late, before it. */
#define LATE_LINE (18 * HOUR)

/* Days an install may last: clocks that jump about come to an end. */
#define DAYS_MAX 1000

/* A clock without a prefix stands that near to the start of its line. */
#define CLOCK_REACH 64

struct state {
	bool dated;
	ww_time midnight; /* of the day at hand */
	ww_time clock;	  /* of the line before, since midnight */
	unsigned days;	  /* passed since the banner */
};

struct cursor {
	struct ww_slice text;
	size_t at;
};

static char
peek(const struct cursor *c)
{
	return c->at < c->text.len ? c->text.p[c->at] : '\0';
}

static bool
take(struct cursor *c, char wanted)
{
	if (peek(c) != wanted)
		return false;
	c->at++;
	return true;
}

static void
skip_blanks(struct cursor *c)
{
	while (peek(c) == ' ')
		c->at++;
}

/* Decimal digits, at most `most`; returns how many there were. */
static unsigned
take_number(struct cursor *c, unsigned most, int *ret)
{
	unsigned n = 0;

	*ret = 0;
	for (; n < most && ww_is_digit(peek(c)); n++, c->at++)
		*ret = *ret * 10 + (peek(c) - '0');
	return n;
}

/* Hexadecimal digits of a process or a thread: its low byte. */
static bool
take_id(struct cursor *c, uint32_t *ret)
{
	unsigned n = 0;
	int digit;

	*ret = 0;
	for (; n < 8 && (digit = ww_hex_value(peek(c))) >= 0; n++, c->at++)
		*ret = *ret << 4 | (uint32_t)digit;
	return n > 0;
}

/* 4:25:27, or 09:12:53:798 */
static bool
take_clock(struct cursor *c, ww_time *ret)
{
	int hour, minute, second, thousandths = 0;

	if (take_number(c, 2, &hour) == 0 || !take(c, ':') ||
	    take_number(c, 2, &minute) != 2 || !take(c, ':') ||
	    take_number(c, 2, &second) != 2 || hour > 23 || minute > 59 ||
	    second > 59)
		return false;
	*ret = ((hour * 60 + minute) * (ww_time)60 + second) * WW_SECOND;
	if (c->at + 3 < c->text.len && peek(c) == ':' &&
	    ww_is_digit(c->text.p[c->at + 1])) {
		c->at++;
		take_number(c, 3, &thousandths);
		*ret += thousandths * (WW_SECOND / 1000);
	}
	return true;
}

/* The time of a line that shows this clock. */
static ww_time
time_of(struct state *state, ww_time clock)
{
	if (!state->dated)
		return WW_NO_TIME;
	if (clock > state->clock + LATE_LINE && state->days > 0)
		return state->midnight - WW_DAY + clock;
	if (clock < state->clock - MIDNIGHT_PASSED && state->days < DAYS_MAX) {
		state->midnight += WW_DAY;
		state->days++;
	}
	state->clock = clock;
	return state->midnight + clock;
}

/* The time of a line that shows none. */
static ww_time
time_before(const struct state *state)
{
	return state->dated ? state->midnight + state->clock : WW_NO_TIME;
}

/* A number of a date, with what parts it from the next. */
struct part {
	int value;
	unsigned digits;
};

/*
 * Which of the first two numbers is the day?  A number above 12 says so.  The
 * one order with the month first, M/d/yyyy, has slashes and never pads.
 */
static bool
is_day_first(const struct part *a, const struct part *b, char separator)
{
	bool padded = (a->digits == 2 && a->value < 10) ||
		      (b->digits == 2 && b->value < 10);

	if (a->value > 12 || b->value > 12)
		return a->value > 12;
	return separator != '/' || padded;
}

static ww_time
midnight_of(const struct part *p, char separator)
{
	struct ww_civil civil = { .hour = 0 };

	if (p[0].digits == 4) {
		civil.year = p[0].value;
		civil.month = p[1].value;
		civil.day = p[2].value;
	} else {
		bool day_first = is_day_first(&p[0], &p[1], separator);

		civil.year = p[2].value + (p[2].digits == 2 ? 2000 : 0);
		civil.month = p[day_first].value;
		civil.day = p[!day_first].value;
	}
	return ww_time_of(&civil);
}

/* 4/25/2015  25.4.2015  2015-04-25  25. 4. 2015 */
static bool
take_date(struct cursor *c, ww_time *retmidnight)
{
	struct part parts[3];
	char separator = '\0';

	for (unsigned i = 0; i < 3; i++) {
		parts[i].digits = take_number(c, 4, &parts[i].value);
		if (parts[i].digits == 0)
			return false;
		if (i == 2)
			break;
		if (i == 0)
			separator = peek(c);
		if ((separator != '/' && separator != '.' &&
		     separator != '-') ||
		    !take(c, separator))
			return false;
		skip_blanks(c);
	}
	*retmidnight = midnight_of(parts, separator);
	return *retmidnight != WW_NO_TIME;
}

/*
 * === Verbose logging started: 4/25/2015  4:25:27  Build type: … ===, in the
 * language of Windows.
 */
static bool
read_banner(struct ww_slice line, ww_time *retmidnight, ww_time *retclock)
{
	struct cursor c = { .text = line, .at = 4 };

	if (!ww_slice_starts(line, WW_LIT("=== ")))
		return false;
	while (c.at < line.len && !ww_is_digit(line.p[c.at]))
		c.at++;
	if (!take_date(&c, retmidnight))
		return false;
	take(&c, '.');
	skip_blanks(&c);
	return take_clock(&c, retclock);
}

/* MSI (s) (18:A8) [09:12:53:798]: */
struct prefix {
	uint32_t process, thread;
	bool timed; /* logs of Windows XP have no times here */
	ww_time clock;
	size_t len;
};

static bool
read_ids(struct cursor *c, struct prefix *ret)
{
	if (!take(c, ')') || !take(c, ' ') || !take(c, '(') ||
	    !take_id(c, &ret->process))
		return false;
	/* (pid!tid) speaks for a custom action. */
	if (!take(c, ':') && !take(c, '!') && !take(c, '@'))
		return false;
	return take_id(c, &ret->thread) && take(c, ')');
}

static bool
read_prefix(struct ww_slice line, struct prefix *ret)
{
	struct cursor c = { .text = line, .at = sizeof("MSI (s") - 1 };

	if (!ww_slice_starts(line, WW_LIT("MSI (")) || !read_ids(&c, ret))
		return false;
	ret->timed = take(&c, ' ') && take(&c, '[');
	if (ret->timed && (!take_clock(&c, &ret->clock) || !take(&c, ']')))
		return false;
	if (!take(&c, ':'))
		return false;
	take(&c, ' ');
	ret->len = c.at;
	return true;
}

/* Action start 4:25:27: INSTALL. and whatever else shows a clock early. */
static bool
find_clock(struct ww_slice line, ww_time *ret)
{
	struct cursor c = { .text = line };
	size_t reach = line.len < CLOCK_REACH ? line.len : CLOCK_REACH;
	const char *colon;

	if (line.p[0] == 'P') /* Property(S): there are thousands */
		return false;
	while (c.at < reach &&
	       (colon = memchr(line.p + c.at, ':', reach - c.at)) != NULL) {
		size_t at = (size_t)(colon - line.p);

		c.at = at;
		while (c.at > 0 && at - c.at < 2 &&
		       ww_is_digit(line.p[c.at - 1]))
			c.at--;
		if (c.at < at && take_clock(&c, ret) &&
		    (peek(&c) == ':' || peek(&c) == ' '))
			return true;
		c.at = at + 1;
	}
	return false;
}

/* A line without a prefix. */
static ww_time
plain_time(struct state *state, struct ww_slice line)
{
	ww_time midnight, clock;

	if (read_banner(line, &midnight, &clock))
		*state = (struct state){ true, midnight, clock, 0 };
	else if (find_clock(line, &clock))
		return time_of(state, clock);
	return time_before(state);
}

static bool
msi_parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *state = reader->state;
	struct prefix prefix = { .len = 0 };

	/* Empty and indented lines go on: the product of RunEngine, stacks. */
	if (line.len == 0 || ww_is_space(line.p[0]))
		return false;
	if (!read_prefix(line, &prefix)) {
		prefix = (struct prefix){ .len = 0 };
		ret->time = plain_time(state, line);
	} else {
		ret->time = prefix.timed ? time_of(state, prefix.clock)
					 : time_before(state);
	}
	ret->level = WW_LEVEL_NONE;
	ret->process = prefix.process;
	ret->thread = prefix.thread;
	ret->component =
	    ww_slice_of(line.p, prefix.len > 0 ? sizeof("MSI (s)") - 1 : 0);
	ret->text = ww_slice_from(line, prefix.len);
	return true;
}

/* How much a line speaks for this dialect. */
static unsigned
judge(struct ww_slice line)
{
	struct prefix prefix;
	ww_time midnight, clock;

	if (read_prefix(line, &prefix))
		return 30;
	if (read_banner(line, &midnight, &clock))
		return ww_slice_casehas(line, WW_LIT("logging started")) ||
			       ww_slice_casehas(line, WW_LIT("Build type:"))
			   ? 60
			   : 20;
	if (ww_slice_starts(line, WW_LIT("Action start ")) ||
	    ww_slice_starts(line, WW_LIT("Action ended ")) ||
	    ww_slice_starts(line, WW_LIT("Property(S): ")))
		return 20;
	return 0;
}

static unsigned
msi_sniff(struct ww_slice head)
{
	struct ww_slice line;
	unsigned sure = 0;

	for (unsigned i = 0; i < WW_HEAD_LINES && sure < 95; i++) {
		if (!ww_head_line(&head, &line))
			break;
		sure += judge(line);
	}
	return sure < 95 ? sure : 95;
}

const struct ww_dialect ww_dialect_msi = {
	.id = WW_DIALECT_MSI,
	.codes = WW_CODES_HEX,
	.state_size = sizeof(struct state),
	.sniff = msi_sniff,
	.parse = msi_parse,
};
