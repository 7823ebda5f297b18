/*
 * What sfc prints, copied from a window or redirected to a file.
 */
#include "input/console.h"
#include "input/dialects.h"

#include "base/compiler.h"

#include "base/banned.h"

/*
 * All verdicts name Windows Resource Protection, but for those that say why
 * nothing was checked.  The French names are those of sfc.exe.mui, which
 * uses two.
 */
static const char *const words[] = {
	"Windows Resource Protection ",
	"Beginning verification phase of system scan",
	"There is a system repair pending which requires",
	"in order to use the sfc utility",
	"protection des ressources Windows ",
};

static unsigned
sniff_sfc_console(struct ww_slice head)
{
	/* A file of both programs' output is read as dism's. */
	return ww_console_has(head, words, WW_ARRAY_LEN(words)) ? 75 : 0;
}

static bool
parse_sfc_console(struct ww_reader *reader, struct ww_slice line,
		  struct ww_record *ret)
{
	(void)reader;
	return ww_console_line(line, ret);
}

const struct ww_dialect ww_dialect_sfc_console = {
	.id = WW_DIALECT_SFC_CONSOLE,
	.codes = WW_CODES_WORDS,
	.zone = WW_ZONE_ASSUMED,
	.sniff = sniff_sfc_console,
	.parse = parse_sfc_console,
};
