#include "probe/proxy.h"

#include "evidence/winhttp_proxy.h"

#include "base/banned.h"

/* The first of two spellings that is set. */
static struct ww_slice
variable(const struct ww_probe_environment *e, const char *small,
	 const char *capital)
{
	const char *value = e->get(e->ctx, small);

	if (value == NULL || value[0] == '\0')
		value = capital == NULL ? NULL : e->get(e->ctx, capital);
	return value == NULL ? (struct ww_slice){ 0 }
			     : ww_slice_trim(ww_slice_cstr(value));
}

/* host, .domain, domain, each with or without its port. */
static bool
names_host(struct ww_slice item, const struct ww_url *url)
{
	struct ww_slice host = url->host;

	item = ww_slice_trim(item);
	if (ww_slice_eq(item, WW_LIT("*")))
		return true;
	if (item.len > 0 && item.p[0] == '.')
		item = ww_slice_from(item, 1);
	if (item.len == 0 || item.len > host.len)
		return false;
	if (item.len < host.len && host.p[host.len - item.len - 1] != '.')
		return false;
	return ww_slice_casecmp(ww_slice_from(host, host.len - item.len),
				item) == 0;
}

static bool
is_exempt(const struct ww_probe_environment *e, const struct ww_url *url)
{
	struct ww_slice list = variable(e, "no_proxy", "NO_PROXY");

	while (list.len > 0)
		if (names_host(ww_slice_item(&list), url))
			return true;
	return false;
}

struct ww_slice
ww_probe_proxy(const struct ww_probe_environment *e, const struct ww_url *url)
{
	/*
	 * A web server hands the header "Proxy" to its programs as
	 * HTTP_PROXY: in capitals nobody reads it.
	 */
	struct ww_slice proxy = url->tls
				    ? variable(e, "https_proxy", "HTTPS_PROXY")
				    : variable(e, "http_proxy", NULL);

	if (proxy.len == 0)
		proxy = variable(e, "all_proxy", "ALL_PROXY");
	if (is_exempt(e, url))
		return (struct ww_slice){ 0 };
	return proxy.len > 0 ? proxy
			     : ww_winhttp_proxy(e->setting, e->bypass,
						url->host, url->tls);
}

/* Behind the last @, which a password may have, too. */
static size_t
host_at(struct ww_slice proxy)
{
	size_t at = proxy.len;

	while (at > 0 && proxy.p[at - 1] != '@')
		at--;
	return at;
}

struct ww_slice
ww_probe_proxy_shown(struct ww_slice proxy)
{
	return ww_slice_from(proxy, host_at(proxy));
}

struct ww_slice
ww_probe_proxy_login(struct ww_slice proxy)
{
	size_t at = host_at(proxy);
	struct ww_slice before = ww_slice_of(proxy.p, at == 0 ? 0 : at - 1);
	struct ww_slice behind = ww_slice_behind(before, WW_LIT("://"));

	return behind.p == NULL ? before : behind;
}
