/*
 * The state of a machine as commands print it: facts, and nothing that began
 * or ended.
 */
#include "episode/trackers.h"

#include "base/compiler.h"

#include "base/banned.h"

enum {
	NO_PROXY,
	PROXY,
	PROXY_BYPASS,
	ENTRA_JOINED,
	DOMAIN_JOINED,
	DOMAIN_NAME,
	SIGN_IN_TOKEN,
	TENANT,
	WINDOWS,
	BUILD,
	STARTED,
	MODEL,
	HOTFIXES,
	UPDATE,
	POLICY_APPLIED,
	POLICY_FROM,
};

static const struct ww_mark marks[] = {
	{ NO_PROXY, "^Direct access (no proxy server)" },
	{ NO_PROXY, "^Accès direct (sans serveur proxy)" },
	{ PROXY, "^Proxy Server(s) : {value:rest}" },
	{ PROXY, "^Serveur(s) proxy : {value:rest}" },
	{ PROXY_BYPASS, "^Bypass List : {value:rest}" },
	{ PROXY_BYPASS, "^Liste de contournement : {value:rest}" },
	{ ENTRA_JOINED, "^AzureAdJoined : {value:rest}" },
	{ DOMAIN_JOINED, "^DomainJoined : {value:rest}" },
	{ DOMAIN_NAME, "^DomainName : {value:rest}" },
	{ DOMAIN_NAME, "^Domain: {value:rest}" },
	{ SIGN_IN_TOKEN, "^AzureAdPrt : {value:rest}" },
	{ TENANT, "^TenantId : {value:rest}" },
	{ WINDOWS, "^OS Name: {value:rest}" },
	{ BUILD, "^OS Version: {value:rest}" },
	{ STARTED, "^System Boot Time: {value:rest}" },
	{ MODEL, "^System Model: {value:rest}" },
	{ HOTFIXES, "^Hotfix(s): {value:rest}" },
	{ UPDATE, "^HotFixID : {value:rest}" },
	{ POLICY_APPLIED, "^Last time Group Policy was applied: {value:rest}" },
	{ POLICY_FROM, "^Group Policy was applied from: {value:rest}" },
};

static const char *const names[] = {
	[NO_PROXY] = "proxy",
	[PROXY] = "proxy",
	[PROXY_BYPASS] = "proxy-bypass",
	[ENTRA_JOINED] = "entra-joined",
	[DOMAIN_JOINED] = "domain-joined",
	[DOMAIN_NAME] = "domain",
	[SIGN_IN_TOKEN] = "sign-in-token",
	[TENANT] = "tenant",
	[WINDOWS] = "windows",
	[BUILD] = "build",
	[STARTED] = "started",
	[MODEL] = "model",
	[HOTFIXES] = "hotfixes",
	[UPDATE] = "installed-updates",
	[POLICY_APPLIED] = "policy-applied",
	[POLICY_FROM] = "policy-from",
};

static void
on_line(const struct ww_marked_line *l)
{
	struct ww_slice value = ww_captured(l->captures, "value");

	/* Where the line is all that is said. */
	if (l->mark == NO_PROXY)
		value = ww_slice_line(l->record->text);
	ww_track_fact(l->t, names[l->mark], ww_slice_trim(value), l->record);
}

/* One of many, of which a list is made. */
static void
on_update(const struct ww_marked_line *l)
{
	ww_track_more_of_fact(l->t, names[l->mark],
			      ww_captured(l->captures, "value"), l->record);
}

static void (*const actions[])(const struct ww_marked_line *l) = {
	[NO_PROXY] = on_line,	    [PROXY] = on_line,
	[PROXY_BYPASS] = on_line,   [ENTRA_JOINED] = on_line,
	[DOMAIN_JOINED] = on_line,  [DOMAIN_NAME] = on_line,
	[SIGN_IN_TOKEN] = on_line,  [TENANT] = on_line,
	[WINDOWS] = on_line,	    [BUILD] = on_line,
	[STARTED] = on_line,	    [MODEL] = on_line,
	[HOTFIXES] = on_line,	    [UPDATE] = on_update,
	[POLICY_APPLIED] = on_line, [POLICY_FROM] = on_line,
};

const struct ww_tracker ww_tracker_status = {
	.dialects = { WW_DIALECT_STATUS },
	.n_dialects = 1,
	.marks = marks,
	.n_marks = WW_ARRAY_LEN(marks),
	.on = actions,
};
