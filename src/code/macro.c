#include "code/macro.h"

#include "base/compiler.h"
#include "code/number.h"

struct macro {
	const char *name;
	unsigned n_arguments;
	uint32_t (*value)(const uint32_t *arguments);
};

static uint32_t
from_win32(const uint32_t *a)
{
	return ww_hresult_from_win32(a[0]).v;
}

static uint32_t
from_nt(const uint32_t *a)
{
	return ww_hresult_from_nt((struct ww_ntstatus){ .v = a[0] }).v;
}

static uint32_t
make_hresult(const uint32_t *a)
{
	return (a[0] & 1) << 31 | (a[1] & 0xfff) << 16 | (a[2] & 0xffff);
}

static const struct macro macros[] = {
	{ "HRESULT_FROM_WIN32", 1, from_win32 },
	{ "__HRESULT_FROM_WIN32", 1, from_win32 },
	{ "HRESULT_FROM_NT", 1, from_nt },
	{ "MAKE_HRESULT", 3, make_hresult },
	{ "MAKE_SCODE", 3, make_hresult },
};

static const struct macro *
find_macro(struct ww_slice name)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(macros); i++)
		if (ww_slice_casecmp(ww_slice_cstr(macros[i].name), name) == 0)
			return &macros[i];
	return NULL;
}

static bool
read_argument(struct ww_slice s, uint32_t *ret)
{
	struct ww_spelled spelled[WW_SPELLED_MAX];

	/* A macro inside a macro is nobody's spelling; and no recursion. */
	if (s.len == 0 || memchr(s.p, '(', s.len) != NULL ||
	    ww_spelling_parse(s, spelled) == 0)
		return false;
	*ret = spelled[0].value;
	return true;
}

bool
ww_macro_parse(struct ww_slice text, struct ww_spelled *ret)
{
	const char *open = memchr(text.p, '(', text.len);
	const struct macro *macro;
	uint32_t arguments[3];
	struct ww_slice list;
	unsigned n = 0;

	if (open == NULL || text.p[text.len - 1] != ')')
		return false;
	macro = find_macro(
	    ww_slice_trim(ww_slice_of(text.p, (size_t)(open - text.p))));
	if (macro == NULL)
		return false;
	list = ww_slice_of(open + 1, (size_t)(text.p + text.len - open) - 2);
	while (list.len > 0 && n < macro->n_arguments)
		if (!read_argument(ww_slice_item(&list), &arguments[n++]))
			return false;
	if (n != macro->n_arguments || list.len > 0)
		return false;
	*ret = (struct ww_spelled){ .form = WW_FORM_MACRO,
				    .value = macro->value(arguments),
				    .digits = 8 };
	return true;
}
