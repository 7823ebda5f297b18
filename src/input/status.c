/*
 * What commands say of the state of a machine, copied or redirected:
 *
 *	netsh winhttp show proxy
 *	dsregcmd /status
 *	systeminfo
 *	gpresult /r
 *
 * Each line is "key : value".  A record is a line, its blanks drawn
 * together: "AzureAdJoined : YES".
 */
#include "base/compiler.h"
#include "input/console.h"
#include "input/dialects.h"

#include "base/banned.h"

/* What one of them surely prints, in English and in French. */
static const char *const titles[] = {
	"Current WinHTTP proxy settings:",
	"Paramètres de proxy WinHTTP actuels",
	"AzureAdJoined : ",
	"OS Configuration:          ",
	"Registered Owner:          ",
	"Group Policy Result tool v",
};

static unsigned
sniff(struct ww_slice head)
{
	return ww_console_has(head, titles, WW_ARRAY_LEN(titles)) ? 85 : 0;
}

/* Runs of blanks become one. */
static struct ww_slice
draw_together(char room[WW_COMPOSED_MAX], struct ww_slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < WW_COMPOSED_MAX; i++)
		if (!ww_is_space(s.p[i]))
			room[n++] = s.p[i];
		else if (n > 0 && room[n - 1] != ' ')
			room[n++] = ' ';
	return ww_slice_of(room, n);
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	if (!ww_console_line(line, ret))
		return false;
	ret->text = draw_together(reader->composed, ret->text);
	return true;
}

const struct ww_dialect ww_dialect_status = {
	.id = WW_DIALECT_STATUS,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.sniff = sniff,
	.parse = parse,
};
