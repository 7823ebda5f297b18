/*
 * What the update client's logs have in common: how a line begins, and which
 * words in it tell its level.  Used by their readers only.
 */
#ifndef WW_INPUT_WU_LINE_H
#define WW_INPUT_WU_LINE_H

#include "evidence/record.h"

/* Where a line is being read. */
struct ww_wu_cursor {
	struct ww_slice line;
	size_t at;
};

/* The text from where the cursor stands to the end of the line. */
static inline struct ww_slice
ww_wu_rest(const struct ww_wu_cursor *c)
{
	return ww_slice_from(c->line, c->at);
}

/* One to eight digits of that base, 10 or 16.  False: there are none. */
static inline bool
ww_wu_number(struct ww_wu_cursor *c, unsigned base, uint32_t *ret)
{
	size_t start = c->at, left = c->line.len - start;
	size_t end = start + (left < 8 ? left : 8);
	uint32_t value = 0;

	while (c->at < end) {
		unsigned digit = (unsigned)ww_hex_value(c->line.p[c->at]);

		if (digit >= base)
			break;
		value = value * base + digit;
		c->at++;
	}
	*ret = value;
	return c->at > start;
}

/* Pass over blanks and tabs, and over one comma among them; how many. */
static inline size_t
ww_wu_gap(struct ww_wu_cursor *c)
{
	size_t start = c->at;
	bool comma = false;

	for (; c->at < c->line.len; c->at++) {
		char here = c->line.p[c->at];

		if (here == ',' && !comma)
			comma = true;
		else if (here != ' ' && here != '\t')
			break;
	}
	return c->at - start;
}

/* Two digits, as stamps have them; *bad becomes 1 when one is none. */
static inline int
ww_wu_two(const char *p, unsigned *bad)
{
	unsigned tens = (unsigned)(p[0] - '0'), units = (unsigned)(p[1] - '0');

	*bad |= (tens > 9) | (units > 9);
	return (int)(tens * 10 + units);
}

/* The same for three. */
static inline int
ww_wu_three(const char *p, unsigned *bad)
{
	unsigned units = (unsigned)(p[2] - '0');

	*bad |= units > 9;
	return ww_wu_two(p, bad) * 10 + (int)units;
}

/* 2021-08-28 11:05:07 with any separators, in so many bytes. */
#define WW_WU_STAMP_LEN 19
static inline struct ww_civil
ww_wu_civil(const char *p, unsigned *bad)
{
	return (struct ww_civil){
		.year = ww_wu_two(p, bad) * 100 + ww_wu_two(p + 2, bad),
		.month = ww_wu_two(p + 5, bad),
		.day = ww_wu_two(p + 8, bad),
		.hour = ww_wu_two(p + 11, bad),
		.minute = ww_wu_two(p + 14, bad),
		.second = ww_wu_two(p + 17, bad),
	};
}

/* What the text tells of its level. */
enum ww_level ww_wu_level(struct ww_slice text);

/*
 * Read from the process on: process and thread, component, text.  The thread
 * is a number of that base.  Indentation before the text is passed over.
 */
bool ww_wu_body(struct ww_wu_cursor *c, unsigned thread_base,
		struct ww_record *ret);

/*
 * A time, unless it is from before there were update clients: the years
 * around 1601 are what a zero becomes.
 */
#define WW_WU_YEAR_MIN 1995
ww_time ww_wu_time(const struct ww_civil *civil);

/* How many of a hundred lines at the start of head are such as `is` says. */
unsigned ww_wu_share(struct ww_slice head, bool (*is)(struct ww_slice line));

#endif
