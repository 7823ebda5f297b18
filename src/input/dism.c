/*
 * dism.log: the grammar of CBS.log, with process and thread in the text.
 */
#include "input/dialects.h"
#include "input/servicing.h"

#include "base/banned.h"

/* "DISM Component Store Provider: PID=": no manager's name is longer. */
#define PID_WITHIN 64

static unsigned
sniff_dism(struct ww_slice head)
{
	struct ww_servicing_head look = ww_servicing_look(head);

	/* Windows Setup quotes DISM; dism.log quotes nothing of Setup. */
	if (look.dism == 0 || look.setup > 0)
		return 0;
	return (look.dism + look.servicing) * 2 > look.stamped ? 95 : 60;
}

/* The number behind "PID=" or "TID=", which starts at `at`; 0 is none. */
static uint32_t
number_at(struct ww_slice text, size_t *at)
{
	uint32_t value = 0;

	for (; *at < text.len && ww_is_digit(text.p[*at]); ++*at)
		value = value * 10 + (uint32_t)(text.p[*at] - '0');
	return value;
}

/* DISM Package Manager: PID=5372 TID=12244 Failed … */
static void
read_ids(struct ww_record *record)
{
	struct ww_slice text = record->text;
	size_t n = text.len < PID_WITHIN ? text.len : PID_WITHIN;
	const char *mark = n == 0 ? NULL : memchr(text.p, '=', n);
	size_t at;

	if (mark == NULL || mark - text.p < 3 ||
	    memcmp(mark - 3, "PID", 3) != 0)
		return;
	at = (size_t)(mark - text.p) + 1;
	record->process = number_at(text, &at);
	if (!ww_slice_starts(ww_slice_from(text, at), WW_LIT(" TID=")))
		return;
	at += 5;
	record->thread = number_at(text, &at);
}

static bool
parse_dism(struct ww_reader *reader, struct ww_slice line,
	   struct ww_record *ret)
{
	struct ww_servicing_stamp *stamp = reader->state;

	if (!ww_servicing_line(stamp, line, ret))
		return false;
	read_ids(ret);
	return true;
}

const struct ww_dialect ww_dialect_dism = {
	.id = WW_DIALECT_DISM,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct ww_servicing_stamp),
	.sniff = sniff_dism,
	.parse = parse_dism,
};
