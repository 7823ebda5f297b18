#include "code/spelling.h"

#include "base/compiler.h"
#include "base/utf8.h"
#include "code/macro.h"

/* Longer than any spelling of a number with separators and back-quotes. */
#define TOKEN_MAX 48

struct token {
	char p[TOKEN_MAX];
	size_t len;
};

static bool
is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ||
	       c == 0xFE63 || c == 0xFF0D;
}

/* White space, quotes and brackets that people leave around a code. */
static bool
is_wrapping(uint32_t c)
{
	return (c < 0x80 && c != 0 &&
		strchr(" \t\r\n\v\f\"'`()[]{}<>*", (int)c) != NULL) ||
	       c == 0xA0 || c == 0xAB || c == 0xBB || c == 0x202F ||
	       (c >= 0x2018 && c <= 0x201F) || c == 0x2039 || c == 0x203A;
}

static bool
is_closing(uint32_t c)
{
	return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' ||
	       c == '?';
}

/* The character before the end of s, and its length. */
static size_t
decode_last(struct ww_slice s, uint32_t *ret)
{
	size_t n = 1;

	while (n < 4 && n < s.len && (s.p[s.len - n] & 0xC0) == 0x80)
		n++;
	ww_utf8_decode(ww_slice_from(s, s.len - n), ret);
	return n;
}

static struct ww_slice
unwrap(struct ww_slice s)
{
	uint32_t c;
	size_t n;

	while (s.len > 0) {
		n = ww_utf8_decode(s, &c);
		if (!is_wrapping(c))
			break;
		s = ww_slice_from(s, n);
	}
	while (s.len > 0) {
		n = decode_last(s, &c);
		if (!is_wrapping(c) && !is_closing(c))
			break;
		s.len -= n;
	}
	return s;
}

/*
 * Plain ASCII: dashes become '-', separators between digits ','; WinDbg's
 * back-quote goes.  False when the text cannot be a number.
 */
static bool
to_token(struct ww_slice s, struct token *ret)
{
	ret->len = 0;
	while (s.len > 0) {
		uint32_t c;
		size_t n = ww_utf8_decode(s, &c);

		s = ww_slice_from(s, n);
		if (is_dash(c))
			c = '-';
		else if (c == ' ' || c == '.' || c == '\'' || c == 0xA0 ||
			 c == 0x202F || c == 0x2019)
			c = ',';
		if (c == '`')
			continue;
		if (c >= 0x80 || ret->len == TOKEN_MAX)
			return false;
		ret->p[ret->len++] = (char)c;
	}
	return ret->len > 0;
}

/* A 64-bit number as 32: as it is, or with its sign extended. */
static bool
to_32_bits(uint64_t v, struct ww_spelled *ret)
{
	if (v <= UINT32_MAX) {
		ret->value = (uint32_t)v;
		return true;
	}
	if (v >> 31 != UINT64_C(0x1FFFFFFFF))
		return false;
	ret->value = (uint32_t)v;
	ret->extended = true;
	return true;
}

static bool
read_hex(struct ww_slice digits, struct ww_spelled *ret)
{
	uint64_t v = 0;

	if (digits.len == 0 || digits.len > 16)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = ww_hex_value(digits.p[i]);

		if (digit < 0)
			return false;
		v = v << 4 | (uint64_t)digit;
	}
	ret->digits = (unsigned)digits.len;
	return to_32_bits(v, ret);
}

/* Digits, perhaps in groups of three: 2,149,859,335. */
static bool
read_digits(struct ww_slice s, uint64_t *ret, unsigned *n_digits)
{
	size_t group = 0;
	bool grouped = false;

	*ret = 0;
	*n_digits = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == ',') {
			if (group == 0 || group > 3 || (grouped && group != 3))
				return false;
			grouped = true;
			group = 0;
			continue;
		}
		if (!ww_is_digit(s.p[i]) || *n_digits == 20 ||
		    *ret > (UINT64_MAX - 9) / 10)
			return false;
		*ret = *ret * 10 + (uint64_t)(s.p[i] - '0');
		++*n_digits;
		group++;
	}
	return *n_digits > 0 && (!grouped || group == 3);
}

static bool
read_decimal(struct ww_slice s, struct ww_spelled *ret)
{
	bool negative = s.len > 1 && s.p[0] == '-';
	uint64_t v;

	if (!read_digits(negative ? ww_slice_from(s, 1) : s, &v, &ret->digits))
		return false;
	ret->form = negative ? WW_FORM_NEGATIVE : WW_FORM_DECIMAL;
	if (!negative)
		return to_32_bits(v, ret);
	ret->value = (uint32_t)(0 - v);
	return v > 0 && v <= UINT64_C(0x80000000);
}

/* Without the suffixes of C: u, l, in any order and case. */
static struct ww_slice
without_suffix(struct ww_slice s)
{
	while (s.len > 1 && (ww_fold(s.p[s.len - 1]) == 'u' ||
			     ww_fold(s.p[s.len - 1]) == 'l'))
		s.len--;
	return s;
}

/* What marks hexadecimal digits before them. */
static bool
strip_prefix(struct ww_slice *s)
{
	static const char *const prefixes[] = { "0x", "&h", "\\x", "#", "x" };

	for (size_t i = 0; i < WW_ARRAY_LEN(prefixes); i++) {
		struct ww_slice prefix = ww_slice_cstr(prefixes[i]);

		if (!ww_slice_casestarts(*s, prefix))
			continue;
		*s = ww_slice_from(*s, prefix.len);
		return true;
	}
	return false;
}

static bool
read_marked_hex(struct ww_slice s, struct ww_spelled *ret)
{
	bool marked = strip_prefix(&s);

	s = without_suffix(s);
	if (!marked && s.len > 1 && ww_fold(s.p[s.len - 1]) == 'h') {
		marked = true;
		s.len--;
	}
	ret->form = WW_FORM_HEX;
	return marked && read_hex(s, ret);
}

/*
 * Digits alone are hexadecimal where nothing else says so only if a digit is
 * among them or they fill 32 bits: "add" and "dead" are words.
 */
static bool
read_bare_hex(struct ww_slice s, struct ww_spelled *ret)
{
	bool digit = false;

	s = without_suffix(s);
	for (size_t i = 0; i < s.len; i++)
		digit = digit || ww_is_digit(s.p[i]);
	ret->form = WW_FORM_BARE_HEX;
	return (digit || s.len == 8) && (s.len <= 8 || s.len == 16) &&
	       read_hex(s, ret);
}

/* 80244007 and 00000050 are written as Windows writes hexadecimal. */
static bool
hex_comes_first(const struct ww_spelled *hex)
{
	return hex->digits >= 8 &&
	       (hex->value < 0x1000 || hex->value >= 0x80000000u);
}

static size_t
read_number(struct ww_slice s, struct ww_spelled ret[WW_SPELLED_MAX])
{
	struct ww_spelled hex = { 0 }, decimal = { 0 };
	struct token token;
	bool is_hex, is_decimal;

	if (!to_token(s, &token))
		return 0;
	s = ww_slice_of(token.p, token.len);
	if (read_marked_hex(s, &ret[0]))
		return 1;
	is_hex = read_bare_hex(s, &hex);
	is_decimal = read_decimal(without_suffix(s), &decimal);
	if (is_hex && is_decimal && decimal.digits <= 8) {
		bool first = hex_comes_first(&hex);

		ret[0] = first ? hex : decimal;
		ret[1] = first ? decimal : hex;
		return hex.value == decimal.value ? 1 : 2;
	}
	if (!is_hex && !is_decimal)
		return 0;
	ret[0] = is_decimal ? decimal : hex;
	return 1;
}

/* 0xC1900101 - 0x20017 */
static bool
read_pair(struct ww_slice s, struct ww_spelled *ret)
{
	for (size_t i = 2; i < s.len;) {
		struct ww_spelled second = { 0 };
		struct token token;
		uint32_t c;
		size_t n = ww_utf8_decode(ww_slice_from(s, i), &c);

		if (!is_dash(c)) {
			i += n;
			continue;
		}
		*ret = (struct ww_spelled){ 0 };
		if (!to_token(unwrap(ww_slice_of(s.p, i)), &token) ||
		    !read_marked_hex(ww_slice_of(token.p, token.len), ret) ||
		    !to_token(unwrap(ww_slice_from(s, i + n)), &token) ||
		    !read_marked_hex(ww_slice_of(token.p, token.len), &second))
			return false;
		ret->has_extend = true;
		ret->extend = second.value;
		return true;
	}
	return false;
}

static bool
read_param(struct ww_slice s, uint64_t *ret)
{
	struct token token;
	struct ww_slice digits;
	uint64_t v = 0;

	if (!to_token(unwrap(s), &token))
		return false;
	digits = ww_slice_of(token.p, token.len);
	strip_prefix(&digits);
	if (digits.len == 0 || digits.len > 16)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (ww_hex_value(digits.p[i]) < 0)
			return false;
		v = v << 4 | (uint64_t)ww_hex_value(digits.p[i]);
	}
	*ret = v;
	return true;
}

/* 0x0000009F (0x3, 0xffffe00012345678, …) */
static bool
read_stop(struct ww_slice s, struct ww_spelled *ret)
{
	const char *open = memchr(s.p, '(', s.len);
	struct ww_slice list;
	struct token token;

	if (open == NULL || open == s.p || s.p[s.len - 1] != ')' ||
	    !to_token(unwrap(ww_slice_of(s.p, (size_t)(open - s.p))), &token))
		return false;
	*ret = (struct ww_spelled){ 0 };
	if (!read_marked_hex(ww_slice_of(token.p, token.len), ret))
		return false;
	list = ww_slice_of(open + 1, (size_t)(s.p + s.len - open) - 2);
	while (list.len > 0 && ret->n_params < WW_BUGCHECK_PARAMS) {
		const char *comma = memchr(list.p, ',', list.len);
		size_t n = comma == NULL ? list.len : (size_t)(comma - list.p);

		if (!read_param(ww_slice_of(list.p, n),
				&ret->params[ret->n_params]))
			return false;
		ret->n_params++;
		list = ww_slice_from(list, comma == NULL ? n : n + 1);
	}
	return ret->n_params > 0 && list.len == 0;
}

size_t
ww_spelling_parse(struct ww_slice text, struct ww_spelled ret[WW_SPELLED_MAX])
{
	struct ww_slice s = ww_slice_trim(text);

	for (size_t i = 0; i < WW_SPELLED_MAX; i++)
		ret[i] = (struct ww_spelled){ 0 };
	if (s.len == 0)
		return 0;
	if (read_stop(s, &ret[0]))
		return 1;
	if (ww_macro_parse(s, &ret[0]))
		return 1;
	s = unwrap(s);
	if (s.len == 0)
		return 0;
	if (read_pair(s, &ret[0]))
		return 1;
	ret[0] = (struct ww_spelled){ 0 };
	return read_number(s, ret);
}

bool
ww_spelling_is_name(struct ww_slice text)
{
	if (text.len < 2 || !(ww_is_alpha(text.p[0]) || text.p[0] == '_'))
		return false;
	for (size_t i = 1; i < text.len; i++)
		if (!ww_is_alnum(text.p[i]) && text.p[i] != '_')
			return false;
	return true;
}
