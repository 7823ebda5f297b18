#include "code/strip.h"

#include "base/compiler.h"

static const struct {
	struct ww_slice open, close;
} packings[] = {
	{ WW_LIT("("), WW_LIT(")") },
	{ WW_LIT("["), WW_LIT("]") },
	{ WW_LIT("{"), WW_LIT("}") },
	{ WW_LIT("<"), WW_LIT(">") },
	{ WW_LIT("\""), WW_LIT("\"") },
	{ WW_LIT("'"), WW_LIT("'") },
	{ WW_LIT("`"), WW_LIT("`") },
	{ WW_LIT("`"), WW_LIT("'") },
	{ WW_LIT("\xE2\x80\x9C"), WW_LIT("\xE2\x80\x9D") }, /* U+201C, 201D */
	{ WW_LIT("\xE2\x80\x9D"), WW_LIT("\xE2\x80\x9D") }, /* Swedish */
	{ WW_LIT("\xE2\x80\x9E"), WW_LIT("\xE2\x80\x9C") }, /* German */
	{ WW_LIT("\xE2\x80\x9E"), WW_LIT("\xE2\x80\x9D") }, /* Polish */
	{ WW_LIT("\xE2\x80\x98"), WW_LIT("\xE2\x80\x99") }, /* U+2018, 2019 */
	{ WW_LIT("\xE2\x80\x9A"), WW_LIT("\xE2\x80\x98") }, /* U+201A, 2018 */
	{ WW_LIT("\xC2\xAB"), WW_LIT("\xC2\xBB") },	    /* French */
	{ WW_LIT("\xC2\xBB"), WW_LIT("\xC2\xAB") },	    /* Danish */
	{ WW_LIT("\xE2\x80\xB9"), WW_LIT("\xE2\x80\xBA") }, /* U+2039, 203A */
	{ WW_LIT("\xE3\x80\x8C"), WW_LIT("\xE3\x80\x8D") }, /* Japanese */
	{ WW_LIT("\xEF\xBC\x88"), WW_LIT("\xEF\xBC\x89") }, /* full width */
};

/* White space beyond ASCII, and what a copied text carries unseen. */
static const struct ww_slice blanks[] = {
	WW_LIT("\xC2\xA0"),	/* U+00A0, no-break space */
	WW_LIT("\xE2\x80\xAF"), /* U+202F, narrow no-break space */
	WW_LIT("\xE3\x80\x80"), /* U+3000, ideographic space */
	WW_LIT("\xE2\x80\x8B"), /* U+200B, zero width space */
	WW_LIT("\xE2\x80\x8E"), /* U+200E, left-to-right mark */
	WW_LIT("\xE2\x80\x8F"), /* U+200F, right-to-left mark */
	WW_LIT("\xEF\xBB\xBF"), /* U+FEFF, byte order mark */
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
		if (ww_slice_starts(s, blanks[i]))
			s = ww_slice_from(s, blanks[i].len);
		if (ends(s, blanks[i]))
			s.len -= blanks[i].len;
	}
	return s;
}

static struct ww_slice
without_packing(struct ww_slice s)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(packings); i++) {
		struct ww_slice open = packings[i].open;
		struct ww_slice close = packings[i].close;

		if (s.len > open.len + close.len && ww_slice_starts(s, open) &&
		    ends(s, close))
			return ww_slice_of(s.p + open.len,
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
