#include "code/spelling.h"

#include "base/compiler.h"
#include "code/macro.h"
#include "code/numeral.h"
#include "code/strip.h"
#include "code/tail.h"

#define CODE_DIGITS 8 /* of 32 bits in hexadecimal */

/* Prefixes that say hexadecimal, in C, Visual Basic, strings and Pascal. */
static const char *const hex_prefixes[] = {
	"0x",
	"&H",
	"\\x",
	"$",
};

/* C's integer suffixes say nothing of the base.  Longer ones come first. */
static const char *const suffixes[] = {
	"ull", "llu", "ul", "lu", "ll", "l", "u",
};

static struct ww_slice
without_suffix(struct ww_slice s)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(suffixes); i++) {
		struct ww_slice suffix = ww_slice_cstr(suffixes[i]);
		size_t left = s.len - suffix.len;

		if (s.len > suffix.len &&
		    ww_slice_casestarts(ww_slice_from(s, left), suffix))
			return ww_slice_of(s.p, left);
	}
	return s;
}

static size_t
prefix_len(struct ww_slice s)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(hex_prefixes); i++) {
		struct ww_slice prefix = ww_slice_cstr(hex_prefixes[i]);

		if (ww_slice_casestarts(s, prefix))
			return prefix.len;
	}
	return 0;
}

static bool
has_digit(struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ww_is_digit(s.p[i]))
			return true;
	return false;
}

static bool
fill(struct ww_spelled *ret, enum ww_form form, const struct ww_numeral *num)
{
	struct ww_spelled got = { .form = form, .digits = num->digits };

	if (!ww_numeral_code(num->value, &got.value, &got.extended))
		return false;
	*ret = got;
	return true;
}

/* All of s in hexadecimal digits. */
static bool
read_hex(struct ww_slice s, enum ww_form form, struct ww_spelled *ret)
{
	struct ww_numeral num;

	return ww_numeral_hex(s, &num) && num.len == s.len &&
	       fill(ret, form, &num);
}

/*
 * Hexadecimal without a prefix.  "dead", "face" and "add" are words: letters
 * alone must be as many as a code has digits.
 */
static bool
read_bare_hex(struct ww_slice s, struct ww_spelled *ret)
{
	if (!has_digit(s) && s.len < CODE_DIGITS)
		return false;
	if (!read_hex(s, WW_FORM_BARE_HEX, ret))
		return false;
	/* 9 to 15 digits are an address or a decimal number. */
	return ret->digits <= CODE_DIGITS || ret->digits == 2 * CODE_DIGITS;
}

static bool
read_decimal(struct ww_slice s, struct ww_spelled *ret)
{
	struct ww_numeral num;

	return ww_numeral_decimal(s, &num) && num.len == s.len &&
	       fill(ret, WW_FORM_DECIMAL, &num);
}

/* What follows a minus: decimal, or 0x and digits as Python's hex() has it. */
static bool
read_negative(struct ww_slice s, struct ww_spelled *ret)
{
	struct ww_numeral num;
	size_t prefix = ww_numeral_0x(s);
	bool read = prefix > 0 ? ww_numeral_hex(ww_slice_from(s, prefix), &num)
			       : ww_numeral_decimal(s, &num);

	if (!read || prefix + num.len != s.len || num.value > 0x80000000u)
		return false;
	*ret = (struct ww_spelled){ .form = WW_FORM_NEGATIVE,
				    .value = 0 - (uint32_t)num.value,
				    .digits = num.digits };
	return true;
}

/*
 * Which base people mean by digits without a letter.  Eight of them starting
 * with 8 or 4 are an HRESULT or an informational NTSTATUS, with 0 a padded
 * one; other numbers are rather a decimal error.
 */
static bool
is_hex_first(struct ww_slice s)
{
	if (s.len == (size_t)2 * CODE_DIGITS)
		return true;
	return s.len == CODE_DIGITS &&
	       (s.p[0] == '8' || s.p[0] == '4' || s.p[0] == '0');
}

static size_t
read_bare(struct ww_slice s, struct ww_spelled ret[WW_SPELLED_MAX])
{
	struct ww_spelled hex, decimal;
	bool is_hex = read_bare_hex(s, &hex);
	bool is_decimal = read_decimal(s, &decimal);
	bool hex_first = is_hex && (!is_decimal || is_hex_first(s));

	if (!is_hex && !is_decimal)
		return 0;
	ret[0] = hex_first ? hex : decimal;
	if (!is_hex || !is_decimal || hex.value == decimal.value)
		return 1;
	ret[1] = hex_first ? decimal : hex;
	return 2;
}

static size_t
read_number(struct ww_slice s, struct ww_spelled ret[WW_SPELLED_MAX])
{
	size_t len;

	s = without_suffix(s);
	if ((len = prefix_len(s)) > 0)
		return read_hex(ww_slice_from(s, len), WW_FORM_HEX, ret);
	if ((len = ww_numeral_dash(s)) > 0)
		return read_negative(ww_slice_from(s, len), ret);
	if (s.len > 0 && s.p[0] == '#')
		s = ww_slice_from(s, 1);
	/* 80244007h; a digit is needed, for "each" ends in h as well. */
	if (s.len > 1 && ww_fold(s.p[s.len - 1]) == 'h' && has_digit(s))
		return read_hex(ww_slice_of(s.p, s.len - 1), WW_FORM_HEX, ret);
	return read_bare(s, ret);
}

/* The first number of a pair or of a stop code; its bytes, or 0. */
static size_t
read_head(struct ww_slice s, struct ww_spelled *ret)
{
	size_t prefix = ww_numeral_0x(s);
	struct ww_numeral num;

	if (!ww_numeral_hex(ww_slice_from(s, prefix), &num) ||
	    !fill(ret, prefix > 0 ? WW_FORM_HEX : WW_FORM_BARE_HEX, &num))
		return 0;
	return prefix + num.len;
}

static bool
read_with_tail(struct ww_slice s, struct ww_spelled *ret)
{
	struct ww_spelled got;
	size_t head = read_head(s, &got);
	struct ww_slice rest = ww_slice_from(s, head);
	size_t tail;

	if (head == 0)
		return false;
	tail = ww_tail_extend(rest, &got);
	if (tail == 0)
		tail = ww_tail_params(rest, &got);
	if (tail == 0)
		tail = ww_tail_bare_params(rest, &got);
	if (tail == 0 || tail != rest.len)
		return false;
	*ret = got;
	return true;
}

/* Without "*** STOP:", which a blue screen writes before its code. */
static struct ww_slice
without_stop(struct ww_slice s)
{
	struct ww_slice rest = s;

	if (ww_slice_starts(rest, WW_LIT("***")))
		rest = ww_slice_trim(ww_slice_from(rest, 3));
	if (!ww_slice_casestarts(rest, WW_LIT("stop")))
		return s;
	rest = ww_slice_from(rest, 4);
	if (rest.len == 0 || (rest.p[0] != ':' && rest.p[0] != ' '))
		return s;
	return ww_slice_trim(ww_slice_from(rest, 1));
}

static size_t
read_any(struct ww_slice s, struct ww_spelled ret[WW_SPELLED_MAX])
{
	size_t n;

	if (s.len == 0)
		return 0;
	if (ww_macro_parse(s, ret))
		return 1;
	n = read_number(s, ret);
	return n > 0 ? n : read_with_tail(s, ret);
}

size_t
ww_spelling_parse(struct ww_slice text, struct ww_spelled ret[WW_SPELLED_MAX])
{
	struct ww_slice all = ww_strip(text), number = without_stop(all);
	size_t n = read_any(number, ret);

	for (size_t i = 0; i < n; i++)
		ret[i].stop = number.len < all.len;
	return n;
}

bool
ww_spelling_is_name(struct ww_slice text)
{
	if (text.len < 2 || !ww_is_alpha(text.p[0]))
		return false;
	for (size_t i = 1; i < text.len; i++)
		if (!ww_is_alnum(text.p[i]) && text.p[i] != '_')
			return false;
	return true;
}
