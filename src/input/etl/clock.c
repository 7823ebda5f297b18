#include "input/etl/clock.h"

#include "base/bytes.h"
#include "base/compiler.h"
#include "input/etl/bytes.h"

#include "base/banned.h"

/*
 * TRACE_LOGFILE_HEADER, behind the system header of 32 bytes.  Microsoft
 * describes it; its two names are pointers, which take four bytes in the
 * header of a kernel of 32 bits.
 */
enum {
	AT_END = 16,
	AT_POINTER = 44,
	AT_EVENTS_LOST = 48,
	AT_MHZ = 52,
	AT_NAMES = 56,
};

/* Behind the names: the zone, and aligned to eight bytes the rest. */
#define ZONE_SIZE 172
enum {
	AT_FREQUENCY = 8,
	AT_START = 16,
	AT_KIND = 24,
	AT_BUFFERS_LOST = 28,
	TAIL_SIZE = 32,
};

/* TIME_ZONE_INFORMATION */
enum {
	AT_BIAS = 0,
	AT_STANDARD = 68,
	AT_STANDARD_BIAS = 84,
	AT_DAYLIGHT = 152,
	AT_DAYLIGHT_BIAS = 168,
};

enum kind { PERFORMANCE_COUNTER = 1, SYSTEM_TIME = 2, CPU_CYCLES = 3 };

/* Clocks count no faster, and no trace lasts longer. */
#define FREQUENCY_MAX UINT64_C(100000000000)
#define SECONDS_MAX   UINT64_C(3200000000)

/* Zones are no further from UTC, summer time included. */
#define ZONE_MAX (15 * 60)

#define TICKS	 UINT64_C(10000000) /* in a second */

/* FILETIME of 2200. */
#define FILETIME_MAX UINT64_C(189025920000000000)

/* The zone's rule, "the last Sunday in March at 2", in a year. */
static bool
change_in(const uint8_t *rule, int year, ww_time *ret)
{
	struct ww_civil civil = {
		.year = year,
		.month = ww_load16(rule + 2),
		.day = 1,
		.hour = ww_load16(rule + 8),
		.minute = ww_load16(rule + 10),
	};
	int weekday = ww_load16(rule + 4), nth = ww_load16(rule + 6);
	ww_time first = ww_time_of(&civil);
	int first_weekday, day;

	/* With a year it is a date, which is no rule. */
	if (ww_load16(rule) != 0 || first == WW_NO_TIME || weekday > 6 ||
	    nth < 1 || nth > 5)
		return false;
	/* 1970 began on a Thursday. */
	first_weekday = (int)((first / WW_DAY + 4) % 7);
	day = (weekday - first_weekday + 7) % 7 + (nth - 1) * 7;
	civil.day += day;
	while ((*ret = ww_time_of(&civil)) == WW_NO_TIME)
		civil.day -= 7;
	return true;
}

/* Minutes that are added to local time to have UTC. */
static int
bias_at(const uint8_t *zone, ww_time utc)
{
	int bias = (int)ww_load32(zone + AT_BIAS);
	int standard = (int)ww_load32(zone + AT_STANDARD_BIAS);
	int daylight = (int)ww_load32(zone + AT_DAYLIGHT_BIAS);
	int year;
	ww_time from, to;
	bool summer;

	if (bias < -ZONE_MAX || bias > ZONE_MAX || standard < -ZONE_MAX ||
	    standard > ZONE_MAX || daylight < -ZONE_MAX || daylight > ZONE_MAX)
		return 0;
	year = ww_time_civil(utc - (bias + standard) * WW_MINUTE).year;
	if (!change_in(zone + AT_DAYLIGHT, year, &from) ||
	    !change_in(zone + AT_STANDARD, year, &to))
		return bias;
	from += (bias + standard) * WW_MINUTE;
	to += (bias + daylight) * WW_MINUTE;
	summer = from < to ? utc >= from && utc < to : utc >= from || utc < to;
	return bias + (summer ? daylight : standard);
}

static uint64_t
frequency_of(const uint8_t *tail, uint32_t mhz)
{
	uint64_t frequency = ww_load64(tail + AT_FREQUENCY);

	if (ww_load32(tail + AT_KIND) == CPU_CYCLES)
		frequency = mhz * UINT64_C(1000000);
	return frequency > FREQUENCY_MAX ? 0 : frequency;
}

static int
zone_of(const uint8_t *zone, uint64_t start)
{
	int minutes;

	if (start < WW_FILETIME_1970 || start > FILETIME_MAX)
		return 0;
	minutes = -bias_at(zone, ww_time_of_filetime(start));
	return minutes < -ZONE_MAX || minutes > ZONE_MAX ? 0 : minutes;
}

/* Behind all else, up to the end that the event gives itself. */
static struct ww_slice
names_of(struct ww_slice event, size_t at)
{
	size_t size = ww_load16(ww_etl_bytes(event) + 4);

	if (size < at || size > event.len)
		return (struct ww_slice){ 0 };
	return ww_slice_part(event, at, size - at);
}

bool
ww_etl_clock_read(struct ww_slice event, struct ww_etl_clock *ret)
{
	struct ww_slice header;
	const uint8_t *p, *zone, *tail;
	size_t pointer, at;

	if (!ww_slice_sub(event, WW_ETL_SYSTEM_SIZE, AT_NAMES, &header))
		return false;
	pointer = ww_load32(ww_etl_bytes(header) + AT_POINTER) == 4 ? 4 : 8;
	at = AT_NAMES + 2 * pointer;
	header = ww_slice_from(event, WW_ETL_SYSTEM_SIZE);
	if (header.len < ((at + ZONE_SIZE + 7) & ~(size_t)7) + TAIL_SIZE)
		return false;
	p = ww_etl_bytes(header);
	zone = p + at;
	tail = p + ((at + ZONE_SIZE + 7) & ~(size_t)7);
	*ret = (struct ww_etl_clock){
		.start = ww_load64(tail + AT_START),
		.counter = ww_load64(ww_etl_bytes(event) + 16),
		.frequency = frequency_of(tail, ww_load32(p + AT_MHZ)),
		.absolute = ww_load32(tail + AT_KIND) == SYSTEM_TIME,
		.zone = zone_of(zone, ww_load64(tail + AT_START)),
		.open = ww_load64(p + AT_END) == 0,
		.events_lost = ww_load32(p + AT_EVENTS_LOST),
		.buffers_lost = ww_load32(tail + AT_BUFFERS_LOST),
		.names = names_of(event, (size_t)(tail + TAIL_SIZE -
						  ww_etl_bytes(event))),
	};
	return true;
}

uint64_t
ww_etl_filetime(const struct ww_etl_clock *clock, uint64_t counter)
{
	bool before = counter < clock->counter;
	uint64_t counts, seconds, ticks;

	if (clock->absolute)
		return counter;
	if (clock->frequency == 0 || clock->start > FILETIME_MAX)
		return 0;
	counts = before ? clock->counter - counter : counter - clock->counter;
	seconds = counts / clock->frequency;
	if (seconds > SECONDS_MAX)
		return 0;
	/* Both factors are below 2^37 and 2^24. */
	ticks = seconds * TICKS +
		counts % clock->frequency * TICKS / clock->frequency;
	if (!before)
		return clock->start + ticks;
	return ticks > clock->start ? 0 : clock->start - ticks;
}

ww_time
ww_etl_local(const struct ww_etl_clock *clock, uint64_t filetime)
{
	if (filetime < WW_FILETIME_1970 || filetime > FILETIME_MAX)
		return WW_NO_TIME;
	return ww_time_of_filetime(filetime) + clock->zone * WW_MINUTE;
}
