#include "probe/page.h"

#include "base/buf.h"
#include "base/codepage.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "base/xml.h"

#include "base/banned.h"

/* A longer one is told by how it begins. */
#define TITLE_MAX ((size_t)1024)

/* The longest name of a reference that is known. */
#define NAME_MAX_LEN 8

/* Behind 0xA0, in their order: the names that HTML has for Latin-1. */
static const char *const latin[] = {
	"nbsp",	  "iexcl",  "cent",   "pound",	"curren", "yen",    "brvbar",
	"sect",	  "uml",    "copy",   "ordf",	"laquo",  "not",    "shy",
	"reg",	  "macr",   "deg",    "plusmn", "sup2",	  "sup3",   "acute",
	"micro",  "para",   "middot", "cedil",	"sup1",	  "ordm",   "raquo",
	"frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
	"Atilde", "Auml",   "Aring",  "AElig",	"Ccedil", "Egrave", "Eacute",
	"Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",
	"Ntilde", "Ograve", "Oacute", "Ocirc",	"Otilde", "Ouml",   "times",
	"Oslash", "Ugrave", "Uacute", "Ucirc",	"Uuml",	  "Yacute", "THORN",
	"szlig",  "agrave", "aacute", "acirc",	"atilde", "auml",   "aring",
	"aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
	"iacute", "icirc",  "iuml",   "eth",	"ntilde", "ograve", "oacute",
	"ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute",
	"ucirc",  "uuml",   "yacute", "thorn",	"yuml",
};

static const struct {
	const char *name;
	uint32_t character;
} others[] = {
	{ "amp", '&' },	      { "lt", '<' },	    { "gt", '>' },
	{ "quot", '"' },      { "apos", '\'' },	    { "OElig", 0x152 },
	{ "oelig", 0x153 },   { "Scaron", 0x160 },  { "scaron", 0x161 },
	{ "ndash", 0x2013 },  { "mdash", 0x2014 },  { "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },  { "sbquo", 0x201A },  { "ldquo", 0x201C },
	{ "rdquo", 0x201D },  { "bdquo", 0x201E },  { "bull", 0x2022 },
	{ "hellip", 0x2026 }, { "lsaquo", 0x2039 }, { "rsaquo", 0x203A },
	{ "euro", 0x20AC },   { "trade", 0x2122 },
};

bool
ww_is_page(struct ww_slice body)
{
	const struct ww_slice mark = WW_LIT("\xEF\xBB\xBF");

	if (ww_slice_starts(body, mark))
		body = ww_slice_from(body, mark.len);
	body = ww_slice_trim(body);
	return ww_slice_casestarts(body, WW_LIT("<!doctype html")) ||
	       ww_slice_casestarts(body, WW_LIT("<html"));
}

static struct ww_slice
title_in(struct ww_slice body)
{
	struct ww_slice rest = ww_slice_behind(body, WW_LIT("<title"));

	rest = ww_slice_behind(rest, WW_LIT(">"));
	rest.len = rest.len < TITLE_MAX ? rest.len : TITLE_MAX;
	rest.len = ww_slice_casefind(rest, WW_LIT("<"));
	return rest;
}

static void
add_character(struct ww_buf *out, uint32_t c)
{
	char bytes[4];

	ww_buf_add(out, ww_slice_of(bytes, ww_utf8_encode(c, bytes)));
}

/* Of Windows-1252. */
static uint32_t
windows_character(unsigned char c)
{
	size_t n;

	return c < 0x80 ? c : ww_codepages(&n)[0].upper[c - 0x80];
}

static struct ww_slice
to_utf8(struct ww_arena *arena, struct ww_slice s)
{
	struct ww_buf out = ww_buf_in(arena);

	if (ww_utf8_check(ww_utf8_whole(s)) == ww_utf8_whole(s).len)
		return ww_utf8_whole(s);
	for (size_t i = 0; i < s.len; i++)
		add_character(&out, windows_character((unsigned char)s.p[i]));
	return ww_buf_slice(&out);
}

/* References */

static bool
by_name(struct ww_slice name, uint32_t *ret)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(latin); i++)
		if (ww_slice_eq(name, ww_slice_cstr(latin[i]))) {
			*ret = 0xA0 + (uint32_t)i;
			return true;
		}
	for (size_t i = 0; i < WW_ARRAY_LEN(others); i++)
		if (ww_slice_eq(name, ww_slice_cstr(others[i].name))) {
			*ret = others[i].character;
			return true;
		}
	return false;
}

/* #233, #xE9; as browsers do, a byte of Windows-1252 is its character. */
static bool
by_number(struct ww_slice s, uint32_t *ret)
{
	bool hex = s.len > 1 && ww_fold(s.p[1]) == 'x';
	uint32_t v;

	if (!ww_xml_number(ww_slice_from(s, hex ? 2 : 1), hex ? 16 : 10, &v))
		return false;
	*ret = v < 0x100 ? windows_character((unsigned char)v) : v;
	return (v & 0xFFFFF800) != 0xD800;
}

/* How long the reference at the start of s is; 0: it is none. */
static size_t
reference(struct ww_slice s, uint32_t *ret)
{
	size_t n = 1;
	struct ww_slice name;

	while (n < s.len && n <= NAME_MAX_LEN && s.p[n] != ';')
		n++;
	if (n == s.len || s.p[n] != ';')
		return 0;
	name = ww_slice_part(s, 1, n - 1);
	if (name.len > 0 && name.p[0] == '#' ? by_number(name, ret)
					     : by_name(name, ret))
		return n + 1;
	return 0;
}

struct ww_slice
ww_page_title(struct ww_arena *arena, struct ww_slice body)
{
	struct ww_slice s = to_utf8(arena, ww_slice_trim(title_in(body)));
	struct ww_buf out = ww_buf_in(arena);

	while (s.len > 0) {
		uint32_t c;
		size_t n = s.p[0] == '&' ? reference(s, &c) : 0;

		if (n == 0)
			ww_buf_char(&out, s.p[0]);
		else
			add_character(&out, c);
		s = ww_slice_from(s, n == 0 ? 1 : n);
	}
	return ww_buf_slice(&out);
}
