/*
 * Text to HTML: one function for each place it can stand in.  What is written
 * is UTF-8 without control characters, whatever came in.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "render/html/html.h"

#include "base/banned.h"

/* Characters for which other bytes stand; all four, wherever they are. */
static const char *
entity_of(uint32_t c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

/* What a document may hold: no C1 control, half of a pair or noncharacter. */
static bool
is_character(uint32_t c)
{
	return c >= 0xA0 && (c & 0xFFFE) != 0xFFFE &&
	       !(c >= 0xFDD0 && c <= 0xFDEF);
}

/* Of ASCII: what stands as it is everywhere, and what does in text only. */
enum { SPECIAL, PLAIN, QUOTE };

static const unsigned char kinds[256] = {
	/* clang-format off */
	[' '] = 1, ['!'] = 1, ['"'] = QUOTE, ['#'] = 1, ['$'] = 1, ['%'] = 1,
	['\''] = 1, ['('] = 1, [')'] = 1, ['*'] = 1, ['+'] = 1, [','] = 1,
	['-'] = 1, ['.'] = 1, ['/'] = 1, ['0'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	[':'] = 1, [';'] = 1, ['='] = 1, ['?'] = 1, ['@'] = 1,
	['A'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['N'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['['] = 1, ['\\'] = 1, [']'] = 1, ['^'] = 1, ['_'] = 1, ['`'] = 1,
	['a'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['n'] = 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	['{'] = 1, ['|'] = 1, ['}'] = 1, ['~'] = 1,
	/* clang-format on */
};

/* Bytes up to the next one that is not ASCII as it stands. */
static size_t
plain_run(struct ww_slice text, bool quoted)
{
	unsigned last = quoted ? PLAIN : QUOTE;
	size_t n = 0;

	/* SPECIAL wraps round, and is more than any. */
	while (n < text.len &&
	       kinds[(unsigned char)text.p[n]] - 1U <= last - 1U)
		n++;
	return n;
}

static void
add_character(struct ww_buf *out, struct ww_slice bytes, uint32_t c, bool lines)
{
	char utf8[4];

	if (entity_of(c) != NULL)
		ww_buf_add(out, ww_slice_cstr(entity_of(c)));
	else if (c == '\n' || c == '\t')
		ww_buf_char(out, lines ? (char)c : ' ');
	else if (c == WW_REPLACEMENT)
		ww_buf_add(out, ww_slice_of(utf8, ww_utf8_encode(c, utf8)));
	else if (is_character(c))
		ww_buf_add(out, bytes);
}

static void
escape(struct ww_buf *out, struct ww_slice text, bool quoted, bool lines)
{
	while (text.len > 0) {
		uint32_t c;
		size_t n = plain_run(text, quoted);

		ww_buf_add(out, ww_slice_of(text.p, n));
		text = ww_slice_from(text, n);
		if (text.len == 0)
			return;
		n = ww_utf8_decode(text, &c);
		add_character(out, ww_slice_of(text.p, n), c, lines);
		text = ww_slice_from(text, n);
	}
}

void
ww_html_text(struct ww_html *h, struct ww_slice text)
{
	escape(&h->r->out, text, false, false);
}

void
ww_html_lines(struct ww_html *h, struct ww_slice text)
{
	escape(&h->r->out, text, false, true);
}

void
ww_html_attr(struct ww_html *h, const char *name, struct ww_slice value)
{
	if (value.len == 0)
		return;
	ww_buf_char(&h->r->out, ' ');
	ww_buf_add(&h->r->out, ww_slice_cstr(name));
	ww_buf_add(&h->r->out, WW_LIT("=\""));
	escape(&h->r->out, value, true, false);
	ww_buf_char(&h->r->out, '"');
}

/* Nothing that runs, and no other server without its scheme. */
bool
ww_html_is_url(struct ww_slice address)
{
	return ww_slice_casestarts(address, WW_LIT("https://")) ||
	       ww_slice_casestarts(address, WW_LIT("http://")) ||
	       (ww_slice_starts(address, WW_LIT("/")) &&
		!ww_slice_starts(address, WW_LIT("//"))) ||
	       ww_slice_starts(address, WW_LIT("./")) ||
	       ww_slice_starts(address, WW_LIT("../")) ||
	       ww_slice_starts(address, WW_LIT("#"));
}

void
ww_html_url(struct ww_html *h, struct ww_slice address)
{
	if (ww_html_is_url(address))
		ww_html_attr(h, "href", address);
}

/* A string cannot end the element, nor begin a comment. */
void
ww_html_json(struct ww_html *h, struct ww_slice text)
{
	struct ww_buf string = ww_buf_in(h->r->out.arena);

	ww_json_string(&string, text);
	for (size_t i = 0; i < string.len; i++)
		if (string.p[i] == '<')
			ww_buf_add(&h->r->out, WW_LIT("\\u003c"));
		else
			ww_buf_char(&h->r->out, string.p[i]);
}
