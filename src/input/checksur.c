/*
 * CheckSUR.log of Windows Vista and 7: the System Update Readiness Tool's
 * own log, one run behind the other.
 */
#include "input/dialects.h"
#include "input/servicing.h"

#include "base/banned.h"

struct state {
	ww_time time; /* of the run, minutes; valid if known */
	bool known;
};

static unsigned
sniff_checksur(struct ww_slice head)
{
	return ww_servicing_block(head) == WW_BLOCK_TOOL ? 95 : 0;
}

/* 2010-08-13 13:26, alone on its line. */
static bool
read_stamp(struct ww_slice s, ww_time *ret)
{
	struct ww_civil civil = { .year = 0 };

	if (s.len != 16 || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != ' ' ||
	    s.p[13] != ':')
		return false;
	civil.year = ww_time_digits(s.p, 4);
	civil.month = ww_time_digits(s.p + 5, 2);
	civil.day = ww_time_digits(s.p + 8, 2);
	civil.hour = ww_time_digits(s.p + 11, 2);
	civil.minute = ww_time_digits(s.p + 14, 2);
	*ret = ww_time_of(&civil);
	return *ret != WW_NO_TIME;
}

/* (f) is a fault, (w) a warning, (fix) what was done about a fault. */
static enum ww_level
level_of(struct ww_slice text)
{
	if (ww_slice_starts(text, WW_LIT("(f)")))
		return WW_LEVEL_ERROR;
	if (ww_slice_starts(text, WW_LIT("(w)")))
		return WW_LEVEL_WARNING;
	return WW_LEVEL_INFO;
}

static bool
parse_checksur(struct ww_reader *reader, struct ww_slice line,
	       struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_slice text = ww_slice_trim(line);

	if (text.len == 0)
		return false;
	if (ww_servicing_is_title(text))
		s->known = false;
	if (read_stamp(text, &s->time))
		s->known = true;
	*ret = (struct ww_record){ .time = s->known ? s->time : WW_NO_TIME,
				   .level = level_of(text),
				   .component = ww_slice_of(text.p, 0),
				   .text = text };
	return true;
}

const struct ww_dialect ww_dialect_checksur = {
	.id = WW_DIALECT_CHECKSUR,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = sniff_checksur,
	.parse = parse_checksur,
};
