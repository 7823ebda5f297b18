/*
 * pfirewall.log: packets that Windows Firewall dropped or let through, one a
 * line, in local time.  What is matched is the line without its time:
 * DROP TCP 192.0.2.10 192.0.2.1 50112 8530 52 S 1 0 64240 - - - SEND
 */
#include "input/dialects.h"

#include "input/day.h"
#include "input/w3c.h"

#include "base/banned.h"

#define STAMP (WW_STAMP_DATE + 1 + WW_STAMP_CLOCK)

struct state {
	struct ww_stamp_day day;
};

static bool
firewall_parse(struct ww_reader *reader, struct ww_slice line,
	       struct ww_record *ret)
{
	struct state *state = reader->state;
	ww_time clock;

	if (line.len <= STAMP || line.p[WW_STAMP_DATE] != ' ' ||
	    line.p[STAMP] != ' ' || !ww_stamp_date(&state->day, line.p) ||
	    !ww_stamp_clock(line.p + WW_STAMP_DATE + 1, &clock))
		return false;
	ret->time = state->day.midnight + clock;
	ret->text = ww_slice_from(line, STAMP + 1);
	return true;
}

/* No other W3C log has the flags of TCP. */
static unsigned
firewall_sniff(struct ww_slice head)
{
	return ww_w3c_names(head, WW_LIT("tcpflags")) ? 95 : 0;
}

const struct ww_dialect ww_dialect_firewall = {
	.id = WW_DIALECT_FIREWALL,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = firewall_sniff,
	.parse = firewall_parse,
};
