/*
 * What a number is, in the same words everywhere.
 */
#include "base/compiler.h"
#include "render/render.h"

#include "base/banned.h"

struct wording {
	const char *word, *text;
};

static const struct wording spaces[] = {
	{ "hresult", "HRESULT" },
	{ "ntstatus", "NTSTATUS" },
	{ "win32", N_("Win32 error code") },
	{ "bugcheck", N_("bug check (stop code)") },
	{ "jet", N_("ESE database error") },
	{ "event", N_("event message id") },
	{ "api", N_("number of one interface") },
	{ "setup-phase", N_("setup phase") },
	{ "setup-operation", N_("setup operation") },
};

/* What a code is besides a name. */
static const struct wording flags[] = {
	{ "success", N_("it tells success, not a failure") },
	{ "carrier", N_("it hands on another failure: look for that one") },
	{ "sum", N_("it sums up several results: read each of them") },
	{ "ambiguous",
	  N_("its meaning depends on the component that returned it") },
};

struct ww_slice
ww_space_text(const struct ww_render *r, const struct ww_node *reading)
{
	struct ww_slice space = ww_child_text(reading, WW_NODE_SPACE);

	for (size_t i = 0; i < WW_ARRAY_LEN(spaces); i++)
		if (ww_slice_eq(ww_slice_cstr(spaces[i].word), space))
			return ww_tr(r->report, spaces[i].text);
	return space;
}

struct ww_slice
ww_shown_severity(const struct ww_node *reading)
{
	/* Each bug check is a stop. */
	if (ww_child_is(reading, WW_NODE_SPACE, "bugcheck"))
		return (struct ww_slice){ 0 };
	return ww_child_text(reading, WW_NODE_SEVERITY);
}

struct ww_slice
ww_flag_text(const struct ww_render *r, struct ww_slice flag)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(flags); i++)
		if (ww_slice_eq(ww_slice_cstr(flags[i].word), flag))
			return ww_tr(r->report, flags[i].text);
	return (struct ww_slice){ 0 };
}
