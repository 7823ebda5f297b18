#include "input/servicing.h"

#include "base/compiler.h"
#include "input/head.h"

#include "base/banned.h"

/*
 * Columns, as Windows Setup's logger writes them.  Between level and
 * component an error may have its number: "Error      [0x01803e] CSI    ".
 */
#define LEVEL_AT     21
#define COMPONENT_AT 43
#define TEXT_AT	     50

/* "FatalError" is the longest level, "DEPLOY" the longest component. */
#define WORD_MAX 12

/* Lines before and behind the title of a block. */
#define BLOCK_WITHIN 12

/* Lines of a head that are looked at. */
#define LOOK_MAX 100

static bool
read_stamp(const char *p, ww_time *ret)
{
	struct ww_civil civil = {
		.year = ww_time_digits(p, 4),
		.month = ww_time_digits(p + 5, 2),
		.day = ww_time_digits(p + 8, 2),
		.hour = ww_time_digits(p + 11, 2),
		.minute = ww_time_digits(p + 14, 2),
		.second = ww_time_digits(p + 17, 2),
	};

	if (p[4] != '-' || p[7] != '-' || p[10] != ' ' || p[13] != ':' ||
	    p[16] != ':')
		return false;
	*ret = ww_time_of(&civil);
	return *ret != WW_NO_TIME;
}

static bool
take_stamp(struct ww_servicing_stamp *stamp, const char *p)
{
	ww_time time;

	if (stamp->known && memcmp(p, stamp->text, WW_SERVICING_STAMP) == 0)
		return true;
	if (!read_stamp(p, &time))
		return false;
	memcpy(stamp->text, p, WW_SERVICING_STAMP);
	stamp->time = time;
	stamp->known = true;
	return true;
}

static enum ww_level
level_of(char first)
{
	switch (first) {
	case 'I':
	case 'P': /* Perf */
		return WW_LEVEL_INFO;
	case 'W':
		return WW_LEVEL_WARNING;
	case 'E':
	case 'F': /* FatalError */
	case 'A': /* AssertFailed */
		return WW_LEVEL_ERROR;
	case 'V':
	case 'D':
		return WW_LEVEL_VERBOSE;
	default:
		return WW_LEVEL_NONE;
	}
}

static size_t
skip_blanks(struct ww_slice line, size_t at)
{
	while (at < line.len && (line.p[at] == ' ' || line.p[at] == '\t'))
		at++;
	return at;
}

/* The bytes of the word at `at`: up to a blank, or 0 when it is too long. */
static size_t
word_len(struct ww_slice line, size_t at)
{
	size_t n = 0;

	while (at + n < line.len && line.p[at + n] != ' ' &&
	       line.p[at + n] != '\t')
		if (++n > WORD_MAX)
			return 0;
	return n;
}

static bool
is_component(struct ww_slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.p[i] < 'A' || word.p[i] > 'Z')
			return false;
	return word.len > 0;
}

/* Blanks were lost on the way, as in a quoted line: word by word. */
static bool
split_loosely(struct ww_slice line, struct ww_slice *retcomponent,
	      struct ww_slice *rettext)
{
	size_t at = LEVEL_AT + word_len(line, LEVEL_AT);
	struct ww_slice word;

	if (at == LEVEL_AT)
		return false;
	at = skip_blanks(line, at);
	if (at < line.len && line.p[at] == '[')
		at = skip_blanks(line, at + word_len(line, at));
	word = ww_slice_part(line, at, word_len(line, at));
	if (!is_component(word))
		word.len = 0;
	*retcomponent = word;
	*rettext = ww_slice_from(line, skip_blanks(line, at + word.len));
	return true;
}

/*
 * findstr, asked for several files, puts the file's name before each line:
 * C:\Windows\Logs\CBS\CBS.log:2026-05-22 …
 */
static struct ww_slice
without_file_name(struct ww_slice line)
{
	const struct ww_slice mark = WW_LIT(".log:");
	size_t at = mark.len;
	const char *colon;

	if (line.len < mark.len || !ww_is_alpha(line.p[0]) ||
	    line.p[1] != ':' || line.p[2] != '\\')
		return line;
	while ((colon = memchr(line.p + at, ':', line.len - at)) != NULL) {
		at = (size_t)(colon - line.p) + 1;
		if (ww_slice_casestarts(ww_slice_from(line, at - mark.len),
					mark))
			return ww_slice_from(line, at);
	}
	return line;
}

/* Blanks between level and component, or an error's number. */
static bool
is_in_columns(struct ww_slice line)
{
	static const char blanks[] = "          ";
	const size_t n = sizeof(blanks) - 1;
	const char *gap;

	if (line.len < TEXT_AT || line.p[COMPONENT_AT - 1] != ' ' ||
	    line.p[TEXT_AT - 1] != ' ')
		return false;
	gap = line.p + COMPONENT_AT - 1 - n;
	return memcmp(gap, blanks, n) == 0 ||
	       (gap[0] == '[' && gap[n - 1] == ']');
}

static bool
split(struct ww_slice line, struct ww_slice *retcomponent,
      struct ww_slice *rettext)
{
	size_t end = COMPONENT_AT;

	if (!is_in_columns(line))
		return split_loosely(line, retcomponent, rettext);
	while (end < TEXT_AT && line.p[end] != ' ')
		end++;
	*retcomponent = ww_slice_part(line, COMPONENT_AT, end - COMPONENT_AT);
	*rettext = ww_slice_from(line, TEXT_AT);
	return true;
}

bool
ww_servicing_line(struct ww_servicing_stamp *stamp, struct ww_slice line,
		  struct ww_record *ret)
{
	struct ww_slice component, text;

	if (line.len > 0 && !ww_is_digit(line.p[0]))
		line = without_file_name(line);
	if (line.len <= LEVEL_AT || line.p[WW_SERVICING_STAMP] != ',' ||
	    line.p[LEVEL_AT - 1] != ' ' || !take_stamp(stamp, line.p) ||
	    !split(line, &component, &text))
		return false;
	*ret = (struct ww_record){ .time = stamp->time,
				   .level = level_of(line.p[LEVEL_AT]),
				   .component = component,
				   .text = text };
	return true;
}

static const char *const servicing[] = { "CBS", "CSI",	  "DPX", "SXS",
					 "WER", "DEPLOY", NULL };
static const char *const setup[] = { "CONX",   "DIAG",	"IBS", "IBSLIB",
				     "MIG",    "MOUPG", "SP",  "PANTHR",
				     "SYSPRP", "UI",	NULL };

static bool
is_one_of(struct ww_slice component, const char *const *names)
{
	for (; *names != NULL; names++)
		if (ww_slice_eq(component, ww_slice_cstr(*names)))
			return true;
	return false;
}

struct ww_servicing_head
ww_servicing_look(struct ww_slice head)
{
	struct ww_servicing_head look = { .lines = 0 };
	struct ww_servicing_stamp stamp = { .known = false };
	struct ww_slice line;
	struct ww_record record;

	while (look.lines < LOOK_MAX && ww_head_line(&head, &line)) {
		if (ww_slice_trim(line).len == 0)
			continue;
		look.lines++;
		if (!ww_servicing_line(&stamp, line, &record))
			continue;
		look.stamped++;
		look.servicing += is_one_of(record.component, servicing);
		look.setup += is_one_of(record.component, setup);
		look.plain += record.component.len == 0 &&
			      record.text.p == line.p + TEXT_AT;
		look.dism += ww_slice_eq(record.component, WW_LIT("DISM"));
	}
	return look;
}

bool
ww_servicing_is_title(struct ww_slice line)
{
	return ww_slice_starts(line,
			       WW_LIT("Checking System Update Readiness"));
}

enum ww_servicing_block
ww_servicing_block(struct ww_slice head)
{
	enum ww_servicing_block ret = WW_BLOCK_NONE;
	struct ww_slice line;

	for (unsigned n = 0; n < BLOCK_WITHIN && ww_head_line(&head, &line);
	     n++) {
		line = ww_slice_trim(line);
		if (line.len == 0 || line.p[0] == '=')
			continue;
		/* The tool goes on with its own version. */
		if (ret == WW_BLOCK_CHECK)
			return ww_slice_starts(line, WW_LIT("Binary Version"))
				   ? WW_BLOCK_TOOL
				   : WW_BLOCK_CHECK;
		if (!ww_servicing_is_title(line))
			return WW_BLOCK_NONE;
		ret = WW_BLOCK_CHECK;
	}
	return ret;
}
