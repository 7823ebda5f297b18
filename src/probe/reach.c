/*
 * The first contact: name, connection, TLS, and something that speaks HTTP.
 * Where no port is given, the ports that WSUS has are tried.
 */
#include "base/compiler.h"
#include "base/xml.h"
#include "probe/page.h"
#include "probe/talk.h"

#include "base/banned.h"

#define VERSION_PATH   "/ClientWebService/wusserverversion.xml"

#define CANDIDATES_MAX 4

struct candidates {
	struct ww_url p[CANDIDATES_MAX];
	size_t n;
};

static void
add_port(struct candidates *c, const struct ww_url *of, bool tls, unsigned port)
{
	struct ww_url url = *of;

	url.tls = tls;
	url.port = port;
	url.has_port = true;
	c->p[c->n++] = url;
}

/* A port alone tells what is usual on it; the other is tried, too. */
static void
add_either(struct candidates *c, const struct ww_url *url)
{
	bool tls = url->port == 443 || url->port == 8531;

	add_port(c, url, tls, url->port);
	add_port(c, url, !tls, url->port);
}

/*
 * With a scheme and no port a client takes the usual one, which comes first
 * then; a name alone is where WSUS is installed as it comes.
 */
static bool
find_candidates(struct talk *t, struct candidates *ret)
{
	struct ww_slice s = ww_slice_trim(t->options->server);
	bool bare = !ww_slice_casehas(s, WW_LIT("://"));
	struct ww_url url;

	*ret = (struct candidates){ .n = 0 };
	if (bare)
		s = talk_text(t, "http://%.*s", (int)s.len, s.p);
	if (!ww_url_read(s, &url))
		return false;
	url.path = ww_url_root(url.path);
	if (bare && url.has_port)
		add_either(ret, &url);
	else if (!bare)
		ret->p[ret->n++] = url;
	if (url.has_port)
		return true;
	if (bare || !url.tls)
		add_port(ret, &url, false, 8530);
	if (bare || url.tls)
		add_port(ret, &url, true, 8531);
	if (bare) {
		add_port(ret, &url, false, 80);
		add_port(ret, &url, true, 443);
	}
	return true;
}

/* What the exchange cost before it was sent. */

static void
tell_resolve(struct talk *t)
{
	const struct ww_http_texts *a = &t->reply.addresses;
	struct ww_buf detail = ww_buf_in(t->arena);
	struct ww_step step = { .name = WW_LIT("resolve"),
				.ms = t->reply.times.name / 1000 };

	for (size_t i = 0; i < a->n; i++) {
		if (i > 0)
			ww_buf_char(&detail, ' ');
		ww_buf_add(&detail, a->p[i]);
	}
	step.detail = ww_buf_slice(&detail);
	if (a->n > 0)
		talk_tell(t, &step, false);
}

static void
tell_connect(struct talk *t)
{
	struct ww_slice proxy = ww_probe_proxy_shown(t->request.proxy);
	struct ww_step step = { .name = WW_LIT("connect"),
				.ms = t->reply.times.connect / 1000,
				.detail = t->reply.address };

	/* WinHTTP does not tell the proxy's address. */
	if (proxy.len > 0)
		step.detail =
		    talk_text(t, "%.*s%sproxy %.*s", (int)step.detail.len,
			      step.detail.p, step.detail.len > 0 ? ", " : "",
			      (int)proxy.len, proxy.p);
	talk_tell(t, &step, false);
}

static struct ww_slice
day_of(struct talk *t, uint64_t seconds)
{
	struct ww_buf out = ww_buf_in(t->arena);

	if (seconds > 0 && seconds < UINT32_MAX * (uint64_t)8)
		ww_time_add(&out, (ww_time)seconds * WW_SECOND);
	return ww_slice_of(out.p, out.len < 10 ? 0 : 10);
}

/* TLSv1.3, subject CN = …, issuer CN = …, 2026-01-01 to …, names … */
static struct ww_slice
certificate_text(struct talk *t)
{
	const struct ww_http_tls *tls = &t->reply.tls;
	struct ww_buf out = ww_buf_in(t->arena);

	ww_buf_add(&out, tls->version);
	if (tls->subject.len == 0)
		return ww_buf_slice(&out);
	if (tls->version.len > 0)
		ww_buf_add(&out, WW_LIT(", "));
	ww_buf_add(&out, WW_LIT("subject "));
	ww_buf_add(&out, tls->subject);
	ww_buf_add(&out, WW_LIT(", issuer "));
	ww_buf_add(&out, tls->issuer);
	ww_buf_add(&out, WW_LIT(", "));
	ww_buf_add(&out, day_of(t, tls->not_before));
	ww_buf_add(&out, WW_LIT(" to "));
	ww_buf_add(&out, day_of(t, tls->not_after));
	ww_buf_add(&out, WW_LIT(", names "));
	ww_buf_add(&out, tls->names);
	return ww_buf_slice(&out);
}

static void
tell_tls(struct talk *t)
{
	struct ww_step step = { .name = WW_LIT("tls"),
				.ms = t->reply.times.tls / 1000,
				.detail = certificate_text(t) };

	if ((t->reply.tls.flags & WW_TLS_USED) != 0)
		talk_tell(t, &step, false);
	if ((t->reply.tls.flags & WW_TLS_ASKS_CLIENT) != 0)
		talk_note(t, "client-certificate", WW_LIT("asked for"));
}

static void
tell_ways(struct talk *t)
{
	tell_resolve(t);
	tell_connect(t);
	tell_tls(t);
}

/* The first thing in the document that looks like a version. */
static struct ww_slice
version_in(struct talk *t)
{
	struct ww_xml xml = ww_xml_of(t->reply.body);
	struct ww_xml_token token;

	do {
		struct ww_slice s;

		token = ww_xml_next(&xml);
		s = ww_slice_trim(token.text);
		if (token.kind == WW_XML_TEXT && s.len > 0 && s.len < 40 &&
		    ww_is_digit(s.p[0]))
			return s;
	} while (token.kind <= WW_XML_END);
	return (struct ww_slice){ 0 };
}

static struct ww_slice
trouble_of_version(struct talk *t)
{
	struct ww_slice trouble = trouble_of_transport(t);

	if (trouble.len == 0)
		trouble = trouble_of_status(t);
	if (trouble.len == 0 && ww_is_page(t->reply.body))
		trouble = WW_LIT("web-page");
	return trouble;
}

/* No client reads it: what is wrong with it may be of no account. */
static void
tell_version(struct talk *t)
{
	struct ww_slice trouble = trouble_of_version(t);

	talk_tell_file(t, "version", trouble, t->reply.detail);
	talk_meet(t, trouble.len == 0 ? version_in(t) : (struct ww_slice){ 0 });
}

/* The detail of a certificate says more than the library's sentence. */
static struct ww_slice
failure_text(struct talk *t)
{
	return t->reply.end == WW_HTTP_NO_TRUST ? certificate_text(t)
						: t->reply.detail;
}

static void
tell_failure(struct talk *t, bool last)
{
	struct ww_slice trouble = trouble_of_transport(t);
	struct ww_step step = talk_step(t, stage_name(t, WW_LIT("version")));

	if (last) {
		talk_break(t, &step, trouble, failure_text(t));
		return;
	}
	step.result = WW_STEP_ODD;
	step.trouble = trouble;
	step.detail = failure_text(t);
	talk_tell(t, &step, true);
}

/* How much speaks for a candidate, by what it did when it was asked. */
enum worth {
	NOTHING,
	THERE,	  /* somebody is: he was heard, or took the request */
	ANSWERED, /* which a web site does, too */
	SERVER,	  /* it has the file */
};

static enum worth
worth_of(struct talk *t)
{
	const struct ww_http_reply *r = &t->reply;

	if (r->end == WW_HTTP_ANSWERED)
		return trouble_of_version(t).len == 0 ? SERVER : ANSWERED;
	return r->stage == WW_HTTP_AT_REPLY || r->end == WW_HTTP_NO_TRUST ||
		       (r->tls.flags & WW_TLS_ASKS_CLIENT) != 0
		   ? THERE
		   : NOTHING;
}

/* A name that is not there has no ports either. */
static bool
is_nameless(const struct talk *t)
{
	return t->reply.end != WW_HTTP_ANSWERED &&
	       t->reply.stage == WW_HTTP_AT_NAME;
}

/*
 * The candidate for which most speaks, else the first; its exchange is the
 * one at hand afterwards.  False: the transport failed.
 */
static bool
choose(struct talk *t, const struct candidates *c, size_t *ret)
{
	struct ww_exchange best = { 0 };
	enum worth most = NOTHING;

	*ret = 0;
	for (size_t i = 0; i < c->n && most < SERVER; i++) {
		enum worth worth;

		if (!talk_get(t, &c->p[i], VERSION_PATH))
			return false;
		worth = worth_of(t);
		if (i == 0 || worth > most) {
			best = (struct ww_exchange){ t->request, t->reply };
			most = worth;
			*ret = i;
		}
		if (is_nameless(t))
			break;
		if (c->n > 1 && worth < ANSWERED)
			tell_failure(t, false);
	}
	t->request = best.request;
	t->reply = best.reply;
	return true;
}

static void
note_place(struct talk *t, size_t chosen)
{
	struct ww_buf url = ww_buf_in(t->arena);

	ww_url_add(&url, &t->root);
	if (chosen > 0)
		talk_note(t, "found-at", ww_buf_slice(&url));
	talk_note(t, "through-proxy", ww_probe_proxy_shown(t->request.proxy));
}

static void
break_address(struct talk *t)
{
	struct ww_step step = { .name = WW_LIT("address") };

	t->request = (struct ww_http_request){ 0 };
	talk_break(t, &step, WW_LIT("address-unusable"), t->server);
}

bool
talk_reach(struct talk *t)
{
	struct candidates c;
	size_t chosen;

	if (!find_candidates(t, &c)) {
		break_address(t);
		return false;
	}
	if (!choose(t, &c, &chosen))
		return false;
	t->root = c.p[chosen];
	note_place(t, chosen);
	if (t->reply.stage != WW_HTTP_AT_REPLY &&
	    t->reply.end != WW_HTTP_ANSWERED) {
		tell_failure(t, true);
		return false;
	}
	tell_ways(t);
	tell_version(t);
	return true;
}
