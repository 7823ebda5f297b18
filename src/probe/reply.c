#include "probe/reply.h"

#include "base/utf8.h"
#include "base/xml.h"
#include "probe/page.h"

#include "base/banned.h"

/* What is kept of a text: cookies are of a few hundred bytes. */
#define TEXT_MAX ((size_t)16 * 1024)

/* What is shown of something that is not understood. */
#define SHOWN_MAX 80

/* Where the text of an element goes, by its own name and its parent's. */
struct place {
	const char *parent, *name;
	size_t at;
};

#define AT(parent, name, member)                                     \
	{                                                            \
		parent, name, offsetof(struct ww_soap_reply, member) \
	}

static const struct place places[] = {
	AT("Fault", "faultcode", fault.class),
	AT("Fault", "faultstring", fault.string),
	AT("detail", "ErrorCode", fault.code),
	AT("detail", "Message", fault.message),
	AT("detail", "ID", fault.id),
	AT("detail", "Method", fault.method),
	AT("GetConfigResult", "LastChange", last_change),
	AT("GetConfigResult", "IsRegistrationRequired", registration),
	AT("GetAuthorizationCookieResult", "PlugInId", auth_plugin),
	AT("GetAuthorizationCookieResult", "CookieData", authorization),
	AT("GetCookieResult", "Expiration", expiration),
	AT("GetCookieResult", "EncryptedData", cookie),
	AT("NewCookie", "Expiration", expiration),
	AT("NewCookie", "EncryptedData", cookie),
	AT("SyncUpdatesResult", "Truncated", truncated),
};

struct reading {
	struct ww_soap_reply *reply;
	struct ww_xml xml;
	struct ww_buf text;    /* of the element at hand */
	struct ww_slice root;  /* the first element */
	struct ww_slice inner; /* the first inside of the body */
	/* Of the plug-in and of the property at hand. */
	struct ww_slice plugin, service_url, name, value;
};

static bool
is(struct ww_slice s, const char *word)
{
	return ww_slice_eq(s, ww_slice_cstr(word));
}

static bool
stands_in(const struct reading *r, const char *parent)
{
	return is(ww_xml_around(&r->xml, 1), parent);
}

static struct ww_slice
taken(struct reading *r)
{
	struct ww_slice s =
	    ww_slice_trim(ww_utf8_cut(ww_buf_slice(&r->text), TEXT_MAX));

	return ww_slice_of(ww_arena_copy(r->text.arena, s.p, s.len), s.len);
}

static void
take_start(struct reading *r, const struct ww_xml_token *t)
{
	r->text.len = 0;
	if (r->xml.depth == 1)
		r->root = t->name;
	if (r->xml.depth == 3 && r->inner.len == 0 &&
	    is(ww_xml_around(&r->xml, 2), "Body"))
		r->inner = t->name;
	if (is(t->name, "AuthPlugInInfo"))
		r->plugin = r->service_url = (struct ww_slice){ 0 };
	if (is(t->name, "UpdateInfo") &&
	    is(ww_xml_around(&r->xml, 2), "NewUpdates"))
		r->reply->updates++;
}

/* SimpleTargeting is the one that clients have; else the first. */
static void
end_plugin(struct reading *r)
{
	struct ww_soap_reply *reply = r->reply;

	if (reply->has_plugin && !is(r->plugin, "SimpleTargeting"))
		return;
	reply->has_plugin = true;
	reply->plugin = r->plugin;
	reply->service_url = r->service_url;
}

static void
end_property(struct reading *r)
{
	if (is(r->name, "ProtocolVersion"))
		r->reply->protocol = r->value;
	else if (is(r->name, "MaxExtendedUpdatesPerRequest"))
		r->reply->max_extended = r->value;
}

/* What belongs together and stands in a list. */
static void
take_listed(struct reading *r, struct ww_slice name)
{
	if (stands_in(r, "AuthPlugInInfo")) {
		if (is(name, "PlugInID"))
			r->plugin = taken(r);
		else if (is(name, "ServiceUrl"))
			r->service_url = taken(r);
	} else if (stands_in(r, "ConfigurationProperty")) {
		if (is(name, "Name"))
			r->name = taken(r);
		else if (is(name, "Value"))
			r->value = taken(r);
	}
}

/* The element is closed: what is around it is its parent. */
static void
take_end(struct reading *r, struct ww_slice name)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (is(name, places[i].name) && stands_in(r, places[i].parent))
			*(struct ww_slice *)((char *)r->reply + places[i].at) =
			    taken(r);
	take_listed(r, name);
	if (is(name, "AuthPlugInInfo"))
		end_plugin(r);
	else if (is(name, "ConfigurationProperty"))
		end_property(r);
	r->text.len = 0;
}

static enum ww_xml_kind
read_pieces(struct reading *r)
{
	struct ww_xml_token t;

	for (;;) {
		t = ww_xml_next(&r->xml);
		if (t.kind == WW_XML_START)
			take_start(r, &t);
		else if (t.kind == WW_XML_END)
			take_end(r, t.name);
		else if (t.kind != WW_XML_TEXT)
			return t.kind;
		else if (r->text.len < TEXT_MAX)
			ww_xml_add_text(&r->text, &t);
	}
}

/* soap:Client to Client */
static struct ww_slice
without_prefix(struct ww_slice s)
{
	const char *colon = s.len == 0 ? NULL : memchr(s.p, ':', s.len);

	return colon == NULL ? s : ww_slice_from(s, (size_t)(colon - s.p) + 1);
}

static enum ww_soap_kind
kind_of(struct reading *r)
{
	r->reply->text = r->root;
	r->reply->element = r->inner;
	if (!is(r->root, "Envelope") || r->inner.len == 0)
		return WW_SOAP_OTHER;
	if (!is(r->inner, "Fault"))
		return WW_SOAP_RESULT;
	r->reply->fault.class = without_prefix(r->reply->fault.class);
	r->reply->fault.method = ww_slice_last_part(r->reply->fault.method);
	return WW_SOAP_FAULT;
}

/* A start that is fit to be shown on a line. */
static struct ww_slice
shown(struct ww_arena *arena, struct ww_slice s)
{
	char *p;

	s = ww_utf8_cut(ww_slice_trim(s), SHOWN_MAX);
	s.len = ww_utf8_check(s);
	p = ww_arena_copy(arena, s.p, s.len);
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)p[i] < ' ')
			p[i] = ' ';
	return ww_slice_of(p, s.len);
}

/* A text, or the first tag alone: behind it may stand a cookie. */
static struct ww_slice
beginning(struct ww_slice body)
{
	const char *end;

	body = ww_slice_trim(body);
	if (body.len == 0 || body.p[0] != '<')
		return body;
	end = memchr(body.p, '>', body.len);
	return ww_slice_of(body.p,
			   end == NULL ? 1 : (size_t)(end - body.p) + 1);
}

void
ww_soap_read(struct ww_soap_reply *ret, struct ww_arena *arena,
	     struct ww_slice body)
{
	struct reading r = { .reply = ret,
			     .xml = ww_xml_of(body),
			     .text = ww_buf_in(arena) };

	*ret = (struct ww_soap_reply){ .kind = WW_SOAP_EMPTY };
	if (ww_slice_trim(body).len == 0)
		return;
	if (ww_is_page(body)) {
		ret->kind = WW_SOAP_PAGE;
		ret->text = shown(arena, ww_page_title(arena, body));
		return;
	}
	switch (read_pieces(&r)) {
	case WW_XML_DONE:
		ret->kind = kind_of(&r);
		break;
	case WW_XML_CUT:
		ret->kind = WW_SOAP_CUT;
		ret->element = r.inner;
		break;
	default:
		ret->kind = WW_SOAP_NOT_XML;
	}
	if (ret->kind == WW_SOAP_NOT_XML)
		ret->text = shown(arena, beginning(body));
}
