/*
 * What every renderer says of a finding in the same words.
 */
#include "base/compiler.h"
#include "base/message.h"
#include "render/render.h"

#include "base/banned.h"

/* (0x80244007), unless the sentence has it */
static void
add_code(struct ww_buf *head, struct ww_slice code)
{
	if (code.len == 0 || ww_slice_casehas(ww_buf_slice(head), code))
		return;
	ww_buf_add(head, WW_LIT(" ("));
	ww_buf_add(head, code);
	ww_buf_char(head, ')');
}

const struct ww_node *
ww_finding_title(const struct ww_node *finding)
{
	const struct ww_node *cause =
	    ww_node_find(finding, WW_NODE_CAUSE_TITLE);

	/* The verdict has just said the title: the cause says more. */
	return cause != NULL ? cause : ww_node_find(finding, WW_NODE_TITLE);
}

struct ww_slice
ww_finding_head(struct ww_render *r, const struct ww_node *finding,
		struct ww_slice title)
{
	struct ww_buf head = ww_buf_in(r->out.arena);
	struct ww_slice machine = ww_child_text(finding, WW_NODE_MACHINE);

	ww_buf_add(&head,
		   machine.len == 0 ? title : ww_colon_text(r, machine, title));
	add_code(&head, ww_child_text(finding, WW_NODE_VALUE));
	return ww_buf_slice(&head);
}

struct ww_slice
ww_failed_text(struct ww_render *r, const struct ww_node *finding)
{
	struct ww_slice success = ww_child_text(finding, WW_NODE_LAST_SUCCESS);
	struct ww_fill fills[] = {
		{ "count", ww_child_text(finding, WW_NODE_FAILING) },
		{ "since", ww_child_text(finding, WW_NODE_SINCE) },
		{ "success", success },
		{ 0 },
	};
	bool dated = fills[1].value.len > 0;
	const char *how_often = dated ? N_("{count} times in a row, first on "
					   "{since}")
				      : N_("{count} times in a row");

	if (fills[0].value.len == 0)
		return (struct ww_slice){ 0 };
	if (ww_slice_eq(fills[0].value, WW_LIT("1")))
		how_often = dated ? N_("once, on {since}") : N_("once");
	fills[0] =
	    (struct ww_fill){ "often", ww_fill_text(r, how_often, fills) };
	if (success.len == 0)
		return fills[0].value;
	return ww_fill_text(r, N_("{often}; the last success was {success}"),
			    fills);
}

const char *
ww_fact_name(struct ww_slice fact)
{
	static const char *const names[] = {
		N_("server"),
		N_("service"),
		N_("proxy"),
		N_("fault-code"),
		N_("fault-message"),
		N_("fault-method"),
		N_("fault-id"),
		N_("version"),
		N_("source-path"),
		N_("installer"),
		N_("kb"),
		N_("package"),
		N_("action"),
		N_("action-error"),
		N_("client"),
		N_("exception"),
		N_("from-version"),
		N_("to-version"),
		N_("setup-phase"),
		N_("failed-operation"),
		N_("last-operation"),
		N_("first-error"),
		N_("stop-code"),
		N_("stop-name"),
		N_("suspect"),
		N_("device-stack"),
		N_("hardware-error"),
		N_("machine-check"),
		N_("pci-device"),
		N_("stack"),
		N_("uptime"),
		N_("starting"),
		N_("drivers"),
		N_("unloaded"),
		N_("module"),
		N_("place"),
		N_("stage"),
		N_("setupdiag-rule"),
		N_("application"),
		N_("update-server"),
		N_("status-server"),
		N_("use-update-server"),
		N_("alternate-server"),
		N_("no-internet-updates"),
		N_("updates-disabled"),
		N_("proxy-bypass"),
		N_("entra-joined"),
		N_("domain-joined"),
		N_("domain"),
		N_("sign-in-token"),
		N_("tenant"),
		N_("windows"),
		N_("build"),
		N_("started"),
		N_("model"),
		N_("hotfixes"),
		N_("installed-updates"),
		N_("policy-applied"),
		N_("policy-from"),
		N_("site"),
		N_("slow-link"),
		N_("provider"),
		N_("app"),
		N_("command-line"),
		N_("exit-status"),
		N_("device"),
		N_("driver"),
		N_("inf"),
		N_("driver-version"),
		N_("problem"),
		N_("restarted"),
		N_("domain"),
		N_("workgroup"),
		N_("machine"),
		N_("account"),
		N_("ou"),
		N_("controller"),
		N_("return-code"),
		N_("found-at"),
		N_("server-software"),
		N_("server-version"),
		N_("client-certificate"),
		N_("protocol"),
		N_("auth-service"),
		N_("config-changed"),
		N_("through-proxy"),
		N_("resource"),
	};

	for (size_t i = 0; i < WW_ARRAY_LEN(names); i++)
		if (ww_slice_eq(fact, ww_slice_cstr(names[i])))
			return names[i];
	return NULL;
}
