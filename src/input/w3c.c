#include "input/w3c.h"

#include <assert.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "input/head.h"

#include "base/banned.h"

/* What is longer is cut, so that what follows it always has room. */
#define PATH_SHOWN  1500
#define VALUE_SHOWN 64

/* What a column may hold for us. */
enum field {
	DATE,
	TIME,
	METHOD,
	PATH, /* cs-uri-stem, or cs-uri with its query */
	STATUS,
	SUBSTATUS,
	WIN32,
	TOOK,
	REASON,
	QUEUE,
	FIELDS,
	OTHER = FIELDS
};

/* The last place takes what is not wanted. */
struct columns {
	struct ww_slice p[FIELDS + 1]; /* an empty slice where there is none */
	ww_time time;
};

#define WORD_MAX 16

struct word {
	char text[WORD_MAX]; /* with the blanks around it */
	unsigned char len;
	unsigned char field;
};

#define WORD(s, f)                                            \
	{                                                     \
		.text = s, .len = sizeof(s) - 1, .field = (f) \
	}

/* What stands in a message behind method and path, if the log has it. */
static const struct word words[] = {
	WORD(" status ", STATUS), WORD(" substatus ", SUBSTATUS),
	WORD(" win32 ", WIN32),	  WORD(" took ", TOOK),
	WORD(" reason ", REASON), WORD(" queue ", QUEUE),
};

/* Method, blank, path, and each word with its value. */
static_assert(VALUE_SHOWN + 1 + PATH_SHOWN +
		      WW_ARRAY_LEN(words) * (WORD_MAX + VALUE_SHOWN) <=
		  WW_COMPOSED_MAX,
	      "a composed message fits");

static const struct {
	const char *name;
	enum field field;
} known[] = {
	{ "date", DATE },
	{ "time", TIME },
	{ "cs-method", METHOD },
	{ "cs-uri-stem", PATH },
	{ "cs-uri", PATH },
	{ "sc-status", STATUS },
	{ "sc-substatus", SUBSTATUS },
	{ "sc-win32-status", WIN32 },
	{ "time-taken", TOOK },
	{ "s-reason", REASON },
	{ "s-queuename", QUEUE },
};

/*
 * The next column, taken off the line.  Runs of blanks part columns too: an
 * empty user name would otherwise move all that follow.
 */
static struct ww_slice
take_first(struct ww_slice *rest)
{
	const char *p = rest->p, *end = rest->p + rest->len, *blank;
	struct ww_slice column;

	while (p < end && *p == ' ')
		p++;
	blank = p == end ? NULL : memchr(p, ' ', (size_t)(end - p));
	column = ww_slice_of(p, (size_t)((blank == NULL ? end : blank) - p));
	*rest = ww_slice_of(p + column.len, (size_t)(end - p) - column.len);
	return column;
}

static struct ww_slice
take_last(struct ww_slice *rest)
{
	const char *p = rest->p + rest->len, *end;

	while (p > rest->p && p[-1] == ' ')
		p--;
	for (end = p; p > rest->p && p[-1] != ' ';)
		p--;
	*rest = ww_slice_of(rest->p, (size_t)(p - rest->p));
	return ww_slice_of(p, (size_t)(end - p));
}

static enum field
field_of(struct ww_slice name)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(known); i++)
		if (ww_slice_casecmp(ww_slice_cstr(known[i].name), name) == 0)
			return known[i].field;
	return OTHER;
}

/* The longest run of columns that are not wanted parts left from right. */
static void
part_columns(struct ww_w3c *w3c)
{
	unsigned run = 0, longest = 0, end = 0;

	for (unsigned i = 0; i < w3c->n_columns; i++) {
		run = w3c->columns[i] == OTHER ? run + 1 : 0;
		if (run > longest) {
			longest = run;
			end = i + 1;
		}
	}
	w3c->left = longest > 0 ? end - longest : w3c->n_columns;
	w3c->right = longest > 0 ? w3c->n_columns - end : 0;
}

/* #Fields: date time c-ip … */
static void
read_fields(struct ww_w3c *w3c, struct ww_slice names)
{
	unsigned n = 0;

	while (n < WW_W3C_COLUMNS) {
		struct ww_slice name = take_first(&names);

		if (name.len == 0)
			break;
		w3c->columns[n++] = (unsigned char)field_of(name);
	}
	w3c->n_columns = n;
	part_columns(w3c);
}

static void
read_directive(struct ww_w3c *w3c, struct ww_slice line)
{
	size_t fields = sizeof("#Fields:") - 1, date = sizeof("#Date: ") - 1;

	if (ww_slice_starts(line, WW_LIT("#Fields:")))
		read_fields(w3c, ww_slice_from(line, fields));
	/* The day of lines that have a time only. */
	else if (ww_slice_starts(line, WW_LIT("#Date: ")) &&
		 line.len >= date + WW_STAMP_DATE)
		ww_stamp_date(&w3c->day, line.p + date);
}

static ww_time
read_time(struct ww_w3c *w3c, const struct columns *line)
{
	struct ww_slice date = line->p[DATE];
	struct ww_slice clock = line->p[TIME];
	ww_time since_midnight;

	if (date.len > 0 &&
	    (date.len != WW_STAMP_DATE || !ww_stamp_date(&w3c->day, date.p)))
		return WW_NO_TIME;
	if (w3c->day.text[0] == '\0' || clock.len != WW_STAMP_CLOCK ||
	    !ww_stamp_clock(clock.p, &since_midnight))
		return WW_NO_TIME;
	return w3c->day.midnight + since_midnight;
}

/*
 * Date and time begin nearly every line, and are of one length: returns how
 * many columns were read.
 */
static unsigned
read_stamp(const struct ww_w3c *w3c, struct ww_slice *line, struct columns *ret)
{
	static const size_t clock = WW_STAMP_DATE + 1;
	static const size_t end = WW_STAMP_DATE + 1 + WW_STAMP_CLOCK;

	if (w3c->left < 2 || w3c->columns[0] != DATE ||
	    w3c->columns[1] != TIME || line->len <= end ||
	    line->p[clock - 1] != ' ' || line->p[end] != ' ')
		return 0;
	ret->p[DATE] = ww_slice_of(line->p, WW_STAMP_DATE);
	ret->p[TIME] = ww_slice_of(line->p + clock, WW_STAMP_CLOCK);
	*line = ww_slice_from(*line, end);
	return 2;
}

static bool
is_number(struct ww_slice value)
{
	if (value.len == 1 && value.p[0] == '-')
		return true;
	for (size_t i = 0; i < value.len; i++)
		if (!ww_is_digit(value.p[i]))
			return false;
	return true;
}

/*
 * In a line that was cut, other columns stand where numbers should: then none
 * of them is what it seems to be.
 */
static void
check_numbers(struct columns *line)
{
	static const enum field numbers[] = { STATUS, SUBSTATUS, WIN32, TOOK };
	bool good = true;

	for (size_t i = 0; i < WW_ARRAY_LEN(numbers); i++)
		good = good && is_number(line->p[numbers[i]]);
	for (size_t i = 0; i < WW_ARRAY_LEN(numbers) && !good; i++)
		line->p[numbers[i]].len = 0;
}

/*
 * False: a directive, which has been followed, or no line of this kind of log.
 */
static bool
read_columns(struct ww_w3c *w3c, struct ww_slice line, struct columns *ret)
{
	if (line.len == 0)
		return false;
	if (line.p[0] == '#') {
		read_directive(w3c, line);
		return false;
	}
	memset(ret->p, 0, sizeof(ret->p));
	for (unsigned i = read_stamp(w3c, &line, ret); i < w3c->left; i++)
		ret->p[w3c->columns[i]] = take_first(&line);
	for (unsigned i = w3c->n_columns; i > w3c->n_columns - w3c->right; i--)
		ret->p[w3c->columns[i - 1]] = take_last(&line);
	check_numbers(ret);
	ret->time = read_time(w3c, ret);
	return ret->time != WW_NO_TIME;
}

/*
 * A text's first bytes, or a dash; returns where they end.  For a memcpy()
 * of so few bytes gcc makes a rep movs of it, which is slow to start.
 */
static char *
put(char *out, struct ww_slice text, size_t most)
{
	text = ww_utf8_cut(text, most);
	if (text.len == 0)
		*out = '-';
	else
		memmove(out, text.p, text.len);
	return out + (text.len == 0 ? 1 : text.len);
}

static char *
put_word(char *out, const struct word *word, struct ww_slice value)
{
	memcpy(out, word->text, WORD_MAX);
	out = put(out + word->len, value, VALUE_SHOWN);
	return word->field == TOOK ? put(out, WW_LIT(" ms"), 3) : out;
}

static struct ww_slice
compose(struct ww_reader *reader, const struct columns *line)
{
	char *out = put(reader->composed, line->p[METHOD], VALUE_SHOWN);

	*out++ = ' ';
	out = put(out, line->p[PATH], PATH_SHOWN);
	for (size_t i = 0; i < WW_ARRAY_LEN(words); i++)
		if (line->p[words[i].field].len > 0)
			out = put_word(out, &words[i], line->p[words[i].field]);
	return ww_slice_of(reader->composed, (size_t)(out - reader->composed));
}

static uint32_t
thread_of(struct ww_slice path)
{
	uint32_t h = 1;

	for (size_t i = 1; i < path.len; i++) {
		if (path.p[i] == '/' || path.p[i] == '?')
			break;
		h = h * 31 + (unsigned char)ww_fold(path.p[i]);
	}
	return h;
}

bool
ww_w3c_parse(struct ww_reader *reader, struct ww_slice line,
	     struct ww_record *ret)
{
	struct columns columns;

	if (!read_columns(reader->state, line, &columns))
		return false;
	ret->time = columns.time;
	ret->thread = thread_of(columns.p[PATH]);
	ret->text = compose(reader, &columns);
	return true;
}

bool
ww_w3c_names(struct ww_slice head, struct ww_slice column)
{
	struct ww_slice line, name;

	for (unsigned i = 0; i < WW_HEAD_LINES; i++) {
		if (!ww_head_line(&head, &line))
			break;
		if (!ww_slice_starts(line, WW_LIT("#Fields:")))
			continue;
		do {
			name = take_first(&line);
			if (ww_slice_casecmp(name, column) == 0)
				return true;
		} while (name.len > 0);
	}
	return false;
}
