/*
 * Logs of a Configuration Manager site, in the form its servers write:
 *
 *	text~  $$<SMS_WSUS_SYNC_MANAGER><01-20-2014 12:18:09.123+300>
 *	<thread=1234 (0x4D2)>
 *
 * on one line unless the text has several.  Nothing marks where a record
 * begins but the end of the one before.
 */
#include "input/dialects.h"

#include "input/ccm_stamp.h"
#include "input/head.h"

#include "base/banned.h"

#define MARK WW_LIT("$$<")

/* The frame stands so near to the end of its line. */
#define FRAME_MAX 256

struct state {
	struct ww_ccm_day day;
	bool ended; /* the line before was the last of its record */
};

struct frame {
	struct ww_slice component, stamp, thread;
};

/* <text>, taken off.  False: the brackets are not there. */
static bool
take_bracket(struct ww_slice *s, struct ww_slice *ret)
{
	const char *end;

	if (s->len == 0 || s->p[0] != '<')
		return false;
	end = memchr(s->p, '>', s->len);
	if (end == NULL)
		return false;
	*ret = ww_slice_of(s->p + 1, (size_t)(end - s->p) - 1);
	*s = ww_slice_from(*s, ret->len + 2);
	return true;
}

static bool
read_frame(struct ww_slice s, struct frame *ret)
{
	return take_bracket(&s, &ret->component) &&
	       take_bracket(&s, &ret->stamp) &&
	       take_bracket(&s, &ret->thread) && s.len == 0;
}

/* Where the text's last MARK stands, near its end; its length without one. */
static size_t
find_mark(struct ww_slice text)
{
	size_t at = text.len > FRAME_MAX ? text.len - FRAME_MAX : 0;
	size_t last = text.len;
	const char *p;

	while ((p = memchr(text.p + at, '$', text.len - at)) != NULL) {
		at = (size_t)(p - text.p);
		if (ww_slice_starts(ww_slice_from(text, at), MARK))
			last = at;
		at++;
	}
	return last;
}

/* Where the text's frame begins; false when it ends in none. */
static bool
find_frame(struct ww_slice text, size_t *retat, struct frame *ret)
{
	if (text.len == 0 || text.p[text.len - 1] != '>')
		return false;
	*retat = find_mark(text);
	return *retat < text.len &&
	       read_frame(ww_slice_from(text, *retat + MARK.len - 1), ret);
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *state = reader->state;
	bool starts = !reader->pending || state->ended;
	struct frame frame;
	size_t at;

	state->ended = find_frame(ww_slice_trim(line), &at, &frame);
	if (starts)
		ret->text = line;
	return starts;
}

/* 01-20-2014 12:18:09.123+300 */
static ww_time
time_of(struct ww_ccm_day *day, struct ww_zone *zone, struct ww_slice stamp)
{
	const char *blank =
	    stamp.len == 0 ? NULL : memchr(stamp.p, ' ', stamp.len);
	size_t n = blank == NULL ? stamp.len : (size_t)(blank - stamp.p);

	return ww_ccm_time(day, zone, ww_slice_of(stamp.p, n),
			   ww_slice_trim(ww_slice_from(stamp, n)));
}

/* thread=1234 (0x4D2) */
static uint32_t
thread_of(struct ww_slice s)
{
	const struct ww_slice name = WW_LIT("thread=");
	uint32_t value = 0;

	if (!ww_slice_starts(s, name))
		return 0;
	for (size_t i = name.len; i < s.len && ww_is_digit(s.p[i]); i++)
		value = value * 10 + (uint32_t)(s.p[i] - '0');
	return value;
}

/* A tilde stands for the line break at the end. */
static struct ww_slice
without_tilde(struct ww_slice text)
{
	text = ww_slice_trim(text);
	if (text.len > 0 && text.p[text.len - 1] == '~')
		text.len--;
	return ww_slice_trim(text);
}

static void
complete(struct ww_reader *reader, struct ww_record *record)
{
	struct state *state = reader->state;
	struct ww_slice text = ww_slice_trim(record->text);
	struct frame frame;
	size_t at;

	record->raw = record->text = text;
	if (!find_frame(text, &at, &frame))
		return;
	record->raw = record->text = without_tilde(ww_slice_of(text.p, at));
	record->time = time_of(&state->day, &reader->zone, frame.stamp);
	record->component = frame.component;
	record->thread = thread_of(frame.thread);
}

static unsigned
sniff(struct ww_slice head)
{
	struct ww_zone zone = { .source = WW_ZONE_ASSUMED };
	struct ww_ccm_day day = { .len = 0 };
	struct ww_slice line;
	struct frame frame;
	size_t at;

	for (unsigned i = 0; i < WW_HEAD_LINES && ww_head_line(&head, &line);
	     i++)
		if (find_frame(ww_slice_trim(line), &at, &frame) &&
		    time_of(&day, &zone, frame.stamp) != WW_NO_TIME)
			return 95;
	return 0;
}

const struct ww_dialect ww_dialect_ccm_server = {
	.id = WW_DIALECT_CCM_SERVER,
	.codes = WW_CODES_MESSAGE,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
	.complete = complete,
};
