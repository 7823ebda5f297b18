#include "input/letters.h"

#include "base/compiler.h"
#include "base/utf8.h"

#include "base/banned.h"

/* Points of a byte; a wrong one outweighs a right one. */
#define RIGHT	  1
#define WRONG	  (-2)
#define UNDEFINED (-4)

struct language {
	enum ww_letters of;
	const char16_t *letters; /* small ones, without ASCII's */
};

/*
 * Russian is without its hard sign and Greek without its rarest vowel: they
 * stand where Hebrew has two of its commonest letters, which is what tells
 * the pages apart.
 */
static const struct language languages[] = {
	{ WW_LETTERS_WESTERN, u"àâäæçéèêëîïôöœùûüÿ" }, /* French */
	{ WW_LETTERS_WESTERN, u"äöüßé" },	       /* German */
	{ WW_LETTERS_WESTERN, u"áéíóúüñªº" },	       /* Spanish */
	{ WW_LETTERS_WESTERN, u"àáâãçéêíóôõúüªº" },    /* Portuguese */
	{ WW_LETTERS_WESTERN, u"àèéìíòóù" },	       /* Italian */
	{ WW_LETTERS_WESTERN, u"æøåéòô" },	       /* Danish, Norwegian */
	{ WW_LETTERS_WESTERN, u"åäöé" },	       /* Swedish, Finnish */
	{ WW_LETTERS_WESTERN, u"éèêëïóöü" },	       /* Dutch */
	{ WW_LETTERS_WESTERN, u"áéíóúýðþæö" },	       /* Icelandic */
	{ WW_LETTERS_CENTRAL, u"ąćęłńóśźż" },	       /* Polish */
	{ WW_LETTERS_CENTRAL, u"áčďéěíňóřšťúůýž" },    /* Czech */
	{ WW_LETTERS_CENTRAL, u"áäčďéíĺľňóôŕšťúýž" },  /* Slovak */
	{ WW_LETTERS_CENTRAL, u"áéíóöőúüű" },	       /* Hungarian */
	{ WW_LETTERS_CENTRAL, u"ăâîşţ" },	       /* Romanian */
	{ WW_LETTERS_CENTRAL, u"čćđšž" },	       /* Croatian, Slovene */
	{ WW_LETTERS_CYRILLIC, u"абвгдеёжзийклмнопрстуфхцчшщыьэюя" },
	{ WW_LETTERS_CYRILLIC, u"абвгґдеєжзиіїйклмнопрстуфхцчшщьюя" },
	{ WW_LETTERS_GREEK, u"αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐ" },
	{ WW_LETTERS_TURKISH, u"âçğîıöşüû" },
	{ WW_LETTERS_HEBREW, u"\u05D0\u05D1\u05D2\u05D3\u05D4\u05D5\u05D6\u05D7"
			     u"\u05D8\u05D9\u05DA\u05DB\u05DC\u05DD\u05DE\u05DF"
			     u"\u05E0\u05E1\u05E2\u05E3\u05E4\u05E5\u05E6\u05E7"
			     u"\u05E8\u05E9\u05EA" },
	{ WW_LETTERS_ARABIC, u"\u060C\u061B\u061F\u0621\u0622\u0623\u0624\u0625"
			     u"\u0626\u0627\u0628\u0629\u062A\u062B\u062C\u062D"
			     u"\u062E\u062F\u0630\u0631\u0632\u0633\u0634\u0635"
			     u"\u0636\u0637\u0638\u0639\u063A\u0640\u0641\u0642"
			     u"\u0643\u0644\u0645\u0646\u0647\u0648\u0649"
			     u"\u064A" },
	{ WW_LETTERS_BALTIC, u"ąčęėįšųūž" },   /* Lithuanian */
	{ WW_LETTERS_BALTIC, u"āčēģīķļņšūž" }, /* Latvian */
	{ WW_LETTERS_BALTIC, u"äöõüšž" },      /* Estonian */
};

/* Signs of running text, by the place in which each is no surprise. */
static const char16_t opening_signs[] = u"‘“‚„«¿¡µ";
static const char16_t closing_signs[] = u"’”“»…™®°²³";
static const char16_t lone_signs[] = u"–—•·€©±×°§…";

static bool
has(const char16_t *set, char16_t c)
{
	for (; *set != 0; set++)
		if (*set == c)
			return true;
	return false;
}

static bool
is_box(char16_t c)
{
	return c >= 0x2500 && c <= 0x259F;
}

/* The small letter of a capital of these pages; anything else as it is. */
static char16_t
small_of(char16_t c)
{
	static const char16_t greek[] = u"ΆάΈέΉήΊίΌόΎύΏώ";
	unsigned more = 0;

	if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
	    (c >= 0x391 && c <= 0x3AB) || (c >= 0x410 && c <= 0x42F))
		more = 0x20;
	else if (c >= 0x400 && c <= 0x40F)
		more = 0x50;
	else if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
		more = c % 2;
	else if ((c >= 0x100 && c <= 0x177) || c == 0x490)
		more = c % 2 == 0;
	else if (c == 0x178)
		return 0xFF;
	for (size_t i = 0; i < WW_ARRAY_LEN(greek) - 1; i += 2)
		if (c == greek[i])
			return greek[i + 1];
	return (char16_t)(c + more);
}

static bool
is_letter(struct ww_slice text, size_t at)
{
	return (unsigned char)text.p[at] >= 0x80 || ww_is_alpha(text.p[at]);
}

/* Whether the byte stands in a row of three of itself at least. */
static bool
is_in_row(struct ww_slice text, size_t at)
{
	size_t before = at, after = at;
	char c = text.p[at];

	while (before > 0 && at - before < 2 && text.p[before - 1] == c)
		before--;
	while (after + 1 < text.len && after - at < 2 && text.p[after + 1] == c)
		after++;
	return after - before >= 2;
}

/* From 0xE0 on, nearly all pages that write in small and capital have them. */
static bool
is_small(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0xE0;
}

void
ww_letters_count(struct ww_letter_counts *counts, struct ww_slice text,
		 size_t at)
{
	struct ww_letter_count *n =
	    &counts->byte[(unsigned char)text.p[at] - 0x80];
	bool left = at > 0 && is_letter(text, at - 1);
	bool right = at + 1 < text.len && is_letter(text, at + 1);

	if (is_in_row(text, at))
		n->in_row++;
	else if (left)
		*(right ? &n->inside : &n->closing) += 1;
	else
		*(right ? &n->opening : &n->alone) += 1;
	left = left && ww_is_alpha(text.p[at - 1]);
	right = right && ww_is_alpha(text.p[at + 1]);
	n->by_ascii += left || right;
	n->after_small += at > 0 && is_small(text.p[at - 1]);
}

/* Latin ends here; no word mixes what follows with it. */
static bool
is_latin(char16_t c)
{
	return c < 0x250;
}

/* A capital behind a small letter is the wrong letter. */
static int64_t
letter_points(char16_t c, const struct ww_letter_count *n)
{
	int64_t points = ((int64_t)n->opening + n->closing + n->inside) * RIGHT;

	if (!is_latin(c))
		points += (int64_t)n->by_ascii * (WRONG - RIGHT);
	if (small_of(c) != c)
		points += (int64_t)n->after_small * (WRONG - RIGHT);
	return points + (int64_t)n->in_row * WRONG;
}

static int64_t
sign_points(char16_t c, const struct ww_letter_count *n)
{
	int64_t points = (int64_t)n->in_row * WRONG;

	if (has(opening_signs, c))
		points += (int64_t)n->opening * RIGHT;
	if (has(closing_signs, c))
		points += (int64_t)n->closing * RIGHT;
	if (has(lone_signs, c))
		points += (int64_t)n->alone * RIGHT;
	/* The apostrophe, and the one blank that is no ASCII. */
	if (c == 0x2019)
		return points + (int64_t)n->inside * RIGHT;
	if (c == 0xA0)
		return points +
		       ((int64_t)n->alone + n->opening + n->closing) * RIGHT;
	return points + (int64_t)n->inside * WRONG;
}

static bool
is_sign(char16_t c)
{
	return c == 0xA0 || has(opening_signs, c) || has(closing_signs, c) ||
	       has(lone_signs, c);
}

static int64_t
points_of(char16_t c, const struct ww_letter_count *n, const char16_t *letters)
{
	int64_t all =
	    (int64_t)n->alone + n->opening + n->closing + n->inside + n->in_row;

	if (all == 0)
		return 0;
	if (has(letters, small_of(c)))
		return letter_points(c, n);
	if (is_sign(c))
		return sign_points(c, n);
	if (is_box(c))
		return (int64_t)n->in_row * RIGHT + (int64_t)n->inside * WRONG;
	return all * (c == WW_REPLACEMENT ? UNDEFINED : WRONG);
}

static int64_t
score_in(const struct ww_codepage *page, const char16_t *letters,
	 const struct ww_letter_counts *c)
{
	int64_t score = 0;

	for (size_t i = 0; i < WW_ARRAY_LEN(c->byte); i++)
		score += points_of(page->upper[i], &c->byte[i], letters);
	return score;
}

static int64_t
score_of(const struct ww_codepage *page, const struct ww_letter_counts *c)
{
	int64_t best = INT64_MIN;

	for (size_t i = 0; i < WW_ARRAY_LEN(languages); i++) {
		int64_t score;

		if (languages[i].of != page->letters)
			continue;
		score = score_in(page, languages[i].letters, c);
		if (score > best)
			best = score;
	}
	return best;
}

const struct ww_codepage *
ww_letters_choose(const struct ww_letter_counts *c, int64_t margin,
		  int64_t *retscore)
{
	size_t n;
	const struct ww_codepage *pages = ww_codepages(&n), *best = &pages[0];
	int64_t first = score_of(&pages[0], c), most = first + margin;

	*retscore = first;
	for (size_t i = 1; i < n; i++) {
		int64_t score = score_of(&pages[i], c);

		if (score <= most)
			continue;
		most = score;
		best = &pages[i];
		*retscore = score;
	}
	return best;
}
