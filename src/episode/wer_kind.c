#include "episode/wer_kind.h"

#include "base/compiler.h"

#include "base/banned.h"

/*
 * Seen in reports and in events 1001 of Windows Error Reporting, which hold
 * the same parts as P1, P2 …
 */
static const struct ww_wer_kind kinds[] = {
	{ "APPCRASH",
	  WW_EPISODE_APP_CRASH,
	  7,
	  5,
	  { { 0, WW_WER_SUBJECT, NULL },
	    { 1, WW_WER_NOTE, "version" },
	    { 3, WW_WER_MODULE, NULL },
	    { 6, WW_WER_EXCEPTION, NULL },
	    { 7, WW_WER_OFFSET, NULL } } },
	{ "BEX",
	  WW_EPISODE_APP_CRASH,
	  7,
	  5,
	  { { 0, WW_WER_SUBJECT, NULL },
	    { 1, WW_WER_NOTE, "version" },
	    { 3, WW_WER_MODULE, NULL },
	    { 6, WW_WER_OFFSET, NULL },
	    { 7, WW_WER_EXCEPTION, NULL } } },
	{ "BEX64",
	  WW_EPISODE_APP_CRASH,
	  7,
	  5,
	  { { 0, WW_WER_SUBJECT, NULL },
	    { 1, WW_WER_NOTE, "version" },
	    { 3, WW_WER_MODULE, NULL },
	    { 6, WW_WER_OFFSET, NULL },
	    { 7, WW_WER_EXCEPTION, NULL } } },
	/* Of an app of the Store the package names it; 1 is "praid:App". */
	{ "MoAppCrash",
	  WW_EPISODE_APP_CRASH,
	  8,
	  4,
	  { { 0, WW_WER_SUBJECT, NULL },
	    { 4, WW_WER_MODULE, NULL },
	    { 7, WW_WER_EXCEPTION, NULL },
	    { 8, WW_WER_OFFSET, NULL } } },
	{ "MoBEX",
	  WW_EPISODE_APP_CRASH,
	  8,
	  4,
	  { { 0, WW_WER_SUBJECT, NULL },
	    { 4, WW_WER_MODULE, NULL },
	    { 7, WW_WER_OFFSET, NULL },
	    { 8, WW_WER_EXCEPTION, NULL } } },
	{ "AppHangB1",
	  WW_EPISODE_APP_HANG,
	  1,
	  2,
	  { { 0, WW_WER_SUBJECT, NULL }, { 1, WW_WER_NOTE, "version" } } },
	{ "AppHangXProcB1",
	  WW_EPISODE_APP_HANG,
	  1,
	  2,
	  { { 0, WW_WER_SUBJECT, NULL }, { 1, WW_WER_NOTE, "version" } } },
	{ "MoAppHang",
	  WW_EPISODE_APP_HANG,
	  0,
	  1,
	  { { 0, WW_WER_SUBJECT, NULL } } },
	{ "MoAppHangXProc",
	  WW_EPISODE_APP_HANG,
	  0,
	  1,
	  { { 0, WW_WER_SUBJECT, NULL } } },
	{ "BlueScreen", WW_EPISODE_STOP, 4, 1, { { 0, WW_WER_STOP, NULL } } },
	{ "LiveKernelEvent",
	  WW_EPISODE_LIVE_EVENT,
	  4,
	  1,
	  { { 0, WW_WER_STOP, NULL } } },
	/* Part 0 is the version of the update client. */
	{ "WindowsUpdateFailure",
	  WW_EPISODE_WU_INSTALL,
	  3,
	  4,
	  { { 0, WW_WER_NOTE, "version" },
	    { 1, WW_WER_RESULT, NULL },
	    { 2, WW_WER_UPDATE, NULL },
	    { 3, WW_WER_STEP, NULL } } },
	{ "WindowsUpdateFailure2",
	  WW_EPISODE_WU_INSTALL,
	  3,
	  4,
	  { { 0, WW_WER_NOTE, "version" },
	    { 1, WW_WER_RESULT, NULL },
	    { 2, WW_WER_UPDATE, NULL },
	    { 3, WW_WER_STEP, NULL } } },
	{ "WindowsUpdateFailure3",
	  WW_EPISODE_WU_INSTALL,
	  7,
	  5,
	  { { 0, WW_WER_NOTE, "version" },
	    { 1, WW_WER_RESULT, NULL },
	    { 2, WW_WER_UPDATE, NULL },
	    { 3, WW_WER_STEP, NULL },
	    { 7, WW_WER_NOTE, "client" } } },
	/* Part 0 is the version of the servicing stack. */
	{ "CbsPackageServicingFailure2",
	  WW_EPISODE_CBS_SESSION,
	  9,
	  5,
	  { { 1, WW_WER_SUBJECT, NULL },
	    { 2, WW_WER_NOTE, "version" },
	    { 5, WW_WER_RESULT, NULL },
	    { 6, WW_WER_NOTE, "stage" },
	    { 9, WW_WER_NOTE, "client" } } },
	{ "StoreAgentInstallFailure1",
	  WW_EPISODE_WU_INSTALL,
	  1,
	  2,
	  { { 0, WW_WER_NOTE, "action" }, { 1, WW_WER_RESULT, NULL } } },
	{ "StoreAgentDownloadFailure1",
	  WW_EPISODE_WU_DOWNLOAD,
	  1,
	  2,
	  { { 0, WW_WER_NOTE, "action" }, { 1, WW_WER_RESULT, NULL } } },
	{ "StoreAgentScanForUpdatesFailure0",
	  WW_EPISODE_WU_SCAN,
	  1,
	  2,
	  { { 0, WW_WER_NOTE, "action" }, { 1, WW_WER_RESULT, NULL } } },
	{ "StoreAgentSearchUpdatePackagesFailure1",
	  WW_EPISODE_WU_SCAN,
	  1,
	  2,
	  { { 0, WW_WER_NOTE, "action" }, { 1, WW_WER_RESULT, NULL } } },
};

const struct ww_wer_kind *
ww_wer_kind(struct ww_slice type)
{
	for (size_t i = 0; i < WW_ARRAY_LEN(kinds); i++)
		if (ww_slice_casecmp(type, ww_slice_cstr(kinds[i].type)) == 0)
			return &kinds[i];
	return NULL;
}

const struct ww_wer_part *
ww_wer_part(const struct ww_wer_kind *kind, unsigned number)
{
	for (unsigned i = 0; i < kind->n_parts; i++)
		if (kind->parts[i].number == number)
			return &kind->parts[i];
	return NULL;
}
