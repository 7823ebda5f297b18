/*
 * The calls of a scan, in their order, and what a client does when one of
 * them is refused: MS-WUSP 3.1.
 */
#include "base/compiler.h"
#include "probe/talk.h"

#include "base/banned.h"

#define CLIENT_PATH "/ClientWebService/client.asmx"

/* Answers to SyncUpdates are the largest; a page of 30 updates is 200 KB. */
#define ANSWER_MAX ((uint64_t)16 * 1024 * 1024)

/* The calls of one round; a client that goes round for ever is none. */
#define CALLS_MAX 24

/* What a client does about a fault of these calls: it begins anew. */
struct recovery {
	const char *code; /* ErrorCode of the fault */
	enum ww_call first, last;
	enum ww_call from; /* where it begins */
};

static const struct recovery recoveries[] = {
	{ "ConfigChanged", WW_CALL_CONFIG, WW_CALL_SYNC, WW_CALL_CONFIG },
	{ "InvalidCookie", WW_CALL_CONFIG, WW_CALL_SYNC, WW_CALL_CONFIG },
	{ "ServerChanged", WW_CALL_CONFIG, WW_CALL_SYNC, WW_CALL_CONFIG },
	{ "CookieExpired", WW_CALL_AUTHORIZE, WW_CALL_SYNC, WW_CALL_AUTHORIZE },
	{ "InvalidAuthorizationCookie", WW_CALL_AUTHORIZE, WW_CALL_SYNC,
	  WW_CALL_AUTHORIZE },
	{ "RegistrationRequired", WW_CALL_SYNC, WW_CALL_SYNC,
	  WW_CALL_REGISTER },
	{ "RegistrationNotRequired", WW_CALL_REGISTER, WW_CALL_REGISTER,
	  WW_CALL_SYNC },
};

struct calling {
	struct talk *t;
	struct ww_url auth; /* where it is authorised */
	bool anonymous;	    /* nothing is to be authorised */
	bool registering;
	unsigned recovered; /* bits of recoveries */
	struct ww_soap_reply soap;
	struct ww_step step;
};

/* Asking */

static struct ww_slice
address_of(struct calling *k, enum ww_call call)
{
	struct ww_buf url = ww_buf_in(k->t->arena);

	if (call == WW_CALL_AUTHORIZE)
		ww_url_add(&url, &k->auth);
	else
		ww_url_add_path(&url, &k->t->root, WW_LIT(CLIENT_PATH));
	return ww_buf_slice(&url);
}

/* 2026-10-04T15:03:36Z */
static struct ww_slice
stamp(struct talk *t)
{
	struct ww_civil c = ww_time_civil(t->world->now(t->world->ctx));

	return talk_text(t, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month,
			 c.day, c.hour, c.minute, c.second);
}

static bool
ask(struct calling *k, enum ww_call call)
{
	struct talk *t = k->t;
	struct ww_buf body = ww_buf_in(t->arena);
	struct ww_buf action = ww_buf_in(t->arena);

	talk_prepare(t, "POST", address_of(k, call), ANSWER_MAX);
	talk_header(t, "Content-Type", WW_LIT("text/xml; charset=utf-8"));
	ww_call_action(&action, call);
	talk_header(t, "SOAPAction", ww_buf_slice(&action));
	t->facts.now = stamp(t);
	ww_call_write(&body, call, &t->facts);
	t->request.body = ww_buf_slice(&body);
	if (!talk_ask(t))
		return false;
	talk_meet(t, (struct ww_slice){ 0 });
	ww_soap_read(&k->soap, t->arena, t->reply.body);
	ww_secrets_add(&t->capture.secrets, k->soap.authorization);
	ww_secrets_add(&t->capture.secrets, k->soap.cookie);
	k->step = talk_step(t, ww_call_name(call));
	return true;
}

/* What a result has to hold */

static bool
is_true(struct ww_slice s)
{
	return ww_slice_eq(s, WW_LIT("true")) || ww_slice_eq(s, WW_LIT("1"));
}

static bool
is_number(struct ww_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ww_is_digit(s.p[i]))
			return false;
	return s.len > 0;
}

static bool
is_boolean(struct ww_slice s)
{
	return is_true(s) || ww_slice_eq(s, WW_LIT("false")) ||
	       ww_slice_eq(s, WW_LIT("0"));
}

/* 2026-10-04T15:03:36, and what may stand behind it. */
static bool
is_date_time(struct ww_slice s)
{
	static const char form[] = "0000-00-00T00:00:00";

	if (s.len < sizeof(form) - 1)
		return false;
	for (size_t i = 0; i < sizeof(form) - 1; i++)
		if (form[i] == '0' ? !ww_is_digit(s.p[i]) : s.p[i] != form[i])
			return false;
	return true;
}

/* False: the call is refused or broken, and was told. */
static bool
broke(struct calling *k, const char *trouble, struct ww_slice detail)
{
	talk_break(k->t, &k->step, ww_slice_cstr(trouble), detail);
	return false;
}

/* An element that every answer to the call has, by MS-WUSP. */
static bool
require(struct calling *k, const char *name, struct ww_slice value,
	bool (*is_usable)(struct ww_slice))
{
	if (is_usable(value))
		return true;
	return broke(k, "answer-incomplete",
		     value.len == 0 ? ww_slice_cstr(name)
				    : talk_text(k->t, "%s \"%.*s\"", name,
						(int)value.len, value.p));
}

/* Where the authorisation cookie is to be had. */
static bool
take_service(struct calling *k)
{
	struct talk *t = k->t;
	struct ww_slice url = k->soap.service_url;

	t->facts.plugin = t->facts.authorization = (struct ww_slice){ 0 };
	k->anonymous = ww_slice_eq(k->soap.plugin, WW_LIT("Anonymous"));
	if (k->anonymous)
		return true;
	if (!ww_url_resolve(&t->root, url, &k->auth))
		return broke(k, "no-service-url",
			     talk_text(t, "ServiceUrl \"%.*s\"", (int)url.len,
				       url.p));
	if (ww_url_same_host(&t->root, &k->auth) || t->options->follows)
		return true;
	return broke(k, "other-host", url);
}

static bool
take_config(struct calling *k)
{
	struct ww_soap_reply *s = &k->soap;

	if (!require(k, "LastChange", s->last_change, is_date_time) ||
	    !require(k, "IsRegistrationRequired", s->registration, is_boolean))
		return false;
	if (!s->has_plugin)
		return broke(k, "no-auth-plugin", WW_LIT("AuthInfo is empty"));
	if (s->max_extended.len == 0)
		return broke(k, "config-missing",
			     WW_LIT("MaxExtendedUpdatesPerRequest"));
	if (!is_number(s->max_extended))
		return broke(k, "config-invalid",
			     talk_text(k->t,
				       "MaxExtendedUpdatesPerRequest \"%.*s\"",
				       (int)s->max_extended.len,
				       s->max_extended.p));
	k->t->facts.last_change = s->last_change;
	k->t->facts.protocol = s->protocol;
	k->registering = k->t->options->registers && is_true(s->registration);
	return take_service(k);
}

static bool
take_authorization(struct calling *k)
{
	if (k->soap.authorization.len == 0)
		return broke(k, "no-auth-cookie", WW_LIT("CookieData"));
	k->t->facts.plugin = k->soap.auth_plugin;
	k->t->facts.authorization = k->soap.authorization;
	return true;
}

static bool
take_cookie(struct calling *k)
{
	if (k->soap.cookie.len == 0)
		return broke(k, "no-cookie", WW_LIT("EncryptedData"));
	if (!require(k, "Expiration", k->soap.expiration, is_date_time))
		return false;
	k->t->facts.expiration = k->soap.expiration;
	k->t->facts.cookie = k->soap.cookie;
	return true;
}

static bool
take_registration(struct calling *k)
{
	k->registering = false;
	return true;
}

static bool
take_page(struct calling *k)
{
	if (!require(k, "Truncated", k->soap.truncated, is_boolean))
		return false;
	k->step.detail =
	    talk_text(k->t, "NewUpdates=%u, Truncated=%s",
		      (unsigned)k->soap.updates,
		      is_true(k->soap.truncated) ? "true" : "false");
	return true;
}

static bool (*const takers[WW_CALLS])(struct calling *) = {
	[WW_CALL_CONFIG] = take_config,
	[WW_CALL_AUTHORIZE] = take_authorization,
	[WW_CALL_COOKIE] = take_cookie,
	[WW_CALL_REGISTER] = take_registration,
	[WW_CALL_SYNC] = take_page,
};

/* Notes, each once */

static void
note_config(struct calling *k)
{
	talk_note(k->t, "protocol", k->soap.protocol);
	talk_note(k->t, "auth-service",
		  k->anonymous ? k->soap.plugin : k->soap.service_url);
	talk_note(k->t, "config-changed", k->soap.last_change);
}

/* Faults */

/* ErrorCode=…, Message=…, Method=…, ID=…, as the server's log has them. */
static struct ww_slice
fault_text(struct calling *k)
{
	const struct ww_soap_fault *f = &k->soap.fault;

	if (f->code.len == 0)
		return talk_text(k->t,
				 "without ErrorCode, faultcode=%.*s, %.*s",
				 (int)f->class.len, f->class.p,
				 (int)(f->string.len < 200 ? f->string.len
							   : 200),
				 f->string.p);
	return talk_text(k->t,
			 "ErrorCode=%.*s, Message=%.*s, Method=%.*s, ID=%.*s, "
			 "faultcode=%.*s",
			 (int)f->code.len, f->code.p, (int)f->message.len,
			 f->message.p, (int)f->method.len, f->method.p,
			 (int)f->id.len, f->id.p, (int)f->class.len,
			 f->class.p);
}

static const struct recovery *
find_recovery(const struct calling *k, enum ww_call call)
{
	if (k->soap.kind != WW_SOAP_FAULT)
		return NULL;
	for (size_t i = 0; i < WW_ARRAY_LEN(recoveries); i++)
		if (call >= recoveries[i].first && call <= recoveries[i].last &&
		    ww_slice_eq(k->soap.fault.code,
				ww_slice_cstr(recoveries[i].code)))
			return &recoveries[i];
	return NULL;
}

/* Whether the server wants to know the computer first, as it may. */
static bool
is_not_registered(const struct calling *k, const struct recovery *r)
{
	return r != NULL && r->from == WW_CALL_REGISTER &&
	       !k->t->options->registers;
}

/* A refusal that shows that all of the chain works. */
static void
tell_well(struct calling *k)
{
	k->step.trouble = WW_LIT("not-registered");
	talk_tell(k->t, &k->step, true);
}

/* False: no answer of a client to this fault is left. */
static bool
recover(struct calling *k, const struct recovery *r, enum ww_call *retnext)
{
	unsigned bit = r == NULL ? 0 : 1u << (r - recoveries);

	if (r == NULL || (k->recovered & bit) != 0)
		return false;
	k->recovered |= bit;
	k->step.result = WW_STEP_RECOVERED;
	k->step.trouble = k->soap.fault.code;
	k->step.detail = fault_text(k);
	talk_tell(k->t, &k->step, true);
	if (r->from == WW_CALL_REGISTER)
		k->registering = true;
	else if (r->from == WW_CALL_SYNC)
		k->registering = false;
	*retnext = k->anonymous && r->from == WW_CALL_AUTHORIZE ? WW_CALL_COOKIE
								: r->from;
	return true;
}

static struct ww_slice
detail_of(struct calling *k)
{
	struct ww_slice to;

	if (k->soap.kind == WW_SOAP_FAULT)
		return fault_text(k);
	to = talk_reply_header(k->t, "Location");
	if (to.len > 0)
		return talk_text(k->t, "to %.*s", (int)to.len, to.p);
	return k->soap.text;
}

/* The order */

static enum ww_call
next_call(const struct calling *k, enum ww_call call)
{
	if (call == WW_CALL_CONFIG && k->anonymous)
		return WW_CALL_COOKIE;
	if (call == WW_CALL_COOKIE && !k->registering)
		return WW_CALL_SYNC;
	return (enum ww_call)(call + 1);
}

/* False when the conversation is over. */
static bool
take_result(struct calling *k, enum ww_call call, enum ww_call *retnext)
{
	*retnext = next_call(k, call);
	if (!takers[call](k))
		return false;
	*retnext = next_call(k, call);
	talk_tell(k->t, &k->step, true);
	if (call == WW_CALL_CONFIG && k->recovered == 0)
		note_config(k);
	return true;
}

static bool
take_refusal(struct calling *k, enum ww_call call, struct ww_slice trouble,
	     enum ww_call *retnext)
{
	const struct recovery *r = find_recovery(k, call);

	if (is_not_registered(k, r)) {
		tell_well(k);
		*retnext = WW_CALLS;
		return true;
	}
	if (recover(k, r, retnext))
		return true;
	talk_break(k->t, &k->step, trouble, detail_of(k));
	return false;
}

static bool
call_one(struct calling *k, enum ww_call call, enum ww_call *retnext)
{
	struct ww_slice trouble;

	if (!ask(k, call))
		return false;
	trouble = trouble_of_transport(k->t);
	if (trouble.len > 0) {
		k->step.name = stage_name(k->t, k->step.name);
		talk_break(k->t, &k->step, trouble, k->t->reply.detail);
		return false;
	}
	trouble = trouble_of_answer(k->t, &k->soap, call);
	return trouble.len == 0 ? take_result(k, call, retnext)
				: take_refusal(k, call, trouble, retnext);
}

bool
talk_call_all(struct talk *t)
{
	struct calling k = { .t = t };
	enum ww_call call = WW_CALL_CONFIG;

	for (unsigned n = 0; n < CALLS_MAX; n++)
		if (!call_one(&k, call, &call))
			return false;
		else if (call == WW_CALLS)
			return true;
	return false;
}
