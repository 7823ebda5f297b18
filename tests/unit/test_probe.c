/*
 * The conversation with an update server over a scripted transport: which
 * calls are made, what is written down of them, and what it breaks on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/compiler.h"
#include "evidence/step.h"
#include "evidence/winhttp_proxy.h"
#include "input/dialects.h"
#include "probe/page.h"
#include "probe/probe.h"
#include "probe/reply.h"
#include "probe/secrets.h"
#include "probe/soap.h"

#include "tell.h"

#include "arena.h"

#define ROOT "http://wsus01:8530"
#define ENVELOPE(s)                                                          \
	"<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">" \
	"<s:Body>" s "</s:Body></s:Envelope>"
#define CONFIG_OF(properties, plugins)                                     \
	ENVELOPE("<GetConfigResponse><GetConfigResult>"                    \
		 "<LastChange>2026-10-04T13:17:07.59Z</LastChange>"        \
		 "<IsRegistrationRequired>true</IsRegistrationRequired>"   \
		 "<AuthInfo>" plugins "</AuthInfo><Properties>" properties \
		 "</Properties></GetConfigResult></GetConfigResponse>")
#define PROPERTY(name, value)                                       \
	"<ConfigurationProperty><Name>" name "</Name><Value>" value \
	"</Value></ConfigurationProperty>"
#define PLUGIN(id, url)                                               \
	"<AuthPlugInInfo><PlugInID>" id "</PlugInID><ServiceUrl>" url \
	"</ServiceUrl></AuthPlugInInfo>"
#define SIMPLE PLUGIN("SimpleTargeting", "SimpleAuthWebService/SimpleAuth.asmx")
#define ENOUGH                                         \
	PROPERTY("MaxExtendedUpdatesPerRequest", "50") \
	PROPERTY("ProtocolVersion", "3.2")
#define CONFIG CONFIG_OF(ENOUGH, SIMPLE)
#define AUTHORIZED                                           \
	ENVELOPE("<GetAuthorizationCookieResponse>"          \
		 "<GetAuthorizationCookieResult>"            \
		 "<PlugInId>SimpleTargeting</PlugInId>"      \
		 "<CookieData>c2VjcmV0LW9uZQ==</CookieData>" \
		 "</GetAuthorizationCookieResult>"           \
		 "</GetAuthorizationCookieResponse>")
#define COOKIE                                                     \
	ENVELOPE("<GetCookieResponse><GetCookieResult>"            \
		 "<Expiration>2026-10-04T16:03:35Z</Expiration>"   \
		 "<EncryptedData>c2VjcmV0LXR3bw==</EncryptedData>" \
		 "</GetCookieResult></GetCookieResponse>")
#define PAGE                                                            \
	ENVELOPE("<SyncUpdatesResponse><SyncUpdatesResult><NewUpdates>" \
		 "<UpdateInfo><ID>17</ID></UpdateInfo>"                 \
		 "<UpdateInfo><ID>18</ID></UpdateInfo></NewUpdates>"    \
		 "<Truncated>true</Truncated></SyncUpdatesResult>"      \
		 "</SyncUpdatesResponse>")
#define FAULT(class, code)                                                    \
	ENVELOPE(                                                             \
	    "<s:Fault><faultcode>s:" class "</faultcode>"                     \
					   "<faultstring>Fault "              \
					   "occurred</faultstring><detail>"   \
					   "<ErrorCode>" code                 \
					   "</ErrorCode><Message>m</Message>" \
					   "<ID>1-2</ID><Method>\"http://x/"  \
					   "SyncUpdates\"</Method>"           \
					   "</detail></s:Fault>")

/* What the server says to a request whose URL or action ends so. */
struct rule {
	const char *ending;
	enum ww_http_end end;
	enum ww_http_stage stage;
	unsigned status;
	const char *body;
	unsigned times; /* it says so; 0: always */
	const char *header;
	uint64_t flags; /* of TLS */
};

struct script {
	const struct rule *rules;
	size_t n;
	unsigned said[16];   /* how often each was */
	struct ww_buf asked; /* the requests, a line each */
	ww_time now;
	uint64_t ms, each; /* milliseconds, and what a request costs */
};

static const struct rule sound[] = {
	{ "wusserverversion.xml", .status = 200,
	  .body = "<Version>10.0.26100.1</Version>",
	  .header = "Date: Sun, 04 Oct 2026 14:50:49 GMT" },
	{ "/GetConfig\"", .status = 200, .body = CONFIG },
	{ "/GetAuthorizationCookie\"", .status = 200, .body = AUTHORIZED },
	{ "/GetCookie\"", .status = 200, .body = COOKIE },
	{ "/SyncUpdates\"", .status = 200, .body = PAGE },
	{ "/RegisterComputer\"", .status = 200,
	  .body = ENVELOPE("<RegisterComputerResponse/>") },
	{ "/ReportingWebService.asmx", .status = 403, .body = "" },
	{ "wuident.cab", .status = 200, .body = "MSCF" },
	{ "/Content/", .status = 403, .body = "" },
};

static bool
ends_with(struct ww_slice s, const char *ending)
{
	struct ww_slice e = ww_slice_cstr(ending);

	return s.len >= e.len &&
	       ww_slice_eq(ww_slice_from(s, s.len - e.len), e);
}

static bool
fits(const struct ww_http_request *q, const char *ending)
{
	if (ends_with(q->url, ending))
		return true;
	for (size_t i = 0; i < q->headers.n; i++)
		if (ends_with(q->headers.p[i], ending))
			return true;
	return false;
}

static void
answer(const struct rule *rule, struct ww_http_reply *ret)
{
	*ret = (struct ww_http_reply){
		.end = rule->end,
		.stage = rule->stage,
		.status = rule->status,
		.times = { .total = 12000, .name = 1000, .connect = 2000 },
		.tls = { .flags = rule->flags },
	};
	if (rule->body != NULL)
		ret->body = ww_slice_cstr(rule->body);
	if (rule->header != NULL)
		ret->headers.p[ret->headers.n++] = ww_slice_cstr(rule->header);
	if (rule->end == WW_HTTP_ANSWERED) {
		ret->address = WW_LIT("192.0.2.1:8530");
		ret->addresses.p[ret->addresses.n++] = WW_LIT("192.0.2.1");
	}
}

static bool
on_ask(void *ctx, struct ww_arena *in, const struct ww_http_request *q,
       struct ww_http_reply *ret, const char **retwhy)
{
	struct script *s = ctx;

	(void)in;
	(void)retwhy;
	s->ms += s->each;
	ww_buf_add(&s->asked, q->url);
	ww_buf_char(&s->asked, '\n');
	for (size_t i = 0; i < s->n; i++) {
		const struct rule *rule = &s->rules[i];

		if (!fits(q, rule->ending) ||
		    (rule->times > 0 && s->said[i] >= rule->times))
			continue;
		s->said[i]++;
		answer(rule, ret);
		return true;
	}
	for (size_t i = 0; i < WW_ARRAY_LEN(sound); i++)
		if (fits(q, sound[i].ending)) {
			answer(&sound[i], ret);
			return true;
		}
	fail_msg("%.*s", (int)q->url.len, q->url.p);
	return false;
}

static ww_time
on_now(void *ctx)
{
	struct script *s = ctx;

	return s->now;
}

static uint64_t
on_ms(void *ctx)
{
	struct script *s = ctx;

	return s->ms;
}

static const char *
on_variable(void *ctx, const char *name)
{
	(void)ctx;
	(void)name;
	return NULL;
}

/* The capture of a conversation. */
static struct ww_slice
converse(struct script *s, struct ww_probe_options options)
{
	const struct ww_http http = { .ask = on_ask, .ctx = s };
	const struct ww_probe_world world = {
		.http = &http,
		.environment = { .get = on_variable },
		.now = on_now,
		.ms = on_ms,
		.ctx = s,
	};
	struct ww_buf out = ww_buf_in(&arena);
	const char *why = NULL;

	s->asked = ww_buf_in(&arena);
	s->now = INT64_C(1791125449) * WW_SECOND;
	if (options.server.len == 0)
		options.server = WW_LIT(ROOT);
	options.machine = WW_LIT("pc1");
	options.step_ms = 10000;
	options.all_ms = 30000;
	assert_true(ww_probe_run(&out, ww_catalogue_embedded(), &options,
				 &world, &why));
	return ww_buf_slice(&out);
}

/* The texts of a capture, as the reader of captures finds them. */
static const char *
texts(struct ww_slice capture)
{
	struct ww_reader *reader = ww_arena_new(&arena, struct ww_reader);
	struct ww_buf out = ww_buf_in(&arena);
	struct ww_record r;

	reader->arena = &arena;
	while (capture.len > 0) {
		struct ww_slice line = ww_slice_line(capture);

		assert_true(ww_dialect_probe.parse(reader, line, &r));
		r.raw = line;
		ww_dialect_probe.complete(reader, &r);
		ww_buf_add(&out, r.text);
		ww_buf_char(&out, '\n');
		capture = ww_slice_from(capture, line.len + 1);
	}
	ww_buf_char(&out, '\0');
	return out.p;
}

static const char *
last_text(struct ww_slice capture)
{
	const char *all = texts(capture);
	size_t n = strlen(all) - 1, start = n;

	while (start > 0 && all[start - 1] != '\n')
		start--;
	return ww_arena_copy(&arena, all + start, n - start);
}

static const char *
names_of(const char *all)
{
	struct ww_buf out = ww_buf_in(&arena);
	struct ww_slice rest = ww_slice_cstr(all);

	while (rest.len > 0) {
		struct ww_slice line = ww_slice_line(rest);
		struct ww_step step;

		if (ww_step_read(line, &step)) {
			ww_buf_add(&out, step.name);
			ww_buf_char(&out, ' ');
			ww_buf_add(&out, ww_step_word(step.result));
			ww_buf_char(&out, ' ');
		}
		rest = ww_slice_from(rest, line.len + 1);
	}
	ww_buf_char(&out, '\0');
	return out.p;
}

static void
test_sound(void **state)
{
	struct script s = { .n = 0 };
	struct ww_slice capture = converse(&s, (struct ww_probe_options){ 0 });

	(void)state;
	assert_string_equal(
	    texts(capture),
	    "Probe of " ROOT " begins, winwhy " WW_VERSION
	    ", protocol 2.90, as winwhy-probe.pc1, "
	    "0079b36f-abef-829c-bddc-1516902adb76\n"
	    "Step resolve ok, 0 bytes, 1 ms: 192.0.2.1\n"
	    "Step connect ok, 0 bytes, 2 ms: 192.0.2.1:8530\n"
	    "Step version ok, HTTP 200, 31 bytes, 12 ms, GET " ROOT
	    "/ClientWebService/wusserverversion.xml\n"
	    "Note server-version: 10.0.26100.1\n"
	    "Step clock ok, 0 bytes, 0 ms: +0 s\n"
	    "Step GetConfig ok, HTTP 200, 643 bytes, 12 ms, POST " ROOT
	    "/ClientWebService/client.asmx\n"
	    "Note protocol: 3.2\n"
	    "Note auth-service: SimpleAuthWebService/SimpleAuth.asmx\n"
	    "Note config-changed: 2026-10-04T13:17:07.59Z\n"
	    "Step GetAuthorizationCookie ok, HTTP 200, 297 bytes, 12 ms, "
	    "POST " ROOT "/SimpleAuthWebService/SimpleAuth.asmx\n"
	    "Step GetCookie ok, HTTP 200, 260 bytes, 12 ms, POST " ROOT
	    "/ClientWebService/client.asmx\n"
	    "Step SyncUpdates ok, HTTP 200, 300 bytes, 12 ms, POST " ROOT
	    "/ClientWebService/client.asmx: NewUpdates=2, Truncated=true\n"
	    "Step reporting ok, HTTP 403, 0 bytes, 12 ms, GET " ROOT
	    "/ReportingWebService/ReportingWebService.asmx\n"
	    "Step selfupdate ok, HTTP 200, 4 bytes, 12 ms, GET " ROOT
	    "/SelfUpdate/wuident.cab\n"
	    "Step content ok, HTTP 403, 0 bytes, 12 ms, GET " ROOT "/Content/\n"
	    "Probe of " ROOT " ends well, 0 ms\n");
}

/* No cookie of either side stands in a capture. */
static void
test_secrets(void **state)
{
	static const struct rule rules[] = {
		{ "/GetConfig\"", .status = 200, .body = CONFIG,
		  .header = "Set-Cookie: session=c2VjcmV0" },
	};
	struct script s = { .rules = rules, .n = WW_ARRAY_LEN(rules) };
	struct ww_slice capture =
	    converse(&s,
		     (struct ww_probe_options){
			 .proxy = WW_LIT("http://me:c2VjcmV0@proxy:8080") });

	(void)state;
	assert_false(ww_slice_casehas(capture, WW_LIT("c2VjcmV0")));
	assert_true(ww_slice_casehas(capture, WW_LIT("proxy proxy:8080")));
	assert_true(ww_slice_casehas(capture, WW_LIT("(removed)")));
	assert_true(ww_slice_casehas(capture, WW_LIT("AuthPlugInInfo")));
}

/* However they are written. */
static void
test_hidden(void **state)
{
	static const char *const bodies[] = {
		"<CookieData>c2VjcmV0</CookieData>",
		"<s:CookieData x='1'>c2VjcmV0</s:CookieData>",
		"<CookieData><![CDATA[c2VjcmV0]]></CookieData>",
		"<EncryptedData>c2<!-- x -->VjcmV0</EncryptedData>",
		"<CookieData>c2VjcmV0",
		"<CookieData></CookieData><EncryptedData>c2VjcmV0</x>",
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(bodies); i++) {
		const struct rule rule = { "/GetCookie\"", .status = 200,
					   .body = bodies[i] };
		struct script s = { .rules = &rule, .n = 1 };
		struct ww_slice capture =
		    converse(&s, (struct ww_probe_options){ 0 });

		assert_false(ww_slice_casehas(capture, WW_LIT("VjcmV0")));
	}
}

/* Nor a password that stands in the address. */
static void
test_address(void **state)
{
	struct script s = { .n = 0 };
	struct ww_slice capture =
	    converse(&s,
		     (struct ww_probe_options){
			 .server = WW_LIT("http://me:c2VjcmV0@wsus01:8530") });

	(void)state;
	assert_false(ww_slice_casehas(capture, WW_LIT("c2VjcmV0")));
	assert_string_equal(last_text(capture),
			    "Probe of wsus01:8530 breaks at address, "
			    "address-unusable, clients end with 0x8024043A");
}

#define KNOWN "c2VjcmV0LXR3bw==" /* of COOKIE */

/*
 * Nor one that the server repeats: before it is given, in a header, in a
 * sentence of its own; nor what a proxy was told.
 */
static void
test_repeated(void **state)
{
	static const struct rule rules[] = {
		{ "wusserverversion.xml", .status = 200,
		  .body = "<Version>1</Version><!-- " KNOWN " bWU6cGFzcw== -->",
		  .header = "X-Was: session-0815" },
		{ "/GetConfig\"", .status = 200, .body = CONFIG,
		  .header = "Set-Cookie: s=session-0815; path=/" },
		{ "/SyncUpdates\"", .status = 500,
		  .body = FAULT("Client", "x " KNOWN) },
	};
	struct script s = { .rules = rules, .n = WW_ARRAY_LEN(rules) };
	struct ww_slice capture =
	    converse(&s, (struct ww_probe_options){
			     .proxy = WW_LIT("http://me:pass@proxy:8080") });

	(void)state;
	assert_false(ww_slice_casehas(capture, WW_LIT("c2VjcmV0")));
	assert_false(ww_slice_casehas(capture, WW_LIT("0815")));
	assert_false(ww_slice_casehas(capture, WW_LIT("bWU6")));
	assert_true(ww_slice_casehas(capture, WW_LIT("X-Was: (removed)")));
	assert_true(ww_slice_casehas(capture, WW_LIT("ErrorCode=x (removed)")));
}

static void
test_secret_values(void **state)
{
	static const char key[] =
	    "0123456789012345678901234567890123456789abcdef";
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{ key, "(removed)" },
		{ "a 01234567", "a (removed)" }, /* cut off */
		{ "a 0123456", "a 0123456" },	 /* too short to tell */
		{ "0123456789012345678901234567890123456789XY/Z= b",
		  "(removed) b" },
		{ "0123456789 b", "0123456789 b" },
	};
	struct ww_secrets *s = ww_arena_new(&arena, struct ww_secrets);
	struct ww_slice got;

	(void)state;
	ww_secrets_add(s, ww_slice_cstr(key));
	ww_secrets_add(s, ww_slice_cstr(key));
	ww_secrets_add(s, WW_LIT("abc"));
	assert_int_equal(s->n, 1);
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		got = ww_secrets_hide(s, &arena, ww_slice_cstr(rows[i].text));
		assert_true(ww_slice_eq(got, ww_slice_cstr(rows[i].shown)));
	}
	/* No part of a secret stays where a text is cut. */
	got = ww_secrets_hide_body(s, &arena,
				   WW_LIT("<a>0123456789012345678</a>"), 15);
	assert_true(ww_slice_eq(got, WW_LIT("<a>(removed)")));
}

/* More than there is room for: then nothing of a server's is written. */
static void
test_secrets_full(void **state)
{
	struct ww_secrets *s = ww_arena_new(&arena, struct ww_secrets);

	(void)state;
	for (unsigned i = 0; i <= WW_SECRETS_MAX; i++) {
		struct ww_buf value = ww_buf_in(&arena);

		assert_false(s->full);
		ww_buf_printf(&value, "value %u", i);
		ww_secrets_add(s, ww_buf_slice(&value));
	}
	assert_true(s->full);
	assert_true(ww_slice_eq(ww_secrets_hide(s, &arena, WW_LIT("any")),
				WW_LIT("(removed)")));
}

static void
test_titles(void **state)
{
	static const struct {
		const char *page, *title;
	} rows[] = {
		{ "<html><title>R\xE9seau \x80 \x97</title>",
		  "R\xC3\xA9seau \xE2\x82\xAC \xE2\x80\x94" },
		{ "\xEF\xBB\xBF<!DOCTYPE HTML><TITLE lang=fr> R\xC3\xA9 <b>",
		  "R\xC3\xA9" },
		{ "<html><title>a&amp;b &eacute;&#233;&#xE9;&#150;",
		  "a&b \xC3\xA9\xC3\xA9\xC3\xA9\xE2\x80\x93" },
		{ "<html><title>&nothing; & &; &#; &#x110000; &#xD800; &amp",
		  "&nothing; & &; &#; &#x110000; &#xD800; &amp" },
		{ "<html><title>&yuml;&#0;", "\xC3\xBF&#0;" },
		{ "<html>", "" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_slice page = ww_slice_cstr(rows[i].page);

		assert_true(ww_is_page(page));
		assert_true(ww_slice_eq(ww_page_title(&arena, page),
					ww_slice_cstr(rows[i].title)));
	}
	assert_false(ww_is_page(WW_LIT("<htm")));
	assert_false(ww_is_page(WW_LIT("")));
}

/* What no client reads ends nothing. */
static void
test_version(void **state)
{
	static const struct {
		struct rule rule;
		const char *words;
	} rows[] = {
		{ { "wusserverversion.xml", .end = WW_HTTP_CLOSED,
		    .stage = WW_HTTP_AT_REPLY },
		  "Step version odd closed-without-answer, " },
		{ { "wusserverversion.xml", .end = WW_HTTP_TIMED_OUT,
		    .stage = WW_HTTP_AT_REPLY },
		  "Step version odd answer-timed-out, " },
		{ { "wusserverversion.xml", .end = WW_HTTP_TOO_LARGE,
		    .stage = WW_HTTP_AT_REPLY, .status = 200 },
		  "Step version odd answer-too-large, " },
		{ { "wusserverversion.xml", .status = 200, .body = "<html>" },
		  "Step version odd web-page, " },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct script s = { .rules = &rows[i].rule, .n = 1 };
		const char *told =
		    texts(converse(&s, (struct ww_probe_options){ 0 }));

		assert_non_null(strstr(told, rows[i].words));
		assert_non_null(strstr(told, "ends well"));
	}
}

/* There is nobody to ask for an authorisation, whatever is refused. */
static void
test_anonymous(void **state)
{
	static const struct rule rules[] = {
		{ "/GetConfig\"", .status = 200,
		  .body = CONFIG_OF(ENOUGH, PLUGIN("Anonymous", "")) },
		{ "/GetCookie\"", .status = 500,
		  .body = FAULT("Client", "CookieExpired"), .times = 1 },
	};
	struct script s = { .rules = rules, .n = WW_ARRAY_LEN(rules) };
	const char *names =
	    names_of(texts(converse(&s, (struct ww_probe_options){ 0 })));

	(void)state;
	assert_non_null(strstr(names, "GetConfig ok GetCookie recovered "
				      "GetCookie ok SyncUpdates ok"));
}

struct end_row {
	struct rule rule;
	const char *last; /* words of the last record */
};

#define CALL(name) "/" name "\""

static void
test_ends(void **state)
{
	static const struct end_row rows[] = {
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_NAME,
		    .stage = WW_HTTP_AT_NAME },
		  "resolve, name-not-resolved, clients end with 0x8024402C" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_PROXY_NAME,
		    .stage = WW_HTTP_AT_NAME },
		  "resolve, proxy-name-not-resolved, clients end with "
		  "0x8024402C" },
		{ { "wusserverversion.xml", .end = WW_HTTP_REFUSED,
		    .stage = WW_HTTP_AT_CONNECT },
		  "connect, connection-refused, clients end with 0x80240438" },
		{ { "wusserverversion.xml", .end = WW_HTTP_TIMED_OUT,
		    .stage = WW_HTTP_AT_NAME },
		  "resolve, name-timed-out, clients end with 0x8024402C" },
		{ { CALL("GetConfig"), .end = WW_HTTP_FAILED,
		    .stage = WW_HTTP_AT_REPLY },
		  "GetConfig, transport-failed, clients end with 0x80244FFF" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_ROUTE,
		    .stage = WW_HTTP_AT_CONNECT },
		  "connect, no-route, clients end with 0x80240438" },
		{ { "wusserverversion.xml", .end = WW_HTTP_TIMED_OUT,
		    .stage = WW_HTTP_AT_CONNECT },
		  "connect, connect-timed-out, clients end with 0x8024401C" },
		{ { "wusserverversion.xml", .end = WW_HTTP_PROXY_DENIED,
		    .stage = WW_HTTP_AT_PROXY, .status = 407 },
		  "proxy, http-407, clients end with 0x8024401B" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_TLS,
		    .stage = WW_HTTP_AT_TLS },
		  "tls, no-tls, clients end with 0x80072F8F" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_TLS,
		    .stage = WW_HTTP_AT_TLS, .flags = WW_TLS_ASKS_CLIENT },
		  "tls, client-certificate-asked, clients end with "
		  "0x80072F0C" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_TRUST,
		    .stage = WW_HTTP_AT_TLS,
		    .flags = WW_TLS_EXPIRED | WW_TLS_UNTRUSTED },
		  "tls, tls-expired, clients end with 0x800B0101" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_TRUST,
		    .stage = WW_HTTP_AT_TLS, .flags = WW_TLS_WRONG_NAME },
		  "tls, tls-wrong-name, clients end with 0x800B010F" },
		{ { "wusserverversion.xml", .end = WW_HTTP_NO_TRUST,
		    .stage = WW_HTTP_AT_TLS, .flags = WW_TLS_UNTRUSTED },
		  "tls, tls-untrusted, clients end with 0x800B0109" },
		{ { CALL("GetConfig"), .end = WW_HTTP_CLOSED,
		    .stage = WW_HTTP_AT_REPLY },
		  "GetConfig, closed-without-answer, clients end with "
		  "0x80240440" },
		{ { CALL("GetCookie"), .end = WW_HTTP_TIMED_OUT,
		    .stage = WW_HTTP_AT_REPLY },
		  "GetCookie, answer-timed-out, clients end with 0x8024401C" },
		{ { CALL("GetConfig"), .status = 503, .body = "<html>" },
		  "GetConfig, http-503, clients end with 0x80244022" },
		{ { CALL("GetConfig"), .status = 418, .body = "" },
		  "GetConfig, http-418, clients end with 0x8024402B" },
		{ { CALL("GetConfig"), .status = 302, .body = "" },
		  "GetConfig, http-redirect, clients end with 0x8024402B" },
		{ { CALL("GetConfig"), .status = 500, .body = "oops" },
		  "GetConfig, http-500, clients end with 0x8024401F" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = "<!DOCTYPE html><html><title>x</title></html>" },
		  "GetConfig, web-page, clients end with 0x80240439" },
		{ { CALL("GetConfig"), .status = 200, .body = COOKIE },
		  "GetConfig, not-soap, clients end with 0x80240439" },
		{ { CALL("GetConfig"), .status = 200, .body = "<a/>" },
		  "GetConfig, not-soap, clients end with 0x80240439" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = "<s:Envelope><s:Body>" },
		  "GetConfig, answer-cut, clients end with 0x80240439" },
		{ { CALL("GetConfig"), .status = 500,
		    .body = "<s:Envelope><s:Body><s:Fault><fault" },
		  "GetConfig, fault-unreadable, clients end with 0x80240439" },
		{ { CALL("GetConfig"), .status = 200, .body = "" },
		  "GetConfig, empty-answer, clients end with 0x80240440" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = CONFIG_OF(ENOUGH, "") },
		  "GetConfig, no-auth-plugin, clients end with 0x80244027" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = CONFIG_OF(ENOUGH, PLUGIN("SimpleTargeting", "")) },
		  "GetConfig, no-service-url, clients end with 0x80244028" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = CONFIG_OF("", SIMPLE) },
		  "GetConfig, config-missing, clients end with 0x8024402A" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = CONFIG_OF(PROPERTY("MaxExtendedUpdatesPerRequest",
					       "many"),
				      SIMPLE) },
		  "GetConfig, config-invalid, clients end with 0x80244029" },
		{ { CALL("GetConfig"), .status = 200,
		    .body = CONFIG_OF(ENOUGH, PLUGIN("SimpleTargeting",
						     "http://other/x")) },
		  "GetConfig, other-host" },
		{ { CALL("SyncUpdates"), .status = 500,
		    .body = FAULT("Client", "InvalidParameters") },
		  "SyncUpdates, soap-fault-client, clients end with "
		  "0x80244007" },
		{ { CALL("SyncUpdates"), .status = 500,
		    .body = FAULT("Client", "CookieExpired") },
		  "SyncUpdates, soap-fault-client, clients end with "
		  "0x80244007" },
		{ { CALL("SyncUpdates"), .status = 200,
		    .body = FAULT("Server", "InternalServerError") },
		  "SyncUpdates, soap-fault-server, clients end with "
		  "0x80244007" },
		{ { CALL("SyncUpdates"), .status = 500,
		    .body = FAULT("Client", "FileLocationChanged") },
		  "SyncUpdates, file-locations-changed, clients end with "
		  "0x80244025" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct script s = { .rules = &rows[i].rule, .n = 1 };
		struct ww_buf expected = ww_buf_in(&arena);

		ww_buf_printf(&expected, "Probe of %s breaks at %s", ROOT,
			      rows[i].last);
		ww_buf_char(&expected, '\0');
		assert_string_equal(
		    last_text(converse(&s, (struct ww_probe_options){ 0 })),
		    expected.p);
	}
}

static void
test_recoveries(void **state)
{
	static const struct {
		const char *code, *steps;
	} rows[] = {
		{ FAULT("Client", "ConfigChanged"),
		  "SyncUpdates recovered GetConfig ok "
		  "GetAuthorizationCookie ok GetCookie ok SyncUpdates ok " },
		{ FAULT("Client", "ServerChanged"),
		  "SyncUpdates recovered GetConfig ok "
		  "GetAuthorizationCookie ok GetCookie ok SyncUpdates ok " },
		{ FAULT("Client", "CookieExpired"),
		  "SyncUpdates recovered GetAuthorizationCookie ok "
		  "GetCookie ok SyncUpdates ok " },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		const struct rule rule = { CALL("SyncUpdates"), .status = 500,
					   .body = rows[i].code, .times = 1 };
		struct script s = { .rules = &rule, .n = 1 };

		assert_non_null(
		    strstr(names_of(texts(
			       converse(&s, (struct ww_probe_options){ 0 }))),
			   rows[i].steps));
	}
}

/* A computer that is not known is what a prober is; or it registers one. */
static void
test_registration(void **state)
{
	static const struct rule rule = {
		CALL("SyncUpdates"), .status = 500,
		.body = FAULT("Client", "RegistrationRequired"), .times = 1
	};
	struct script s = { .rules = &rule, .n = 1 };
	const char *told = texts(converse(&s, (struct ww_probe_options){ 0 }));

	(void)state;
	assert_non_null(strstr(told, "SyncUpdates ok not-registered"));
	assert_non_null(strstr(told, "ends well"));
	s = (struct script){ .rules = &rule, .n = 1 };
	told = names_of(texts(
	    converse(&s, (struct ww_probe_options){ .registers = true })));
	assert_non_null(strstr(told, "GetCookie ok RegisterComputer ok "
				     "SyncUpdates recovered RegisterComputer "
				     "ok SyncUpdates ok"));
}

/* Where no port is given, those of WSUS are tried; a scheme is obeyed. */
static void
test_ports(void **state)
{
	static const struct rule refused[] = {
		{ "wusserverversion.xml", .end = WW_HTTP_REFUSED,
		  .stage = WW_HTTP_AT_CONNECT, .times = 1 },
	};
	struct script s = { .rules = refused, .n = 1 };
	struct ww_slice capture =
	    converse(&s,
		     (struct ww_probe_options){ .server = WW_LIT("wsus01") });

	(void)state;
	assert_non_null(strstr(texts(capture), "Note found-at: "
					       "https://wsus01:8531\n"));
	assert_true(
	    ww_slice_starts(ww_buf_slice(&s.asked),
			    WW_LIT(
				"http://wsus01:8530/ClientWebService/"
				"wusserverversion.xml\nhttps://wsus01:8531/")));
	/* Content has no TLS, and the port before. */
	assert_true(ww_slice_casehas(ww_buf_slice(&s.asked),
				     WW_LIT("\nhttp://wsus01:8530/Content/")));
	s = (struct script){ .rules = refused, .n = 1 };
	capture = converse(&s, (struct ww_probe_options){
				   .server = WW_LIT("http://wsus01") });
	assert_true(ww_slice_starts(ww_buf_slice(&s.asked),
				    WW_LIT("http://wsus01/Cl")));
	assert_non_null(
	    strstr(texts(capture), "Note found-at: http://wsus01:8530\n"));
}

/* A port tells what is usual on it, and the other is tried as well. */
static void
test_port_alone(void **state)
{
	static const struct rule plain[] = {
		{ "wusserverversion.xml", .end = WW_HTTP_NO_TLS,
		  .stage = WW_HTTP_AT_TLS, .times = 1 },
	};
	static const struct rule untrusted[] = {
		{ "wusserverversion.xml", .end = WW_HTTP_NO_TRUST,
		  .stage = WW_HTTP_AT_TLS, .flags = WW_TLS_EXPIRED,
		  .times = 1 },
		{ "wusserverversion.xml", .end = WW_HTTP_CLOSED,
		  .stage = WW_HTTP_AT_REPLY },
	};
	static const struct {
		const char *server, *first;
	} rows[] = {
		{ "wsus01:8531", "https://wsus01:8531/Cl" },
		{ "wsus01:443/", "https://wsus01:443/Cl" },
		{ "wsus01:8530/ClientWebService/client.asmx",
		  "http://wsus01:8530/ClientWebService/wusserverversion.xml" },
	};
	struct script s;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		s = (struct script){ 0 };
		converse(&s, (struct ww_probe_options){
				 .server = ww_slice_cstr(rows[i].server) });
		assert_true(ww_slice_starts(ww_buf_slice(&s.asked),
					    ww_slice_cstr(rows[i].first)));
	}
	s = (struct script){ .rules = plain, .n = 1 };
	assert_non_null(
	    strstr(texts(converse(&s,
				  (struct ww_probe_options){
				      .server = WW_LIT("wsus01:8531") })),
		   "Note found-at: http://wsus01:8531\n"));
	/* Plain HTTP to a port of TLS is closed, which proves nothing. */
	s = (struct script){ .rules = untrusted, .n = 2 };
	assert_string_equal(
	    last_text(converse(&s,
			       (struct ww_probe_options){
				   .server = WW_LIT("wsus01:8531") })),
	    "Probe of https://wsus01:8531 breaks at tls, tls-expired, clients "
	    "end with 0x800B0101");
}

static void
test_time(void **state)
{
	struct script s = { .each = 9000 };
	const char *last =
	    last_text(converse(&s, (struct ww_probe_options){ 0 }));

	(void)state;
	assert_string_equal(last, "Probe of " ROOT " breaks at SyncUpdates, "
				  "answer-timed-out, clients end with "
				  "0x8024401C");
}

static struct ww_slice
sync_of(const char *protocol)
{
	const struct ww_soap_facts facts = { .protocol =
						 ww_slice_cstr(protocol) };
	struct ww_buf body = ww_buf_in(&arena);

	ww_call_write(&body, WW_CALL_SYNC, &facts);
	return ww_buf_slice(&body);
}

/* MS-WUSP 2.2.2.2.4: only to a server from 3.2 on. */
static void
test_parameters(void **state)
{
	static const char *const young[] = { "3.2", "3.10", "4", "3.20" };
	static const char *const old[] = {
		"", "3.1", "3", "2.9", "x", "3.2.1"
	};
	const struct ww_slice word = WW_LIT("NeedTwoGroupOutOfScopeUpdates");

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(young); i++)
		assert_true(ww_slice_casehas(sync_of(young[i]), word));
	for (size_t i = 0; i < WW_ARRAY_LEN(old); i++)
		assert_false(ww_slice_casehas(sync_of(old[i]), word));
}

/* Word for word what a Windows 11 agent sends. */
static void
test_requests(void **state)
{
	static const struct ww_soap_facts facts = {
		.client_id = { "e1da06a3", 8 },
		.dns_name = { "a<b", 3 },
		.last_change = { "L", 1 },
		.plugin = { "SimpleTargeting", 15 },
		.authorization = { "QQ==", 4 },
		.now = { "N", 1 },
	};
	static const struct {
		enum ww_call call;
		const char *action, *inner;
	} rows[] = {
		{ WW_CALL_CONFIG,
		  "\"http://www.microsoft.com/SoftwareDistribution/Server/"
		  "ClientWebService/GetConfig\"",
		  "<GetConfig xmlns=\"http://www.microsoft.com/"
		  "SoftwareDistribution/Server/ClientWebService\">"
		  "<protocolVersion>2.90</protocolVersion></GetConfig>" },
		{ WW_CALL_AUTHORIZE,
		  "\"http://www.microsoft.com/SoftwareDistribution/Server/"
		  "SimpleAuthWebService/GetAuthorizationCookie\"",
		  "<GetAuthorizationCookie xmlns=\"http://www.microsoft.com/"
		  "SoftwareDistribution/Server/SimpleAuthWebService\">"
		  "<clientId>e1da06a3</clientId><dnsName>a&lt;b</dnsName>"
		  "</GetAuthorizationCookie>" },
		{ WW_CALL_COOKIE,
		  "\"http://www.microsoft.com/SoftwareDistribution/Server/"
		  "ClientWebService/GetCookie\"",
		  "<GetCookie xmlns=\"http://www.microsoft.com/"
		  "SoftwareDistribution/Server/ClientWebService\">"
		  "<authCookies><AuthorizationCookie>"
		  "<PlugInId>SimpleTargeting</PlugInId>"
		  "<CookieData>QQ==</CookieData></AuthorizationCookie>"
		  "</authCookies><oldCookie><Expiration>N</Expiration>"
		  "</oldCookie><lastChange>L</lastChange>"
		  "<currentTime>N</currentTime>"
		  "<protocolVersion>2.90</protocolVersion></GetCookie>" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_buf body = ww_buf_in(&arena);
		struct ww_buf action = ww_buf_in(&arena);
		struct ww_buf expected = ww_buf_in(&arena);

		ww_call_write(&body, rows[i].call, &facts);
		ww_call_action(&action, rows[i].call);
		ww_buf_printf(&expected, ENVELOPE("%s"), rows[i].inner);
		assert_true(
		    ww_slice_eq(ww_buf_slice(&body), ww_buf_slice(&expected)));
		assert_true(ww_slice_eq(ww_buf_slice(&action),
					ww_slice_cstr(rows[i].action)));
	}
}

static void
test_steps(void **state)
{
	const struct ww_step steps[] = {
		{ .name = WW_LIT("GetConfig"), .ms = 3 },
		{ .name = WW_LIT("GetConfig"),
		  .result = WW_STEP_FAILED,
		  .trouble = WW_LIT("http-503"),
		  .status = 503,
		  .bytes = 326,
		  .ms = 4,
		  .target = WW_LIT("POST http://x:1/y"),
		  .detail = WW_LIT("a: b, c") },
	};
	struct ww_step got;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(steps); i++) {
		struct ww_buf text = ww_buf_in(&arena);

		ww_step_write(&text, &steps[i]);
		assert_true(ww_step_read(ww_buf_slice(&text), &got));
		assert_true(ww_slice_eq(got.name, steps[i].name));
		assert_int_equal(got.result, steps[i].result);
		assert_true(ww_slice_eq(got.trouble, steps[i].trouble));
		assert_int_equal(got.status, steps[i].status);
		assert_int_equal(got.bytes, steps[i].bytes);
		assert_int_equal(got.ms, steps[i].ms);
		assert_true(ww_slice_eq(got.target, steps[i].target));
		assert_true(ww_slice_eq(got.detail, steps[i].detail));
	}
	assert_false(ww_step_read(WW_LIT("Step"), &got));
	assert_false(ww_step_read(WW_LIT("Step x unheard-of, 1 ms"), &got));
}

static void
test_urls(void **state)
{
	static const struct {
		const char *text, *shown; /* NULL: it is none */
	} rows[] = {
		{ "http://wsus01:8530", "http://wsus01:8530" },
		{ "HTTPS://Wsus01.contoso.test/x/", "https://Wsus01.contoso."
						    "test/x/" },
		{ "http://[fe80::1]:80/", "http://[fe80::1]:80/" },
		{ "http://", NULL },
		{ "http:///x", NULL },
		{ "ftp://x", NULL },
		{ "wsus01:8530", NULL },
		{ "http://a b/", NULL },
		{ "http://me:pass@wsus01/", NULL },
		{ "http://wsus01:0", NULL },
		{ "http://wsus01:65536", NULL },
		{ "http://wsus01:80x", NULL },
		{ "http://a/\r\nHost: b", NULL },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_buf out = ww_buf_in(&arena);
		struct ww_url url;

		assert_int_equal(ww_url_read(ww_slice_cstr(rows[i].text), &url),
				 rows[i].shown != NULL);
		if (rows[i].shown == NULL)
			continue;
		ww_url_add(&out, &url);
		assert_true(ww_slice_eq(ww_buf_slice(&out),
					ww_slice_cstr(rows[i].shown)));
	}
}

static void
test_roots(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ "/", "/" },
		{ "/wsus", "/wsus" },
		{ "/ClientWebService/client.asmx", "" },
		{ "/x/clientwebservice/Client.asmx?wsdl", "/x" },
		{ "/x/y/SelfUpdate/wuident.cab", "/x/y" },
		{ "/Content", "" },
		{ "/Contents", "/Contents" },
		{ "/x?Content/", "/x" },
		{ "//Content", "/" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_true(ww_slice_eq(ww_url_root(ww_slice_cstr(rows[i][0])),
					ww_slice_cstr(rows[i][1])));
}

static const char *
from_list(void *ctx, const char *name)
{
	const char *const *p = ctx;

	for (; p[0] != NULL; p += 2)
		if (strcmp(p[0], name) == 0)
			return p[1];
	return NULL;
}

static void
test_proxies(void **state)
{
	static const struct {
		const char *list[8];
		const char *url, *proxy;
	} rows[] = {
		{ { "http_proxy", "http://p:1" },
		  "http://a:8530",
		  "http://p:1" },
		{ { "HTTP_PROXY", "http://p:1" }, "http://a:8530", "" },
		{ { "http_proxy", "http://p:1" }, "https://a", "" },
		{ { "HTTPS_PROXY", "http://p:1" }, "https://a", "http://p:1" },
		{ { "all_proxy", "http://p:1" }, "http://a", "http://p:1" },
		{ { "all_proxy", "p", "no_proxy", "b, .a" }, "http://a", "" },
		{ { "all_proxy", "p", "no_proxy", "*" }, "http://a", "" },
		{ { "all_proxy", "p", "no_proxy", "c.d" }, "http://b.c.d", "" },
		{ { "all_proxy", "p", "no_proxy", "c.d" }, "http://bc.d", "p" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		const struct ww_probe_environment e = {
			.get = from_list,
			.ctx = (void *)(uintptr_t)rows[i].list,
		};
		struct ww_url url;

		assert_true(ww_url_read(ww_slice_cstr(rows[i].url), &url));
		assert_true(ww_slice_eq(ww_probe_proxy(&e, &url),
					ww_slice_cstr(rows[i].proxy)));
	}
	assert_true(ww_slice_eq(ww_probe_proxy_shown(WW_LIT("http://a:b@p:1")),
				WW_LIT("p:1")));
	assert_true(ww_slice_eq(ww_probe_proxy_login(WW_LIT("http://a:b@p:1")),
				WW_LIT("a:b")));
	assert_true(ww_slice_eq(ww_probe_proxy_login(WW_LIT("a:b@c@p:1")),
				WW_LIT("a:b@c")));
	assert_true(ww_slice_eq(ww_probe_proxy_login(WW_LIT("http://p:1")),
				WW_LIT("")));
}

/* The proxy of the system, where no variable names one. */
static void
test_system_proxy(void **state)
{
	static const struct {
		const char *setting, *bypass, *host;
		bool tls;
		const char *proxy;
	} rows[] = {
		{ "p:1", "", "a", false, "p:1" },
		{ " p:1 ", "", "a", true, "p:1" },
		{ "p:1;q:2", "", "a", false, "p:1" },
		{ "http=p:1;https=q:2", "", "a", false, "p:1" },
		{ "http=p:1;https=q:2", "", "a", true, "q:2" },
		{ "https=q:2", "", "a", false, "" },
		{ "p:1", "<local>", "a", false, "" },
		{ "p:1", "<local>", "a.b", false, "p:1" },
		{ "p:1", "x; *.B", "a.b", false, "" },
		{ "p:1", "*a*c*", "xaybzc", false, "" },
		{ "p:1", "*a*c", "xaybzcd", false, "p:1" },
		{ "p:1", ";;", "a", false, "p:1" },
		{ "p:1", "*", "", false, "" },
		{ "Direct access (no proxy server).", "", "a", false, "" },
		{ "", "", "a", false, "" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		assert_true(
		    ww_slice_eq(ww_winhttp_proxy(ww_slice_cstr(rows[i].setting),
						 ww_slice_cstr(rows[i].bypass),
						 ww_slice_cstr(rows[i].host),
						 rows[i].tls),
				ww_slice_cstr(rows[i].proxy)));
}

static void
test_proxy_order(void **state)
{
	static const char *const lists[][4] = { { NULL },
						{ "http_proxy", "v:1" },
						{ "no_proxy", "a" } };
	static const char *const proxies[] = { "s:1", "v:1", "" };
	struct ww_url url;

	(void)state;
	assert_true(ww_url_read(WW_LIT("http://a:8530"), &url));
	for (size_t i = 0; i < WW_ARRAY_LEN(lists); i++) {
		const struct ww_probe_environment e = {
			.get = from_list,
			.ctx = (void *)(uintptr_t)lists[i],
			.setting = WW_LIT("s:1"),
		};

		assert_true(ww_slice_eq(ww_probe_proxy(&e, &url),
					ww_slice_cstr(proxies[i])));
	}
}

static const char *
parsed(const char *line)
{
	struct ww_reader *reader = ww_arena_new(&arena, struct ww_reader);
	struct ww_record r;

	if (!ww_dialect_probe.parse(reader, ww_slice_cstr(line), &r))
		return "none";
	r.raw = ww_slice_cstr(line);
	ww_dialect_probe.complete(reader, &r);
	return ww_arena_copy(&arena, r.text.p, r.text.len);
}

#define LINE(text)                                                          \
	"{\"winwhy\":\"probe/1\",\"time\":\"2026-11-27T04:10:11.123456Z\"," \
	"\"level\":\"info\",\"text\":\"" text

static void
test_lines(void **state)
{
	(void)state;
	assert_string_equal(parsed(LINE("a\"}")), "a");
	assert_string_equal(parsed(LINE("a\\\"b\\\\c\\/\\u00e9\\n\",\"x\":1")),
			    "a\"b\\c/\xC3\xA9 ");
	assert_string_equal(parsed(LINE("\\ud83d\\ude00\"}")),
			    "\xF0\x9F\x98\x80");
	assert_string_equal(parsed(LINE("\\ud83d\"}")), "\xEF\xBF\xBD");
	assert_string_equal(parsed(LINE("\\u00\"}")), "\xEF\xBF\xBD");
	assert_string_equal(parsed(LINE("a")), "none");
	assert_string_equal(parsed(LINE("a\\")), "none");
	assert_string_equal(parsed("{\"winwhy\":\"probe/2\"}"), "none");
	assert_string_equal(parsed(""), "none");
	assert_int_equal(ww_dialect_sniff(ww_slice_cstr(LINE("a\"}")))->id,
			 WW_DIALECT_PROBE);
}

/* What becomes of it is what becomes of any log. */
static void
test_episode(void **state)
{
	static const struct rule rule = { CALL("GetConfig"), .status = 503,
					  .body = "x" };
	struct script s = { .rules = &rule, .n = 1 };

	(void)state;
	assert_string_equal(
	    tell_words(&arena, WW_DIALECT_PROBE,
		       converse(&s, (struct ww_probe_options){ 0 })),
	    "failed 80244022 [" ROOT "] server-version=10.0.26100.1 "
	    "step=GetConfig trouble=http-503 (2 good) (3 good) (4 good) "
	    "(6 good) (7 bad)\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_hidden),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_secret_values),
		cmocka_unit_test(test_secrets_full),
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_anonymous),
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_recoveries),
		cmocka_unit_test(test_registration),
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_port_alone),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_parameters),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_urls),
		cmocka_unit_test(test_roots),
		cmocka_unit_test(test_proxies),
		cmocka_unit_test(test_system_proxy),
		cmocka_unit_test(test_proxy_order),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_episode),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
