/*
 * The stream's own bytes, with pseudonyms for the identities of which it has
 * told until now.
 */
#include "annotate/annotator.h"
#include "annotate/object.h"
#include "base/json.h"

#include "base/banned.h"

/* Names that were used up are not given again. */
static void
forget(struct ww_annotator *a)
{
	uint32_t used[WW_IDENTITIES_KINDS];

	memcpy(used, a->identities->n_of, sizeof(used));
	ww_arena_release(&a->names);
	a->identities = ww_pseudonyms_new(&a->names);
	memcpy(a->identities->n_of, used, sizeof(used));
}

void
ww_annotate_learn(struct ww_annotator *a, struct ww_slice text)
{
	if (a->identities == NULL)
		return;
	if (a->identities->n >= WW_HELD_IDENTITIES)
		forget(a);
	if (a->format == WW_ANNOTATE_NDJSON)
		text = ww_slice_of(a->texts, ww_object_text(text, a->texts));
	ww_pseudonyms_gather(a->identities, text);
}

/* The text with pseudonyms; valid until the next call. */
static struct ww_slice
redacted(struct ww_annotator *a, struct ww_slice text)
{
	a->redacted.len = 0;
	ww_pseudonyms_apply(a->identities, text, &a->redacted);
	return ww_buf_slice(&a->redacted);
}

void
ww_annotate_copy(struct ww_annotator *a, struct ww_slice bytes)
{
	ww_annotate_put(a, a->identities == NULL ? bytes : redacted(a, bytes));
}

/* JSON */

/* A part of a string: as it was written, if it tells of nobody. */
static void
copy_part(struct ww_annotator *a, struct ww_slice part)
{
	struct ww_slice text, hidden;

	ww_buf_reserve(&a->plain, part.len);
	text = ww_slice_of(a->plain.p, ww_object_text(part, a->plain.p));
	hidden = redacted(a, text);
	if (ww_slice_eq(text, hidden)) {
		ww_annotate_put(a, part);
		return;
	}
	a->plain.len = 0;
	ww_json_string(&a->plain, hidden);
	ww_annotate_put(a, ww_slice_of(a->plain.p + 1, a->plain.len - 2));
}

/* Up to the escape of a line end or the like, which is in no name. */
static size_t
part_length(struct ww_slice s)
{
	size_t n = 0;

	while (n + 1 < s.len &&
	       (s.p[n] != '\\' || strchr("bfnrt", s.p[n + 1]) == NULL))
		n += s.p[n] == '\\' ? 2 : 1;
	return n + 1 < s.len ? n : s.len;
}

static void
copy_string(struct ww_annotator *a, struct ww_slice s)
{
	while (s.len > 0) {
		size_t n = part_length(s);

		copy_part(a, ww_slice_of(s.p, n));
		s = ww_slice_from(s, n);
		n = s.len < 2 ? s.len : 2;
		ww_annotate_put(a, ww_slice_of(s.p, n));
		s = ww_slice_from(s, n);
	}
}

/* What stands for a number is a string. */
static void
copy_number(struct ww_annotator *a, struct ww_slice number)
{
	struct ww_slice hidden = redacted(a, number);

	if (ww_slice_eq(number, hidden)) {
		ww_annotate_put(a, number);
		return;
	}
	ww_annotate_put(a, WW_LIT("\""));
	ww_annotate_put(a, hidden);
	ww_annotate_put(a, WW_LIT("\""));
}

/* Whether c can be of a number, or of true, false and null. */
static bool
is_of_word(char c)
{
	return ww_is_alnum(c) || c == '-' || c == '+' || c == '.';
}

/* Brackets and the like, or all that is of a word. */
static size_t
run_length(struct ww_slice s)
{
	bool word = is_of_word(s.p[0]);
	size_t n = 1;

	while (n < s.len && s.p[n] != '"' && is_of_word(s.p[n]) == word)
		n++;
	return n;
}

/* What stands between the quotes at the start; the string is whole. */
static size_t
string_length(struct ww_slice s)
{
	size_t n = 1;

	while (n < s.len && s.p[n] != '"')
		n += s.p[n] == '\\' ? 2 : 1;
	return n < s.len ? n - 1 : s.len - 1;
}

void
ww_annotate_copy_object(struct ww_annotator *a, struct ww_slice json)
{
	if (a->identities == NULL) {
		ww_annotate_put(a, json);
		return;
	}
	while (json.len > 0) {
		bool quoted = json.p[0] == '"';
		size_t n = quoted ? string_length(json) : run_length(json);

		if (quoted) {
			ww_annotate_put(a, WW_LIT("\""));
			copy_string(a, ww_slice_part(json, 1, n));
			n = n + 2 < json.len ? n + 2 : json.len;
			ww_annotate_put(a, WW_LIT("\""));
		} else if (ww_is_digit(json.p[0]) || json.p[0] == '-') {
			copy_number(a, ww_slice_of(json.p, n));
		} else {
			ww_annotate_put(a, ww_slice_of(json.p, n));
		}
		json = ww_slice_from(json, n);
	}
}
