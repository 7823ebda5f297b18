/*
 * What dism prints, copied from a window or redirected to a file.
 */
#include "input/console.h"
#include "input/dialects.h"

#include "base/compiler.h"

#include "base/banned.h"

/* The first line of every run; the accent depends on the decoding. */
static const char *const titles[] = {
	"Deployment Image Servicing and Management tool",
	"Outil Gestion et maintenance des images de d",
};

static unsigned
sniff_dism_console(struct ww_slice head)
{
	return ww_console_has(head, titles, WW_ARRAY_LEN(titles)) ? 80 : 0;
}

static bool
parse_dism_console(struct ww_reader *reader, struct ww_slice line,
		   struct ww_record *ret)
{
	(void)reader;
	return ww_console_line(line, ret);
}

const struct ww_dialect ww_dialect_dism_console = {
	.id = WW_DIALECT_DISM_CONSOLE,
	.codes = WW_CODES_WORDS,
	.zone = WW_ZONE_ASSUMED,
	.sniff = sniff_dism_console,
	.parse = parse_dism_console,
};
