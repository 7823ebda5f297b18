#include "serve/route.h"

#include "base/banned.h"

static bool
matches(const struct route *route, struct ww_slice path, struct call *call)
{
	struct ww_slice pattern = ww_slice_cstr(route->pattern);
	size_t n = 0;

	/* An empty last part would be taken for none. */
	if (path.len > 0 && path.p[path.len - 1] == '/')
		return false;
	while (pattern.len > 0) {
		struct ww_slice wanted = ww_slice_until(&pattern, '/');
		struct ww_slice part = ww_slice_until(&path, '/');

		if (ww_slice_eq(wanted, WW_LIT("*")) && part.len > 0 &&
		    n < ROUTE_CAPTURES)
			call->captured[n++] = part;
		else if (!ww_slice_eq(wanted, part))
			return false;
	}
	return path.len == 0;
}

/* HEAD is answered as GET; the body is left out on the way. */
static bool
has_method(const struct route *route, struct ww_slice method)
{
	return ww_slice_eq(method, ww_slice_cstr(route->method)) ||
	       (ww_slice_eq(method, WW_LIT("HEAD")) &&
		strcmp(route->method, "GET") == 0);
}

bool
route_find(const struct route *routes, size_t n, struct call *call,
	   const char **retallow)
{
	*retallow = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!matches(&routes[i], call->request->path, call))
			continue;
		*retallow = routes[i].method;
		if (has_method(&routes[i], call->request->method)) {
			call->route = &routes[i];
			return true;
		}
	}
	return *retallow == NULL;
}
