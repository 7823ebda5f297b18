/*
 * Error log of HTTP.sys: requests that no worker process answered, in UTC.
 * What is matched is composed of the columns that are there:
 * POST /SimpleAuthWebService/SimpleAuth.asmx status 503 reason AppOffline
 * queue WsusPool
 */
#include "input/dialects.h"

#include "base/compiler.h"
#include "input/w3c.h"

#include "base/banned.h"

static const struct ww_w3c_word words[] = {
	WW_W3C_WORD(" status ", WW_W3C_STATUS),
	WW_W3C_WORD(" reason ", WW_W3C_REASON),
	WW_W3C_WORD(" queue ", WW_W3C_QUEUE),
};

static bool
httperr_parse(struct ww_reader *reader, struct ww_slice line,
	      struct ww_record *ret)
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
	.parse = httperr_parse,
};
