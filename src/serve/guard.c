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
	host = without_port(host);
	if (ww_slice_casecmp(host, WW_LIT("localhost")) == 0 ||
	    ww_slice_eq(host, WW_LIT("[::1]")) || is_loopback(host))
		return true;
	for (size_t i = 0; i < guard->n_hosts; i++)
		if (ww_slice_casecmp(host, guard->hosts[i]) == 0)
			return true;
	return false;
}

bool
guard_origin(struct ww_slice origin, struct ww_slice fetch_site,
	     struct ww_slice host)
{
	static const struct ww_slice schemes[] = { WW_LIT("http://"),
						   WW_LIT("https://") };

	if (origin.len == 0)
		return fetch_site.len == 0 ||
		       ww_slice_eq(fetch_site, WW_LIT("same-origin")) ||
		       ww_slice_eq(fetch_site, WW_LIT("none"));
	for (size_t i = 0; i < 2; i++)
		if (ww_slice_starts(origin, schemes[i]) &&
		    ww_slice_casecmp(ww_slice_from(origin, schemes[i].len),
				     host) == 0)
			return true;
	return false;
}
