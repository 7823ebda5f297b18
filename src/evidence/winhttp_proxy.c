#include "evidence/winhttp_proxy.h"

#include "base/banned.h"

/* Cut the first item off a list with semicolons or white space between. */
static struct ww_slice
take_item(struct ww_slice *list)
{
	struct ww_slice all = *list;
	size_t n = 0;

	while (n < all.len && all.p[n] != ';' && !ww_is_space(all.p[n]))
		n++;
	*list = ww_slice_from(all, n < all.len ? n + 1 : n);
	return ww_slice_of(all.p, n);
}

static bool
is_exempt(struct ww_slice list, struct ww_slice host)
{
	const struct ww_slice local = WW_LIT("<local>");
	bool dotted = host.len > 0 && memchr(host.p, '.', host.len) != NULL;

	while (list.len > 0) {
		struct ww_slice item = take_item(&list);

		if (ww_slice_casecmp(item, local) == 0
			? !dotted
			: item.len > 0 && ww_slice_fits(host, item))
			return true;
	}
	return false;
}

/* The first of "http=proxy:8080;https=…" that is for such an address. */
static struct ww_slice
proxy_for(struct ww_slice setting, bool tls)
{
	struct ww_slice key = tls ? WW_LIT("https=") : WW_LIT("http=");

	if (!ww_slice_casehas(setting, WW_LIT("=")))
		return take_item(&setting);
	while (setting.len > 0) {
		struct ww_slice item = take_item(&setting);

		if (ww_slice_casestarts(item, key))
			return ww_slice_from(item, key.len);
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
