#include "probe/url.h"

#include "base/banned.h"

static bool
read_scheme(struct ww_slice *rest, bool *rettls)
{
	const struct ww_slice http = WW_LIT("http://"),
			      https = WW_LIT("https://");

	*rettls = ww_slice_casestarts(*rest, https);
	if (!*rettls && !ww_slice_casestarts(*rest, http))
		return false;
	*rest = ww_slice_from(*rest, *rettls ? https.len : http.len);
	return true;
}

/* Where the host ends: at its port, its path, or the end. */
static size_t
host_length(struct ww_slice s)
{
	const char *bracket =
	    s.len > 0 && s.p[0] == '[' ? memchr(s.p, ']', s.len) : NULL;
	size_t n = bracket == NULL ? 0 : (size_t)(bracket - s.p) + 1;

	while (n < s.len && s.p[n] != ':' && s.p[n] != '/')
		n++;
	return n;
}

static bool
is_host(struct ww_slice host)
{
	bool brackets =
	    host.len > 2 && host.p[0] == '[' && host.p[host.len - 1] == ']';

	for (size_t i = 0; i < host.len; i++) {
		char c = host.p[i];

		if (!ww_is_alnum(c) && strchr("-._", c) == NULL &&
		    (!brackets || strchr("[]:%", c) == NULL))
			return false;
	}
	return host.len > 0 && host.len < 256;
}

static bool
read_port(struct ww_slice *rest, struct ww_url *ret)
{
	size_t n = 1;

	ret->port = 0;
	for (; n < rest->len && ww_is_digit(rest->p[n]); n++) {
		ret->port = ret->port * 10 + (unsigned)(rest->p[n] - '0');
		if (ret->port > 65535)
			return false;
	}
	ret->has_port = true;
	*rest = ww_slice_from(*rest, n);
	return ret->port > 0;
}

/* Blanks and controls could write lines of their own into a request. */
static bool
is_clean(struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
			return false;
	return true;
}

bool
ww_url_read(struct ww_slice text, struct ww_url *ret)
{
	struct ww_slice rest = text;
	size_t n;

	*ret = (struct ww_url){ 0 };
	if (!is_clean(text) || !read_scheme(&rest, &ret->tls))
		return false;
	n = host_length(rest);
	ret->host = ww_slice_of(rest.p, n);
	rest = ww_slice_from(rest, n);
	ret->port = ret->tls ? 443 : 80;
	if (!is_host(ret->host) ||
	    (rest.len > 0 && rest.p[0] == ':' && !read_port(&rest, ret)) ||
	    (rest.len > 0 && rest.p[0] != '/'))
		return false;
	ret->path = rest;
	return true;
}

/* What stands at the root of a WSUS. */
static bool
is_service(struct ww_slice folder)
{
	static const char *const names[] = {
		"ClientWebService",
		"SimpleAuthWebService",
		"ReportingWebService",
		"ServerSyncWebService",
		"DssAuthWebService",
		"ApiRemoting30",
		"Content",
		"Inventory",
		"SelfUpdate",
		"iuident.cab",
		"wusserverversion.xml",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (ww_slice_casecmp(folder, ww_slice_cstr(names[i])) == 0)
			return true;
	return false;
}

struct ww_slice
ww_url_root(struct ww_slice path)
{
	size_t start = 0;

	for (size_t i = 0; i < path.len && strchr("?#", path.p[i]) == NULL; i++)
		start = i + 1;
	path.len = start;
	for (size_t at = 0; at < path.len; at = start) {
		for (start = at + 1; start < path.len && path.p[start] != '/';)
			start++;
		if (is_service(ww_slice_part(path, at + 1, start - at - 1)))
			return ww_slice_of(path.p, at);
	}
	return path;
}

void
ww_url_add(struct ww_buf *out, const struct ww_url *url)
{
	ww_buf_add(out, url->tls ? WW_LIT("https://") : WW_LIT("http://"));
	ww_buf_add(out, url->host);
	if (url->has_port) {
		ww_buf_char(out, ':');
		ww_buf_decimal(out, url->port);
	}
	if (url->path.len > 0 && url->path.p[0] != '/')
		ww_buf_char(out, '/');
	ww_buf_add(out, url->path);
}

void
ww_url_add_path(struct ww_buf *out, const struct ww_url *root,
		struct ww_slice path)
{
	struct ww_url bare = *root;

	while (bare.path.len > 0 && bare.path.p[bare.path.len - 1] == '/')
		bare.path.len--;
	ww_url_add(out, &bare);
	if (path.len > 0 && path.p[0] != '/')
		ww_buf_char(out, '/');
	ww_buf_add(out, path);
}

bool
ww_url_resolve(const struct ww_url *root, struct ww_slice text,
	       struct ww_url *ret)
{
	text = ww_slice_trim(text);
	if (ww_slice_casehas(text, WW_LIT("://")))
		return ww_url_read(text, ret);
	*ret = *root;
	ret->path = text;
	return text.len > 0 && is_clean(text);
}

bool
ww_url_same_host(const struct ww_url *a, const struct ww_url *b)
{
	return ww_slice_casecmp(a->host, b->host) == 0;
}
