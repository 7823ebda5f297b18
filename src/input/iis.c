/*
 * W3C logs of IIS: one request a line, in UTC.  What is matched is composed
 * of the columns that are there:
 * POST /ClientWebService/client.asmx status 503 substatus 0 win32 0 took 9 ms
 */
#include "input/dialects.h"

#include "base/compiler.h"
#include "input/w3c.h"

#include "base/banned.h"

static const struct ww_w3c_word words[] = {
	WW_W3C_WORD(" status ", WW_W3C_STATUS),
	WW_W3C_WORD(" substatus ", WW_W3C_SUBSTATUS),
	WW_W3C_WORD(" win32 ", WW_W3C_WIN32),
	WW_W3C_WORD(" took ", WW_W3C_TOOK),
};

static bool
iis_parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct ww_w3c_line columns;

	if (!ww_w3c_read(reader->state, line, &columns))
		return false;
	ret->time = columns.time;
	ret->thread = ww_w3c_thread(columns.p[WW_W3C_PATH]);
	ret->text =
	    ww_w3c_compose(reader, &columns, words, WW_ARRAY_LEN(words));
	return true;
}

/* Other W3C logs, of a firewall or of Exchange, have no request. */
static unsigned
iis_sniff(struct ww_slice head)
{
	if (ww_w3c_names(head, WW_LIT("s-reason")))
		return 0;
	if (ww_w3c_names(head, WW_LIT("cs-uri-stem")))
		return 95;
	return ww_w3c_names(head, WW_LIT("sc-status")) ? 85 : 0;
}

const struct ww_dialect ww_dialect_iis = {
	.id = WW_DIALECT_IIS,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
	.single_line = true,
	.state_size = sizeof(struct ww_w3c),
	.sniff = iis_sniff,
	.parse = iis_parse,
};
