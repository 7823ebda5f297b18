/*
 * How busy a log was and when it told of failures: counts over time in a
 * fixed number of bars, which widen as the time they cover grows.
 */
#ifndef WW_EVIDENCE_ACTIVITY_H
#define WW_EVIDENCE_ACTIVITY_H

#include "evidence/time.h"

#define WW_BARS 64

struct ww_activity {
	ww_time width; /* of a bar; 0: nothing was counted */
	int64_t first; /* number of the first bar: its start / width */
	int bar;       /* the last that was counted in … */
	ww_time from;  /* … and where it starts */
	uint64_t records[WW_BARS];
	uint64_t failures[WW_BARS];
};

/* Go to the bar of that time, which widens all of them if it must. */
void ww_activity_enter(struct ww_activity *a, ww_time time);

/* Count records and failures at a time that is not WW_NO_TIME. */
static inline void
ww_activity_add(struct ww_activity *a, ww_time time, uint64_t records,
		uint64_t failures)
{
	/* Nearly always it is the bar of the time before. */
	if (time < a->from || time - a->from >= a->width)
		ww_activity_enter(a, time);
	a->records[a->bar] += records;
	a->failures[a->bar] += failures;
}

/* Count another's bars in, moved by `shift` microseconds. */
void ww_activity_merge(struct ww_activity *a, const struct ww_activity *other,
		       ww_time shift);

#endif
