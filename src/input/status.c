/*
 * What commands say of the state of a machine, copied or redirected:
 *
 *	netsh winhttp show proxy
 *	dsregcmd /status
 *	systeminfo
 *	gpresult /r
 *	Get-HotFix, wmic qfe
 *
 * Each line is "key : value".  A record is a line, its blanks drawn
 * together: "AzureAdJoined : YES".  Lists of installed updates have as many
 * forms as commands that print them; each update becomes "HotFixID :
 *KB5044033".
 */
#include "base/compiler.h"
#include "input/compose.h"
#include "input/console.h"
#include "input/dialects.h"

#include "base/banned.h"

struct state {
	bool updates; /* a list of them has begun */
};

/* What one of them surely prints, in English and in French. */
static const char *const titles[] = {
	"Current WinHTTP proxy settings:",
	"Paramètres de proxy WinHTTP actuels",
	"AzureAdJoined : ",
	"OS Configuration:          ",
	"Registered Owner:          ",
	"Group Policy Result tool v",
	"HotFixID  ",
	"HotFixID=",
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

/* What stands above a list of updates, or before each. */
static bool
announces_updates(struct ww_slice text)
{
	return ww_slice_casehas(text, WW_LIT("HotFixID")) ||
	       ww_slice_casestarts(text, WW_LIT("Hotfix(s): "));
}

/* KB5044033, a word of the text; empty where none is one. */
static struct ww_slice
update_in(struct ww_slice text)
{
	const struct ww_slice mark = WW_LIT("KB");
	size_t at = 0, n;

	while (at < text.len) {
		struct ww_slice word = ww_slice_from(text, at);

		for (n = 0; n < word.len && ww_is_alnum(word.p[n]);)
			n++;
		word.len = n;
		if (word.len > mark.len && ww_slice_casestarts(word, mark) &&
		    ww_is_digit(word.p[mark.len]))
			return word;
		at += n + 1;
	}
	return (struct ww_slice){ 0 };
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct ww_composer c = ww_compose_in(reader);
	struct state *state = reader->state;
	struct ww_slice update;

	if (!ww_console_line(line, ret))
		return false;
	ret->text = draw_together(reader->composed, ret->text);
	state->updates = state->updates || announces_updates(ret->text);
	update = state->updates ? update_in(ww_slice_trim(line))
				: (struct ww_slice){ 0 };
	if (update.len == 0)
		return true;
	ww_compose(&c, WW_LIT("HotFixID : "));
	ww_compose(&c, update);
	ret->text = ww_composed(&c);
	return true;
}

const struct ww_dialect ww_dialect_status = {
	.id = WW_DIALECT_STATUS,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
};
