/*
 * Stamps of the server logs: 2026-11-19 08:41:07.  Nearly all lines of a log
 * share their day with the line before, which makes the date a comparison.
 */
#ifndef WW_INPUT_DAY_H
#define WW_INPUT_DAY_H

#include "base/slice.h"
#include "evidence/time.h"

#define WW_STAMP_DATE  10 /* bytes of 2026-11-19 */
#define WW_STAMP_CLOCK 8  /* bytes of 08:41:07 */

/* The day of the line before; zeroed at the start of a file. */
struct ww_stamp_day {
	char text[WW_STAMP_DATE];
	ww_time midnight;
};

/* Whether a date stands at p, which has WW_STAMP_DATE bytes; sets the day. */
bool ww_stamp_date(struct ww_stamp_day *day, const char *p);

/* Likewise for a clock time, as microseconds since midnight. */
bool ww_stamp_clock(const char *p, ww_time *ret);

/* 2026-11-19 08:41:07.157 UTC, with which WSUS begins its lines. */
#define WW_STAMP_UTC 27
bool ww_stamp_utc(struct ww_stamp_day *day, struct ww_slice line, ww_time *ret);

#endif
