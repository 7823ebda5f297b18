/*
 * Text logs of SetupAPI: setupapi.dev.log, setupapi.setup.log and their like.
 * What is done stands in sections, and as a rule only their first and last
 * lines tell the time, which is local; what stands between them takes that of
 * the first.  An entry has marks of its level, then a category, then blanks
 * that say how deep it is nested.
 */
#include "input/dialects.h"

#include "base/compiler.h"
#include "input/day.h"
#include "input/head.h"

#include "base/banned.h"

#define CATEGORY_MAX 3

#define MARKER	     3 /* >>> or <<< */

/* 2026/03/10 08:08:29.123 */
#define STAMP 23

struct state {
	bool timed; /* the section's time is known */
	ww_time time;
};

static bool
read_stamp(struct ww_slice s, ww_time *ret)
{
	const char *p = s.p;
	ww_time clock;
	int thousandths;

	if (s.len < STAMP || p[4] != '/' || p[7] != '/' || p[10] != ' ' ||
	    p[19] != '.' || !ww_stamp_clock(p + 11, &clock))
		return false;
	thousandths = ww_time_digits(p + 20, 3);
	*ret =
	    ww_time_of(&(struct ww_civil){ .year = ww_time_digits(p, 4),
					   .month = ww_time_digits(p + 5, 2),
					   .day = ww_time_digits(p + 8, 2) });
	if (*ret == WW_NO_TIME || thousandths < 0)
		return false;
	*ret += clock + thousandths * (WW_SECOND / 1000);
	return true;
}

/* The first time in a line of which little else is a number. */
static bool
find_stamp(struct ww_slice line, ww_time *ret)
{
	size_t at = 0;

	while (at < line.len && !ww_is_digit(line.p[at]))
		at++;
	return read_stamp(ww_slice_from(line, at), ret);
}

static bool
is_marker(struct ww_slice line)
{
	return ww_slice_starts(line, WW_LIT(">>>")) ||
	       ww_slice_starts(line, WW_LIT("<<<"));
}

static struct ww_slice
skip_blanks(struct ww_slice s)
{
	size_t n = 0;

	while (n < s.len && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return ww_slice_from(s, n);
}

/* >>>  [title], >>>  Section start, <<<  Section end, <<<  [Exit status … */
static void
parse_marker(struct state *state, struct ww_slice line, struct ww_record *ret)
{
	struct ww_slice rest = skip_blanks(ww_slice_from(line, MARKER));
	bool titled = line.p[0] == '>' && ww_slice_starts(rest, WW_LIT("["));

	/* A title may have numbers like a date, and stands before its time. */
	if (titled)
		state->timed = false;
	else if (ww_slice_casestarts(rest, WW_LIT("Section ")) ||
		 (rest.len > 0 && rest.p[0] != '['))
		state->timed = find_stamp(rest, &state->time) || state->timed;
	ret->time = state->timed ? state->time : WW_NO_TIME;
	ret->level = WW_LEVEL_INFO;
	ret->text = line;
}

/* Three letters or dots, "ui " with a blank; 0: there is no category. */
static size_t
category_len(struct ww_slice s)
{
	size_t n = 0;

	while (n < s.len && n < CATEGORY_MAX &&
	       (ww_is_alpha(s.p[n]) || s.p[n] == '.'))
		n++;
	if (n < 2)
		return 0;
	return n;
}

/* What stands behind "dvi: "; the whole when no category is there. */
static struct ww_slice
split_category(struct ww_slice s, struct ww_slice *retcategory)
{
	size_t n = category_len(s), colon = n;

	retcategory->len = 0;
	if (n == 2 && colon < s.len && s.p[colon] == ' ')
		colon++;
	if (n == 0 || colon >= s.len || s.p[colon] != ':' ||
	    (colon + 1 < s.len && s.p[colon + 1] != ' '))
		return s;
	*retcategory = ww_slice_of(s.p, n);
	return skip_blanks(ww_slice_from(s, colon + 1));
}

static size_t
count_marks(struct ww_slice line)
{
	size_t n = 0;

	while (n < line.len && line.p[n] == '!')
		n++;
	return n;
}

static void
parse_entry(const struct state *state, struct ww_slice line,
	    struct ww_record *ret)
{
	size_t marks = count_marks(line);
	struct ww_slice entry = skip_blanks(ww_slice_from(line, marks));

	ret->time = state->timed ? state->time : WW_NO_TIME;
	ret->level = marks == 0	  ? WW_LEVEL_INFO
		     : marks == 1 ? WW_LEVEL_WARNING
				  : WW_LEVEL_ERROR;
	ret->text = split_category(entry, &ret->component);
}

/* [Boot Session: 2026/03/10 08:08:29.123], [Device Install Log] */
static bool
is_bracketed(struct ww_slice line)
{
	return ww_slice_starts(line, WW_LIT("[Boot Session")) ||
	       ww_slice_starts(line, WW_LIT("[Device Install")) ||
	       ww_slice_starts(line, WW_LIT("[BeginLog]"));
}

static void
parse_bracketed(struct state *state, struct ww_slice line,
		struct ww_record *ret)
{
	state->timed = false;
	if (!find_stamp(line, &ret->time))
		ret->time = WW_NO_TIME;
	ret->level = WW_LEVEL_INFO;
	ret->text = line;
}

static bool
setupapi_parse(struct ww_reader *reader, struct ww_slice line,
	       struct ww_record *ret)
{
	if (ww_slice_trim(line).len == 0)
		return false;
	if (is_marker(line))
		parse_marker(reader->state, line, ret);
	else if (is_bracketed(line))
		parse_bracketed(reader->state, line, ret);
	else
		parse_entry(reader->state, line, ret);
	return true;
}

/* Python's prompts look like that, too. */
static bool
is_sure_marker(struct ww_slice line)
{
	struct ww_slice rest;

	if (!is_marker(line))
		return false;
	rest = skip_blanks(ww_slice_from(line, MARKER));
	return ww_slice_starts(rest, WW_LIT("[")) ||
	       ww_slice_starts(rest, WW_LIT("Section "));
}

/* Others have words and colons, too: those that SetupAPI itself writes. */
static const char *const categories[] = {
	"bak", "cci", "cmd", "cpy", "dvi", "dvs", "flq", "idb", "inf",
	"ndv", "pol", "prp", "reg", "set", "sig", "sto", "ump", "utl",
};

static bool
has_category(struct ww_slice line)
{
	struct ww_slice category;

	split_category(skip_blanks(ww_slice_from(line, count_marks(line))),
		       &category);
	for (size_t i = 0; i < WW_ARRAY_LEN(categories); i++)
		if (ww_slice_eq(category, ww_slice_cstr(categories[i])))
			return true;
	return false;
}

/* Sections, or entries alone, as somebody pastes them. */
static unsigned
setupapi_sniff(struct ww_slice head)
{
	unsigned lines = 0, entries = 0, marked = 0;
	struct ww_slice line;

	while (lines < WW_HEAD_LINES && ww_head_line(&head, &line)) {
		if (ww_slice_trim(line).len == 0)
			continue;
		if (ww_slice_starts(line, WW_LIT("[Device Install Log]")) ||
		    ww_slice_starts(line, WW_LIT("[Boot Session: ")))
			return 95;
		lines++;
		marked += is_sure_marker(line);
		entries += has_category(line);
	}
	if ((marked + entries) * 4 < lines * 3 || lines == 0)
		return 0;
	return marked > 0 ? 90 : entries > 1 ? 70 : 0;
}

const struct ww_dialect ww_dialect_setupapi = {
	.id = WW_DIALECT_SETUPAPI,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = setupapi_sniff,
	.parse = setupapi_parse,
};
