#include "evidence/event.h"

#include "base/banned.h"

/* Defender names its fields by several: Current Engine Version. */
#define NAME_WORDS_MAX 5

/* How long "name = " is at the start of s; 0 when it stands not there. */
static size_t
name_length(struct ww_slice s)
{
	const struct ww_slice equals = WW_LIT(" = ");
	size_t n = 0;

	for (unsigned words = 0; words < NAME_WORDS_MAX; words++) {
		size_t start = n;

		while (n < s.len && (ww_is_alnum(s.p[n]) || s.p[n] == '_'))
			n++;
		if (n == start || n == s.len)
			return 0;
		if (ww_slice_starts(ww_slice_from(s, n), equals))
			return n + equals.len;
		if (s.p[n++] != ' ')
			return 0;
	}
	return 0;
}

/* Where the next c is, from *at on; false when there is none. */
static bool
find_byte(struct ww_slice s, char c, size_t *at)
{
	const char *p = *at < s.len ? memchr(s.p + *at, c, s.len - *at) : NULL;

	if (p != NULL)
		*at = (size_t)(p - s.p);
	return p != NULL;
}

/* Up to the next name. */
static struct ww_slice
value_at(struct ww_slice s)
{
	for (size_t i = 0; find_byte(s, ',', &i); i++)
		if (s.len - i > 2 && s.p[i + 1] == ' ' &&
		    name_length(ww_slice_from(s, i + 2)) > 0)
			return ww_slice_trim(ww_slice_of(s.p, i));
	return ww_slice_trim(s);
}

/* Whether the name, and nothing else of a word, stands before `at`. */
static bool
is_name_before(struct ww_slice s, size_t at, struct ww_slice name)
{
	size_t start;

	if (at < name.len)
		return false;
	start = at - name.len;
	return (start == 0 || s.p[start - 1] == ' ') &&
	       ww_slice_casestarts(ww_slice_from(s, start), name);
}

struct ww_slice
ww_told_event_field(const struct ww_told_event *e, struct ww_slice name)
{
	struct ww_slice s = e->text;

	/* Fewer bytes are equals signs than begin as the name does. */
	for (size_t i = 1; find_byte(s, '=', &i); i++)
		if (s.p[i - 1] == ' ' && s.len - i > 1 && s.p[i + 1] == ' ' &&
		    is_name_before(s, i - 1, name))
			return value_at(ww_slice_from(s, i + 2));
	return (struct ww_slice){ 0 };
}

/* Behind a message there are fields where a name follows its semicolon. */
bool
ww_told_event_has_fields(const struct ww_told_event *e)
{
	struct ww_slice s = e->text;

	if (name_length(s) > 0)
		return true;
	for (size_t i = 0; find_byte(s, ';', &i); i++)
		if (s.len - i > 2 && s.p[i + 1] == ' ' &&
		    name_length(ww_slice_from(s, i + 2)) > 0)
			return true;
	return false;
}

/* Where ": " first stands; the length of s when it does not. */
static size_t
end_of_head(struct ww_slice s)
{
	for (size_t i = 0; find_byte(s, ':', &i); i++)
		if (s.len - i > 1 && s.p[i + 1] == ' ')
			return i;
	return s.len;
}

bool
ww_told_event_read(struct ww_slice text, struct ww_told_event *ret)
{
	const struct ww_slice head = WW_LIT("Event ID "), of = WW_LIT(" of ");
	struct ww_slice rest;
	uint32_t number = 0;
	size_t n = 0, end;

	if (!ww_slice_starts(text, head))
		return false;
	rest = ww_slice_from(text, head.len);
	for (; n < rest.len && n < 5 && ww_is_digit(rest.p[n]); n++)
		number = number * 10 + (uint32_t)(rest.p[n] - '0');
	rest = ww_slice_from(rest, n);
	if (n == 0 || !ww_slice_starts(rest, of))
		return false;
	rest = ww_slice_from(rest, of.len);
	end = end_of_head(rest);
	if (end == rest.len)
		return false;
	*ret = (struct ww_told_event){
		.number = number,
		.provider = ww_slice_of(rest.p, end),
		.text = ww_slice_from(rest, end + 2),
	};
	return true;
}
