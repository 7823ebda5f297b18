#include "wsus/exchange.h"

#include <errno.h>
#include <time.h>

#include "base/compiler.h"

#include "base/banned.h"

/* Longer ones tell nothing that is wanted. */
#define HEADER_MAX 4096

/* Fields of the reply that are told by libcurl's callbacks */

static struct ww_slice
keep(struct exchange *x, struct ww_slice s)
{
	return ww_slice_of(ww_arena_copy(x->arena, s.p, s.len), s.len);
}

static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;

	n *= size;
	if (n > x->request->body_max - x->body.len) {
		n = x->request->body_max - x->body.len;
		x->too_large = true;
	}
	ww_buf_add(&x->body, ww_slice_of(p, n));
	return x->too_large ? 0 : n;
}

/* The last answer's count: one of a proxy may stand before it. */
static size_t
on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	struct ww_http_texts *to = &x->reply->headers;
	struct ww_slice line = ww_slice_trim(ww_slice_of(p, n * size));

	if (ww_slice_casestarts(line, WW_LIT("HTTP/")))
		to->n = 0;
	else if (line.len > 0 && line.len <= HEADER_MAX &&
		 to->n < WW_HTTP_HEADERS_MAX)
		to->p[to->n++] = keep(x, line);
	return n * size;
}

/*
 * What the handshake says of itself, which libcurl tells in words only: the
 * version that was agreed on, and whether the server asked for a certificate.
 */
static int
on_debug(CURL *curl, curl_infotype type, char *p, size_t n, void *ctx)
{
	struct exchange *x = ctx;
	struct ww_slice text = ww_slice_of(p, n), rest;

	(void)curl;
	if (type != CURLINFO_TEXT)
		return 0;
	if (ww_slice_casehas(text, WW_LIT("Request CERT")))
		x->asks_client = true;
	rest = ww_slice_behind(text, WW_LIT("SSL connection using "));
	if (rest.len > 0)
		x->reply->tls.version = keep(x, ww_slice_word(&rest));
	return 0;
}

/* Options */

void
exchange_connection(struct exchange *x, CURL *curl)
{
	const struct ww_http_request *q = x->request;
	const char *url = ww_arena_copy(x->arena, q->url.p, q->url.len);
	const char *proxy = ww_arena_copy(x->arena, q->proxy.p, q->proxy.len);

	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROXY, proxy);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
			 (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)q->timeout_ms);
	curl_easy_setopt(curl, CURLOPT_CERTINFO, 1L);
	curl_easy_setopt(curl, CURLOPT_RESOLVE, x->lent[1]);
	if (q->ca.len > 0)
		curl_easy_setopt(curl, CURLOPT_CAINFO,
				 ww_arena_copy(x->arena, q->ca.p, q->ca.len));
}

static void
set_body(struct exchange *x)
{
	const struct ww_http_request *q = x->request;
	const char *method =
	    ww_arena_copy(x->arena, q->method.p, q->method.len);

	if (strcmp(method, "HEAD") == 0)
		curl_easy_setopt(x->curl, CURLOPT_NOBODY, 1L);
	if (strcmp(method, "POST") != 0)
		return;
	curl_easy_setopt(x->curl, CURLOPT_POST, 1L);
	curl_easy_setopt(x->curl, CURLOPT_POSTFIELDSIZE_LARGE,
			 (curl_off_t)q->body.len);
	curl_easy_setopt(x->curl, CURLOPT_POSTFIELDS, q->body.p);
}

/* Those that are wanted, and none of libcurl's own. */
static void
set_headers(struct exchange *x)
{
	const struct ww_http_texts *h = &x->request->headers;
	struct curl_slist *list = curl_slist_append(NULL, "Accept:");

	list = curl_slist_append(list, "Expect:");
	/* Some servers pack what nobody asked them to: it is unpacked. */
	list = curl_slist_append(list, "Accept-Encoding:");
	for (size_t i = 0; i < h->n; i++)
		list =
		    curl_slist_append(list, ww_arena_copy(x->arena, h->p[i].p,
							  h->p[i].len));
	x->lent[0] = list;
	curl_easy_setopt(x->curl, CURLOPT_HTTPHEADER, list);
}

static void
set_all(struct exchange *x)
{
	/* Connections and sessions stay. */
	curl_easy_reset(x->curl);
	exchange_connection(x, x->curl);
	curl_easy_setopt(x->curl, CURLOPT_ERRORBUFFER, x->error);
	curl_easy_setopt(x->curl, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(x->curl, CURLOPT_WRITEDATA, x);
	curl_easy_setopt(x->curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(x->curl, CURLOPT_HEADERDATA, x);
	curl_easy_setopt(x->curl, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(x->curl, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(x->curl, CURLOPT_DEBUGDATA, x);
	curl_easy_setopt(x->curl, CURLOPT_ACCEPT_ENCODING, "");
	set_body(x);
	set_headers(x);
}

/* The name, before anything else */

/* The host and port of the request's URL; NULL: it has none. */
static char *
url_part(struct exchange *x, CURLUPart part)
{
	CURLU *u = curl_url();
	char *text = NULL, *kept = NULL;
	const char *url =
	    ww_arena_copy(x->arena, x->request->url.p, x->request->url.len);

	if (u != NULL && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(u, part, &text, CURLU_DEFAULT_PORT) == CURLUE_OK)
		kept = ww_arena_copy(x->arena, text, strlen(text));
	curl_free(text);
	curl_url_cleanup(u);
	return kept;
}

/* name:port:address,address for libcurl to connect to. */
static void
lend_addresses(struct exchange *x, const char *port)
{
	struct ww_buf entry = ww_buf_in(x->arena);

	ww_buf_add(&entry, ww_slice_cstr(x->host));
	ww_buf_char(&entry, ':');
	ww_buf_add(&entry, ww_slice_cstr(port));
	for (size_t i = 0; i < x->addresses.n; i++) {
		ww_buf_char(&entry, i == 0 ? ':' : ',');
		ww_buf_add(&entry, ww_slice_cstr(x->addresses.text[i]));
	}
	x->lent[1] = curl_slist_append(NULL, ww_arena_copy(x->arena, entry.p,
							   entry.len));
}

static bool
fail(struct exchange *x, enum ww_http_end end, enum ww_http_stage stage,
     const char *detail)
{
	x->reply->end = end;
	x->reply->stage = stage;
	x->reply->detail = ww_slice_trim(keep(x, ww_slice_cstr(detail)));
	return false;
}

static bool
look_up(struct exchange *x, const char *host)
{
	struct timespec from, to;
	const char *why;
	enum resolved how;

	if (strcmp(x->host, host) == 0 && x->addresses.n > 0)
		return true;
	x->host[0] = '\0';
	x->addresses.n = 0;
	clock_gettime(CLOCK_MONOTONIC, &from);
	how = resolve(host, x->request->timeout_ms, &x->addresses, &why);
	clock_gettime(CLOCK_MONOTONIC, &to);
	x->reply->times.name = (uint64_t)((to.tv_sec - from.tv_sec) * 1000000 +
					  (to.tv_nsec - from.tv_nsec) / 1000);
	if (how == RESOLVE_TIMEOUT)
		return fail(x, WW_HTTP_TIMED_OUT, WW_HTTP_AT_NAME, "");
	if (how == RESOLVE_FAILED)
		return fail(x, WW_HTTP_NO_NAME, WW_HTTP_AT_NAME, why);
	memcpy(x->host, host, strlen(host) + 1);
	return true;
}

/* A proxy looks it up itself, and so does libcurl the proxy's. */
static bool
find_name(struct exchange *x)
{
	char *host = url_part(x, CURLUPART_HOST);
	char *port = url_part(x, CURLUPART_PORT);
	struct ww_http_texts *to = &x->reply->addresses;

	if (host == NULL || port == NULL || strlen(host) >= sizeof(x->host))
		return fail(x, WW_HTTP_FAILED, WW_HTTP_AT_NAME,
			    "the address is no URL");
	/* [::1] needs no look-up, and libcurl none of ours. */
	if (x->request->proxy.len > 0 || host[0] == '[')
		return true;
	if (!look_up(x, host))
		return false;
	for (size_t i = 0; i < x->addresses.n; i++)
		to->p[to->n++] = keep(x, ww_slice_cstr(x->addresses.text[i]));
	lend_addresses(x, port);
	return true;
}

/* What came of it */

static uint64_t
time_of(const struct exchange *x, CURLINFO info)
{
	curl_off_t t = 0;

	curl_easy_getinfo(x->curl, info, &t);
	return t > 0 ? (uint64_t)t : 0;
}

static uint64_t
span(uint64_t from, uint64_t to)
{
	return to > from ? to - from : 0;
}

static void
take_times(struct exchange *x)
{
	struct ww_http_times *t = &x->reply->times;
	uint64_t connect = time_of(x, CURLINFO_CONNECT_TIME_T);
	long connects = 0;

	curl_easy_getinfo(x->curl, CURLINFO_NUM_CONNECTS, &connects);
	t->total = time_of(x, CURLINFO_TOTAL_TIME_T) + t->name;
	t->first = time_of(x, CURLINFO_STARTTRANSFER_TIME_T);
	if (connects == 0)
		return;
	t->connect = connect;
	t->tls = span(connect, time_of(x, CURLINFO_APPCONNECT_TIME_T));
}

static void
take_address(struct exchange *x)
{
	struct ww_buf out = ww_buf_in(x->arena);
	char *ip = NULL;
	long port = 0;

	curl_easy_getinfo(x->curl, CURLINFO_PRIMARY_IP, &ip);
	curl_easy_getinfo(x->curl, CURLINFO_PRIMARY_PORT, &port);
	if (ip == NULL || ip[0] == '\0')
		return;
	ww_buf_printf(&out, strchr(ip, ':') == NULL ? "%s:%ld" : "[%s]:%ld", ip,
		      port);
	x->reply->address = ww_buf_slice(&out);
}

/* A connection that was used before has cost no time to make. */
static bool
is_connected(const struct exchange *x)
{
	return x->reply->headers.n > 0 ||
	       time_of(x, CURLINFO_PRETRANSFER_TIME_T) > 0;
}

static enum ww_http_stage
stage_of(const struct exchange *x)
{
	bool tls = ww_slice_casestarts(x->request->url, WW_LIT("https://"));
	uint64_t connect = time_of(x, CURLINFO_CONNECT_TIME_T);

	if (connect == 0)
		return is_connected(x) ? WW_HTTP_AT_REPLY : WW_HTTP_AT_CONNECT;
	if (tls && time_of(x, CURLINFO_APPCONNECT_TIME_T) == 0)
		return WW_HTTP_AT_TLS;
	return WW_HTTP_AT_REPLY;
}

/* The status with which a proxy refused a tunnel. */
static long
tunnel_status(const struct exchange *x)
{
	long status = 0;

	curl_easy_getinfo(x->curl, CURLINFO_HTTP_CONNECTCODE, &status);
	return status >= 300 ? status : 0;
}

static enum ww_http_end
connect_end(const struct exchange *x)
{
	long error = 0;

	curl_easy_getinfo(x->curl, CURLINFO_OS_ERRNO, &error);
	return error == ECONNREFUSED ? WW_HTTP_REFUSED : WW_HTTP_NO_ROUTE;
}

/*
 * Cut off: before an answer, in the handshake, or within the answer.  With TLS
 * 1.3 a certificate that is missing is refused behind the handshake.
 */
static enum ww_http_end
broken_end(const struct exchange *x)
{
	if (stage_of(x) == WW_HTTP_AT_TLS ||
	    (x->asks_client && x->reply->headers.n == 0))
		return WW_HTTP_NO_TLS;
	return x->reply->headers.n == 0 ? WW_HTTP_CLOSED : WW_HTTP_CUT;
}

static enum ww_http_end
end_of(const struct exchange *x, CURLcode code)
{
	if (tunnel_status(x) != 0)
		return WW_HTTP_PROXY_DENIED;
	switch (code) {
	case CURLE_OK:
		return WW_HTTP_ANSWERED;
	case CURLE_COULDNT_RESOLVE_PROXY:
		return WW_HTTP_NO_PROXY_NAME;
	case CURLE_COULDNT_RESOLVE_HOST:
		return WW_HTTP_NO_NAME;
	case CURLE_COULDNT_CONNECT:
		return connect_end(x);
	case CURLE_OPERATION_TIMEDOUT:
		return WW_HTTP_TIMED_OUT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CIPHER:
		return WW_HTTP_NO_TLS;
	case CURLE_PEER_FAILED_VERIFICATION:
		return WW_HTTP_NO_TRUST;
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_BAD_CONTENT_ENCODING:
		return broken_end(x);
	case CURLE_WRITE_ERROR:
		return x->too_large ? WW_HTTP_TOO_LARGE : WW_HTTP_FAILED;
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UNSUPPORTED_PROTOCOL:
		return WW_HTTP_NO_HTTP;
	default:
		return WW_HTTP_FAILED;
	}
}

static enum ww_http_stage
end_stage(const struct exchange *x, enum ww_http_end end)
{
	switch (end) {
	case WW_HTTP_NO_NAME:
	case WW_HTTP_NO_PROXY_NAME:
		return WW_HTTP_AT_NAME;
	case WW_HTTP_PROXY_DENIED:
		return WW_HTTP_AT_PROXY;
	case WW_HTTP_NO_TLS:
	case WW_HTTP_NO_TRUST:
		return WW_HTTP_AT_TLS;
	default:
		return stage_of(x);
	}
}

static void
take_end(struct exchange *x, CURLcode code)
{
	struct ww_http_reply *r = x->reply;
	long status = 0;

	r->end = end_of(x, code);
	r->stage = end_stage(x, (enum ww_http_end)r->end);
	curl_easy_getinfo(x->curl, CURLINFO_RESPONSE_CODE, &status);
	if (r->end == WW_HTTP_PROXY_DENIED)
		status = tunnel_status(x);
	r->status = status > 0 ? (uint64_t)status : 0;
	r->body = ww_buf_slice(&x->body);
	if (code == CURLE_OK)
		return;
	if (x->error[0] == '\0')
		r->detail = ww_slice_cstr(curl_easy_strerror(code));
	else
		r->detail = ww_slice_trim(keep(x, ww_slice_cstr(x->error)));
}

static void
take_tls(struct exchange *x)
{
	struct ww_http_tls *tls = &x->reply->tls;

	if (!ww_slice_casestarts(x->request->url, WW_LIT("https://")))
		return;
	tls->flags |= WW_TLS_USED;
	exchange_certificate(x, x->curl);
	if (x->reply->end == WW_HTTP_NO_TRUST)
		exchange_inspect(x);
	if (x->asks_client)
		tls->flags |= WW_TLS_ASKS_CLIENT;
}

static void
give_back(struct exchange *x)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(x->lent); i++) {
		curl_slist_free_all(x->lent[i]);
		x->lent[i] = NULL;
	}
}

void
exchange_run(struct exchange *x, struct ww_arena *arena,
	     const struct ww_http_request *request, struct ww_http_reply *reply)
{
	CURLcode code;

	*reply = (struct ww_http_reply){ 0 };
	x->arena = arena;
	x->request = request;
	x->reply = reply;
	x->body = ww_buf_in(arena);
	x->too_large = x->asks_client = false;
	x->error[0] = '\0';
	if (find_name(x)) {
		set_all(x);
		code = curl_easy_perform(x->curl);
		take_times(x);
		take_address(x);
		take_end(x, code);
		take_tls(x);
	}
	give_back(x);
}

bool
exchange_init(struct exchange *x)
{
	*x = (struct exchange){ 0 };
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return false;
	x->curl = curl_easy_init();
	return x->curl != NULL;
}

void
exchange_release(struct exchange *x)
{
	curl_easy_cleanup(x->curl);
	curl_global_cleanup();
}
