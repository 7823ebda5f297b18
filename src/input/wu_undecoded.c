#include "base/message.h"
#include "input/dialects.h"
#include "input/wu_line.h"

#include "base/banned.h"

/*
 * WindowsUpdate.log whose events are numbers only: the symbols that hold
 * their texts were not to be had when it was written.
 *
 *	1600.12.31 19:00:00.0000000 0     0                     Unknown( 12):
 *	GUID=d1317ae8-ec05-3e09-4a50-d3b2ce02f784 (No Format Information found).
 *
 * all on one line; the stamp is a zero on the local clock.  Trace tools write
 * the same without a stamp.
 */

static bool
is_undecoded(struct ww_slice line)
{
	static const struct ww_slice end = { "(No Format Information found)",
					     29 };
	struct ww_slice tail = line;

	/* A full stop and a quote may follow. */
	if (tail.len > end.len + 3)
		tail = ww_slice_from(tail, tail.len - end.len - 3);
	return ww_slice_casehas(tail, end);
}

/* A log of which a few texts are missing is read by wu.c. */
static unsigned
sniff(struct ww_slice head)
{
	unsigned share = ww_wu_share(head, is_undecoded);

	return share < 50 ? 0 : 50 + share / 2;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	if (line.len == 0)
		return false;
	if (is_undecoded(line))
		reader->undecoded = N_("the texts of its events could not be "
				       "looked up when it was written");
	*ret = (struct ww_record){ .time = WW_NO_TIME, .text = line };
	return true;
}

const struct ww_dialect ww_dialect_wu_undecoded = {
	.id = WW_DIALECT_WU_UNDECODED,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.sniff = sniff,
	.parse = parse,
};
