#include "episode/trackers.h"

#include "base/banned.h"

const struct ww_tracker *const ww_trackers[] = {
	&ww_tracker_cbs,	 &ww_tracker_ccm_app,
	&ww_tracker_ccm_scan,	 &ww_tracker_ccm_setup,
	&ww_tracker_ccm_update,	 &ww_tracker_checksur,
	&ww_tracker_compat,	 &ww_tracker_console,
	&ww_tracker_delivery,	 &ww_tracker_detection,
	&ww_tracker_device,	 &ww_tracker_dism,
	&ww_tracker_dump,	 &ww_tracker_event,
	&ww_tracker_intune_app,	 &ww_tracker_join,
	&ww_tracker_logon,	 &ww_tracker_malware,
	&ww_tracker_msi,	 &ww_tracker_policy,
	&ww_tracker_probe,	 &ww_tracker_renames,
	&ww_tracker_reporting,	 &ww_tracker_rsop,
	&ww_tracker_setup,	 &ww_tracker_setupdiag,
	&ww_tracker_sfc,	 &ww_tracker_shutdown,
	&ww_tracker_status,	 &ww_tracker_store,
	&ww_tracker_sysprep,	 &ww_tracker_task_sequence,
	&ww_tracker_web,	 &ww_tracker_wer,
	&ww_tracker_wsus_server, &ww_tracker_wu_download,
	&ww_tracker_wu_fault,	 &ww_tracker_wu_install,
	&ww_tracker_wu_scan,	 NULL,
};
