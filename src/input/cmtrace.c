/*
 * Logs in the form that CMTrace shows: those of the Configuration Manager
 * client, of its task sequences and of its setup, and those of the Intune
 * Management Extension, which writes neither zone nor padding:
 *
 *	<![LOG[text]LOG]!><time="08:52:46.657+240" date="07-14-2021"
 *	component="WUAHandler" context="" type="1" thread="10472"
 *	file="a.cpp:8">
 *
 * all on one line unless the text has several.  What is known of a record
 * stands behind its text, so that it is read when its last line is known.  A
 * log is rotated by its size alone: it may begin with the rest of a record and
 * end within one.
 */
#include "input/dialects.h"

#include "base/compiler.h"
#include "input/ccm_stamp.h"
#include "input/head.h"

#include "base/banned.h"

#define OPEN  WW_LIT("<![LOG[")
#define CLOSE WW_LIT("]LOG]!><")

struct state {
	struct ww_ccm_day day;
};

/* What stands behind a text; NULL where the log has it not. */
struct frame {
	struct ww_slice time, date, component, type, thread;
};
#define FRAME_PARTS 5

/* Components of the Intune Management Extension. */
static const char *const intune[] = {
	"AgentExecutor",
	"AppActionProcessor",
	"AppWorkload",
	"ClientCertCheck",
	"ClientHealth",
	"DeviceHealthMonitoring",
	"HealthScripts",
	"IntuneManagementExtension",
	"Sensor",
	"Win32App",
	"Win32AppInventory",
};

/*
 * Where the first CLOSE stands; the end of the text when there is none.  Texts
 * are full of brackets, and have few exclamation marks.
 */
static size_t
find_close(struct ww_slice text)
{
	size_t before = sizeof("]LOG]") - 1, at = before;
	const char *p;

	for (; at < text.len; at++) {
		p = memchr(text.p + at, '!', text.len - at);
		if (p == NULL)
			break;
		at = (size_t)(p - text.p);
		if (ww_slice_starts(ww_slice_from(text, at - before), CLOSE))
			return at - before;
	}
	return text.len;
}

static size_t
find(struct ww_slice s, char c)
{
	const char *p = s.len == 0 ? NULL : memchr(s.p, c, s.len);

	return p == NULL ? s.len : (size_t)(p - s.p);
}

/*
 * time="08:52:46.657+240": the next of what stands between the angle brackets,
 * taken off.  False: it is no such thing, or was cut.
 */
static bool
take_attribute(struct ww_slice *s, struct ww_slice *retname,
	       struct ww_slice *retvalue)
{
	struct ww_slice rest = ww_slice_trim(*s);
	size_t n = find(rest, '=');

	*retname = ww_slice_of(rest.p, n);
	if (n + 1 >= rest.len || rest.p[n + 1] != '"')
		return false;
	rest = ww_slice_from(rest, n + 2);
	n = find(rest, '"');
	*retvalue = ww_slice_of(rest.p, n);
	*s = ww_slice_from(rest, n + 1);
	return n < rest.len;
}

static struct ww_slice *
place_of(struct frame *frame, struct ww_slice name)
{
	if (ww_slice_eq(name, WW_LIT("time")))
		return &frame->time;
	if (ww_slice_eq(name, WW_LIT("date")))
		return &frame->date;
	if (ww_slice_eq(name, WW_LIT("component")))
		return &frame->component;
	if (ww_slice_eq(name, WW_LIT("type")))
		return &frame->type;
	if (ww_slice_eq(name, WW_LIT("thread")))
		return &frame->thread;
	return NULL;
}

static void
read_frame(struct ww_slice rest, struct frame *ret)
{
	struct ww_slice name, value, *place;
	unsigned missing = FRAME_PARTS;

	rest = ww_slice_line(rest);
	while (missing > 0 && take_attribute(&rest, &name, &value)) {
		place = place_of(ret, name);
		if (place == NULL)
			continue;
		missing -= place->p == NULL;
		*place = value;
	}
}

static enum ww_level
level_of(struct ww_slice type)
{
	switch (type.len == 1 ? type.p[0] : '\0') {
	case '0':
		return WW_LEVEL_VERBOSE;
	case '1':
		return WW_LEVEL_INFO;
	case '2':
		return WW_LEVEL_WARNING;
	case '3':
		return WW_LEVEL_ERROR;
	default:
		return WW_LEVEL_NONE;
	}
}

static uint32_t
number_of(struct ww_slice digits)
{
	uint32_t value = 0;

	for (size_t i = 0; i < digits.len && ww_is_digit(digits.p[i]); i++)
		value = value * 10 + (uint32_t)(digits.p[i] - '0');
	return value;
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	bool opens = ww_slice_starts(line, OPEN);

	/* The rest of a record, with which the file begins, is one. */
	if (!opens && reader->pending)
		return false;
	ret->text = opens ? ww_slice_from(line, OPEN.len) : line;
	return true;
}

static void
complete(struct ww_reader *reader, struct ww_record *record)
{
	struct state *state = reader->state;
	size_t end = find_close(record->text);
	struct frame frame = { .time = { 0 } };

	if (end < record->text.len)
		read_frame(ww_slice_from(record->text, end + CLOSE.len),
			   &frame);
	record->text = ww_slice_trim(ww_slice_of(record->text.p, end));
	record->raw = record->text;
	record->time =
	    ww_ccm_time(&state->day, &reader->zone, frame.date, frame.time);
	record->component = frame.component;
	record->level = level_of(frame.type);
	record->thread = number_of(frame.thread);
}

/* The first frame of a head.  False: there is none. */
static bool
first_frame(struct ww_slice head, struct frame *ret)
{
	struct ww_slice line;
	size_t at;

	for (unsigned i = 0; i < WW_HEAD_LINES && ww_head_line(&head, &line);
	     i++) {
		at = find_close(line);
		if (at == line.len)
			continue;
		read_frame(ww_slice_from(line, at + CLOSE.len), ret);
		if (ret->time.len > 0)
			return true;
	}
	return false;
}

/* A log that ends within its first record, or one that is very long. */
static bool
begins_a_record(struct ww_slice head)
{
	return ww_slice_starts(ww_slice_trim(head), OPEN);
}

static unsigned
sniff_cmtrace(struct ww_slice head)
{
	struct frame frame = { .time = { 0 } };

	if (first_frame(head, &frame))
		return 95;
	return begins_a_record(head) ? 90 : 0;
}

static unsigned
sniff_intune(struct ww_slice head)
{
	struct frame frame = { .time = { 0 } };

	if (!first_frame(head, &frame))
		return 0;
	for (size_t i = 0; i < WW_ARRAY_LEN(intune); i++)
		if (ww_slice_eq(frame.component, ww_slice_cstr(intune[i])))
			return 97;
	return 0;
}

const struct ww_dialect ww_dialect_cmtrace = {
	.id = WW_DIALECT_CMTRACE,
	.codes = WW_CODES_MESSAGE,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = sniff_cmtrace,
	.parse = parse,
	.complete = complete,
};

const struct ww_dialect ww_dialect_intune = {
	.id = WW_DIALECT_INTUNE,
	.codes = WW_CODES_MESSAGE,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct state),
	.sniff = sniff_intune,
	.parse = parse,
	.complete = complete,
};
