#include "serve/guard.h"

#include "base/banned.h"

/* Digits behind the last colon that is not within brackets. */
static struct ww_slice
without_port(struct ww_slice host)
{
	size_t n = host.len;

	while (n > 0 && ww_is_digit(host.p[n - 1]))
		n--;
	if (n == 0 || n == host.len || host.p[n - 1] != ':')
		return host;
	return ww_slice_of(host.p, n - 1);
}

/* A name; the dot of the root at its end makes it no other. */
static struct ww_slice
name_of(struct ww_slice host)
{
	host = without_port(host);
	if (host.len > 0 && host.p[host.len - 1] == '.')
		host.len--;
	return host;
}

/* 127.0.0.1 and its neighbours: four numbers, the first is 127. */
static bool
is_loopback(struct ww_slice host)
{
	unsigned dots = 0;

	if (!ww_slice_starts(host, WW_LIT("127.")))
		return false;
	for (size_t i = 0; i < host.len; i++) {
		dots += host.p[i] == '.';
		if (host.p[i] != '.' && !ww_is_digit(host.p[i]))
			return false;
	}
	return dots == 3;
}

bool
guard_host(const struct guard *guard, struct ww_slice host)
{
	host = name_of(host);
	if (ww_slice_casecmp(host, WW_LIT("localhost")) == 0 ||
	    ww_slice_eq(host, WW_LIT("[::1]")) || is_loopback(host))
		return true;
	for (size_t i = 0; i < guard->n_hosts; i++)
		if (ww_slice_casecmp(host, name_of(guard->hosts[i])) == 0)
			return true;
	return false;
}

/* What stands behind "scheme://", or all of it. */
static struct ww_slice
without_scheme(struct ww_slice origin)
{
	if (ww_slice_starts(origin, WW_LIT("http://")))
		return ww_slice_from(origin, 7);
	if (ww_slice_starts(origin, WW_LIT("https://")))
		return ww_slice_from(origin, 8);
	return origin;
}

bool
guard_origin(struct ww_slice origin, struct ww_slice fetch_site,
	     struct ww_slice host)
{
	struct ww_slice named = without_scheme(origin);

	if (origin.len == 0)
		return fetch_site.len == 0 ||
		       ww_slice_eq(fetch_site, WW_LIT("same-origin")) ||
		       ww_slice_eq(fetch_site, WW_LIT("none"));
	return named.len < origin.len && ww_slice_casecmp(named, host) == 0;
}
