/*
 * setupact.log and setuperr.log, which Windows Setup leaves in each folder it
 * works from, and BlueBox.log: the grammar of CBS.log.  Sysprep, the recovery
 * environment and what else runs within Setup write them, too.
 */
#include "input/dialects.h"
#include "input/servicing.h"

#include "base/banned.h"

static unsigned
sniff_setup(struct ww_slice head)
{
	struct ww_servicing_head look = ww_servicing_look(head);

	if (ww_servicing_is_setup(&look))
		return look.stamped * 2 > look.lines ? 95 : 60;
	/* Smaller programs are no part, and no other log has such lines. */
	return look.plain * 2 > look.lines ? 60 : 0;
}

static bool
parse_setup(struct ww_reader *reader, struct ww_slice line,
	    struct ww_record *ret)
{
	return ww_servicing_line(reader->state, line, ret);
}

const struct ww_dialect ww_dialect_setup = {
	.id = WW_DIALECT_SETUP,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct ww_servicing_stamp),
	.sniff = sniff_setup,
	.parse = parse_setup,
};
