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

/* Up to the next name. */
static struct ww_slice
value_at(struct ww_slice s)
{
	for (size_t i = 0; i + 2 < s.len; i++)
		if (s.p[i] == ',' && s.p[i + 1] == ' ' &&
		    name_length(ww_slice_from(s, i + 2)) > 0)
			return ww_slice_trim(ww_slice_of(s.p, i));
	return ww_slice_trim(s);
}

struct ww_slice
ww_told_event_field(const struct ww_told_event *e, struct ww_slice name)
{
	const struct ww_slice equals = WW_LIT(" = ");
	struct ww_slice s = e->text;

	for (size_t i = 0; i + name.len < s.len; i++) {
		struct ww_slice at = ww_slice_from(s, i);

		if ((i > 0 && s.p[i - 1] != ' ') ||
		    !ww_slice_casestarts(at, name) ||
		    !ww_slice_starts(ww_slice_from(at, name.len), equals))
			continue;
		return value_at(ww_slice_from(at, name.len + equals.len));
	}
	return (struct ww_slice){ 0 };
}

/* Behind a message there are fields where a name follows its semicolon. */
bool
ww_told_event_has_fields(const struct ww_told_event *e)
{
	struct ww_slice s = e->text;

	if (name_length(s) > 0)
		return true;
	for (size_t i = 0; i + 2 < s.len; i++)
		if (s.p[i] == ';' && s.p[i + 1] == ' ' &&
		    name_length(ww_slice_from(s, i + 2)) > 0)
			return true;
	return false;
}

bool
ww_told_event_read(struct ww_slice text, struct ww_told_event *ret)
{
	const struct ww_slice head = WW_LIT("Event ID "), of = WW_LIT(" of ");
	struct ww_slice rest, behind;
	uint32_t number = 0;
	size_t n = 0;

	if (!ww_slice_starts(text, head))
		return false;
	rest = ww_slice_from(text, head.len);
	for (; n < rest.len && n < 5 && ww_is_digit(rest.p[n]); n++)
		number = number * 10 + (uint32_t)(rest.p[n] - '0');
	rest = ww_slice_from(rest, n);
	if (n == 0 || !ww_slice_starts(rest, of))
		return false;
	rest = ww_slice_from(rest, of.len);
	behind = ww_slice_behind(rest, WW_LIT(": "));
	if (behind.p == NULL || behind.p < rest.p + 2)
		return false;
	*ret = (struct ww_told_event){
		.number = number,
		.provider =
		    ww_slice_of(rest.p, (size_t)(behind.p - rest.p) - 2),
		.text = behind,
	};
	return true;
}
