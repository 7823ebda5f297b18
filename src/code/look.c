#include "code/look.h"

#include "base/compiler.h"

static bool
is_token_byte(char c)
{
	return ww_is_alnum(c) || c == '_';
}

bool
ww_look_token(struct ww_slice text, size_t at, struct ww_token *ret)
{
	struct ww_token token = { .text = text };

	while (at < text.len && !is_token_byte(text.p[at]))
		at++;
	if (at == text.len)
		return false;
	token.at = at;
	while (at < text.len && ww_is_digit(text.p[at]))
		at++;
	token.decimal = at - token.at;
	while (at < text.len && ww_hex_value(text.p[at]) >= 0)
		at++;
	token.hex = at - token.at;
	while (at < text.len && is_token_byte(text.p[at]))
		at++;
	token.end = at;
	*ret = token;
	return true;
}

char
ww_look_left(const struct ww_token *token)
{
	return token->at > 0 ? token->text.p[token->at - 1] : '\0';
}

char
ww_look_right(const struct ww_token *token)
{
	return token->end < token->text.len ? token->text.p[token->end] : '\0';
}

char
ww_look_beyond(const struct ww_token *token)
{
	size_t at = token->end + 1;

	return at < token->text.len ? token->text.p[at] : '\0';
}

size_t
ww_look_guid(const struct ww_token *token)
{
	/* 01234567-0123-0123-0123-0123456789ab */
	static const size_t groups[] = { 8, 4, 4, 4, 12 };
	struct ww_token group = *token;
	size_t i = 0;

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

/* A byte of a longer character is a letter or a quote of some script. */
static bool
is_one_of(char c, const char *set)
{
	return c == '\0' || (unsigned char)c >= 0x80 || strchr(set, c) != NULL;
}

bool
ww_look_bounded(const struct ww_token *token)
{
	char right = ww_look_right(token), beyond = ww_look_beyond(token);

	if (!is_one_of(ww_look_left(token), " \t\r\n([{<>=:,;|\"'`*"))
		return false;
	if (right == '.' || right == ',' || right == ':')
		return !ww_is_alnum(beyond);
	return is_one_of(right, " \t\r\n)]}<>;|\"'`*!?");
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
