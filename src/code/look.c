#include "code/look.h"

#include "base/compiler.h"

#define TOKEN	WW_KIND_TOKEN
#define HEX	(WW_KIND_TOKEN | WW_KIND_HEX)
#define DIGIT	(WW_KIND_TOKEN | WW_KIND_HEX | WW_KIND_DECIMAL)
#define BEFORE	WW_KIND_BEFORE
#define BEHIND	WW_KIND_BEHIND
#define GAP	WW_KIND_GAP
#define JOINS	WW_KIND_JOINS
#define FIVE(k) k, k, k, k, k
#define DIGITS	FIVE(DIGIT), FIVE(DIGIT)
#define LETTERS \
	FIVE(HEX), HEX, FIVE(TOKEN), FIVE(TOKEN), FIVE(TOKEN), FIVE(TOKEN)

/* A table: a branch on the bytes of a token would be guessed badly. */
const unsigned char ww_kinds[256] = {
	['0'] = DIGITS,
	['A'] = LETTERS,
	['a'] = LETTERS,
	['_'] = TOKEN | JOINS,
	[' '] = BEFORE | BEHIND | GAP,
	['\t'] = BEFORE | BEHIND | GAP,
	['\r'] = BEFORE | BEHIND,
	['\n'] = BEFORE | BEHIND,
	['"'] = BEFORE | BEHIND | GAP,
	['\''] = BEFORE | BEHIND | GAP,
	['`'] = BEFORE | BEHIND | GAP,
	['<'] = BEFORE | BEHIND | GAP,
	['>'] = BEFORE | BEHIND | GAP,
	['|'] = BEFORE | BEHIND | GAP,
	['*'] = BEFORE | BEHIND | GAP,
	['('] = BEFORE | GAP,
	['['] = BEFORE | GAP,
	['{'] = BEFORE | GAP,
	[')'] = BEHIND,
	[']'] = BEHIND,
	['}'] = BEHIND,
	['='] = BEFORE | GAP,
	[':'] = BEFORE | GAP,
	[','] = BEFORE,
	[';'] = BEFORE | BEHIND,
	['!'] = BEHIND,
	['?'] = BEHIND,
	['#'] = GAP,
	['-'] = GAP,
	['.'] = GAP,
};

bool
ww_look_token(struct ww_slice text, size_t at, struct ww_token *ret)
{
	unsigned kinds = 0;

	while (at < text.len && !ww_is_kind(text.p[at], WW_KIND_TOKEN))
		at++;
	if (at == text.len)
		return false;
	ret->text = text;
	ret->at = at;
	while (at < text.len && ww_is_kind(text.p[at], WW_KIND_DECIMAL))
		at++;
	ret->decimal = at - ret->at;
	while (at < text.len && ww_is_kind(text.p[at], WW_KIND_HEX))
		at++;
	ret->hex = at - ret->at;
	for (; at < text.len && ww_is_kind(text.p[at], WW_KIND_TOKEN); at++)
		kinds |= ww_kinds[(unsigned char)text.p[at]];
	ret->end = at;
	ret->joined = (kinds & JOINS) != 0;
	return true;
}

size_t
ww_look_guid(const struct ww_token *token)
{
	/* 01234567-0123-0123-0123-0123456789ab */
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	struct ww_token group = *token;
	size_t i = 0;

	if (token->hex != groups[0])
		return 0;
	for (;;) {
		if (group.hex != groups[i] || group.end - group.at != groups[i])
			return 0;
		if (++i == WW_ARRAY_LEN(groups))
			return group.end - token->at;
		if (ww_look_right(&group) != '-' ||
		    ww_hex_value(ww_look_beyond(&group)) < 0)
			return 0;
		ww_look_token(group.text, group.end, &group);
	}
}

bool
ww_look_enclosed(const struct ww_token *token)
{
	static const char pairs[][2] = {
		{ '[', ']' }, { '(', ')' },   { '{', '}' }, { '<', '>' },
		{ '"', '"' }, { '\'', '\'' }, { '`', '`' },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(pairs); i++)
		if (ww_look_left(token) == pairs[i][0] &&
		    ww_look_right(token) == pairs[i][1])
			return true;
	return false;
}

bool
ww_look_failure(uint32_t value)
{
	/* The top bits of HRESULTs, NTSTATUSes and of HRESULTs made of those.
	 */
	static const struct {
		unsigned shift;
		uint32_t top;
	} rows[] = {
		{ 24, 0x80 }, { 24, 0x87 },   { 24, 0x88 },
		{ 24, 0x89 }, { 16, 0x8A15 }, /* winget */
		{ 24, 0xC0 }, { 24, 0xC1 },   /* Windows setup */
		{ 24, 0xD0 }, { 24, 0xE0 },
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		if (value >> rows[i].shift == rows[i].top)
			return true;
	return false;
}
