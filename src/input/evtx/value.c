#include "input/evtx/value.h"

#include <stdio.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "base/utf8.h"
#include "input/ids.h"
#include "input/stamp.h"

#include "base/banned.h"

/* No number or date is longer. */
#define SHORT_MAX 64

/* Integers up to here are exact wherever JSON is read. */
#define EXACT_MAX (UINT64_C(1) << 53)

/* One character, or UTF-16 unit, becomes at most so many bytes. */
#define GROWTH_MAX 6

/* Characters */

static size_t
copy(char *to, const char *from, size_t n)
{
	memcpy(to, from, n);
	return n;
}

#define COPY(to, literal) copy(to, literal, sizeof(literal) - 1)

static size_t
put_replacement(char *to)
{
	return COPY(to, "\xEF\xBF\xBD");
}

static size_t
put_plain(char *to, unsigned char c)
{
	if ((c < ' ' && !ww_is_space((char)c)) || c == 0x7F)
		return put_replacement(to);
	*to = (char)c;
	return 1;
}

static size_t
put_xml(char *to, unsigned char c)
{
	switch (c) {
	case '<':
		return COPY(to, "&lt;");
	case '>':
		return COPY(to, "&gt;");
	case '&':
		return COPY(to, "&amp;");
	case '\'':
		return COPY(to, "&apos;");
	case '"':
		return COPY(to, "&quot;");
	case '\n': /* an event is one line */
		return COPY(to, "&#10;");
	case '\r':
		return COPY(to, "&#13;");
	default:
		/* XML 1.0 has no other control characters. */
		if (c < ' ' && c != '\t')
			return put_replacement(to);
		*to = (char)c;
		return 1;
	}
}

static size_t
put_json(char *to, unsigned char c)
{
	static const char digits[] = "0123456789abcdef";

	switch (c) {
	case '"':
		return COPY(to, "\\\"");
	case '\\':
		return COPY(to, "\\\\");
	case '\n':
		return COPY(to, "\\n");
	case '\r':
		return COPY(to, "\\r");
	case '\t':
		return COPY(to, "\\t");
	default:
		if (c >= ' ') {
			*to = (char)c;
			return 1;
		}
		COPY(to, "\\u00");
		to[4] = digits[c >> 4];
		to[5] = digits[c & 15];
		return 6;
	}
}

static size_t
put_ascii(char *to, unsigned char c, enum ww_evtx_escape escape)
{
	switch (escape) {
	case WW_EVTX_IN_XML:
		return put_xml(to, c);
	case WW_EVTX_IN_JSON:
		return put_json(to, c);
	default:
		return put_plain(to, c);
	}
}

/* Characters that stand for themselves everywhere. */
static bool
is_simple(unsigned c)
{
	return c >= ' ' && c < 0x7F && c != '<' && c != '>' && c != '&' &&
	       c != '\'' && c != '"' && c != '\\';
}

/* C1 controls move the cursor of some terminals. */
static size_t
put_other(char *to, uint32_t c, enum ww_evtx_escape escape)
{
	if ((escape == WW_EVTX_PLAIN && c < 0xA0) ||
	    (escape != WW_EVTX_IN_JSON && (c & 0xFFFE) == 0xFFFE))
		return put_replacement(to);
	return ww_utf8_encode(c, to);
}

void
ww_evtx_put_text(struct ww_evtx_out *out, struct ww_slice text,
		 enum ww_evtx_escape escape)
{
	char *to;

	if (!ww_evtx_room(out, text.len * GROWTH_MAX))
		return;
	to = out->p + out->len;
	while (text.len > 0) {
		unsigned char c = (unsigned char)text.p[0];
		uint32_t other;
		size_t n = 1;

		if (c < 0x80) {
			to += put_ascii(to, c, escape);
		} else {
			n = ww_utf8_decode(text, &other);
			to += put_other(to, other, escape);
		}
		text = ww_slice_from(text, n);
	}
	out->len = (size_t)(to - out->p);
}

static size_t
put_unit(char *to, const uint8_t *p, size_t len, size_t *n,
	 enum ww_evtx_escape escape)
{
	uint32_t c;

	*n = ww_utf16_decode(p, len, &c);
	return c < 0x80 ? put_ascii(to, (unsigned char)c, escape)
			: put_other(to, c, escape);
}

#define EACH_UNIT(bits) ((bits)*UINT64_C(0x0001000100010001))

/* Whether four units are from a blank to a tilde. */
static bool
are_plain(uint64_t units)
{
	/* Each is below 0x80 first, so that no sum reaches the next unit. */
	return (units & EACH_UNIT(0xFF80)) == 0 &&
	       ((units + EACH_UNIT(0x60)) & ~(units + EACH_UNIT(1)) &
		EACH_UNIT(0x80)) == EACH_UNIT(0x80);
}

/*
 * Four units at a time, as long as they stand for themselves; returns how many
 * bytes were taken.  Values are short: wider vectors would hardly be filled.
 */
static size_t
narrow_words(const uint8_t *p, size_t len, char *to, enum ww_evtx_escape escape)
{
	size_t n = 0;

	if (escape != WW_EVTX_PLAIN)
		return 0;
	for (; len - n >= 8; n += 8) {
		uint64_t units = ww_load64(p + n);

		if (!are_plain(units))
			break;
		units |= units >> 8;
		units = (units & 0xFFFF) | (units >> 16 & 0xFFFF0000);
		ww_store32((uint8_t *)to + n / 2, (uint32_t)units);
	}
	return n;
}

void
ww_evtx_put_utf16(struct ww_evtx_out *out, const uint8_t *p, size_t len,
		  enum ww_evtx_escape escape)
{
	char *to;

	len &= ~(size_t)1;
	while (len > 0 && p[len - 2] == 0 && p[len - 1] == 0)
		len -= 2;
	if (len == 0 || !ww_evtx_room(out, len / 2 * GROWTH_MAX))
		return;
	to = out->p + out->len;
	for (size_t i = 0, n; i < len; i += n) {
		unsigned c;

		n = narrow_words(p + i, len - i, to, escape);
		if (n > 0) {
			to += n / 2;
			continue;
		}
		c = ww_load16(p + i);

		n = 2;
		if (is_simple(c))
			*to++ = (char)c;
		else
			to += put_unit(to, p + i, len - i, &n, escape);
	}
	out->len = (size_t)(to - out->p);
}

/* Numbers */

void
ww_evtx_put_number(struct ww_evtx_out *out, uint64_t v)
{
	char digits[SHORT_MAX];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + v % 10);
	while ((v /= 10) != 0);
	ww_evtx_add(out, ww_slice_of(digits + at, sizeof(digits) - at));
}

static void
put_signed(struct ww_evtx_out *out, uint64_t v, bool negative)
{
	if (negative)
		ww_evtx_add_char(out, '-');
	ww_evtx_put_number(out, negative ? 0 - v : v);
}

static void
put_hex(struct ww_evtx_out *out, uint64_t v)
{
	static const char hex[] = "0123456789abcdef";
	char digits[SHORT_MAX];
	size_t at = sizeof(digits);

	do
		digits[--at] = hex[v & 15];
	while ((v >>= 4) != 0);
	digits[--at] = 'x';
	digits[--at] = '0';
	ww_evtx_add(out, ww_slice_of(digits + at, sizeof(digits) - at));
}

static void
put_bytes(struct ww_evtx_out *out, const uint8_t *p, size_t len)
{
	static const char hex[] = "0123456789ABCDEF";

	if (!ww_evtx_room(out, 2 * len))
		return;
	for (size_t i = 0; i < len; i++) {
		out->p[out->len++] = hex[p[i] >> 4];
		out->p[out->len++] = hex[p[i] & 15];
	}
}

/* The bytes of each type; 0: they vary. */
static const uint8_t sizes[] = {
	[WW_EVTX_I8] = 1,	[WW_EVTX_U8] = 1,	   [WW_EVTX_I16] = 2,
	[WW_EVTX_U16] = 2,	[WW_EVTX_I32] = 4,	   [WW_EVTX_U32] = 4,
	[WW_EVTX_I64] = 8,	[WW_EVTX_U64] = 8,	   [WW_EVTX_F32] = 4,
	[WW_EVTX_F64] = 8,	[WW_EVTX_BOOL] = 4,	   [WW_EVTX_GUID] = 16,
	[WW_EVTX_FILETIME] = 8, [WW_EVTX_SYSTEMTIME] = 16, [WW_EVTX_HEX32] = 4,
	[WW_EVTX_HEX64] = 8,
};

static size_t
size_of(unsigned type)
{
	return type < WW_ARRAY_LEN(sizes) ? sizes[type] : 0;
}

static bool
is_signed(unsigned type)
{
	return type == WW_EVTX_I8 || type == WW_EVTX_I16 ||
	       type == WW_EVTX_I32 || type == WW_EVTX_I64;
}

bool
ww_evtx_load(const struct ww_evtx_value *value, uint64_t *ret,
	     bool *retnegative)
{
	bool number =
	    (value->type >= WW_EVTX_I8 && value->type <= WW_EVTX_U64) ||
	    value->type == WW_EVTX_HEX32 || value->type == WW_EVTX_HEX64;

	*retnegative = false;
	if (value->type == WW_EVTX_SIZE)
		number = value->len == 4 || value->len == 8;
	else if (value->len != size_of(value->type))
		number = false;
	if (!number)
		return false;
	*ret = ww_load_bytes(value->p, value->len);
	if (is_signed(value->type) && value->p[value->len - 1] >= 0x80) {
		*retnegative = true;
		if (value->len < 8)
			*ret |= UINT64_MAX << (8 * value->len);
	}
	return true;
}

/* Neither infinite nor NaN: isfinite() warns of its own casts in mingw-w64. */
static bool
is_finite(double d)
{
	return d - d == 0;
}

static void
put_double(struct ww_evtx_out *out, const struct ww_evtx_value *value,
	   bool json)
{
	uint64_t bits = ww_load_bytes(value->p, value->len);
	char text[SHORT_MAX];
	double d;

	if (value->len == 4) {
		uint32_t narrow = (uint32_t)bits;
		float f;

		memcpy(&f, &narrow, sizeof(f));
		d = (double)f;
	} else {
		memcpy(&d, &bits, sizeof(d));
	}
	if (json && !is_finite(d)) {
		ww_evtx_add(out, WW_LIT("null"));
		return;
	}
	snprintf(text, sizeof(text), "%.*g", value->len == 4 ? 9 : 17, d);
	ww_evtx_add(out, ww_slice_cstr(text));
}

/* Identities and times */

static void
put_guid(struct ww_evtx_out *out, const uint8_t *p)
{
	char text[WW_GUID_TEXT];

	ww_guid_text(p, true, text);
	ww_evtx_add(out, ww_slice_of(text, sizeof(text)));
}

static void
put_sid(struct ww_evtx_out *out, const uint8_t *p, size_t len)
{
	char text[WW_SID_TEXT_MAX];
	size_t n = ww_sid_text(p, len, text);

	if (n == 0)
		put_bytes(out, p, len);
	else
		ww_evtx_add(out, ww_slice_of(text, n));
}

static char *
put_field(char *to, unsigned v, unsigned digits, char behind)
{
	for (unsigned i = digits; i-- > 0; v /= 10)
		to[i] = (char)('0' + v % 10);
	to[digits] = behind;
	return to + digits + 1;
}

/* fraction: of a second, in so many digits. */
static void
put_time(struct ww_evtx_out *out, const struct ww_civil *c, unsigned fraction,
	 unsigned digits)
{
	char text[SHORT_MAX], *to = text;

	to = put_field(to, (unsigned)c->year, c->year > 9999 ? 5 : 4, '-');
	to = put_field(to, (unsigned)c->month, 2, '-');
	to = put_field(to, (unsigned)c->day, 2, 'T');
	to = put_field(to, (unsigned)c->hour, 2, ':');
	to = put_field(to, (unsigned)c->minute, 2, ':');
	to = put_field(to, (unsigned)c->second, 2, '.');
	to = put_field(to, fraction, digits, 'Z');
	ww_evtx_add(out, ww_slice_of(text, (size_t)(to - text)));
}

void
ww_evtx_put_filetime(struct ww_evtx_out *out, uint64_t filetime)
{
	struct ww_civil c = ww_time_civil(ww_time_of_filetime(filetime));

	put_time(out, &c,
		 (unsigned)c.microsecond * 10 + (unsigned)(filetime % 10), 7);
}

static void
put_systemtime(struct ww_evtx_out *out, const uint8_t *p)
{
	struct ww_civil c = {
		.year = ww_load16(p),
		.month = ww_load16(p + 2),
		.day = ww_load16(p + 6),
		.hour = ww_load16(p + 8),
		.minute = ww_load16(p + 10),
		.second = ww_load16(p + 12),
	};

	put_time(out, &c, ww_load16(p + 14), 3);
}

/* Any of them */

static void
put_ansi(struct ww_evtx_out *out, const uint8_t *p, size_t len,
	 enum ww_evtx_escape escape)
{
	char *to;

	while (len > 0 && p[len - 1] == 0)
		len--;
	if (!ww_evtx_room(out, len * GROWTH_MAX))
		return;
	to = out->p + out->len;
	/* Nobody says which code page; ASCII is the same in all of them. */
	for (size_t i = 0; i < len; i++)
		to += p[i] < 0x80 ? put_ascii(to, p[i], escape)
				  : put_replacement(to);
	out->len = (size_t)(to - out->p);
}

static void
put_array(struct ww_evtx_out *out, struct ww_evtx_value array,
	  enum ww_evtx_escape escape)
{
	struct ww_evtx_value item;
	bool first = true;

	while (!out->full && ww_evtx_item(&array, &item)) {
		if (!first)
			ww_evtx_add_char(out, ',');
		first = false;
		ww_evtx_put_value(out, &item, escape);
	}
}

/* Text of a type whose size is right. */
static void
put_sized(struct ww_evtx_out *out, const struct ww_evtx_value *value)
{
	switch (value->type) {
	case WW_EVTX_F32:
	case WW_EVTX_F64:
		put_double(out, value, false);
		break;
	case WW_EVTX_BOOL:
		ww_evtx_add(out, ww_load32(value->p) != 0 ? WW_LIT("true")
							  : WW_LIT("false"));
		break;
	case WW_EVTX_GUID:
		put_guid(out, value->p);
		break;
	case WW_EVTX_FILETIME:
		ww_evtx_put_filetime(out, ww_load_bytes(value->p, 8));
		break;
	default:
		put_systemtime(out, value->p);
	}
}

void
ww_evtx_put_value(struct ww_evtx_out *out, const struct ww_evtx_value *value,
		  enum ww_evtx_escape escape)
{
	uint64_t v;
	bool negative;

	if ((value->type & WW_EVTX_ARRAY) != 0)
		put_array(out, *value, escape);
	else if (value->type == WW_EVTX_STRING)
		ww_evtx_put_utf16(out, value->p, value->len, escape);
	else if (value->type == WW_EVTX_UTF8)
		ww_evtx_put_text(out,
				 ww_slice_of((const char *)value->p,
					     value->len),
				 escape);
	else if (value->type == WW_EVTX_NULL || value->type == WW_EVTX_XML)
		return;
	else if (value->type == WW_EVTX_ANSI)
		put_ansi(out, value->p, value->len, escape);
	else if (value->type == WW_EVTX_SID)
		put_sid(out, value->p, value->len);
	else if (!ww_evtx_load(value, &v, &negative))
		value->len > 0 && value->len == size_of(value->type)
		    ? put_sized(out, value)
		    : put_bytes(out, value->p, value->len);
	else if (value->type >= WW_EVTX_SIZE)
		put_hex(out, v);
	else
		put_signed(out, v, negative);
}

/* JSON */

static void
put_json_array(struct ww_evtx_out *out, struct ww_evtx_value array)
{
	struct ww_evtx_value item;
	char before = '[';

	while (!out->full && ww_evtx_item(&array, &item)) {
		ww_evtx_add_char(out, before);
		before = ',';
		ww_evtx_put_json(out, &item);
	}
	ww_evtx_add(out, before == '[' ? WW_LIT("[]") : WW_LIT("]"));
}

static bool
put_json_number(struct ww_evtx_out *out, const struct ww_evtx_value *value)
{
	uint64_t v;
	bool negative;

	if (value->type >= WW_EVTX_SIZE ||
	    !ww_evtx_load(value, &v, &negative) ||
	    (negative ? 0 - v : v) > EXACT_MAX)
		return false;
	put_signed(out, v, negative);
	return true;
}

void
ww_evtx_put_json(struct ww_evtx_out *out, const struct ww_evtx_value *value)
{
	bool sized = value->len > 0 && value->len == size_of(value->type);

	if ((value->type & WW_EVTX_ARRAY) != 0)
		put_json_array(out, *value);
	else if (value->type == WW_EVTX_NULL)
		ww_evtx_add(out, WW_LIT("null"));
	else if (sized && value->type == WW_EVTX_BOOL)
		put_sized(out, value);
	else if (sized &&
		 (value->type == WW_EVTX_F32 || value->type == WW_EVTX_F64))
		put_double(out, value, true);
	else if (!put_json_number(out, value)) {
		ww_evtx_add_char(out, '"');
		ww_evtx_put_value(out, value, WW_EVTX_IN_JSON);
		ww_evtx_add_char(out, '"');
	}
}

/* Arrays */

static size_t
string_length(const uint8_t *p, size_t len, size_t unit)
{
	size_t n = 0;

	while (n + unit <= len && (p[n] != 0 || (unit == 2 && p[n + 1] != 0)))
		n += unit;
	return n;
}

bool
ww_evtx_item(struct ww_evtx_value *array, struct ww_evtx_value *ret)
{
	uint8_t type = array->type & (uint8_t)~WW_EVTX_ARRAY;
	size_t unit = type == WW_EVTX_STRING ? 2 : type == WW_EVTX_ANSI;
	size_t n = size_of(type), skip;

	if (unit > 0)
		n = string_length(array->p, array->len, unit);
	else if (n == 0 || n > array->len)
		n = array->len; /* of no known size: one item */
	if (array->len == 0)
		return false;
	skip = array->len - n < unit ? array->len : n + unit;
	*ret = (struct ww_evtx_value){ array->p, (uint32_t)n, type };
	array->p += skip;
	array->len -= (uint32_t)skip;
	return true;
}

/* Numbers of the system part */

/* A record without a template has them as text. */
static uint64_t
number_in_text(const struct ww_evtx_value *value)
{
	char text[SHORT_MAX * GROWTH_MAX];
	struct ww_evtx_out out = { .p = text, .cap = sizeof(text) };
	uint64_t v = 0;

	ww_evtx_put_value(&out, value, WW_EVTX_PLAIN);
	if (ww_slice_starts(ww_slice_of(text, out.len), WW_LIT("0x")))
		return ww_slice_hex(ww_slice_of(text, out.len), &v) ? v : 0;
	v = 0;
	for (size_t i = 0; i < out.len && ww_is_digit(text[i]); i++)
		v = v * 10 + (uint64_t)(text[i] - '0');
	return v;
}

uint64_t
ww_evtx_number(const struct ww_evtx_value *value)
{
	uint64_t v;
	bool negative;

	return ww_evtx_load(value, &v, &negative) ? v : number_in_text(value);
}

bool
ww_evtx_read_time(const struct ww_evtx_value *value, uint64_t *ret)
{
	char text[SHORT_MAX * GROWTH_MAX];
	struct ww_evtx_out out = { .p = text, .cap = sizeof(text) };
	enum ww_date_order order = WW_DATE_UNKNOWN;
	struct ww_stamp stamp;

	if (value->type == WW_EVTX_FILETIME && value->len == 8) {
		*ret = ww_load_bytes(value->p, value->len);
		return true;
	}
	if (value->type != WW_EVTX_STRING && value->type != WW_EVTX_UTF8)
		return false;
	ww_evtx_put_value(&out, value, WW_EVTX_PLAIN);
	if (out.len == 0 ||
	    !ww_stamp_at(ww_slice_of(text, out.len), &order, &stamp) ||
	    !stamp.has_date)
		return false;
	*ret = (uint64_t)stamp.time * 10 + WW_FILETIME_1970;
	return true;
}
