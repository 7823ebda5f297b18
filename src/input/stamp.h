/*
 * Time stamps in the many ways programs write them.  For the generic reader
 * and for any other whose log has more than one way.
 */
#ifndef WW_INPUT_STAMP_H
#define WW_INPUT_STAMP_H

#include "base/slice.h"
#include "evidence/time.h"

/* Where 11/10/2026 leaves open which is the month. */
enum ww_date_order {
	WW_DATE_UNKNOWN, /* month first, as in the United States */
	WW_DATE_MONTH_FIRST,
	WW_DATE_DAY_FIRST,
};

struct ww_stamp {
	size_t at, len; /* of the stamp, with brackets of its own */
	ww_time time;	/* without a date: on 1970-01-01 */
	bool has_date;
	bool has_zone;
	int zone_minutes; /* east of UTC */
};

/*
 * The first stamp that begins within the first `within` bytes of the line.
 * *order is what the file's dates have shown, and learns from this one when a
 * field above 12 cannot be the month.  A time without a date counts only at
 * the start of the line or in brackets, and with its seconds.
 */
bool ww_stamp_find(struct ww_slice line, size_t within,
		   enum ww_date_order *order, struct ww_stamp *ret);

/* The stamp that stands at the start of text, which is not empty. */
bool ww_stamp_at(struct ww_slice text, enum ww_date_order *order,
		 struct ww_stamp *ret);

#endif
