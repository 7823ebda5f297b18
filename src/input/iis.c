/*
 * W3C logs of IIS: one request a line, in UTC.  What is matched is composed
 * of the columns that are there:
 * POST /ClientWebService/client.asmx status 503 substatus 0 win32 0 took 9 ms
 */
#include "input/dialects.h"

#include "input/w3c.h"

#include "base/banned.h"

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
	.parse = ww_w3c_parse,
};
