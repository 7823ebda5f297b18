/*
 * What Get-DeliveryOptimizationLog prints, in UTC.  Written to a file it is a
 * line for each entry, whose process and thread are hexadecimal; shown on a
 * console it is a list of properties, whose values are wrapped:
 *
 *	2026-03-10T07:03:16.9641605Z  AC8 4618     Info {CJob::Resume} text
 *
 *	TimeCreated : 3/10/2026 7:03:16 AM
 *	ProcessId   : 3000
 *	...
 *	Message     : text
 *	Function    : CJob::Resume
 */
#include "input/dialects.h"

#include "base/compiler.h"
#include "input/day.h"
#include "input/head.h"
#include "input/stamp.h"

#include "base/banned.h"

#define STAMP 28 /* 2022-02-05T00:03:16.9641605Z */

struct state {
	enum ww_date_order order;
};

static const struct ww_slice created = { "TimeCreated : ", 14 };

static bool
read_stamp(struct ww_slice line, ww_time *ret)
{
	const char *p = line.p;
	int hundreds, rest;
	ww_time clock;

	if (line.len <= STAMP || p[4] != '-' || p[7] != '-' || p[10] != 'T' ||
	    p[19] != '.' || p[27] != 'Z' || p[STAMP] != ' ')
		return false;
	hundreds = ww_time_digits(p + 20, 3);
	rest = ww_time_digits(p + 23, 4);
	if (hundreds < 0 || rest < 0 || !ww_stamp_clock(p + 11, &clock))
		return false;
	*ret =
	    ww_time_of(&(struct ww_civil){ .year = ww_time_digits(p, 4),
					   .month = ww_time_digits(p + 5, 2),
					   .day = ww_time_digits(p + 8, 2) });
	if (*ret == WW_NO_TIME)
		return false;
	*ret +=
	    clock + hundreds * (WW_SECOND / 1000) + rest * WW_SECOND / 10000000;
	return true;
}

/* The next word, taken off the line with the blanks before it. */
static struct ww_slice
take_word(struct ww_slice *line)
{
	struct ww_slice word;
	size_t n = 0;

	while (line->len > 0 && line->p[0] == ' ')
		*line = ww_slice_from(*line, 1);
	while (n < line->len && line->p[n] != ' ')
		n++;
	word = ww_slice_of(line->p, n);
	*line = ww_slice_from(*line, n);
	return word;
}

/* Up to eight digits of that base. */
static bool
read_number(struct ww_slice digits, unsigned base, uint32_t *ret)
{
	uint32_t v = 0;

	if (digits.len == 0 || digits.len > 8)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = ww_hex_value(digits.p[i]);

		if (digit < 0 || (unsigned)digit >= base)
			return false;
		v = v * base + (unsigned)digit;
	}
	*ret = v;
	return true;
}

static enum ww_level
level_of(struct ww_slice word)
{
	static const struct {
		const char *word;
		enum ww_level level;
	} levels[] = {
		{ "Error", WW_LEVEL_ERROR },
		{ "Warning", WW_LEVEL_WARNING },
		{ "Info", WW_LEVEL_INFO },
		{ "Verbose", WW_LEVEL_VERBOSE },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(levels); i++)
		if (ww_slice_eq(word, ww_slice_cstr(levels[i].word)))
			return levels[i].level;
	return WW_LEVEL_NONE;
}

/* time process thread level {function} text */
static bool
read_line(struct ww_slice line, struct ww_record *ret)
{
	struct ww_record r = { .time = WW_NO_TIME };
	const char *end;

	if (!read_stamp(line, &r.time))
		return false;
	line = ww_slice_from(line, STAMP);
	if (!read_number(take_word(&line), 16, &r.process) ||
	    !read_number(take_word(&line), 16, &r.thread))
		return false;
	r.level = level_of(take_word(&line));
	if (line.len < 2 || line.p[1] != '{' ||
	    (end = memchr(line.p, '}', line.len)) == NULL)
		return false;
	r.component = ww_slice_part(line, 2, (size_t)(end - line.p) - 2);
	r.text = ww_slice_from(line, (size_t)(end - line.p) + 1);
	if (r.text.len > 0)
		r.text = ww_slice_from(r.text, 1);
	*ret = r;
	return true;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *state = reader->state;
	struct ww_stamp stamp;
	struct ww_slice value;

	if (read_line(line, ret))
		return true;
	if (!ww_slice_starts(line, created))
		return false;
	value = ww_slice_trim(ww_slice_from(line, created.len));
	*ret = (struct ww_record){
		.time = WW_NO_TIME,
		.component = ww_slice_of(line.p, 0),
		.text = line,
	};
	if (value.len > 0 && ww_stamp_at(value, &state->order, &stamp) &&
	    stamp.has_date)
		ret->time = stamp.time;
	return true;
}

/* "Function    : CJob::Resume": the value, when the line names that. */
static bool
read_property(struct ww_slice line, struct ww_slice name, struct ww_slice *ret)
{
	if (!ww_slice_starts(line, name))
		return false;
	line = ww_slice_from(line, name.len);
	while (line.len > 0 && line.p[0] == ' ')
		line = ww_slice_from(line, 1);
	if (line.len == 0 || line.p[0] != ':')
		return false;
	*ret = ww_slice_trim(ww_slice_from(line, 1));
	return true;
}

/* The properties of a list; the message ends where the function stands. */
static void
complete(struct ww_reader *reader, struct ww_record *record)
{
	struct ww_slice rest = record->text, line, value;
	const char *begin = NULL, *end = NULL;
	uint64_t number = record->line;

	(void)reader;
	if (!ww_slice_starts(rest, created))
		return;
	for (; ww_head_line(&rest, &line); number++) {
		if (read_property(line, WW_LIT("ProcessId"), &value))
			read_number(value, 10, &record->process);
		else if (read_property(line, WW_LIT("ThreadId"), &value))
			read_number(value, 10, &record->thread);
		else if (read_property(line, WW_LIT("LevelName"), &value))
			record->level = level_of(value);
		else if (begin == NULL &&
			 read_property(line, WW_LIT("Message"), &value)) {
			begin = value.p;
			record->line = number;
		} else if (read_property(line, WW_LIT("Function"), &value)) {
			record->component = value;
			end = line.p;
		}
	}
	if (begin == NULL)
		return;
	if (end == NULL || end < begin)
		end = record->text.p + record->text.len;
	record->text = ww_slice_trim(ww_slice_of(begin, (size_t)(end - begin)));
	record->raw = record->text;
}

static unsigned
sniff(struct ww_slice head)
{
	struct ww_slice line, value;
	struct ww_record r;
	bool list = false;

	for (unsigned k = 0; k < WW_HEAD_LINES && ww_head_line(&head, &line);
	     k++) {
		if (read_line(line, &r) && r.level != WW_LEVEL_NONE)
			return 90;
		list = list || ww_slice_starts(line, created);
		if (list && read_property(line, WW_LIT("LevelName"), &value))
			return 90;
	}
	return 0;
}

const struct ww_dialect ww_dialect_dolog = {
	.id = WW_DIALECT_DOLOG,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_STATED,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
	.complete = complete,
};
