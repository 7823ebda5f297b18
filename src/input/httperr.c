/*
 * Error log of HTTP.sys: requests that no worker process answered, in UTC.
 * What is matched is composed of the columns that are there:
 * POST /SimpleAuthWebService/SimpleAuth.asmx status 503 reason AppOffline
 * queue WsusPool
 */
#include "input/dialects.h"

#include "input/w3c.h"

#include "base/banned.h"

static unsigned
httperr_sniff(struct ww_slice head)
{
	return ww_w3c_names(head, WW_LIT("s-reason")) ? 95 : 0;
}

const struct ww_dialect ww_dialect_httperr = {
	.id = WW_DIALECT_HTTPERR,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
	.single_line = true,
	.state_size = sizeof(struct ww_w3c),
	.sniff = httperr_sniff,
	.parse = ww_w3c_parse,
};
