/*
 * Change.log of a WSUS server: UTC, and what an administrator changed.
 */
#include "input/dialects.h"

#include "input/day.h"
#include "input/head.h"

#include "base/banned.h"

struct state {
	struct ww_stamp_day day;
};

static bool
change_parse(struct ww_reader *reader, struct ww_slice line,
	     struct ww_record *ret)
{
	struct state *state = reader->state;
	ww_time time;

	if (!ww_stamp_utc(&state->day, line, &time))
		return false;
	ret->time = time;
	ret->text = ww_slice_trim(ww_slice_from(line, WW_STAMP_UTC));
	return true;
}

/* Less sure than wsus.c, whose lines have a level behind the same stamp. */
static unsigned
change_sniff(struct ww_slice head)
{
	struct ww_stamp_day day = { .midnight = 0 };
	struct ww_slice line;
	unsigned sure = 0;
	ww_time time;

	for (unsigned i = 0; i < WW_HEAD_LINES && sure < 80; i++) {
		if (!ww_head_line(&head, &line))
			break;
		if (ww_stamp_utc(&day, line, &time))
			sure += 20;
	}
	return sure;
}

const struct ww_dialect ww_dialect_wsus_change = {
	.id = WW_DIALECT_WSUS_CHANGE,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
	.state_size = sizeof(struct state),
	.sniff = change_sniff,
	.parse = change_parse,
};
