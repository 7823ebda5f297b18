/*
 * The generic reader: text that no other reader knows.  It finds time and
 * level where most programs write them; the rest is the message.
 */
#include "base/compiler.h"
#include "base/utf8.h"
#include "input/dialects.h"
#include "input/stamp.h"

#include "base/banned.h"

/* A stamp that begins later belongs to the message. */
#define STAMP_WITHIN 48

/* The level stands among the first words of the message. */
#define LEVEL_WITHIN	64
#define LEVEL_WORDS_MAX 4

/* So much of a file tells whether it is text. */
#define SNIFF_MAX ((size_t)16 * 1024)

/* Text has less than one control character in so many. */
#define CONTROLS_OF 32

/* A clock without a date that goes back so far has passed midnight. */
#define MIDNIGHT (WW_DAY / 2)

struct text_state {
	enum ww_date_order order;
	bool stamped;  /* the record before has a stamp in its head */
	ww_time day;   /* the last date's midnight, or WW_NO_TIME */
	ww_time clock; /* the last time of day */
	bool started;
};

struct level_word {
	const char *word;
	enum ww_level level;
};

static const struct level_word level_words[] = {
	{ "error", WW_LEVEL_ERROR },
	{ "err", WW_LEVEL_ERROR },
	{ "fatal", WW_LEVEL_ERROR },
	{ "critical", WW_LEVEL_ERROR },
	{ "severe", WW_LEVEL_ERROR },
	{ "failure", WW_LEVEL_ERROR },
	{ "fehler", WW_LEVEL_ERROR },
	{ "erreur", WW_LEVEL_ERROR },
	{ "errore", WW_LEVEL_ERROR },
	{ "erro", WW_LEVEL_ERROR },
	{ "fout", WW_LEVEL_ERROR },
	{ "fel", WW_LEVEL_ERROR },
	{ "virhe", WW_LEVEL_ERROR },
	{ "chyba", WW_LEVEL_ERROR },
	{ "hata", WW_LEVEL_ERROR },
	{ "warning", WW_LEVEL_WARNING },
	{ "warn", WW_LEVEL_WARNING },
	{ "warnung", WW_LEVEL_WARNING },
	{ "avertissement", WW_LEVEL_WARNING },
	{ "advertencia", WW_LEVEL_WARNING },
	{ "avviso", WW_LEVEL_WARNING },
	{ "aviso", WW_LEVEL_WARNING },
	{ "info", WW_LEVEL_INFO },
	{ "information", WW_LEVEL_INFO },
	{ "notice", WW_LEVEL_INFO },
	{ "debug", WW_LEVEL_VERBOSE },
	{ "verbose", WW_LEVEL_VERBOSE },
	{ "trace", WW_LEVEL_VERBOSE },
};

static bool
is_text_control(uint32_t c)
{
	/* Tab to carriage return, and the escapes of terminals. */
	return (c >= '\t' && c <= '\r') || c == 0x1B;
}

static unsigned
sniff(struct ww_slice head)
{
	size_t characters = 0, controls = 0;

	if (head.len > SNIFF_MAX)
		head.len = SNIFF_MAX;
	for (size_t at = 0; at < head.len; characters++) {
		uint32_t c;

		at += ww_utf8_decode(ww_slice_from(head, at), &c);
		controls += (c < 0x20 && !is_text_control(c)) ||
			    (c >= 0x7F && c < 0xA0);
	}
	return controls * CONTROLS_OF <= characters;
}

static bool
is_word_char(char c)
{
	return ww_is_alnum(c) || c == '_' || (unsigned char)c >= 0x80;
}

static enum ww_level
level_of(struct ww_slice word)
{
	char first = ww_fold(word.p[0]);

	for (size_t i = 0; i < WW_ARRAY_LEN(level_words); i++) {
		const struct level_word *w = &level_words[i];

		if (w->word[0] == first &&
		    ww_slice_casecmp(ww_slice_cstr(w->word), word) == 0)
			return w->level;
	}
	return WW_LEVEL_NONE;
}

static bool
is_capitals(struct ww_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.p[i] >= 'a' && word.p[i] <= 'z')
			return false;
	return true;
}

static char
char_at(struct ww_slice s, size_t at)
{
	return at < s.len ? s.p[at] : '\0';
}

/* [ERROR], <Warning>, |INFO| */
static bool
is_enclosed(struct ww_slice text, size_t at, size_t end)
{
	const char *open = "[<(|", *close = "]>)|";
	char before = at > 0 ? text.p[at - 1] : '\0';
	const char *p = before == '\0' ? NULL : strchr(open, before);

	return p != NULL && char_at(text, end) == close[p - open];
}

/*
 * The word of text from *at on, without what stands before it.  False: there
 * is none.
 */
static bool
next_word(struct ww_slice text, size_t *at, struct ww_slice *ret)
{
	size_t end;

	while (*at < text.len && !is_word_char(text.p[*at]))
		*at += 1;
	end = *at;
	while (end < text.len && is_word_char(text.p[end]))
		end++;
	*ret = ww_slice_part(text, *at, end - *at);
	return ret->len > 0;
}

/*
 * A word such as Error says the level when it is the first; further on it is
 * part of a sentence, unless in capitals or brackets.  *retend is behind it.
 */
static enum ww_level
find_level(struct ww_slice text, size_t *retend)
{
	struct ww_slice word;
	size_t at = 0;

	for (int n = 0; n < LEVEL_WORDS_MAX && next_word(text, &at, &word) &&
			at < LEVEL_WITHIN;
	     n++) {
		enum ww_level level = WW_LEVEL_NONE;
		size_t end = at + word.len;

		if (n == 0 || is_capitals(word) || is_enclosed(text, at, end))
			level = level_of(word);
		if (level != WW_LEVEL_NONE) {
			*retend = end;
			return level;
		}
		at = end;
	}
	return WW_LEVEL_NONE;
}

/* Brackets, blanks, commas: what fills the columns of a head. */
static struct ww_slice
skip_fill(struct ww_slice s)
{
	while (char_at(s, 0) != '\0' && strchr(" \t,;|:]>)-", s.p[0]) != NULL) {
		/* A minus belongs to its number. */
		if (s.p[0] == '-' && ww_is_alnum(char_at(s, 1)))
			break;
		s = ww_slice_from(s, 1);
	}
	return s;
}

/* Whether all before the message is a head: a level, numbers, brackets. */
static bool
is_head(struct ww_slice before)
{
	struct ww_slice word;

	for (size_t at = 0; next_word(before, &at, &word); at += word.len)
		if (level_of(word) == WW_LEVEL_NONE && !ww_is_digit(word.p[0]))
			return false;
	return true;
}

static bool
ends_column(struct ww_slice text, size_t at)
{
	char c = char_at(text, at), next = char_at(text, at + 1);

	return c == '\t' || c == '|' ||
	       (c == ' ' && (next == ' ' || next == '|' || next == '\t'));
}

/*
 * The message behind a level that stands in a column of its own.  "Error
 * 1603" keeps its first word: it says what the number is.
 */
static struct ww_slice
without_level(struct ww_slice text, size_t end)
{
	size_t start = end;

	while (start > 0 && is_word_char(text.p[start - 1]))
		start--;
	if (start > 1 ||
	    (!is_enclosed(text, start, end) && !ends_column(text, end)))
		return text;
	return skip_fill(ww_slice_from(text, end));
}

/* Seconds of a day on the last date seen; the clock may pass midnight. */
static ww_time
on_last_day(struct text_state *state, ww_time clock)
{
	if (state->day == WW_NO_TIME)
		return WW_NO_TIME;
	if (state->clock - clock > MIDNIGHT)
		state->day += WW_DAY;
	state->clock = clock;
	return state->day + clock;
}

/* The file's clock is that of its first stamp with a zone. */
static ww_time
on_file_clock(struct ww_zone *zone, const struct ww_stamp *stamp)
{
	if (!stamp->has_zone)
		return stamp->time;
	if (zone->source == WW_ZONE_ASSUMED)
		*zone = (struct ww_zone){ .source = WW_ZONE_STATED,
					  .minutes = stamp->zone_minutes };
	return stamp->time + (zone->minutes - stamp->zone_minutes) * WW_MINUTE;
}

static ww_time
time_of(struct ww_reader *reader, const struct ww_stamp *stamp)
{
	struct text_state *state = reader->state;
	ww_time time;

	if (!stamp->has_date)
		return on_last_day(state, stamp->time);
	time = on_file_clock(&reader->zone, stamp);
	state->clock = time % WW_DAY;
	if (state->clock < 0)
		state->clock += WW_DAY;
	state->day = time - state->clock;
	return time;
}

/* A line that goes on with a record: indented, or part of a stack trace. */
static bool
goes_on(struct ww_slice line)
{
	return line.len == 0 || line.p[0] == ' ' || line.p[0] == '\t' ||
	       ww_slice_starts(line, WW_LIT("at ")) ||
	       ww_slice_starts(line, WW_LIT("Caused by: "));
}

static void
read_message(struct ww_slice text, bool in_columns, struct ww_record *ret)
{
	enum ww_level level;
	size_t end;

	ret->text = text;
	level = find_level(text, &end);
	if (level == WW_LEVEL_NONE)
		return;
	ret->level = level;
	if (in_columns)
		ret->text = without_level(text, end);
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct text_state *state = reader->state;
	struct ww_slice text = line, before;
	struct ww_stamp stamp;
	bool found, head;
	size_t end;

	if (!state->started)
		state->day = WW_NO_TIME;
	state->started = true;
	found = ww_stamp_find(text, STAMP_WITHIN, &state->order, &stamp);
	before = ww_slice_of(text.p, found ? stamp.at : 0);
	head = found && is_head(before);
	if (!head && state->stamped && goes_on(text))
		return false;
	state->stamped = head;
	*ret = (struct ww_record){ .time = WW_NO_TIME };
	if (found)
		ret->time = time_of(reader, &stamp);
	if (head)
		text = skip_fill(ww_slice_from(text, stamp.at + stamp.len));
	read_message(text, head, ret);
	if (head && ret->level == WW_LEVEL_NONE)
		ret->level = find_level(before, &end);
	return true;
}

const struct ww_dialect ww_dialect_text = {
	.id = WW_DIALECT_TEXT,
	.codes = WW_CODES_WORDS,
	.zone = WW_ZONE_ASSUMED,
	.state_size = sizeof(struct text_state),
	.sniff = sniff,
	.parse = parse,
};
