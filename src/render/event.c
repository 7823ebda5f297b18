/*
 * How a field of an event holds a code, in the same words everywhere.
 */
#include "base/compiler.h"
#include "render/render.h"

#include "base/banned.h"

struct wording {
	const char *word, *text;
};

static const struct wording bases[] = {
	{ "decimal", N_("decimal") },
	{ "hex", N_("hexadecimal") },
	{ "bare", N_("hexadecimal without 0x") },
	{ "message", N_("behind %%") },
	{ "text", N_("inside a text") },
	{ "bytes", N_("bytes, the lowest first") },
};

static const struct wording kinds[] = {
	{ "hresult", N_("the code, an HRESULT") },
	{ "ntstatus", N_("the code, an NTSTATUS") },
	{ "win32", N_("the code, of Win32") },
	{ "stop", N_("the code, a stop code") },
	{ "kerberos", N_("the code, of Kerberos") },
	{ "tls-alert", N_("the code, an alert of TLS") },
	{ "jet", N_("the code, of the database engine") },
	{ "wmi", N_("the code, of WMI") },
	{ "msi", N_("the code, of Windows Installer") },
};

static const char *
wording_of(const struct wording *of, size_t n, struct ww_slice word)
{
	for (size_t i = 0; i < n; i++)
		if (ww_slice_eq(word, ww_slice_cstr(of[i].word)))
			return of[i].text;
	return "";
}

struct ww_slice
ww_field_code_text(struct ww_render *r, const struct ww_node *field)
{
	struct ww_slice is = ww_child_text(field, WW_NODE_IS);
	struct ww_slice base = ww_child_text(field, WW_NODE_BASE);
	struct ww_buf buf = ww_buf_in(r->out.arena);

	if (is.len == 0)
		return (struct ww_slice){ 0 };
	ww_buf_add(&buf, ww_tr(r->report,
			       wording_of(kinds, WW_ARRAY_LEN(kinds), is)));
	ww_buf_add(&buf, WW_LIT(", "));
	ww_buf_add(&buf, ww_tr(r->report,
			       wording_of(bases, WW_ARRAY_LEN(bases), base)));
	return ww_buf_slice(&buf);
}
