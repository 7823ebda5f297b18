#include "code/numeral.h"

#include "base/compiler.h"

#define HEX_DIGITS_MAX 16 /* 64 bits */

static const char *const dashes[] = {
	"-",		/* U+002D, hyphen-minus */
	"\xE2\x80\x90", /* U+2010, hyphen */
	"\xE2\x80\x91", /* U+2011, non-breaking hyphen */
	"\xE2\x80\x93", /* U+2013, en dash */
	"\xE2\x80\x94", /* U+2014, em dash */
	"\xE2\x88\x92", /* U+2212, minus */
	"\xEF\xB9\xA3", /* U+FE63, small hyphen-minus */
	"\xEF\xBC\x8D", /* U+FF0D, full-width hyphen-minus */
};

static const char *const separators[] = {
	",",
	".",
	"'",
	" ",
	"\xC2\xA0",	/* U+00A0, no-break space */
	"\xE2\x80\x89", /* U+2009, thin space */
	"\xE2\x80\x99", /* U+2019, apostrophe */
	"\xE2\x80\xAF", /* U+202F, narrow no-break space */
};

/* How many digits stand at the start of s; stops counting behind max. */
static size_t
hex_run(struct ww_slice s, size_t max)
{
	size_t n = 0;

	while (n < s.len && n <= max && ww_hex_value(s.p[n]) >= 0)
		n++;
	return n;
}

/* The splits seen: 8 digits in the debuggers, 4 where people imitate them. */
static bool
is_split(struct ww_slice s, size_t before)
{
	size_t n;

	if (before == 0 || s.len == 0 || s.p[0] != '`')
		return false;
	n = hex_run(ww_slice_from(s, 1), 8);
	return n == 8 || (n == 4 && before == 4);
}

/* Up to max digits; stops counting behind them. */
static size_t
add_hex(struct ww_slice text, size_t max, struct ww_numeral *num)
{
	size_t n = 0;
	int v;

	while (num->len < text.len && n <= max &&
	       (v = ww_hex_value(text.p[num->len])) >= 0) {
		num->value = num->value << 4 | (unsigned)v;
		num->len++;
		n++;
	}
	num->digits += (unsigned)n;
	return n;
}

bool
ww_numeral_hex(struct ww_slice text, struct ww_numeral *ret)
{
	struct ww_numeral num = { 0 };
	size_t n = add_hex(text, HEX_DIGITS_MAX, &num);

	if (n == 0 || n > HEX_DIGITS_MAX)
		return false;
	if (n <= 8 && is_split(ww_slice_from(text, n), n)) {
		num.len++;
		add_hex(text, 8, &num);
	}
	*ret = num;
	return true;
}

/* Whether exactly three digits stand at the start of s. */
static bool
is_group(struct ww_slice s)
{
	for (size_t i = 0; i < 3; i++)
		if (i >= s.len || !ww_is_digit(s.p[i]))
			return false;
	return s.len == 3 || !ww_is_digit(s.p[3]);
}

/* The separator at the start of s, if a group of three follows; or NULL. */
static const char *
separator_at(struct ww_slice s)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(separators); i++) {
		struct ww_slice separator = ww_slice_cstr(separators[i]);

		if (ww_slice_starts(s, separator) &&
		    is_group(ww_slice_from(s, separator.len)))
			return separators[i];
	}
	return NULL;
}

static bool
add_decimal(struct ww_slice text, struct ww_numeral *num)
{
	while (num->len < text.len && ww_is_digit(text.p[num->len])) {
		unsigned v = (unsigned)(text.p[num->len] - '0');

		if (num->value > (UINT64_MAX - v) / 10)
			return false;
		num->value = num->value * 10 + v;
		num->digits++;
		num->len++;
	}
	return num->digits > 0;
}

bool
ww_numeral_decimal(struct ww_slice text, struct ww_numeral *ret)
{
	struct ww_numeral num = { 0 };
	const char *first, *next;

	if (!add_decimal(text, &num))
		return false;
	first =
	    num.digits > 3 ? NULL : separator_at(ww_slice_from(text, num.len));
	for (next = first; next != NULL && next == first;
	     next = separator_at(ww_slice_from(text, num.len))) {
		num.len += strlen(next);
		if (!add_decimal(text, &num))
			return false;
	}
	*ret = num;
	return true;
}

size_t
ww_numeral_0x(struct ww_slice text)
{
	return text.len >= 2 && text.p[0] == '0' && ww_fold(text.p[1]) == 'x'
		   ? 2
		   : 0;
}

size_t
ww_numeral_dash(struct ww_slice text)
{
	if (text.len == 0)
		return 0;
	if ((unsigned char)text.p[0] < 0x80)
		return text.p[0] == '-';
	for (size_t i = 0; i < WW_ARRAY_LEN(dashes); i++) {
		struct ww_slice dash = ww_slice_cstr(dashes[i]);

		if (ww_slice_starts(text, dash))
			return dash.len;
	}
	return 0;
}

size_t
ww_numeral_dash_before(struct ww_slice text)
{
	if (text.len == 0)
		return 0;
	if ((unsigned char)text.p[text.len - 1] < 0x80)
		return text.p[text.len - 1] == '-';
	for (size_t i = 0; i < WW_ARRAY_LEN(dashes); i++) {
		struct ww_slice dash = ww_slice_cstr(dashes[i]);

		if (text.len >= dash.len &&
		    ww_slice_eq(ww_slice_from(text, text.len - dash.len), dash))
			return dash.len;
	}
	return 0;
}

bool
ww_numeral_code(uint64_t value, uint32_t *ret, bool *extended)
{
	bool is_extended = value >= UINT64_C(0xFFFFFFFF80000000);

	if (value > UINT32_MAX && !is_extended)
		return false;
	*ret = (uint32_t)value;
	*extended = is_extended;
	return true;
}
