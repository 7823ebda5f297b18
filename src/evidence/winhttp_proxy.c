#include "evidence/winhttp_proxy.h"

#include "base/banned.h"

static size_t
item_length(struct ww_slice list)
{
	size_t n = 0;

	while (n < list.len && list.p[n] != ';' && !ww_is_space(list.p[n]))
		n++;
	return n;
}

static bool
is_exempt(struct ww_slice list, struct ww_slice host)
{
	const struct ww_slice local = WW_LIT("<local>");
	bool dotted = host.len > 0 && memchr(host.p, '.', host.len) != NULL;

	while (list.len > 0) {
		size_t n = item_length(list);
		struct ww_slice item = ww_slice_of(list.p, n);

		if (ww_slice_casecmp(item, local) == 0
			? !dotted
			: n > 0 && ww_slice_fits(host, item))
			return true;
		list = ww_slice_from(list, n < list.len ? n + 1 : n);
	}
	return false;
}

/* The first of "http=proxy:8080;https=…" that is for such an address. */
static struct ww_slice
proxy_for(struct ww_slice setting, bool tls)
{
	struct ww_slice key = tls ? WW_LIT("https=") : WW_LIT("http=");

	if (!ww_slice_casehas(setting, WW_LIT("=")))
		return ww_slice_of(setting.p, item_length(setting));
	while (setting.len > 0) {
		size_t n = item_length(setting);
		struct ww_slice item = ww_slice_of(setting.p, n);

		if (ww_slice_casestarts(item, key))
			return ww_slice_from(item, key.len);
		setting = ww_slice_from(setting, n < setting.len ? n + 1 : n);
	}
	return setting;
}

struct ww_slice
ww_winhttp_proxy(struct ww_slice setting, struct ww_slice bypass,
		 struct ww_slice host, bool tls)
{
	setting = ww_slice_trim(setting);
	/* "Direct access (no proxy server)." has blanks, and no proxy. */
	if (ww_slice_casehas(setting, WW_LIT(" ")) || is_exempt(bypass, host))
		return (struct ww_slice){ 0 };
	return proxy_for(setting, tls);
}
