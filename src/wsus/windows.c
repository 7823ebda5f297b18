/*
 * The transport of the probe on Windows: WinHTTP, which the update client
 * itself speaks with, in this program.
 */
#include "wsus/helper.h"

/* The sockets first: windows.h has others of its own. */
#include <winsock2.h>

#include <windows.h>

#include <winhttp.h>
#include <ws2tcpip.h>

#include "base/buf.h"
#include "base/message.h"
#include "sys/windows_text.h"
#include "wsus/windows_certificate.h"

#include "base/banned.h"

/* One request while it is made. */
struct asking {
	struct ww_arena *arena; /* borrowed */
	const struct ww_http_request *request;
	struct ww_http_reply *reply;
	HINTERNET session, connection, handle; /* owned */
	URL_COMPONENTS url;
	const wchar_t *host, *path; /* owned, arena */
	/* Told by WinHTTP on its way. */
	enum ww_http_stage stage;
	DWORD secure;	/* what is wrong with the certificate */
	bool received;	/* something came */
	uint64_t began; /* now_us() */
};

static bool
is_tls(const struct asking *a)
{
	return a->url.nScheme == INTERNET_SCHEME_HTTPS;
}

/* Ends */

static uint64_t
now_us(void)
{
	LARGE_INTEGER frequency, count;

	QueryPerformanceFrequency(&frequency);
	QueryPerformanceCounter(&count);
	return (uint64_t)count.QuadPart / (uint64_t)frequency.QuadPart *
		   1000000 +
	       (uint64_t)count.QuadPart % (uint64_t)frequency.QuadPart *
		   1000000 / (uint64_t)frequency.QuadPart;
}

static uint64_t
trust_flags(DWORD secure)
{
	uint64_t flags = 0;

	if ((secure & WINHTTP_CALLBACK_STATUS_FLAG_CERT_DATE_INVALID) != 0)
		flags |= WW_TLS_EXPIRED;
	if ((secure & WINHTTP_CALLBACK_STATUS_FLAG_CERT_CN_INVALID) != 0)
		flags |= WW_TLS_WRONG_NAME;
	if ((secure & WINHTTP_CALLBACK_STATUS_FLAG_INVALID_CA) != 0)
		flags |= WW_TLS_UNTRUSTED;
	return flags;
}

static enum ww_http_end
end_of(struct asking *a, DWORD error)
{
	switch (error) {
	case ERROR_WINHTTP_NAME_NOT_RESOLVED:
		return a->request->proxy.len > 0 ? WW_HTTP_NO_PROXY_NAME
						 : WW_HTTP_NO_NAME;
	case ERROR_WINHTTP_CANNOT_CONNECT:
		return WW_HTTP_REFUSED;
	case ERROR_WINHTTP_TIMEOUT:
		return WW_HTTP_TIMED_OUT;
	case WSAECONNRESET:
	case WSAECONNABORTED:
	case ERROR_WINHTTP_CONNECTION_ERROR:
		return a->reply->headers.n > 0 ? WW_HTTP_CUT : WW_HTTP_CLOSED;
	case ERROR_WINHTTP_INVALID_SERVER_RESPONSE:
		return a->received ? WW_HTTP_NO_HTTP : WW_HTTP_CLOSED;
	case ERROR_WINHTTP_SECURE_FAILURE:
		return trust_flags(a->secure) != 0 ? WW_HTTP_NO_TRUST
						   : WW_HTTP_NO_TLS;
	case ERROR_WINHTTP_SECURE_CHANNEL_ERROR:
	case ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED:
		return WW_HTTP_NO_TLS;
	default:
		return WW_HTTP_FAILED;
	}
}

static enum ww_http_stage
stage_of(const struct asking *a, enum ww_http_end end)
{
	switch (end) {
	case WW_HTTP_NO_NAME:
	case WW_HTTP_NO_PROXY_NAME:
		return WW_HTTP_AT_NAME;
	case WW_HTTP_REFUSED:
		return WW_HTTP_AT_CONNECT;
	case WW_HTTP_NO_TRUST:
	case WW_HTTP_NO_TLS:
		return WW_HTTP_AT_TLS;
	default:
		return a->stage;
	}
}

/*
 * WinHTTP shows the certificate of a server only where it trusts it, so one
 * that it does not trust is asked once more for the start page, with nothing
 * of ours in the question.
 */
static void
inspect(struct asking *a)
{
	DWORD flags = SECURITY_FLAG_IGNORE_UNKNOWN_CA |
		      SECURITY_FLAG_IGNORE_CERT_DATE_INVALID |
		      SECURITY_FLAG_IGNORE_CERT_CN_INVALID |
		      SECURITY_FLAG_IGNORE_CERT_WRONG_USAGE;
	HINTERNET handle =
	    WinHttpOpenRequest(a->connection, L"HEAD", L"/", NULL,
			       WINHTTP_NO_REFERER, WINHTTP_DEFAULT_ACCEPT_TYPES,
			       WINHTTP_FLAG_SECURE);
	int ms = (int)a->request->timeout_ms;

	if (handle == NULL)
		return;
	WinHttpSetTimeouts(handle, ms, ms, ms, ms);
	WinHttpSetOption(handle, WINHTTP_OPTION_SECURITY_FLAGS, &flags,
			 sizeof(flags));
	if (WinHttpSendRequest(handle, WINHTTP_NO_ADDITIONAL_HEADERS, 0,
			       WINHTTP_NO_REQUEST_DATA, 0, 0, 0))
		windows_certificate(a->arena, handle, &a->reply->tls);
	WinHttpCloseHandle(handle);
}

/* False, so that a step can end with it. */
static bool
fail(struct asking *a)
{
	DWORD error = GetLastError();
	struct ww_buf detail = ww_buf_in(a->arena);

	if (error == ERROR_WINHTTP_CLIENT_AUTH_CERT_NEEDED)
		a->reply->tls.flags |= WW_TLS_ASKS_CLIENT;
	a->reply->tls.flags |= trust_flags(a->secure);
	a->reply->end = end_of(a, error);
	a->reply->stage = stage_of(a, (enum ww_http_end)a->reply->end);
	ww_buf_printf(&detail, "WinHTTP error %lu", (unsigned long)error);
	a->reply->detail = ww_buf_slice(&detail);
	return false;
}

/* On its way */

static void CALLBACK
on_status(HINTERNET handle, DWORD_PTR ctx, DWORD status, LPVOID information,
	  DWORD length)
{
	struct asking *a = (struct asking *)ctx;

	(void)handle;
	if (a == NULL)
		return;
	if (status == WINHTTP_CALLBACK_STATUS_RESOLVING_NAME)
		a->stage = WW_HTTP_AT_NAME;
	else if (status == WINHTTP_CALLBACK_STATUS_CONNECTING_TO_SERVER)
		a->stage = WW_HTTP_AT_CONNECT;
	else if (status == WINHTTP_CALLBACK_STATUS_CONNECTED_TO_SERVER)
		a->stage = is_tls(a) ? WW_HTTP_AT_TLS : WW_HTTP_AT_REPLY;
	else if (status == WINHTTP_CALLBACK_STATUS_SENDING_REQUEST)
		a->stage = WW_HTTP_AT_REPLY;
	else if (status == WINHTTP_CALLBACK_STATUS_RESPONSE_RECEIVED &&
		 length >= sizeof(DWORD))
		a->received |= *(const DWORD *)information > 0;
	else if (status == WINHTTP_CALLBACK_STATUS_SECURE_FAILURE &&
		 length >= sizeof(DWORD))
		a->secure |= *(const DWORD *)information;
}

static const wchar_t *
wide(struct asking *a, struct ww_slice s)
{
	return widen(a->arena, ww_arena_copy(a->arena, s.p, s.len)).p;
}

static const wchar_t *
wide_part(struct asking *a, const wchar_t *p, DWORD len)
{
	struct wide part = wide_new(a->arena, len);

	memcpy(part.p, p, len * sizeof(*p));
	part.p[len] = L'\0';
	return part.p;
}

static bool
crack(struct asking *a)
{
	a->url = (URL_COMPONENTS){ .dwStructSize = sizeof(a->url),
				   .dwHostNameLength = (DWORD)-1,
				   .dwUrlPathLength = (DWORD)-1,
				   .dwExtraInfoLength = (DWORD)-1,
				   .dwSchemeLength = (DWORD)-1 };
	if (!WinHttpCrackUrl(wide(a, a->request->url), 0, 0, &a->url))
		return fail(a);
	a->host = wide_part(a, a->url.lpszHostName, a->url.dwHostNameLength);
	a->path = wide_part(a, a->url.lpszUrlPath,
			    a->url.dwUrlPathLength + a->url.dwExtraInfoLength);
	return true;
}

/* name:password@host:port, its scheme left out */
struct proxy {
	struct ww_slice name, password, host;
};

static struct proxy
proxy_of(struct ww_slice s)
{
	struct ww_slice rest = ww_slice_behind(s, WW_LIT("://"));
	struct proxy p = { .host = rest.len > 0 ? rest : s };
	size_t at = p.host.len, colon;

	while (at > 0 && p.host.p[at - 1] != '@')
		at--;
	if (at == 0)
		return p;
	p.name = ww_slice_of(p.host.p, at - 1);
	p.host = ww_slice_from(p.host, at);
	colon = ww_slice_casefind(p.name, WW_LIT(":"));
	if (colon < p.name.len)
		p.password = ww_slice_from(p.name, colon + 1);
	p.name.len = colon;
	return p;
}

static bool
open_handles(struct asking *a, const struct proxy *p)
{
	DWORD flags = is_tls(a) ? WINHTTP_FLAG_SECURE : 0;
	bool direct = p->host.len == 0;

	a->session =
	    WinHttpOpen(L"winwhy",
			direct ? WINHTTP_ACCESS_TYPE_NO_PROXY
			       : WINHTTP_ACCESS_TYPE_NAMED_PROXY,
			direct ? WINHTTP_NO_PROXY_NAME : wide(a, p->host),
			WINHTTP_NO_PROXY_BYPASS, 0);
	if (a->session == NULL)
		return fail(a);
	a->connection = WinHttpConnect(a->session, a->host, a->url.nPort, 0);
	if (a->connection == NULL)
		return fail(a);
	a->handle =
	    WinHttpOpenRequest(a->connection, wide(a, a->request->method),
			       a->path, NULL, WINHTTP_NO_REFERER,
			       WINHTTP_DEFAULT_ACCEPT_TYPES, flags);
	return a->handle != NULL || fail(a);
}

static void
set_options(struct asking *a, const struct proxy *p)
{
	DWORD never = WINHTTP_OPTION_REDIRECT_POLICY_NEVER;
	DWORD_PTR ctx = (DWORD_PTR)a;
	int ms = (int)a->request->timeout_ms;

	WinHttpSetOption(a->handle, WINHTTP_OPTION_CONTEXT_VALUE, &ctx,
			 sizeof(ctx));
	WinHttpSetOption(a->handle, WINHTTP_OPTION_REDIRECT_POLICY, &never,
			 sizeof(never));
	WinHttpSetTimeouts(a->handle, ms, ms, ms, ms);
	WinHttpSetStatusCallback(a->handle, on_status,
				 WINHTTP_CALLBACK_FLAG_ALL_NOTIFICATIONS, 0);
	if (p->name.len > 0)
		WinHttpSetCredentials(a->handle, WINHTTP_AUTH_TARGET_PROXY,
				      WINHTTP_AUTH_SCHEME_BASIC,
				      wide(a, p->name), wide(a, p->password),
				      NULL);
	for (size_t i = 0; i < a->request->headers.n; i++)
		WinHttpAddRequestHeaders(a->handle,
					 wide(a, a->request->headers.p[i]),
					 (DWORD)-1,
					 WINHTTP_ADDREQ_FLAG_ADD |
					     WINHTTP_ADDREQ_FLAG_REPLACE);
}

static bool
send_request(struct asking *a)
{
	DWORD len = (DWORD)a->request->body.len;

	a->stage = WW_HTTP_AT_CONNECT;
	if (!WinHttpSendRequest(a->handle, WINHTTP_NO_ADDITIONAL_HEADERS, 0,
				(void *)(uintptr_t)a->request->body.p, len, len,
				(DWORD_PTR)a))
		return fail(a);
	a->stage = WW_HTTP_AT_REPLY;
	return WinHttpReceiveResponse(a->handle, NULL) || fail(a);
}

/* What came */

static void
take_headers(struct asking *a)
{
	struct ww_http_texts *to = &a->reply->headers;
	DWORD size = 0;
	struct ww_slice rest;
	struct wide raw;

	WinHttpQueryHeaders(a->handle, WINHTTP_QUERY_RAW_HEADERS_CRLF, NULL,
			    NULL, &size, NULL);
	raw = wide_new(a->arena, size / sizeof(wchar_t) + 1);
	if (size == 0 ||
	    !WinHttpQueryHeaders(a->handle, WINHTTP_QUERY_RAW_HEADERS_CRLF,
				 NULL, raw.p, &size, NULL))
		return;
	rest = narrow(a->arena, raw.p, size / sizeof(wchar_t));
	while (rest.len > 0 && to->n < WW_HTTP_HEADERS_MAX) {
		struct ww_slice line =
		    ww_slice_trim(ww_slice_until(&rest, '\n'));

		if (line.len > 0 && !ww_slice_casestarts(line, WW_LIT("HTTP/")))
			to->p[to->n++] = line;
	}
}

static void
take_status(struct asking *a)
{
	DWORD status = 0, size = sizeof(status);

	WinHttpQueryHeaders(a->handle,
			    WINHTTP_QUERY_STATUS_CODE |
				WINHTTP_QUERY_FLAG_NUMBER,
			    NULL, &status, &size, NULL);
	a->reply->status = status;
}

/* WinHTTP limits the time of each part, and not that of all. */
static bool
is_late(const struct asking *a)
{
	return now_us() > a->began + a->request->timeout_ms * 1000;
}

/* What is there already: a block is waited for until it is full. */
static bool
read_block(struct asking *a, char *block, DWORD size, DWORD *retn)
{
	DWORD n = 0;

	*retn = 0;
	if (!WinHttpQueryDataAvailable(a->handle, &n))
		return false;
	return n == 0 ||
	       WinHttpReadData(a->handle, block, n < size ? n : size, retn);
}

static bool
take_body(struct asking *a)
{
	struct ww_buf body = ww_buf_in(a->arena);
	char block[8192];
	DWORD n;

	do {
		if (!read_block(a, block, sizeof(block), &n)) {
			a->reply->body = ww_buf_slice(&body);
			return fail(a);
		}
		ww_buf_add(&body, ww_slice_of(block, n));
	} while (n > 0 && body.len <= a->request->body_max && !is_late(a));
	a->reply->body = ww_buf_slice(&body);
	if (n == 0)
		return true;
	a->reply->stage = WW_HTTP_AT_REPLY;
	a->reply->end = WW_HTTP_TIMED_OUT;
	if (body.len <= a->request->body_max)
		return false;
	a->reply->end = WW_HTTP_TOO_LARGE;
	a->reply->body.len = a->request->body_max;
	return false;
}

static struct ww_slice
address_text(struct asking *a, const struct sockaddr *address, size_t len)
{
	char text[64];

	if (getnameinfo(address, (socklen_t)len, text, sizeof(text), NULL, 0,
			NI_NUMERICHOST) != 0)
		return (struct ww_slice){ 0 };
	return ww_slice_cstr(ww_arena_copy(a->arena, text, strlen(text)));
}

/* All that the name has; WinHTTP tells of the one it took only. */
static void
take_addresses(struct asking *a)
{
	const ADDRINFOW hints = { .ai_socktype = SOCK_STREAM };
	struct ww_http_texts *to = &a->reply->addresses;
	uint64_t from = now_us();
	ADDRINFOW *list = NULL;

	if (a->request->proxy.len > 0 ||
	    GetAddrInfoW(a->host, NULL, &hints, &list) != 0)
		return;
	a->reply->times.name = now_us() - from;
	for (const ADDRINFOW *i = list;
	     i != NULL && to->n < WW_HTTP_ADDRESSES_MAX; i = i->ai_next)
		to->p[to->n++] =
		    address_text(a, i->ai_addr, (size_t)i->ai_addrlen);
	if (to->n > 0)
		a->reply->address = to->p[0];
	FreeAddrInfoW(list);
}

static void
run(struct asking *a)
{
	struct proxy proxy = proxy_of(a->request->proxy);

	a->began = now_us();
	if (!crack(a))
		return;
	take_addresses(a);
	if (!open_handles(a, &proxy))
		return;
	set_options(a, &proxy);
	if (is_tls(a))
		a->reply->tls.flags |= WW_TLS_USED;
	if (send_request(a)) {
		take_status(a);
		take_headers(a);
		take_body(a);
	}
	if (is_tls(a) && a->reply->end == WW_HTTP_NO_TRUST)
		inspect(a);
	else if (is_tls(a))
		windows_certificate(a->arena, a->handle, &a->reply->tls);
	a->reply->times.total = now_us() - a->began;
}

/* Handles are closed from within outwards; NULL is none. */
static void
close_handles(struct asking *a)
{
	const HINTERNET all[] = { a->handle, a->connection, a->session };

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i] != NULL)
			WinHttpCloseHandle(all[i]);
}

static bool
ask(void *ctx, struct ww_arena *arena, const struct ww_http_request *request,
    struct ww_http_reply *ret, const char **retwhy)
{
	struct asking a = { .arena = arena, .request = request, .reply = ret };

	(void)ctx;
	if (request->ca.len > 0) {
		*retwhy = N_("--ca is not for Windows, which has certificates "
			     "of its own to trust");
		return false;
	}
	*ret = (struct ww_http_reply){ 0 };
	run(&a);
	if (a.handle != NULL)
		WinHttpSetStatusCallback(a.handle, NULL, 0, 0);
	close_handles(&a);
	return true;
}

bool
ww_helper_open(struct ww_arena *arena, struct ww_helper *ret,
	       const char **retwhy)
{
	WSADATA data;

	(void)arena;
	*ret = (struct ww_helper){ .http = { .ask = ask, .ctx = ret } };
	ret->running = WSAStartup(MAKEWORD(2, 2), &data) == 0;
	*retwhy = N_("Windows has no network for this program");
	return ret->running;
}

/* Text that WinHTTP allocated, and has for us to free; NULL is none. */
static struct ww_slice
take_text(struct ww_arena *arena, wchar_t *text)
{
	struct ww_slice ret = { 0 };

	if (text != NULL)
		ret = narrow(arena, text, wcslen(text));
	GlobalFree(text);
	return ret;
}

/* As "netsh winhttp show proxy" tells it. */
void
ww_helper_proxy(struct ww_arena *arena, struct ww_slice *retsetting,
		struct ww_slice *retbypass)
{
	WINHTTP_PROXY_INFO info = { 0 };

	*retsetting = *retbypass = (struct ww_slice){ 0 };
	if (!WinHttpGetDefaultProxyConfiguration(&info))
		return;
	*retbypass = take_text(arena, info.lpszProxyBypass);
	*retsetting = take_text(arena, info.lpszProxy);
	if (info.dwAccessType != WINHTTP_ACCESS_TYPE_NAMED_PROXY)
		retsetting->len = 0;
}

void
ww_helper_close(struct ww_helper *h)
{
	if (h->running)
		WSACleanup();
	h->running = false;
}
