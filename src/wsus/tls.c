/*
 * The certificate that a server shows, and what is wrong with it.
 */
#include "wsus/exchange.h"

#include <time.h>

#include "base/compiler.h"

#include "base/banned.h"

/* X509_V_ERR_…: what OpenSSL says of a chain, by its documented numbers. */
enum {
	NOT_YET = 9,
	EXPIRED = 10,
	SELF_SIGNED = 18,
	SELF_SIGNED_IN_CHAIN = 19,
	OTHER_NAME = 62,
};

static struct ww_slice
keep(struct exchange *x, struct ww_slice s)
{
	return ww_slice_of(ww_arena_copy(x->arena, s.p, s.len), s.len);
}

/* "Subject:CN = x" to "CN = x", where the line begins with that key. */
static bool
value_of(const char *line, const char *key, struct ww_slice *ret)
{
	struct ww_slice s = ww_slice_cstr(line);
	struct ww_slice k = ww_slice_cstr(key);

	if (!ww_slice_casestarts(s, k))
		return false;
	*ret = ww_slice_trim(ww_slice_from(s, k.len));
	return true;
}

static uint64_t
date_of(struct exchange *x, struct ww_slice s)
{
	time_t t = curl_getdate(ww_arena_copy(x->arena, s.p, s.len), NULL);

	return t > 0 ? (uint64_t)t : 0;
}

static void
take_line(struct exchange *x, const char *line)
{
	struct ww_http_tls *tls = &x->reply->tls;
	struct ww_slice value;

	if (value_of(line, "Subject:", &value))
		tls->subject = keep(x, value);
	else if (value_of(line, "Issuer:", &value))
		tls->issuer = keep(x, value);
	else if (value_of(line, "Start date:", &value))
		tls->not_before = date_of(x, value);
	else if (value_of(line, "Expire date:", &value))
		tls->not_after = date_of(x, value);
	else if (value_of(line, "X509v3 Subject Alternative Name:", &value))
		tls->names = keep(x, value);
}

/* The dates and the issuer say more than the first thing that was wrong. */
static void
judge(struct ww_http_tls *tls)
{
	uint64_t now = (uint64_t)time(NULL);

	if (tls->not_after != 0 && tls->not_after < now)
		tls->flags |= WW_TLS_EXPIRED;
	if (tls->not_before > now)
		tls->flags |= WW_TLS_NOT_YET;
	if ((tls->flags & WW_TLS_UNTRUSTED) != 0 && tls->subject.len > 0 &&
	    ww_slice_eq(tls->subject, tls->issuer))
		tls->flags |= WW_TLS_SELF_SIGNED;
}

void
exchange_certificate(struct exchange *x, CURL *curl)
{
	struct curl_certinfo *info = NULL;

	if (curl_easy_getinfo(curl, CURLINFO_CERTINFO, &info) != CURLE_OK ||
	    info == NULL || info->num_of_certs <= 0)
		return;
	x->reply->tls.chain = (uint64_t)info->num_of_certs;
	for (const struct curl_slist *l = info->certinfo[0]; l != NULL;
	     l = l->next)
		take_line(x, l->data);
	judge(&x->reply->tls);
}

/* What was wrong with it, by the number that OpenSSL gave. */
static uint64_t
flag_of(long result)
{
	switch (result) {
	case 0: /* the chain is in order: it is libcurl that saw the name */
	case OTHER_NAME:
		return WW_TLS_WRONG_NAME;
	case NOT_YET:
		return WW_TLS_NOT_YET;
	case EXPIRED:
		return WW_TLS_EXPIRED;
	case SELF_SIGNED:
		return WW_TLS_UNTRUSTED | WW_TLS_SELF_SIGNED;
	default:
		return WW_TLS_UNTRUSTED;
	}
}

/*
 * A connection that trusts anything, over which nothing is asked.  With the
 * name checked alone, a chain in disorder does not hide a wrong name.
 */
static CURLcode
connect_only(struct exchange *x, CURL *curl, bool check_name)
{
	exchange_connection(x, curl);
	curl_easy_setopt(curl, CURLOPT_CONNECT_ONLY, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, check_name ? 2L : 0L);
	return curl_easy_perform(curl);
}

void
exchange_inspect(struct exchange *x)
{
	struct ww_http_tls *tls = &x->reply->tls;
	CURL *curl;
	long result = 0;

	curl_easy_getinfo(x->curl, CURLINFO_SSL_VERIFYRESULT, &result);
	tls->flags |= flag_of(result);
	for (int name = 1; name >= 0; name--) {
		CURLcode code;

		if ((curl = curl_easy_init()) == NULL)
			return;
		code = connect_only(x, curl, name != 0);
		if (name != 0 && code == CURLE_PEER_FAILED_VERIFICATION)
			tls->flags |= WW_TLS_WRONG_NAME;
		exchange_certificate(x, curl);
		curl_easy_cleanup(curl);
		if (code == CURLE_OK)
			return;
	}
}
