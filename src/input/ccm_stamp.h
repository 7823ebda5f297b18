/*
 * Times of Configuration Manager's logs: a clock with the minutes that lead to
 * UTC behind it, 08:52:46.657+240, and a date with the month first,
 * 07-14-2021.  Used by the readers of both its forms.
 */
#ifndef WW_INPUT_CCM_STAMP_H
#define WW_INPUT_CCM_STAMP_H

#include "base/slice.h"
#include "evidence/time.h"

/* Bytes of the longest date. */
#define WW_CCM_DATE 10

/* The day of the record before: nearly all share it.  Zeroed at first. */
struct ww_ccm_day {
	char text[WW_CCM_DATE];
	unsigned char len;
	ww_time midnight;
};

/*
 * The time of a record, on the clock of its file.  That is the clock of the
 * first record that says how far it is from UTC: with summer time that may
 * change within a file.  WW_NO_TIME when one of the two is no such thing.
 */
ww_time ww_ccm_time(struct ww_ccm_day *day, struct ww_zone *zone,
		    struct ww_slice date, struct ww_slice clock);

#endif
