#include "annotate/object.h"

#include "base/utf8.h"

#include "base/banned.h"

/* What may come next. */
enum next {
	NEXT_VALUE,
	NEXT_ITEM, /* a value, or the end of an array that is empty */
	NEXT_NAME,
	NEXT_MEMBER, /* a name, or the end of an object that is empty */
	NEXT_COLON,
	NEXT_MORE, /* a comma, or the end of what is open */
};

struct walk {
	struct ww_slice line;
	struct ww_slice field;
	struct ww_object *ret;
	size_t at;
	enum next next;
	unsigned depth;
	bool wanted;	 /* the value that comes is the field's … */
	size_t value_at; /* … and starts here, when it is no string */
	bool is_object[WW_OBJECT_DEPTH_MAX + 1];
};

static inline bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline void
skip_blanks(struct walk *w)
{
	while (w->at < w->line.len && is_blank(w->line.p[w->at]))
		w->at++;
}

/* Whether an odd number of backslashes stands before p, not before start. */
static bool
is_escaped(const char *start, const char *p)
{
	const char *first = p;

	while (first > start && first[-1] == '\\')
		first--;
	return (p - first) % 2 != 0;
}

/*
 * The string whose first quote is at hand.  A backslash is looked at once, by
 * the quote behind it.
 */
static bool
take_string(struct walk *w, struct ww_slice *ret)
{
	const char *start = w->line.p + w->at + 1;
	const char *end = w->line.p + w->line.len;

	for (const char *p = start; p < end; p++) {
		p = memchr(p, '"', (size_t)(end - p));
		if (p == NULL)
			return false;
		if (is_escaped(start, p))
			continue;
		*ret = ww_slice_of(start, (size_t)(p - start));
		w->at = (size_t)(p + 1 - w->line.p);
		return true;
	}
	return false;
}

static bool
is_number(struct ww_slice word)
{
	if (word.p[0] != '-' && !ww_is_digit(word.p[0]))
		return false;
	for (size_t i = 1; i < word.len; i++) {
		char c = ww_fold(word.p[i]);

		if (!ww_is_digit(c) && c != '.' && c != 'e' && c != '+' &&
		    c != '-')
			return false;
	}
	return true;
}

static bool
take_word(struct walk *w, struct ww_slice *ret)
{
	size_t start = w->at;

	while (w->at < w->line.len) {
		char c = w->line.p[w->at];

		if (!ww_is_alnum(c) && c != '-' && c != '+' && c != '.')
			break;
		w->at++;
	}
	*ret = ww_slice_part(w->line, start, w->at - start);
	return ret->len > 0 &&
	       (is_number(*ret) || ww_slice_eq(*ret, WW_LIT("true")) ||
		ww_slice_eq(*ret, WW_LIT("false")) ||
		ww_slice_eq(*ret, WW_LIT("null")));
}

static void
keep_value(struct walk *w, struct ww_slice value)
{
	w->wanted = false;
	w->ret->has_field = true;
	w->ret->value = value;
}

static bool
open_value(struct walk *w, bool is_object)
{
	if (w->depth == WW_OBJECT_DEPTH_MAX)
		return false;
	w->value_at = w->depth == 1 ? w->at : w->value_at;
	w->depth++;
	w->is_object[w->depth] = is_object;
	w->next = is_object ? NEXT_MEMBER : NEXT_ITEM;
	w->at++;
	return true;
}

static bool
close_value(struct walk *w, bool is_object)
{
	if (w->depth == 0 || w->is_object[w->depth] != is_object)
		return false;
	w->depth--;
	w->next = NEXT_MORE;
	w->at++;
	if (w->depth == 1 && w->wanted)
		keep_value(w, ww_slice_part(w->line, w->value_at,
					    w->at - w->value_at));
	return true;
}

static bool
take_value(struct walk *w)
{
	struct ww_slice value;
	char c = w->line.p[w->at];

	if (c == '{' || c == '[')
		return open_value(w, c == '{');
	if (c == ']' && w->next == NEXT_ITEM)
		return close_value(w, false);
	if (c == '"' ? !take_string(w, &value) : !take_word(w, &value))
		return false;
	if (w->depth == 1 && w->wanted)
		keep_value(w, value);
	w->next = NEXT_MORE;
	return true;
}

static bool
take_name(struct walk *w)
{
	struct ww_slice name;

	if (w->line.p[w->at] == '}' && w->next == NEXT_MEMBER)
		return close_value(w, true);
	if (w->line.p[w->at] != '"' || !take_string(w, &name))
		return false;
	w->next = NEXT_COLON;
	if (w->depth != 1)
		return true;
	w->wanted = w->field.len > 0 && ww_slice_eq(name, w->field);
	if (ww_slice_eq(name, WW_LIT(WW_MEMBER)))
		w->ret->annotated = true;
	return true;
}

static bool
take_more(struct walk *w)
{
	char c = w->line.p[w->at];

	if (c != ',')
		return (c == '}' || c == ']') && close_value(w, c == '}');
	w->at++;
	w->next = w->is_object[w->depth] ? NEXT_NAME : NEXT_VALUE;
	return true;
}

static bool
take_colon(struct walk *w)
{
	w->next = NEXT_VALUE;
	return w->line.p[w->at++] == ':';
}

static bool
step(struct walk *w)
{
	switch (w->next) {
	case NEXT_VALUE:
	case NEXT_ITEM:
		return take_value(w);
	case NEXT_NAME:
	case NEXT_MEMBER:
		return take_name(w);
	case NEXT_COLON:
		return take_colon(w);
	default:
		return take_more(w);
	}
}

bool
ww_object_read(struct ww_slice line, struct ww_slice field,
	       struct ww_object *ret)
{
	struct walk w;

	/* Not all of it: the stack of what is open is written before read. */
	w.line = line;
	w.field = field;
	w.ret = ret;
	w.at = w.value_at = 0;
	w.depth = 0;
	w.wanted = false;
	*ret = (struct ww_object){ 0 };
	skip_blanks(&w);
	if (w.at == line.len || line.p[w.at] != '{' || !open_value(&w, true))
		return false;
	while (w.depth > 0) {
		skip_blanks(&w);
		if (w.at == line.len || !step(&w))
			return false;
	}
	ret->close = w.at - 1;
	skip_blanks(&w);
	return w.at == line.len;
}

/* Escapes */

/* \u and four digits at p; -1 when it is none. */
static int32_t
unit_at(struct ww_slice s)
{
	int32_t unit = 0;

	if (s.len < 6 || s.p[0] != '\\' || s.p[1] != 'u')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		int digit = ww_hex_value(s.p[i]);

		if (digit < 0)
			return -1;
		unit = unit << 4 | digit;
	}
	return unit;
}

/* The character of \uD83D\uDE00 and shorter; returns the bytes taken. */
static size_t
take_unit(struct ww_slice s, uint32_t *ret)
{
	int32_t high = unit_at(s), low;

	*ret = ' ';
	if (high < 0)
		return 2;
	*ret = WW_REPLACEMENT;
	if (high >> 11 != 0x1B) {
		*ret = (uint32_t)high;
		return 6;
	}
	low = unit_at(ww_slice_from(s, 6));
	if (high >> 10 != 0x36 || low >> 10 != 0x37)
		return 6;
	*ret = 0x10000 + ((uint32_t)(high & 0x3FF) << 10 | (low & 0x3FF));
	return 12;
}

/* The escape that s starts with; no escape is shorter than what it says. */
static size_t
undo(struct ww_slice s, char *out, size_t *n)
{
	uint32_t c = ' ';
	size_t taken = 2;

	if (s.len < 2)
		return 1;
	if (s.p[1] == 'u')
		taken = take_unit(s, &c);
	else if (strchr("bfnrt", s.p[1]) == NULL)
		c = (unsigned char)s.p[1];
	/* A backslash before anything but ASCII is none of JSON's. */
	if (taken == 2 && c >= 0x80)
		c = ' ';
	if (c < 0x20)
		c = ' ';
	*n += ww_utf8_encode(c, out + *n);
	return taken;
}

size_t
ww_object_text(struct ww_slice value, char *out)
{
	size_t n = 0;

	while (value.len > 0) {
		const char *p = memchr(value.p, '\\', value.len);
		size_t run = p == NULL ? value.len : (size_t)(p - value.p);

		memcpy(out + n, value.p, run);
		n += run;
		value = ww_slice_from(value, run);
		if (value.len > 0)
			value = ww_slice_from(value, undo(value, out, &n));
	}
	return n;
}
