/*
 * What somebody exported of the registry: a .reg file, or the output of
 *
 *	reg query HKLM\SOFTWARE\Policies\Microsoft\Windows\WindowsUpdate /s
 *
 * A record is a value; its message is the same for both:
 *
 *	HKLM\SOFTWARE\…\WindowsUpdate\AU UseWUServer = 1
 */
#include "base/compiler.h"
#include "input/compose.h"
#include "input/dialects.h"
#include "input/head.h"

#include "base/banned.h"

/* A longer key is cut; no policy has one. */
#define KEY_MAX 512

/* Lines of a head in which the first key must stand. */
#define LOOK_MAX 40

struct state {
	char key[KEY_MAX]; /* with its root in short */
	size_t len;
};

static const struct {
	const char *name, *brief;
} roots[] = {
	{ "HKEY_LOCAL_MACHINE", "HKLM" },  { "HKEY_CURRENT_USER", "HKCU" },
	{ "HKEY_CLASSES_ROOT", "HKCR" },   { "HKEY_USERS", "HKU" },
	{ "HKEY_CURRENT_CONFIG", "HKCC" },
};

/* HKEY_LOCAL_MACHINE\…, in brackets in a .reg file; not one to be deleted. */
static bool
read_key(struct ww_slice line, struct state *ret)
{
	bool bracket =
	    line.len > 1 && line.p[0] == '[' && line.p[line.len - 1] == ']';
	struct ww_slice key =
	    bracket ? ww_slice_part(line, 1, line.len - 2) : line;

	for (size_t i = 0; i < WW_ARRAY_LEN(roots); i++) {
		struct ww_slice name = ww_slice_cstr(roots[i].name);
		struct ww_slice brief = ww_slice_cstr(roots[i].brief);
		struct ww_slice rest;

		if (!ww_slice_starts(key, name))
			continue;
		rest = ww_utf8_cut(ww_slice_from(key, name.len),
				   KEY_MAX - brief.len);
		memcpy(ret->key, brief.p, brief.len);
		if (rest.len > 0)
			memcpy(ret->key + brief.len, rest.p, rest.len);
		ret->len = brief.len + rest.len;
		return true;
	}
	return false;
}

/* The name of a value and what it holds. */
struct value {
	struct ww_slice name, held;
	int base; /* of the number it holds; 0: none */
};

/* "WUServer"="http://wsus01:8530", "UseWUServer"=dword:00000001 */
static bool
read_assignment(struct ww_slice line, struct value *ret)
{
	const struct ww_slice dword = WW_LIT("dword:");
	const char *end;
	struct ww_slice held;

	if (line.len < 4 || line.p[0] != '"' ||
	    (end = memchr(line.p + 1, '"', line.len - 1)) == NULL)
		return false;
	ret->name = ww_slice_part(line, 1, (size_t)(end - line.p) - 1);
	held = ww_slice_from(line, (size_t)(end - line.p) + 1);
	if (held.len == 0 || held.p[0] != '=')
		return false;
	held = ww_slice_from(held, 1);
	ret->base = ww_slice_starts(held, dword) ? 16 : 0;
	if (ret->base != 0)
		held = ww_slice_from(held, dword.len);
	else if (held.len > 1 && held.p[0] == '"' &&
		 held.p[held.len - 1] == '"')
		held = ww_slice_part(held, 1, held.len - 2);
	ret->held = held;
	return true;
}

/* "    WUServer    REG_SZ    http://wsus01:8530" */
static bool
read_row(struct ww_slice line, struct value *ret)
{
	const struct ww_slice gap = WW_LIT("    "), type = WW_LIT("REG_");
	size_t at = gap.len;

	if (!ww_slice_starts(line, gap))
		return false;
	while (at + gap.len + type.len < line.len &&
	       !(ww_slice_starts(ww_slice_from(line, at), gap) &&
		 ww_slice_starts(ww_slice_from(line, at + gap.len), type)))
		at++;
	if (at + gap.len + type.len >= line.len)
		return false;
	ret->name = ww_slice_part(line, gap.len, at - gap.len);
	ret->held = ww_slice_from(line, at + gap.len);
	ret->base = ww_slice_starts(ret->held, WW_LIT("REG_DWORD")) ? 16 : 0;
	while (ret->held.len > 0 && ret->held.p[0] != ' ')
		ret->held = ww_slice_from(ret->held, 1);
	ret->held = ww_slice_trim(ret->held);
	if (ret->base != 0 && ww_slice_starts(ret->held, WW_LIT("0x")))
		ret->held = ww_slice_from(ret->held, 2);
	return true;
}

/* Up to eight hexadecimal digits. */
static bool
read_number(struct ww_slice digits, uint32_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < digits.len; i++) {
		int digit = ww_hex_value(digits.p[i]);

		if (digit < 0)
			return false;
		*ret = *ret * 16 + (unsigned)digit;
	}
	return digits.len > 0 && digits.len <= 8;
}

/* A number in decimal, whatever it was written in; else the text. */
static void
compose_held(struct ww_composer *c, const struct value *v)
{
	char digits[24];
	size_t n = sizeof(digits);
	uint32_t number;

	if (v->base == 0 || !read_number(v->held, &number)) {
		ww_compose(c, v->held);
		return;
	}
	do {
		digits[--n] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	ww_compose(c, ww_slice_of(digits + n, sizeof(digits) - n));
}

static bool
parse(struct ww_reader *reader, struct ww_slice line, struct ww_record *ret)
{
	struct state *s = reader->state;
	struct ww_composer c = ww_compose_in(reader);
	struct value value = { .base = 0 };

	if (read_key(line, s) ||
	    (!read_assignment(line, &value) && !read_row(line, &value)))
		return false;
	ww_compose(&c, ww_slice_of(s->key, s->len));
	ww_compose(&c, WW_LIT(" "));
	ww_compose(&c, value.name);
	ww_compose(&c, WW_LIT(" = "));
	compose_held(&c, &value);
	*ret = (struct ww_record){
		.time = WW_NO_TIME,
		.component = ww_slice_of(line.p, 0),
		.text = ww_composed(&c),
	};
	return true;
}

static unsigned
sniff(struct ww_slice head)
{
	struct state s = { .len = 0 };
	struct ww_slice line;

	for (unsigned k = 0; k < LOOK_MAX && ww_head_line(&head, &line); k++) {
		struct value value;

		line = k == 0 ? ww_slice_trim(line) : line;
		if (ww_slice_starts(line, WW_LIT("Windows Registry Editor")) ||
		    ww_slice_eq(line, WW_LIT("REGEDIT4")))
			return 95;
		if (s.len > 0 && read_row(line, &value))
			return 90;
		read_key(line, &s);
	}
	return 0;
}

const struct ww_dialect ww_dialect_registry = {
	.id = WW_DIALECT_REGISTRY,
	.codes = WW_CODES_HEX,
	.zone = WW_ZONE_ASSUMED,
	.single_line = true,
	.state_size = sizeof(struct state),
	.sniff = sniff,
	.parse = parse,
};
