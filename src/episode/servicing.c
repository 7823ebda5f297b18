#include "episode/servicing.h"

#include "base/banned.h"

struct ww_slice
ww_servicing_field(struct ww_slice text, const char *name)
{
	struct ww_slice s = ww_slice_behind(text, ww_slice_cstr(name));
	size_t n = 0;

	while (n < s.len && s.p[n] != ',' && s.p[n] != '[' && s.p[n] != '\n' &&
	       s.p[n] != '\r')
		n++;
	return ww_slice_trim(ww_slice_of(s.p, n));
}

bool
ww_servicing_hresult(struct ww_slice text, uint32_t *ret)
{
	static const char *const names[] = { "HRESULT = ", "hr = ", "hr: ",
					     "status: " };
	struct ww_slice s = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]) && s.len == 0;
	     i++)
		s = ww_slice_behind(text, ww_slice_cstr(names[i]));
	while (n < s.len && (ww_is_alnum(s.p[n]) || s.p[n] == '-'))
		n++;
	return ww_track_code(ww_slice_of(s.p, n), ret);
}

struct ww_slice
ww_package_name(struct ww_slice package)
{
	const char *end =
	    package.len == 0 ? NULL : memchr(package.p, '~', package.len);

	return end == NULL ? package
			   : ww_slice_of(package.p, (size_t)(end - package.p));
}

struct ww_slice
ww_package_kb(struct ww_slice name)
{
	const struct ww_slice mark = WW_LIT("KB");
	size_t at = 0, n;

	for (; at + mark.len < name.len; at++) {
		struct ww_slice s = ww_slice_from(name, at);

		if (!ww_slice_starts(s, mark))
			continue;
		for (n = mark.len; n < s.len && ww_is_digit(s.p[n]);)
			n++;
		if (n >= mark.len + 6)
			return ww_slice_of(s.p, n);
	}
	return (struct ww_slice){ 0 };
}

bool
ww_servicing_reboots(uint32_t code)
{
	return code == 0x00000bc2u || code == 0x80070bc2u;
}

void
ww_servicing_end(struct ww_tracking *t, struct ww_episode *e, uint32_t code,
		 const struct ww_record *record)
{
	e->has_code = true;
	e->code = code;
	if (code == WW_CBS_E_CANCEL || code == WW_ERROR_CANCELLED) {
		ww_track_end(t, e, WW_OUTCOME_CANCELLED, record);
	} else if (ww_servicing_reboots(code)) {
		ww_track_note(t, e, "reboot", WW_LIT("yes"), record);
		ww_track_end(t, e, WW_OUTCOME_SUCCEEDED, record);
	} else {
		ww_track_end_code(t, e, code, record);
	}
}
