/*
 * The public side of numbers: space ids, and one code in any spelling.
 */
#include <winwhy/code.h>

#include "base/compiler.h"
#include "code/spelling.h"

static const char *const ids[] = {
	[WW_SPACE_HRESULT] = "hresult",
	[WW_SPACE_NTSTATUS] = "ntstatus",
	[WW_SPACE_WIN32] = "win32",
	[WW_SPACE_BUGCHECK] = "bugcheck",
	[WW_SPACE_JET] = "jet",
	[WW_SPACE_SETUP_PHASE] = "setup-phase",
	[WW_SPACE_SETUP_OPERATION] = "setup-operation",
	[WW_SPACE_EVENT] = "event",
	[WW_SPACE_API] = "api",
};

const char *
ww_space_id(enum ww_space space)
{
	return (unsigned)space < WW_SPACES ? ids[space] : "";
}

enum ww_space
ww_space_from_id(struct ww_slice id)
{
	unsigned i = 0;

	while (i < WW_SPACES && ww_slice_casecmp(ww_slice_cstr(ids[i]), id))
		i++;
	return (enum ww_space)i;
}

size_t
ww_code_parse(struct ww_slice text, struct ww_number *ret, size_t max)
{
	struct ww_spelled spelled[WW_SPELLED_MAX];
	size_t n = ww_spelling_parse(text, spelled);

	if (n > max)
		n = max;
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct ww_number){
			.value = spelled[i].value,
			.digits = spelled[i].digits,
			.hexadecimal = spelled[i].form == WW_FORM_HEX ||
				       spelled[i].form == WW_FORM_BARE_HEX,
			.negative = spelled[i].form == WW_FORM_NEGATIVE,
			.has_extend = spelled[i].has_extend,
			.extend = spelled[i].extend,
		};
	return n;
}
