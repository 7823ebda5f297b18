/*
 * The clock of a trace: what its header says of it, and times of its events.
 */
#ifndef WW_INPUT_ETL_CLOCK_H
#define WW_INPUT_ETL_CLOCK_H

#include "base/slice.h"
#include "evidence/time.h"

struct ww_etl_clock {
	uint64_t start;	    /* FILETIME, in UTC, when the clock … */
	uint64_t counter;   /* … stood at this */
	uint64_t frequency; /* counts in a second; 0: not known */
	bool absolute;	    /* it counts like FILETIME */
	int zone;	    /* minutes east of UTC that the machine had */
	bool open;	    /* the trace was not ended */
	uint32_t events_lost, buffers_lost;
	struct ww_slice names; /* of session and file, UTF-16; borrowed */
};

/*
 * The trace's first event: the system header and behind it the header of the
 * file, TRACE_LOGFILE_HEADER.  False: it is too short for one.
 */
bool ww_etl_clock_read(struct ww_slice event, struct ww_etl_clock *ret);

/* FILETIME of an event; 0 when it is not known. */
uint64_t ww_etl_filetime(const struct ww_etl_clock *clock, uint64_t counter);

/* FILETIME in the zone of the machine, or WW_NO_TIME. */
ww_time ww_etl_local(const struct ww_etl_clock *clock, uint64_t filetime);

#endif
