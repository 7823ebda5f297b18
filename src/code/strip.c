#include "code/strip.h"

#include "base/compiler.h"

static const struct {
	const char *open, *close;
} packings[] = {
	{ "(", ")" },
	{ "[", "]" },
	{ "{", "}" },
	{ "<", ">" },
	{ "\"", "\"" },
	{ "'", "'" },
	{ "`", "`" },
	{ "`", "'" },
	{ "\xE2\x80\x9C", "\xE2\x80\x9D" }, /* U+201C, 201D */
	{ "\xE2\x80\x9D", "\xE2\x80\x9D" }, /* Swedish */
	{ "\xE2\x80\x9E", "\xE2\x80\x9C" }, /* German */
	{ "\xE2\x80\x9E", "\xE2\x80\x9D" }, /* Polish */
	{ "\xE2\x80\x98", "\xE2\x80\x99" }, /* U+2018, 2019 */
	{ "\xE2\x80\x9A", "\xE2\x80\x98" }, /* U+201A, 2018 */
	{ "\xC2\xAB", "\xC2\xBB" },	    /* French */
	{ "\xC2\xBB", "\xC2\xAB" },	    /* Danish */
	{ "\xE2\x80\xB9", "\xE2\x80\xBA" }, /* U+2039, 203A */
	{ "\xE3\x80\x8C", "\xE3\x80\x8D" }, /* Japanese */
	{ "\xEF\xBC\x88", "\xEF\xBC\x89" }, /* full width */
};

/* White space beyond ASCII, and what a copied text carries unseen. */
static const char *const blanks[] = {
	"\xC2\xA0",	/* U+00A0, no-break space */
	"\xE2\x80\xAF", /* U+202F, narrow no-break space */
	"\xE3\x80\x80", /* U+3000, ideographic space */
	"\xE2\x80\x8B", /* U+200B, zero width space */
	"\xE2\x80\x8E", /* U+200E, left-to-right mark */
	"\xE2\x80\x8F", /* U+200F, right-to-left mark */
	"\xEF\xBB\xBF", /* U+FEFF, byte order mark */
};

static bool
ends(struct ww_slice s, struct ww_slice tail)
{
	return s.len >= tail.len &&
	       ww_slice_eq(ww_slice_from(s, s.len - tail.len), tail);
}

static struct ww_slice
without_blanks(struct ww_slice s)
{
	s = ww_slice_trim(s);
	for (size_t i = 0; i < WW_ARRAY_LEN(blanks); i++) {
		struct ww_slice blank = ww_slice_cstr(blanks[i]);

		if (ww_slice_starts(s, blank))
			s = ww_slice_from(s, blank.len);
		if (ends(s, blank))
			s.len -= blank.len;
	}
	return s;
}

static struct ww_slice
without_packing(struct ww_slice s)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(packings); i++) {
		struct ww_slice open = ww_slice_cstr(packings[i].open);
		struct ww_slice close = ww_slice_cstr(packings[i].close);

		if (s.len > open.len + close.len && ww_slice_starts(s, open) &&
		    ends(s, close))
			return ww_slice_part(s, open.len,
					     s.len - open.len - close.len);
	}
	return s;
}

struct ww_slice
ww_strip(struct ww_slice text)
{
	size_t before;

	do {
		before = text.len;
		text = without_packing(without_blanks(text));
		if (text.len > 1 && (text.p[text.len - 1] == '.' ||
				     text.p[text.len - 1] == ','))
			text.len--;
	} while (text.len < before);
	return text;
}
