#include "explain/event.h"

#include "code/number.h"
#include "code/numeral.h"

#include "base/banned.h"

/* The name of a family, or NULL: then any of the space. */
static const struct {
	enum ww_space space;
	const char *family;
} kinds[WW_CODE_KINDS] = {
	[WW_CODE_IS_NONE] = { WW_SPACES, NULL },
	[WW_CODE_IS_HRESULT] = { WW_SPACE_HRESULT, NULL },
	[WW_CODE_IS_NTSTATUS] = { WW_SPACE_NTSTATUS, NULL },
	[WW_CODE_IS_WIN32] = { WW_SPACE_WIN32, NULL },
	[WW_CODE_IS_STOP] = { WW_SPACE_BUGCHECK, NULL },
	[WW_CODE_IS_KERBEROS] = { WW_SPACE_API, "kerberos" },
	[WW_CODE_IS_TLS_ALERT] = { WW_SPACE_API, "tls_alert" },
	[WW_CODE_IS_JET] = { WW_SPACE_JET, NULL },
	[WW_CODE_IS_WMI] = { WW_SPACE_HRESULT, NULL },
	[WW_CODE_IS_MSI] = { WW_SPACE_WIN32, NULL },
};

static bool
whole_decimal(struct ww_slice s, uint32_t *ret)
{
	size_t minus = s.len > 0 && s.p[0] == '-';
	struct ww_slice digits = ww_slice_from(s, minus);
	uint64_t v = 0;

	if (digits.len == 0 || digits.len > 10)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (!ww_is_digit(digits.p[i]))
			return false;
		v = v * 10 + (uint64_t)(digits.p[i] - '0');
	}
	if (v > UINT32_MAX || (minus && v > (uint64_t)INT32_MAX + 1))
		return false;
	*ret = minus ? (uint32_t)(0 - v) : (uint32_t)v;
	return true;
}

static bool
whole_hex(struct ww_slice s, uint32_t *ret)
{
	uint64_t v;

	if (!ww_slice_hex(s, &v))
		return false;
	v = ww_drop_sign(v);
	*ret = (uint32_t)v;
	return v <= UINT32_MAX;
}

/* With 0x it is hexadecimal whoever wrote the event out. */
static bool
by_prefix(struct ww_slice s, uint32_t *ret)
{
	return ww_numeral_0x(s) > 0 ? whole_hex(s, ret) : whole_decimal(s, ret);
}

/* %%1058: the number of a message of Windows. */
static bool
message(struct ww_slice s, uint32_t *ret)
{
	return ww_slice_starts(s, WW_LIT("%%"))
		   ? whole_decimal(ww_slice_from(s, 2), ret)
		   : by_prefix(s, ret);
}

/* 0x0000009f (0x3, ...): the first of a text. */
static bool
in_text(struct ww_slice s, uint32_t *ret)
{
	struct ww_slice at = ww_slice_behind(s, WW_LIT("0x"));
	size_t n = 0;

	while (n < at.len && ww_hex_value(at.p[n]) >= 0)
		n++;
	return n > 0 && whole_hex(ww_slice_of(at.p, n), ret);
}

/* 220000C0: the bytes of 0xC0000022 as they lie in memory. */
static bool
in_bytes(struct ww_slice s, uint32_t *ret)
{
	uint32_t v = 0;

	if (s.len < 8)
		return false;
	for (size_t i = 0; i < 8; i++) {
		int digit = ww_hex_value(s.p[i ^ 1]);

		if (digit < 0)
			return false;
		v |= (uint32_t)digit << (4 * i);
	}
	*ret = v;
	return true;
}

bool
ww_event_code(struct ww_rec field, struct ww_slice value, uint32_t *ret)
{
	static bool (*const read[])(struct ww_slice s, uint32_t * ret) = {
		[WW_BASE_DECIMAL] = by_prefix, [WW_BASE_HEX] = by_prefix,
		[WW_BASE_BARE] = whole_hex,    [WW_BASE_MESSAGE] = message,
		[WW_BASE_TEXT] = in_text,      [WW_BASE_BYTES] = in_bytes,
	};
	uint32_t base = ww_rec_num(field, WW_EVENT_FIELD_BASE);

	return base < WW_ARRAY_LEN(read) && read[base] != NULL &&
	       value.len > 0 && read[base](value, ret);
}

enum ww_code_kind
ww_event_code_kind(struct ww_rec field, uint32_t code)
{
	enum ww_code_kind kind =
	    (enum ww_code_kind)ww_rec_num(field, WW_EVENT_FIELD_IS);

	return kind == WW_CODE_IS_WIN32 &&
		       ww_hresult_failed((struct ww_hresult){ .v = code })
		   ? WW_CODE_IS_HRESULT
		   : kind;
}

static struct ww_rec
family_of(const struct ww_catalogue *c, const char *id)
{
	for (uint32_t i = 0; id != NULL && i < ww_count(c, WW_S_FAMILY); i++) {
		struct ww_rec r = ww_rec_at(c, WW_S_FAMILY, i);

		if (ww_slice_eq(ww_rec_str(r, WW_FAMILY_ID), ww_slice_cstr(id)))
			return r;
	}
	return (struct ww_rec){ c, NULL };
}

struct ww_hints
ww_code_kind_hints(const struct ww_catalogue *c, enum ww_code_kind kind)
{
	return (struct ww_hints){
		.space = kinds[kind].space,
		.family = family_of(c, kinds[kind].family),
		.context = { c, NULL },
	};
}

static bool
is_decimal(enum ww_code_kind kind, uint32_t code)
{
	switch (kind) {
	case WW_CODE_IS_NONE:
	case WW_CODE_IS_WIN32:
	case WW_CODE_IS_MSI:
	case WW_CODE_IS_TLS_ALERT:
		return code >> 16 == 0;
	case WW_CODE_IS_JET:
		return true;
	default:
		return false;
	}
}

struct ww_spelled
ww_code_kind_spelled(enum ww_code_kind kind, uint32_t code)
{
	return is_decimal(kind, code)
		   ? (struct ww_spelled){ .form = WW_FORM_DECIMAL,
					  .value = code,
					  .digits = 4 }
		   : (struct ww_spelled){ .form = WW_FORM_HEX,
					  .value = code,
					  .digits = 8 };
}

void
ww_code_kind_add(struct ww_buf *buf, enum ww_code_kind kind, uint32_t code)
{
	if (kind == WW_CODE_IS_KERBEROS)
		ww_buf_printf(buf, "0x%X", (unsigned)code);
	else if (!is_decimal(kind, code))
		ww_buf_printf(buf, "0x%08X", (unsigned)code);
	else
		ww_buf_decimal(buf, kind == WW_CODE_IS_JET ? (int32_t)code
							   : (int64_t)code);
}
