/*
 * What went wrong, as a word: of the transport, of HTTP, of SOAP.  What a word
 * means to clients stands in knowledge/troubles.yaml.
 */
#include "base/compiler.h"
#include "probe/talk.h"

#include "base/banned.h"

static const char *const ends[WW_HTTP_ENDS] = {
	[WW_HTTP_NO_NAME] = "name-not-resolved",
	[WW_HTTP_NO_PROXY_NAME] = "proxy-name-not-resolved",
	[WW_HTTP_REFUSED] = "connection-refused",
	[WW_HTTP_NO_ROUTE] = "no-route",
	[WW_HTTP_NO_TLS] = "no-tls",
	[WW_HTTP_CLOSED] = "closed-without-answer",
	[WW_HTTP_CUT] = "answer-cut",
	[WW_HTTP_NO_HTTP] = "not-http",
	[WW_HTTP_TOO_LARGE] = "answer-too-large",
	[WW_HTTP_FAILED] = "transport-failed",
};

static const char *const timeouts[WW_HTTP_STAGES] = {
	[WW_HTTP_AT_NAME] = "name-timed-out",
	[WW_HTTP_AT_CONNECT] = "connect-timed-out",
	[WW_HTTP_AT_PROXY] = "connect-timed-out",
	[WW_HTTP_AT_TLS] = "connect-timed-out",
	[WW_HTTP_AT_REPLY] = "answer-timed-out",
};

static const char *const stages[WW_HTTP_STAGES] = {
	[WW_HTTP_AT_NAME] = "resolve", [WW_HTTP_AT_CONNECT] = "connect",
	[WW_HTTP_AT_PROXY] = "proxy",  [WW_HTTP_AT_TLS] = "tls",
	[WW_HTTP_AT_REPLY] = NULL,
};

struct ww_slice
stage_name(const struct talk *t, struct ww_slice otherwise)
{
	const char *name = stages[t->reply.stage];

	return t->reply.end == WW_HTTP_ANSWERED || name == NULL
		   ? otherwise
		   : ww_slice_cstr(name);
}

/* What is wrong on every machine, before what may be so on this one only. */
static const char *
trouble_of_trust(uint64_t flags)
{
	if ((flags & WW_TLS_EXPIRED) != 0)
		return "tls-expired";
	if ((flags & WW_TLS_NOT_YET) != 0)
		return "tls-not-yet-valid";
	if ((flags & WW_TLS_WRONG_NAME) != 0)
		return "tls-wrong-name";
	return "tls-untrusted";
}

/* http-503 */
static struct ww_slice
status_word(const struct talk *t, uint64_t status)
{
	struct ww_buf out = ww_buf_in(t->arena);

	ww_buf_printf(&out, "http-%u", (unsigned)status);
	return ww_buf_slice(&out);
}

struct ww_slice
trouble_of_transport(const struct talk *t)
{
	const struct ww_http_reply *r = &t->reply;
	bool proxy = t->request.proxy.len > 0;

	switch (r->end) {
	case WW_HTTP_ANSWERED:
		return (struct ww_slice){ 0 };
	case WW_HTTP_TIMED_OUT:
		return ww_slice_cstr(timeouts[r->stage]);
	case WW_HTTP_PROXY_DENIED:
		return status_word(t, r->status);
	case WW_HTTP_NO_TRUST:
		return ww_slice_cstr(trouble_of_trust(r->tls.flags));
	case WW_HTTP_NO_TLS:
		if ((r->tls.flags & WW_TLS_ASKS_CLIENT) != 0)
			return WW_LIT("client-certificate-asked");
		break;
	case WW_HTTP_REFUSED:
	case WW_HTTP_NO_ROUTE:
		if (proxy)
			return WW_LIT("proxy-refused");
	}
	return ww_slice_cstr(ends[r->end]);
}

struct ww_slice
trouble_of_status(struct talk *t)
{
	uint64_t status = t->reply.status;

	if (status == 200)
		return (struct ww_slice){ 0 };
	if (status >= 300 && status < 400)
		return WW_LIT("http-redirect");
	return status_word(t, status);
}

/* By the class of the fault, which an old client decides by. */
static struct ww_slice
trouble_of_fault(const struct ww_soap_fault *fault)
{
	static const struct {
		const char *class, *trouble;
	} classes[] = {
		{ "Client", "soap-fault-client" },
		{ "Server", "soap-fault-server" },
		{ "VersionMismatch", "soap-fault-version" },
		{ "MustUnderstand", "soap-fault-must-understand" },
	};

	if (ww_slice_casestarts(fault->code, WW_LIT("FileLocation")))
		return WW_LIT("file-locations-changed");
	for (size_t i = 0; i < WW_ARRAY_LEN(classes); i++)
		if (ww_slice_casecmp(fault->class,
				     ww_slice_cstr(classes[i].class)) == 0)
			return ww_slice_cstr(classes[i].trouble);
	return WW_LIT("soap-fault-other");
}

/* GetConfigResponse, as the answer to GetConfig. */
static bool
is_result_of(const struct ww_soap_reply *soap, enum ww_call call)
{
	struct ww_slice name = ww_call_name(call);

	return soap->kind == WW_SOAP_RESULT &&
	       soap->element.len == name.len + strlen("Response") &&
	       ww_slice_starts(soap->element, name);
}

struct ww_slice
trouble_of_answer(struct talk *t, const struct ww_soap_reply *soap,
		  enum ww_call call)
{
	static const char *const kinds[] = {
		[WW_SOAP_RESULT] = "not-soap",	  [WW_SOAP_FAULT] = "",
		[WW_SOAP_EMPTY] = "empty-answer", [WW_SOAP_PAGE] = "web-page",
		[WW_SOAP_CUT] = "answer-cut",	  [WW_SOAP_OTHER] = "not-soap",
		[WW_SOAP_NOT_XML] = "not-soap",
	};
	bool ok = t->reply.status == 200, error = t->reply.status == 500;

	if (soap->kind == WW_SOAP_FAULT && (ok || error))
		return trouble_of_fault(&soap->fault);
	if (error && soap->kind == WW_SOAP_CUT &&
	    ww_slice_eq(soap->element, WW_LIT("Fault")))
		return WW_LIT("fault-unreadable");
	if (!ok)
		return trouble_of_status(t);
	if (is_result_of(soap, call))
		return (struct ww_slice){ 0 };
	return ww_slice_cstr(kinds[soap->kind]);
}
