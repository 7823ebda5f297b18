/*
 * The scan held against the search that it does in bulk.  They agree on every
 * text, but for what the scan is not made for: see covers().
 */
#ifndef WW_TESTS_SCAN_TWIN_H
#define WW_TESTS_SCAN_TWIN_H

#include <string.h>

#include "code/look.h"
#include "code/scan.h"

struct twin {
	struct ww_scan scan;
	struct ww_slice text;
	size_t at;	/* newlines before it are counted */
	uint64_t lines; /* so many */
};

/*
 * Whether the scan looks for what the search found.  It does not for names,
 * macros, stop codes of few digits, decimals of less than eight digits, and of
 * 11 to 16 and more than 62, which need zeros in front to be a code.  Behind
 * eight digits and a dash it expects a GUID, where the search still reads
 * "%%12345678-".
 */
static inline bool
covers(struct ww_slice text, const struct ww_sighting *s)
{
	size_t end = s->at + s->text.len;
	unsigned n = s->spelled.digits;

	switch (s->spelled.form) {
	case WW_FORM_HEX:
		return true;
	case WW_FORM_BARE_HEX:
		return n >= 8;
	case WW_FORM_DECIMAL:
		if (n == 8 && end < text.len && text.p[end] == '-')
			return false;
		return (n >= 8 && n <= 10) || (n >= 17 && n < WW_RUN_MAX);
	case WW_FORM_NEGATIVE:
		return (n >= 8 && n <= 10) || (n >= 17 && n < WW_RUN_MAX);
	case WW_FORM_MACRO:
	case WW_FORM_NAME:
		break;
	}
	return false;
}

static inline bool
is_same(const struct ww_sighting *a, const struct ww_sighting *b)
{
	const struct ww_spelled *sa = &a->spelled, *sb = &b->spelled;

	return a->at == b->at && a->text.p == b->text.p &&
	       a->text.len == b->text.len && a->leftover == b->leftover &&
	       sa->form == sb->form && sa->value == sb->value &&
	       sa->digits == sb->digits && sa->extended == sb->extended &&
	       sa->in_text == sb->in_text && sa->stop == sb->stop &&
	       sa->has_extend == sb->has_extend && sa->extend == sb->extend &&
	       sa->n_params == sb->n_params &&
	       memcmp(sa->params, sb->params, sizeof(sa->params)) == 0;
}

/* Whether the line of the scan's last code is right. */
static inline bool
is_line_right(struct twin *twin, size_t at)
{
	for (; twin->at < at; twin->at++)
		twin->lines += twin->text.p[twin->at] == '\n';
	return ww_scan_lines(&twin->scan) == twin->lines;
}

/*
 * Whether the token may be the number of a stop code, with its parameters
 * behind it, although it has fewer digits than the scan looks for.
 */
static inline bool
is_short(const struct ww_token *token)
{
	return token->hex == token->end - token->at && token->hex < 8;
}

/*
 * Where they first disagree; the length of the text when they agree.  twin
 * was made with twin_init().
 */
static inline size_t
disagree_at(struct twin *twin, struct ww_slice text)
{
	struct ww_find find = ww_find_in(text, NULL);
	struct ww_sighting found, scanned;
	struct ww_token token;
	bool more;

	find.leftovers = true;
	twin->text = text;
	twin->at = 0;
	twin->lines = 0;
	ww_scan_text(&twin->scan, text);
	more = ww_scan_next(&twin->scan, &scanned);
	while (ww_look_token(text, find.at, &token)) {
		bool is_code = ww_find_at(&find, &token, &found);

		/* In a macro or behind a stop code it sees the numbers. */
		if (is_code ? !covers(text, &found) : is_short(&token)) {
			while (more && scanned.at >= token.at &&
			       scanned.at < find.at)
				more = ww_scan_next(&twin->scan, &scanned);
			continue;
		}
		if (!is_code)
			continue;
		if (!more || !is_same(&found, &scanned) ||
		    !is_line_right(twin, scanned.at))
			return found.at;
		more = ww_scan_next(&twin->scan, &scanned);
	}
	if (more)
		return scanned.at;
	return is_line_right(twin, text.len) ? text.len : 0;
}

static inline void
twin_init(struct twin *twin, const struct ww_kernels *kernels)
{
	ww_scan_init(&twin->scan, kernels);
}

#endif
