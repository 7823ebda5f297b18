/*
 * mrt.log of the Malicious Software Removal Tool: a block for each run, which
 * tells the time, local, when it starts and when it ends.
 */
#include "input/dialects.h"

#include "input/head.h"
#include "input/stamp.h"

#include "base/banned.h"

struct state {
	bool timed; /* the run has told a time */
	ww_time time;
};

static const struct ww_slice title = {
	"Microsoft Windows Malicious Software Removal Tool", 49
};

static bool
is_rule(struct ww_slice line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == '-')
		n++;
	return n == line.len;
}

/* Started On Sun Jun  5 23:53:36 2022; "… Tool Finished On" likewise. */
static bool
read_time(struct ww_slice line, ww_time *ret)
{
	const struct ww_slice on = WW_LIT("ed On ");
	enum ww_date_order order = WW_DATE_UNKNOWN;
	struct ww_stamp stamp;
	size_t at = 0;

	while (at < line.len && !ww_slice_starts(ww_slice_from(line, at), on))
		at++;
	if (at == line.len)
		return false;
	line = ww_slice_from(line, at + on.len);
	if (line.len == 0 || !ww_stamp_at(line, &order, &stamp) ||
	    !stamp.has_date)
		return false;
	*ret = stamp.time;
	return true;
}

static bool
mrt_parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *state = reader->state;

	line = ww_slice_trim(line);
	if (is_rule(line))
		return false;
	if (ww_slice_starts(line, title))
		state->timed = false;
	if (ww_slice_starts(line, WW_LIT("Started On ")) ||
	    ww_slice_starts(line, title))
		state->timed = read_time(line, &state->time) || state->timed;
	ret->time = state->timed ? state->time : WW_NO_TIME;
	ret->text = line;
	return true;
}

static unsigned
mrt_sniff(struct ww_slice head)
{
	struct ww_slice line;

	for (unsigned i = 0; i < WW_HEAD_LINES && ww_head_line(&head, &line);
	     i++)
		if (ww_slice_starts(line, title))
			return 95;
	return 0;
}

const struct ww_dialect ww_dialect_mrt = {
	.id = WW_DIALECT_MRT,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = mrt_sniff,
	.parse = mrt_parse,
};
