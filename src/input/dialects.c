#include "input/dialects.h"

#include "base/compiler.h"

#include "base/banned.h"

static const struct ww_dialect *const dialects[WW_DIALECTS] = {
	[WW_DIALECT_TEXT] = &ww_dialect_text,
	[WW_DIALECT_WU] = &ww_dialect_wu,
	[WW_DIALECT_WU_CLASSIC] = &ww_dialect_wu_classic,
	[WW_DIALECT_WU_UNDECODED] = &ww_dialect_wu_undecoded,
	[WW_DIALECT_CBS] = &ww_dialect_cbs,
	[WW_DIALECT_CHECKSUR] = &ww_dialect_checksur,
	[WW_DIALECT_DISM] = &ww_dialect_dism,
	[WW_DIALECT_DISM_CONSOLE] = &ww_dialect_dism_console,
	[WW_DIALECT_SFC_CONSOLE] = &ww_dialect_sfc_console,
	[WW_DIALECT_MSI] = &ww_dialect_msi,
	[WW_DIALECT_REPORTING] = &ww_dialect_reporting,
	[WW_DIALECT_WSUS] = &ww_dialect_wsus,
	[WW_DIALECT_WSUS_CHANGE] = &ww_dialect_wsus_change,
	[WW_DIALECT_IIS] = &ww_dialect_iis,
	[WW_DIALECT_HTTPERR] = &ww_dialect_httperr,
	[WW_DIALECT_SETUP] = &ww_dialect_setup,
	[WW_DIALECT_REGISTRY] = &ww_dialect_registry,
	[WW_DIALECT_SETUPDIAG] = &ww_dialect_setupdiag,
	[WW_DIALECT_COMPAT] = &ww_dialect_compat,
	[WW_DIALECT_STATUS] = &ww_dialect_status,
	[WW_DIALECT_CMTRACE] = &ww_dialect_cmtrace,
	[WW_DIALECT_INTUNE] = &ww_dialect_intune,
	[WW_DIALECT_CCM_SERVER] = &ww_dialect_ccm_server,
	[WW_DIALECT_SETUPAPI] = &ww_dialect_setupapi,
	[WW_DIALECT_NETSETUP] = &ww_dialect_netsetup,
	[WW_DIALECT_PFRO] = &ww_dialect_pfro,
	[WW_DIALECT_MRT] = &ww_dialect_mrt,
	[WW_DIALECT_FIREWALL] = &ww_dialect_firewall,
	[WW_DIALECT_EVENTS] = &ww_dialect_events,
	[WW_DIALECT_RSOP] = &ww_dialect_rsop,
	[WW_DIALECT_MPLOG] = &ww_dialect_mplog,
	[WW_DIALECT_DOLOG] = &ww_dialect_dolog,
	[WW_DIALECT_DUMP] = &ww_dialect_dump,
	[WW_DIALECT_WER] = &ww_dialect_wer,
	[WW_DIALECT_USO] = &ww_dialect_uso,
	[WW_DIALECT_WAASMEDIC] = &ww_dialect_waasmedic,
	[WW_DIALECT_TRACE] = &ww_dialect_trace,
	[WW_DIALECT_PROBE] = &ww_dialect_probe,
};

const struct ww_dialect *
ww_dialect_of(enum ww_dialect_id id)
{
	return dialects[id];
}

const struct ww_dialect *
ww_dialect_sniff(struct ww_slice head)
{
	const struct ww_dialect *best = dialects[WW_DIALECT_TEXT];
	unsigned surest = 0;

	for (unsigned i = 0; i < WW_ARRAY_LEN(dialects); i++) {
		unsigned sure =
		    dialects[i]->sniff == NULL ? 0 : dialects[i]->sniff(head);

		if (sure > surest) {
			surest = sure;
			best = dialects[i];
		}
	}
	return best;
}
