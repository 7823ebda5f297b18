/*
 * What a piece of running text looks like: tokens, their neighbours, and the
 * shapes that only resemble a code.  Used by find.c.
 */
#ifndef WW_CODE_LOOK_H
#define WW_CODE_LOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* A run of ASCII letters, digits and underscores, as long as it goes. */
struct ww_token {
	struct ww_slice text; /* what it stands in */
	size_t at, end;
	size_t hex;	/* leading hexadecimal digits */
	size_t decimal; /* leading decimal digits */
	bool joined;	/* an underscore is in it */
};

/* What a byte may be; a byte may be several. */
enum ww_byte_kind {
	WW_KIND_TOKEN = 1,   /* a letter, a digit, an underscore */
	WW_KIND_HEX = 2,     /* a hexadecimal digit */
	WW_KIND_DECIMAL = 4, /* a decimal one */
	WW_KIND_BEFORE = 8,  /* may stand before digits that have no 0x */
	WW_KIND_BEHIND = 16, /* may stand behind them */
	WW_KIND_GAP = 32,    /* parts them from the word before */
	WW_KIND_JOINS = 64,  /* an underscore */
};
extern const unsigned char ww_kinds[256];

static inline bool
ww_is_kind(char c, enum ww_byte_kind kind)
{
	return (ww_kinds[(unsigned char)c] & kind) != 0;
}

/* Nothing, or a byte of a longer character: a letter or quote of a script. */
static inline bool
ww_is_foreign(char c)
{
	return c == '\0' || (unsigned char)c >= 0x80;
}

/* The next token from `at` on. */
bool ww_look_token(struct ww_slice text, size_t at, struct ww_token *ret);

/* The byte before the token, behind it and one further; 0 where none is. */
static inline char
ww_look_left(const struct ww_token *token)
{
	return token->at > 0 ? token->text.p[token->at - 1] : '\0';
}

static inline char
ww_look_right(const struct ww_token *token)
{
	return token->end < token->text.len ? token->text.p[token->end] : '\0';
}

static inline char
ww_look_beyond(const struct ww_token *token)
{
	size_t at = token->end + 1;

	return at < token->text.len ? token->text.p[at] : '\0';
}

/*
 * Words of a sentence, which are most tokens: no digits, and nothing that
 * makes a name or a macro.
 */
static inline bool
ww_look_is_plain(const struct ww_token *token)
{
	char last = token->text.p[token->end - 1];

	return token->decimal == 0 && token->end - token->at > token->hex &&
	       last >= 'a' && last <= 'z' && !token->joined &&
	       ww_look_right(token) != '(';
}

/* The bytes of a GUID's digits and dashes that start here; 0 when none do. */
size_t ww_look_guid(const struct ww_token *token);

/* Whether it stands in brackets or quotes of its own: [80244007]. */
bool ww_look_enclosed(const struct ww_token *token);

/* Whether digits without a prefix may begin here: no word or path goes on. */
static inline bool
ww_look_opened(const struct ww_token *token)
{
	char left = ww_look_left(token);

	return ww_is_kind(left, WW_KIND_BEFORE) || ww_is_foreign(left);
}

/* Whether they end here, or go on as a path or a version. */
static inline bool
ww_look_closed(const struct ww_token *token)
{
	char right = ww_look_right(token);

	if (right == '.' || right == ',' || right == ':')
		return !ww_is_alnum(ww_look_beyond(token));
	return ww_is_kind(right, WW_KIND_BEHIND) || ww_is_foreign(right);
}

static inline bool
ww_look_bounded(const struct ww_token *token)
{
	return ww_look_opened(token) && ww_look_closed(token);
}

/*
 * Parts of dates, versions and addresses, which are most of the digits: what
 * stands next to them makes no code of them.
 */
static inline bool
ww_look_is_part(const struct ww_token *token)
{
	size_t len = token->end - token->at;
	char left = ww_look_left(token);

	if (token->hex < len)
		return false;
	return !ww_look_closed(token) ||
	       !(ww_look_opened(token) ||
		 (token->decimal == len && (left == '-' || left == '%')));
}

/*
 * Whether 32 bits begin as the failures of the usual facilities do.  For
 * digits that nothing else tells from a hash or a counter.
 */
bool ww_look_failure(uint32_t value);

#endif
