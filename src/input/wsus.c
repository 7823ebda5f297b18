/*
 * SoftwareDistribution.log of a WSUS server: UTC, a level, the process with
 * its thread, the method that speaks, and what it says.  Stacks of .NET
 * exceptions follow on lines of their own.
 */
#include "input/dialects.h"

#include "base/compiler.h"
#include "input/day.h"
#include "input/head.h"

#include "base/banned.h"

struct state {
	struct ww_stamp_day day;
};

static const struct {
	const char *word;
	enum ww_level level;
} levels[] = {
	{ "Info", WW_LEVEL_INFO },
	{ "Warning", WW_LEVEL_WARNING },
	{ "Error", WW_LEVEL_ERROR },
	{ "Change", WW_LEVEL_INFO },
};

/*
 * The next field, taken off the line.  A tab parts fields; copies that went
 * through a web page have blanks.
 */
static struct ww_slice
take_field(struct ww_slice *rest)
{
	struct ww_slice field;
	size_t i = 0, start;

	while (i < rest->len && (rest->p[i] == '\t' || rest->p[i] == ' '))
		i++;
	for (start = i; i < rest->len; i++)
		if (rest->p[i] == '\t' || rest->p[i] == ' ')
			break;
	field = ww_slice_of(rest->p + start, i - start);
	*rest = ww_slice_from(*rest, i);
	return field;
}

static bool
read_level(struct ww_slice word, enum ww_level *ret)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(levels); i++) {
		if (!ww_slice_eq(word, ww_slice_cstr(levels[i].word)))
			continue;
		*ret = levels[i].level;
		return true;
	}
	return false;
}

/*
 * w3wp.7: the log names the process but gives no number; one made of the name
 * keeps the threads of two processes apart.
 */
static void
read_thread(struct ww_slice field, struct ww_record *ret)
{
	uint32_t thread = 0, name = 1;
	size_t dot = field.len;

	for (size_t i = 0; i < field.len; i++)
		if (field.p[i] == '.')
			dot = i;
	for (size_t i = 0; i < dot; i++)
		name = name * 31 + (unsigned char)field.p[i];
	for (size_t i = dot + 1; i < field.len; i++)
		if (ww_is_digit(field.p[i]))
			thread = thread * 10 + (unsigned)(field.p[i] - '0');
	ret->process = name & 0xffff;
	ret->thread = thread;
	ret->component = ww_slice_of(field.p, dot);
}

static bool
wsus_parse(struct ww_reader *reader, struct ww_slice line,
	   struct ww_record *ret)
{
	struct state *state = reader->state;
	struct ww_slice rest;
	enum ww_level level;
	ww_time time;

	if (!ww_stamp_utc(&state->day, line, &time))
		return false;
	rest = ww_slice_from(line, WW_STAMP_UTC);
	if (!read_level(take_field(&rest), &level))
		return false;
	ret->time = time;
	ret->level = level;
	read_thread(take_field(&rest), ret);
	while (rest.len > 0 && (rest.p[0] == '\t' || rest.p[0] == ' '))
		rest = ww_slice_from(rest, 1);
	ret->text = rest; /* Class.Method<TAB>what it says */
	return true;
}

static unsigned
wsus_sniff(struct ww_slice head)
{
	struct ww_stamp_day day = { .midnight = 0 };
	struct ww_slice line, rest;
	enum ww_level level;
	unsigned sure = 0;
	ww_time time;

	for (unsigned i = 0; i < WW_HEAD_LINES; i++) {
		if (!ww_head_line(&head, &line))
			break;
		if (!ww_stamp_utc(&day, line, &time))
			continue;
		rest = ww_slice_from(line, WW_STAMP_UTC);
		if (read_level(take_field(&rest), &level))
			sure += 30;
	}
	return sure < 95 ? sure : 95;
}

const struct ww_dialect ww_dialect_wsus = {
	.id = WW_DIALECT_WSUS,
	.codes = WW_CODES_MESSAGE,
	.zone = WW_ZONE_STATED,
	.state_size = sizeof(struct state),
	.sniff = wsus_sniff,
	.parse = wsus_parse,
};
