#include "code/spelling.h"

#include "base/compiler.h"
#include "code/numeral.h"
#include "code/strip.h"

#define CODE_DIGITS 8  /* of 32 bits in hexadecimal */
#define TOKEN_MAX   20 /* as many digits as 64 bits have */

/* Letters taken for a digit, by people and by text recognition. */
static const struct {
	char seen, meant;
} lookalikes[] = {
	{ 'O', '0' }, { 'o', '0' }, { 'l', '1' }, { 'I', '1' },
	{ 'i', '1' }, { 'S', '5' }, { 's', '5' },
};

/* A digit string to vary; hexadecimal but for the signed ones. */
struct token {
	char p[TOKEN_MAX + 1]; /* one more for an inserted digit */
	size_t len;
	bool prefixed; /* had an 0x */
	bool negative;
	bool mended; /* a letter was taken for a digit */
};

/* Where the values go, each once. */
struct guesses {
	uint32_t *p;
	size_t n, max;
	uint32_t written; /* what the text says as it stands: no guess */
	bool has_written;
};

static char
mend(char c)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(lookalikes); i++)
		if (lookalikes[i].seen == c)
			return lookalikes[i].meant;
	return c;
}

static void
add_guess(struct guesses *guesses, uint32_t v)
{
	if (guesses->n == guesses->max)
		return;
	if (guesses->has_written && guesses->written == v)
		return;
	for (size_t i = 0; i < guesses->n; i++)
		if (guesses->p[i] == v)
			return;
	guesses->p[guesses->n++] = v;
}

static void
guess(struct guesses *guesses, const struct token *token)
{
	struct ww_slice s = ww_slice_of(token->p, token->len);
	struct ww_numeral num;

	if (token->negative) {
		if (ww_numeral_decimal(s, &num) && num.len == s.len &&
		    num.value <= 0x80000000u)
			add_guess(guesses, 0 - (uint32_t)num.value);
	} else if (ww_numeral_hex(s, &num) && num.len == s.len &&
		   num.value <= UINT32_MAX) {
		add_guess(guesses, (uint32_t)num.value);
	}
}

/* Each digit left out, doubled ones first: those slip in unseen. */
static void
guess_shorter(struct guesses *guesses, const struct token *token, bool doubled)
{
	for (size_t i = 0; i < token->len; i++) {
		struct token t = *token;

		if (doubled != (i > 0 && t.p[i] == t.p[i - 1]))
			continue;
		memmove(t.p + i, t.p + i + 1, t.len - i - 1);
		t.len--;
		guess(guesses, &t);
	}
}

/* Each digit doubled, or a zero put before it and at the end. */
static void
guess_longer(struct guesses *guesses, const struct token *token, bool doubled)
{
	for (size_t i = doubled ? 1 : 0; i <= token->len; i++) {
		struct token t = *token;

		memmove(t.p + i + 1, t.p + i, t.len - i);
		t.p[i] = doubled ? t.p[i - 1] : '0';
		t.len++;
		guess(guesses, &t);
	}
}

static void
guess_swapped(struct guesses *guesses, const struct token *token)
{
	for (size_t i = 0; i + 1 < token->len; i++) {
		struct token t = *token;

		t.p[i] = token->p[i + 1];
		t.p[i + 1] = token->p[i];
		guess(guesses, &t);
	}
}

/* "B0070005": no code starts with B, but many do with 8. */
static void
guess_b(struct guesses *guesses, const struct token *token)
{
	struct token t = *token;

	if (t.len != CODE_DIGITS || ww_fold(t.p[0]) != 'b')
		return;
	t.p[0] = '8';
	guess(guesses, &t);
}

static bool
read_token(struct ww_slice text, struct token *ret)
{
	struct token token = { 0 };
	size_t prefix = ww_numeral_0x(text);
	size_t dash = ww_numeral_dash(text);

	/* "Ox80070005" */
	if (prefix == 0 && ww_slice_casestarts(text, WW_LIT("ox"))) {
		token.mended = true;
		prefix = 2;
	}
	token.prefixed = prefix > 0;
	token.negative = dash > 0;
	text = ww_slice_from(text, prefix + dash);
	if (text.len < 2 || text.len > TOKEN_MAX)
		return false;
	for (; token.len < text.len; token.len++) {
		char c = text.p[token.len];

		token.p[token.len] = mend(c);
		token.mended |= mend(c) != c;
		if (ww_hex_value(mend(c)) < 0)
			return false;
	}
	*ret = token;
	return true;
}

static bool
starts_like_code(const struct token *token)
{
	char c = ww_fold(token->p[0]);

	return token->prefixed || c == 'b' ||
	       ((c == '8' || c == 'c') && token->p[1] == '0');
}

/* A word of letters alone, "oil" or "sold", is no mistyped number. */
static bool
may_be_mended(struct ww_slice text, const struct token *token)
{
	if (!token->mended)
		return false;
	if (token->prefixed || token->len >= CODE_DIGITS)
		return true;
	for (size_t i = 0; i < text.len; i++)
		if (ww_is_digit(text.p[i]))
			return true;
	return false;
}

static struct guesses
guesses_for(struct ww_slice text, uint32_t *ret, size_t max)
{
	struct guesses guesses = { .p = ret, .max = max };
	struct ww_spelled spelled[WW_SPELLED_MAX];

	if (ww_spelling_parse(text, spelled) > 0) {
		guesses.written = spelled[0].value;
		guesses.has_written = true;
	}
	return guesses;
}

size_t
ww_spelling_near(struct ww_slice text, uint32_t *ret, size_t max)
{
	struct guesses guesses = guesses_for(text, ret, max);
	struct token token;

	text = ww_strip(text);
	if (!read_token(text, &token))
		return 0;
	if (may_be_mended(text, &token))
		guess(&guesses, &token);
	if (token.negative || !starts_like_code(&token))
		return guesses.n;
	guess_b(&guesses, &token);
	if (token.len == CODE_DIGITS + 1) {
		guess_shorter(&guesses, &token, true);
		guess_shorter(&guesses, &token, false);
	} else if (token.len == CODE_DIGITS - 1) {
		guess_longer(&guesses, &token, true);
		guess_longer(&guesses, &token, false);
	} else if (token.len == CODE_DIGITS) {
		guess_swapped(&guesses, &token);
	}
	return guesses.n;
}
