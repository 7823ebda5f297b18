#include "input/wu_line.h"

#include "base/banned.h"

/* What is looked at to tell the kind of a log. */
#define SNIFFED_LINES 64

/* A thread's column is five wide; more blanks than that, and one is empty. */
#define COLUMN_MAX 6

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A word that white space or the end of the line follows. */
static struct ww_slice
take_component(struct ww_wu_cursor *c)
{
	size_t end = c->at;
	struct ww_slice word;

	while (end < c->line.len && (ww_is_alnum(c->line.p[end])))
		end++;
	if (end < c->line.len && !is_blank(c->line.p[end]) &&
	    c->line.p[end] != ',')
		return (struct ww_slice){ 0 };
	word = ww_slice_part(c->line, c->at, end - c->at);
	c->at = end;
	return word;
}

/* What the older agents put before a text: "  * WARNING: ". */
static bool
is_bullet(char c)
{
	switch (c) {
	case ' ':
	case '\t':
	case '*':
	case '#':
	case '+':
	case '-':
	case ':':
	case '=':
		return true;
	default:
		return false;
	}
}

enum ww_level
ww_wu_level(struct ww_slice text)
{
	size_t i = 0;
	char first = text.len == 0 ? 'A' : text.p[0];

	/* Nearly all texts begin with some other letter. */
	if (first != 'W' && first != 'F' && ww_is_alnum(first))
		return WW_LEVEL_NONE;
	while (i < text.len && is_bullet(text.p[i]))
		i++;
	if (ww_slice_starts(text, WW_LIT("*FAILED*")))
		return WW_LEVEL_WARNING;
	text = ww_slice_from(text, i);
	if (ww_slice_starts(text, WW_LIT("WARNING: ")))
		return WW_LEVEL_WARNING;
	return ww_slice_starts(text, WW_LIT("FATAL: ")) ? WW_LEVEL_ERROR
							: WW_LEVEL_NONE;
}

bool
ww_wu_body(struct ww_wu_cursor *c, unsigned thread_base, struct ww_record *ret)
{
	uint32_t process, thread;
	size_t gap;

	ww_wu_gap(c);
	if (!ww_wu_number(c, 10, &process) || ww_wu_gap(c) == 0 ||
	    !ww_wu_number(c, thread_base, &thread))
		return false;
	gap = ww_wu_gap(c);
	if (gap == 0)
		return false;
	ret->component =
	    gap <= COLUMN_MAX ? take_component(c) : (struct ww_slice){ 0 };
	ww_wu_gap(c);
	ret->process = process;
	ret->thread = thread;
	ret->text = ww_wu_rest(c);
	ret->level = ww_wu_level(ret->text);
	return true;
}

ww_time
ww_wu_time(const struct ww_civil *civil)
{
	return civil->year < WW_WU_YEAR_MIN ? WW_NO_TIME : ww_time_of(civil);
}

unsigned
ww_wu_share(struct ww_slice head, bool (*is)(struct ww_slice line))
{
	unsigned lines = 0, hits = 0;

	while (head.len > 0 && lines < SNIFFED_LINES) {
		const char *end = memchr(head.p, '\n', head.len);
		size_t len = end == NULL ? head.len : (size_t)(end - head.p);
		struct ww_slice line = ww_slice_trim(ww_slice_of(head.p, len));

		head = ww_slice_from(head, end == NULL ? len : len + 1);
		/* The last line may be cut, unless it is the only one. */
		if (line.len == 0 || (end == NULL && lines > 0))
			continue;
		lines++;
		hits += is(line);
	}
	return lines == 0 ? 0 : hits * 100 / lines;
}
