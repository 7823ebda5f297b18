#include "input/etl/value.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "evidence/time.h"
#include "input/etl/bytes.h"
#include "input/ids.h"

#include "base/banned.h"

/* FILETIME of the end of 9999. */
#define FILETIME_MAX INT64_C(2650467743999999999)

static bool
take(struct ww_slice *payload, size_t n, struct ww_slice *ret)
{
	if (!ww_slice_sub(*payload, 0, n, ret))
		return false;
	*payload = ww_slice_from(*payload, n);
	return true;
}

/* Strings */

static void
add_character(struct ww_buf *out, uint32_t c)
{
	char utf8[4];

	ww_buf_add(out, ww_slice_of(utf8, ww_utf8_encode(c, utf8)));
}

void
ww_etl_utf16(struct ww_slice s, struct ww_buf *out)
{
	const uint8_t *p = ww_etl_bytes(s);

	for (size_t i = 0; s.len - i >= 2;) {
		uint32_t c;

		i += ww_utf16_decode(p + i, s.len - i, &c);
		if (c == 0)
			return;
		if (c < 0x80)
			ww_buf_char(out, (char)c);
		else
			add_character(out, c);
	}
}

/* UTF-8, and of any code page what is ASCII. */
static void
add_bytes(struct ww_slice s, struct ww_buf *out)
{
	while (s.len > 0 && s.p[0] != '\0') {
		uint32_t c;
		size_t n = ww_utf8_decode(s, &c);

		add_character(out, c);
		s = ww_slice_from(s, n);
	}
}

/* Up to its NUL, which may be missing at the end of the payload. */
static void
take_string(struct ww_slice *payload, struct ww_buf *out)
{
	const uint8_t *p = ww_etl_bytes(*payload);
	size_t n = 0;

	while (payload->len - n >= 2 && (p[n] != 0 || p[n + 1] != 0))
		n += 2;
	ww_etl_utf16(ww_slice_part(*payload, 0, n), out);
	*payload = ww_slice_from(*payload,
				 payload->len - n >= 2 ? n + 2 : payload->len);
}

static void
take_ansi(struct ww_slice *payload, struct ww_buf *out)
{
	size_t n = 0;

	while (n < payload->len && payload->p[n] != '\0')
		n++;
	add_bytes(ww_slice_part(*payload, 0, n), out);
	*payload = ww_slice_from(*payload, n < payload->len ? n + 1 : n);
}

static bool
take_counted(struct ww_slice *payload, struct ww_slice *ret)
{
	struct ww_slice size;

	return take(payload, 2, &size) &&
	       take(payload, ww_load16(ww_etl_bytes(size)), ret);
}

static void
add_binary(struct ww_slice s, struct ww_buf *out)
{
	ww_buf_add(out, WW_LIT("0x"));
	for (size_t i = 0; i < s.len; i++)
		ww_buf_hex(out, (unsigned char)s.p[i], 2);
}

/* Numbers */

static bool
is_signed(const struct ww_etl_type *type)
{
	if (type->out == WW_ETL_OUT_SIGNED || type->out == WW_ETL_OUT_UNSIGNED)
		return type->out == WW_ETL_OUT_SIGNED;
	return type->in == WW_ETL_I8 || type->in == WW_ETL_I16 ||
	       type->in == WW_ETL_I32 || type->in == WW_ETL_I64;
}

static int64_t
extend(uint64_t v, size_t size)
{
	unsigned shift = (unsigned)(8 - size) * 8;

	/* The sign goes up, and comes down with what it fills. */
	return (int64_t)(v << shift) >> shift;
}

static void
add_unsigned(struct ww_buf *out, uint64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof(digits), "%" PRIu64, v);

	ww_buf_add(out, ww_slice_of(digits, (size_t)n));
}

static void
add_hex(struct ww_buf *out, uint64_t v, unsigned digits)
{
	ww_buf_add(out, WW_LIT("0x"));
	ww_buf_hex(out, v, digits);
}

static void
add_filetime(struct ww_buf *out, uint64_t v)
{
	if (v > (uint64_t)FILETIME_MAX)
		add_hex(out, v, 16);
	else
		ww_time_add_exact(out, ww_time_of_filetime(v));
}

static void
add_ipv4(struct ww_buf *out, uint64_t v)
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			ww_buf_char(out, '.');
		ww_buf_decimal(out, (int64_t)(v >> 8 * i & 0xFF));
	}
}

/* A number that means something else than a count. */
static bool
add_meant(const struct ww_etl_type *type, struct ww_buf *out, uint64_t v,
	  size_t size)
{
	switch (type->out) {
	case WW_ETL_OUT_STRING:
		if (size > 2)
			return false;
		add_character(out, (v >= 0xD800 && v < 0xE000) ||
					   (size == 1 && v >= 0x80) || v == 0
				       ? WW_REPLACEMENT
				       : (uint32_t)v);
		return true;
	case WW_ETL_OUT_BOOLEAN:
		ww_buf_add(out, v != 0 ? WW_LIT("true") : WW_LIT("false"));
		return true;
	case WW_ETL_OUT_HEX:
	case WW_ETL_OUT_CODE_POINTER:
		add_hex(out, v, 1);
		return true;
	case WW_ETL_OUT_PORT:
		if (size != 2)
			return false;
		add_unsigned(out, v >> 8 | (v & 0xFF) << 8);
		return true;
	case WW_ETL_OUT_IPV4:
		add_ipv4(out, v);
		return true;
	case WW_ETL_OUT_NTSTATUS:
	case WW_ETL_OUT_HRESULT:
		add_hex(out, v & 0xFFFFFFFF, 8);
		return true;
	case WW_ETL_OUT_FILETIME:
		add_filetime(out, v);
		return true;
	default:
		return false;
	}
}

static void
add_number(const struct ww_etl_type *type, struct ww_buf *out, uint64_t v,
	   size_t size)
{
	if (add_meant(type, out, v, size))
		return;
	switch (type->in) {
	case WW_ETL_HEX32:
	case WW_ETL_HEX64:
	case WW_ETL_POINTER:
		add_hex(out, v, 1);
		break;
	case WW_ETL_BOOL32:
		ww_buf_add(out, v != 0 ? WW_LIT("true") : WW_LIT("false"));
		break;
	case WW_ETL_FILETIME:
		add_filetime(out, v);
		break;
	default:
		if (is_signed(type))
			ww_buf_decimal(out, extend(v, size));
		else
			add_unsigned(out, v);
	}
}

/* Of the types that are one number; 0 for others. */
static size_t
size_of(const struct ww_etl_type *type)
{
	switch (type->in) {
	case WW_ETL_I8:
	case WW_ETL_U8:
		return 1;
	case WW_ETL_I16:
	case WW_ETL_U16:
		return 2;
	case WW_ETL_I32:
	case WW_ETL_U32:
	case WW_ETL_BOOL32:
	case WW_ETL_HEX32:
		return 4;
	case WW_ETL_I64:
	case WW_ETL_U64:
	case WW_ETL_HEX64:
	case WW_ETL_FILETIME:
		return 8;
	case WW_ETL_POINTER:
		return type->pointer;
	default:
		return 0;
	}
}

/* Others */

static void
add_real(struct ww_buf *out, struct ww_slice s)
{
	uint64_t bits = ww_load_bytes(ww_etl_bytes(s), s.len);
	uint32_t low = (uint32_t)bits;
	double v;
	float f;

	if (s.len == 4) {
		memcpy(&f, &low, sizeof(f));
		v = (double)f;
	} else {
		memcpy(&v, &bits, sizeof(v));
	}
	ww_buf_printf(out, "%g", v);
}

static void
add_systemtime(struct ww_buf *out, struct ww_slice s)
{
	const uint8_t *p = ww_etl_bytes(s);
	const struct ww_civil civil = {
		.year = ww_load16(p),
		.month = ww_load16(p + 2),
		.day = ww_load16(p + 6),
		.hour = ww_load16(p + 8),
		.minute = ww_load16(p + 10),
		.second = ww_load16(p + 12),
		.microsecond = ww_load16(p + 14) * 1000,
	};
	ww_time time = ww_time_of(&civil);

	if (time == WW_NO_TIME)
		add_binary(s, out);
	else
		ww_time_add_exact(out, time);
}

/* Its length stands in it. */
static bool
take_sid(struct ww_slice *payload, struct ww_buf *out)
{
	char text[WW_SID_TEXT_MAX];
	size_t len;
	struct ww_slice sid;

	if (payload->len < WW_SID_MIN ||
	    !take(payload, ww_sid_size(ww_etl_bytes(*payload)), &sid))
		return false;
	len = ww_sid_text(ww_etl_bytes(sid), sid.len, text);
	ww_buf_add(out, ww_slice_of(text, len));
	return true;
}

static void
add_guid(struct ww_buf *out, struct ww_slice s)
{
	char text[WW_GUID_TEXT];

	ww_guid_text(ww_etl_bytes(s), false, text);
	ww_buf_add(out, ww_slice_of(text, sizeof(text)));
}

bool
ww_etl_value(const struct ww_etl_type *type, struct ww_slice *payload,
	     struct ww_buf *out)
{
	size_t size = size_of(type);
	struct ww_slice s;

	if (size > 0) {
		if (!take(payload, size, &s))
			return false;
		add_number(type, out, ww_load_bytes(ww_etl_bytes(s), size),
			   size);
		return true;
	}
	switch (type->in) {
	case WW_ETL_NULL:
		return true;
	case WW_ETL_STRING:
		take_string(payload, out);
		return true;
	case WW_ETL_ANSI:
		take_ansi(payload, out);
		return true;
	case WW_ETL_COUNTED_STRING:
		if (!take_counted(payload, &s))
			return false;
		ww_etl_utf16(s, out);
		return true;
	case WW_ETL_COUNTED_ANSI:
		if (!take_counted(payload, &s))
			return false;
		add_bytes(s, out);
		return true;
	case WW_ETL_BINARY:
	case WW_ETL_COUNTED_BINARY:
		if (!take_counted(payload, &s))
			return false;
		add_binary(s, out);
		return true;
	case WW_ETL_F32:
	case WW_ETL_F64:
		if (!take(payload, type->in == WW_ETL_F32 ? 4 : 8, &s))
			return false;
		add_real(out, s);
		return true;
	case WW_ETL_GUID_VALUE:
		if (!take(payload, WW_GUID_SIZE, &s))
			return false;
		add_guid(out, s);
		return true;
	case WW_ETL_SYSTEMTIME:
		if (!take(payload, 16, &s))
			return false;
		add_systemtime(out, s);
		return true;
	case WW_ETL_SID:
		return take_sid(payload, out);
	default:
		return false;
	}
}
