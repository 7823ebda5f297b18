/*
 * Time as logs write it.  A time is meant on the clock of the file it stands
 * in; only the time line, which knows each file's zone, compares two files.
 */
#ifndef WW_EVIDENCE_TIME_H
#define WW_EVIDENCE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Microseconds since 1970-01-01 00:00:00, without leap seconds. */
typedef int64_t ww_time;

#define WW_NO_TIME INT64_MIN
#define WW_SECOND  ((ww_time)1000000)
#define WW_MINUTE  (60 * WW_SECOND)
#define WW_DAY	   (WW_MINUTE * 60 * 24)

/* FILETIME counts 100 ns since 1601; what it is in 1970. */
#define WW_FILETIME_1970 UINT64_C(116444736000000000)

static inline ww_time
ww_time_of_filetime(uint64_t filetime)
{
	return (ww_time)(filetime / 10) - (ww_time)(WW_FILETIME_1970 / 10);
}

struct ww_civil {
	int year, month, day; /* 1601…9999, 1…12, 1…31 */
	int hour, minute, second;
	int microsecond;
};

/* WW_NO_TIME when a field is out of its range: 31 February is none. */
ww_time ww_time_of(const struct ww_civil *civil);

/* The reverse; time must not be WW_NO_TIME. */
struct ww_civil ww_time_civil(ww_time time);

/*
 * Exactly n decimal digits at p, which has that many bytes; -1 when one is
 * none.  n is at most 9.
 */
static inline int
ww_time_digits(const char *p, unsigned n)
{
	int value = 0;

	for (unsigned i = 0; i < n; i++) {
		if (!ww_is_digit(p[i]))
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	return value;
}

/*
 * Digits of a fraction of a second, however many, as microseconds: "0832690"
 * is 83269.  Returns how many digits were taken.
 */
unsigned ww_time_fraction(struct ww_slice text, int *retmicroseconds);

/* 2026-11-19 08:41:07, or nothing for WW_NO_TIME. */
void ww_time_add(struct ww_buf *out, ww_time time);

/* The same with a fraction of six digits, unless that is 0. */
void ww_time_add_exact(struct ww_buf *out, ww_time time);

/* How sure it is what a file's clock showed. */
enum ww_zone_source {
	WW_ZONE_ASSUMED, /* local time of a place nobody names */
	WW_ZONE_STATED,	 /* the log says it, or is always in UTC */
	WW_ZONE_DERIVED, /* worked out from lines that carry both times */
};

struct ww_zone {
	enum ww_zone_source source;
	int minutes; /* east of UTC; 0 while assumed */
};

#endif
