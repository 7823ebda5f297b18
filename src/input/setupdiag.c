/*
 * What SetupDiag found, in one of its three formats: text, XML or JSON.  A
 * record is a line, and its message is the same for all of them:
 *
 *	ProfileName = FindSPFatalError
 *	HostOSVersion = 10.0.19045
 *	Error: SetupDiag reports Fatal Error.
 */
#include "base/compiler.h"
#include "input/compose.h"
#include "input/console.h"
#include "input/dialects.h"

#include "base/banned.h"

static const char *const titles[] = {
	"Matching Profile found: ",
	"<SetupDiag xmlns",
	"\"ProfileGuid\":",
	"SetupDiag was unable to match",
};

static unsigned
sniff(struct ww_slice head)
{
	return ww_console_has(head, titles, WW_ARRAY_LEN(titles)) ? 90 : 0;
}

/* A key and what it holds. */
struct pair {
	struct ww_slice key, value;
};

static size_t
key_length(struct ww_slice s)
{
	size_t n = 0;

	while (n < s.len && ww_is_alnum(s.p[n]))
		n++;
	return n;
}

/* <ProfileName>FindSPFatalError</ProfileName>; the end may be missing. */
static bool
read_element(struct ww_slice line, struct pair *ret)
{
	const char *end;
	size_t n;

	if (line.len < 3 || line.p[0] != '<')
		return false;
	n = key_length(ww_slice_from(line, 1));
	if (n == 0 || n + 1 >= line.len || line.p[n + 1] != '>')
		return false;
	ret->key = ww_slice_part(line, 1, n);
	ret->value = ww_slice_from(line, n + 2);
	end = ret->value.len == 0 ? NULL
				  : memchr(ret->value.p, '<', ret->value.len);
	if (end != NULL)
		ret->value.len = (size_t)(end - ret->value.p);
	return true;
}

/* "ProfileName":"FindSPFatalError", */
static bool
read_member(struct ww_slice line, struct pair *ret)
{
	const struct ww_slice mark = WW_LIT("\":\"");
	size_t n;

	if (line.len < 2 || line.p[0] != '"')
		return false;
	n = key_length(ww_slice_from(line, 1));
	if (n == 0 || !ww_slice_starts(ww_slice_from(line, n + 1), mark))
		return false;
	ret->key = ww_slice_part(line, 1, n);
	ret->value = ww_slice_from(line, n + 1 + mark.len);
	while (ret->value.len > 0 && (ret->value.p[ret->value.len - 1] == ',' ||
				      ret->value.p[ret->value.len - 1] == '"'))
		ret->value.len--;
	return true;
}

/* Matching Profile found: FindSPFatalError - A4028172-… */
static bool
read_profile(struct ww_slice line, struct pair *ret)
{
	const struct ww_slice mark = WW_LIT("Matching Profile found: ");

	if (!ww_slice_starts(line, mark))
		return false;
	ret->key = WW_LIT("ProfileName");
	ret->value = ww_slice_from(line, mark.len);
	ret->value.len = key_length(ret->value);
	return true;
}

static struct ww_slice
compose(struct ww_reader *reader, const struct pair *pair)
{
	struct ww_composer c = ww_compose_in(reader);

	ww_compose(&c, pair->key);
	ww_compose(&c, WW_LIT(" = "));
	ww_compose(&c, pair->value);
	return ww_composed(&c);
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct pair pair;

	if (!ww_console_line(line, ret))
		return false;
	if (read_element(ret->text, &pair) || read_member(ret->text, &pair) ||
	    read_profile(ret->text, &pair))
		ret->text = compose(reader, &pair);
	return true;
}

const struct ww_dialect ww_dialect_setupdiag = {
	.id = WW_DIALECT_SETUPDIAG,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.sniff = sniff,
	.parse = parse,
};
