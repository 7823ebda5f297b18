#include "probe/soap.h"

#include "base/xml.h"

#include "base/banned.h"

#define SERVER "http://www.microsoft.com/SoftwareDistribution/Server/"
#define CLIENT SERVER "ClientWebService"
#define SIMPLE SERVER "SimpleAuthWebService"

static const struct {
	const char *name, *space;
} calls[WW_CALLS] = {
	[WW_CALL_CONFIG] = { "GetConfig", CLIENT },
	[WW_CALL_AUTHORIZE] = { "GetAuthorizationCookie", SIMPLE },
	[WW_CALL_COOKIE] = { "GetCookie", CLIENT },
	[WW_CALL_REGISTER] = { "RegisterComputer", CLIENT },
	[WW_CALL_SYNC] = { "SyncUpdates", CLIENT },
};

struct ww_slice
ww_call_name(enum ww_call call)
{
	return ww_slice_cstr(calls[call].name);
}

void
ww_call_action(struct ww_buf *out, enum ww_call call)
{
	ww_buf_printf(out, "\"%s/%s\"", calls[call].space, calls[call].name);
}

static void
open_element(struct ww_buf *out, const char *name)
{
	ww_buf_char(out, '<');
	ww_buf_add(out, ww_slice_cstr(name));
	ww_buf_char(out, '>');
}

static void
close_element(struct ww_buf *out, const char *name)
{
	ww_buf_add(out, WW_LIT("</"));
	ww_buf_add(out, ww_slice_cstr(name));
	ww_buf_char(out, '>');
}

static void
element(struct ww_buf *out, const char *name, struct ww_slice text)
{
	open_element(out, name);
	ww_xml_escape(out, text);
	close_element(out, name);
}

static void
constant(struct ww_buf *out, const char *name, const char *text)
{
	element(out, name, ww_slice_cstr(text));
}

static void
write_config(struct ww_buf *out, const struct ww_soap_facts *f)
{
	(void)f;
	constant(out, "protocolVersion", WW_SOAP_PROTOCOL);
}

static void
write_authorize(struct ww_buf *out, const struct ww_soap_facts *f)
{
	element(out, "clientId", f->client_id);
	element(out, "dnsName", f->dns_name);
}

static void
write_authorization(struct ww_buf *out, const struct ww_soap_facts *f)
{
	open_element(out, "authCookies");
	open_element(out, "AuthorizationCookie");
	element(out, "PlugInId", f->plugin);
	element(out, "CookieData", f->authorization);
	close_element(out, "AuthorizationCookie");
	close_element(out, "authCookies");
}

/* A client without a cookie still says when it had none. */
static void
write_cookie(struct ww_buf *out, const struct ww_soap_facts *f)
{
	if (f->authorization.len > 0)
		write_authorization(out, f);
	open_element(out, "oldCookie");
	element(out, "Expiration", f->now);
	close_element(out, "oldCookie");
	element(out, "lastChange", f->last_change);
	element(out, "currentTime", f->now);
	constant(out, "protocolVersion", WW_SOAP_PROTOCOL);
}

static void
session(struct ww_buf *out, const struct ww_soap_facts *f)
{
	open_element(out, "cookie");
	element(out, "Expiration", f->expiration);
	element(out, "EncryptedData", f->cookie);
	close_element(out, "cookie");
}

/*
 * A computer that nobody takes for one of theirs: what cannot be left out is
 * that of a Windows 10, and its make says what it is.
 */
static void
write_register(struct ww_buf *out, const struct ww_soap_facts *f)
{
	static const char *const texts[][2] = {
		{ "OSMajorVersion", "10" },
		{ "OSMinorVersion", "0" },
		{ "OSBuildNumber", "19045" },
		{ "OSServicePackMajorNumber", "0" },
		{ "OSServicePackMinorNumber", "0" },
		{ "OSLocale", "en-US" },
		{ "ComputerManufacturer", "winwhy" },
		{ "ComputerModel", "winwhy wsus" },
		{ "BiosReleaseDate", "2020-01-01T00:00:00" },
		{ "ProcessorArchitecture", "Amd64Compatible" },
		{ "SuiteMask", "256" },
		{ "OldProductType", "1" },
		{ "NewProductType", "48" },
		{ "SystemMetrics", "0" },
		{ "ClientVersionMajorNumber", "10" },
		{ "ClientVersionMinorNumber", "0" },
		{ "ClientVersionBuildNumber", "19041" },
		{ "ClientVersionQfeNumber", "1" },
		{ "OSDescription", "winwhy wsus" },
	};

	session(out, f);
	open_element(out, "computerInfo");
	element(out, "DnsName", f->dns_name);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		constant(out, texts[i][0], texts[i][1]);
	close_element(out, "computerInfo");
}

/* MS-WUSP 2.2.2.2.4: some parameters are for servers from this version on. */
static bool
speaks_3_2(struct ww_slice version)
{
	unsigned part[2] = { 0, 0 };

	for (size_t i = 0, at = 0; i < version.len; i++) {
		char c = version.p[i];

		if (c == '.' && at == 0)
			at = 1;
		else if (ww_is_digit(c) && part[at] < 1000)
			part[at] = part[at] * 10 + (unsigned)(c - '0');
		else
			return false;
	}
	return part[0] > 3 || (part[0] == 3 && part[1] >= 2);
}

/* The first page, of a client that has nothing yet. */
static void
write_sync(struct ww_buf *out, const struct ww_soap_facts *f)
{
	session(out, f);
	open_element(out, "parameters");
	constant(out, "ExpressQuery", "false");
	constant(out, "InstalledNonLeafUpdateIDs", "");
	constant(out, "OtherCachedUpdateIDs", "");
	constant(out, "SkipSoftwareSync", "false");
	if (speaks_3_2(f->protocol))
		constant(out, "NeedTwoGroupOutOfScopeUpdates", "true");
	close_element(out, "parameters");
}

static void (*const writers[WW_CALLS])(struct ww_buf *,
				       const struct ww_soap_facts *) = {
	[WW_CALL_CONFIG] = write_config, [WW_CALL_AUTHORIZE] = write_authorize,
	[WW_CALL_COOKIE] = write_cookie, [WW_CALL_REGISTER] = write_register,
	[WW_CALL_SYNC] = write_sync,
};

void
ww_call_write(struct ww_buf *out, enum ww_call call,
	      const struct ww_soap_facts *facts)
{
	ww_buf_add(out, WW_LIT("<s:Envelope xmlns:s=\"http://schemas.xmlsoap."
			       "org/soap/envelope/\"><s:Body>"));
	ww_buf_printf(out, "<%s xmlns=\"%s\">", calls[call].name,
		      calls[call].space);
	writers[call](out, facts);
	close_element(out, calls[call].name);
	ww_buf_add(out, WW_LIT("</s:Body></s:Envelope>"));
}
