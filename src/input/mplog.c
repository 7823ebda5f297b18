/*
 * MPLog-*.log of Microsoft Defender Antivirus: what its engine and service
 * did.  Lines begin with a time in UTC; blocks between them, such as scans,
 * threat actions and the configuration, have none, or tell a local time
 * within.  A line of a block is a record without a time.
 */
#include "input/dialects.h"

#include "input/day.h"
#include "input/head.h"

#include "base/banned.h"

#define STAMP 24 /* 2022-11-23T09:10:55.472Z */

static bool
read_stamp(struct ww_slice line, ww_time *ret)
{
	const char *p = line.p;
	int thousandths;
	ww_time clock;

	if (line.len < STAMP || p[4] != '-' || p[7] != '-' || p[10] != 'T' ||
	    p[19] != '.' || p[23] != 'Z' ||
	    (line.len > STAMP && p[STAMP] != ' '))
		return false;
	thousandths = ww_time_digits(p + 20, 3);
	if (thousandths < 0 || !ww_stamp_clock(p + 11, &clock))
		return false;
	*ret =
	    ww_time_of(&(struct ww_civil){ .year = ww_time_digits(p, 4),
					   .month = ww_time_digits(p + 5, 2),
					   .day = ww_time_digits(p + 8, 2) });
	if (*ret == WW_NO_TIME)
		return false;
	*ret += clock + thousandths * (WW_SECOND / 1000);
	return true;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	ww_time time = WW_NO_TIME;

	(void)reader;
	line = ww_slice_trim(line);
	if (read_stamp(line, &time))
		line = ww_slice_trim(ww_slice_from(line, STAMP));
	if (line.len == 0)
		return false;
	ret->time = time;
	ret->text = line;
	return true;
}

/* What only this log says, right behind a time or in a line of its own. */
static const char *const words[] = {
	"ProcessImageName: ",
	"DETECTIONEVENT MPSOURCE_",
	"DETECTION_ADD",
	"DETECTION_CLEANEVENT MPSOURCE_",
	"DETECTION ",
	"[RTP] ",
	"[Mini-filter] ",
	"[MpRtp] ",
	"[Cloud] ",
	"SDN:",
	"Engine:",
	"Filter caching disabled for ",
};

static const char *const blocks[] = {
	"Begin Resource Scan",
	"Beginning threat actions",
	"BEGIN BM telemetry",
	"****************************RTP Perf Log",
};

static bool
starts(struct ww_slice line, const char *const *known, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_starts(line, ww_slice_cstr(known[i])))
			return true;
	return false;
}

static unsigned
sniff(struct ww_slice head)
{
	struct ww_slice line;
	unsigned own = 0;
	ww_time time;

	for (unsigned k = 0; k < WW_HEAD_LINES && ww_head_line(&head, &line);
	     k++) {
		line = ww_slice_trim(line);
		if (read_stamp(line, &time))
			own += starts(ww_slice_trim(ww_slice_from(line, STAMP)),
				      words, WW_ARRAY_LEN(words));
		else
			own += 2 * starts(line, blocks, WW_ARRAY_LEN(blocks));
	}
	return own >= 2 ? 95 : own == 1 ? 80 : 0;
}

const struct ww_dialect ww_dialect_mplog = {
	.id = WW_DIALECT_MPLOG,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
	.single_line = true,
	.sniff = sniff,
	.parse = parse,
};
