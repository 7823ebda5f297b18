#include "episode/trackers.h"

#include "base/banned.h"

const struct ww_tracker *const ww_trackers[] = {
	&ww_tracker_cbs,	 &ww_tracker_checksur,	  &ww_tracker_console,
	&ww_tracker_device,	 &ww_tracker_dism,	  &ww_tracker_join,
	&ww_tracker_malware,	 &ww_tracker_msi,	  &ww_tracker_renames,
	&ww_tracker_reporting,	 &ww_tracker_setup,	  &ww_tracker_sfc,
	&ww_tracker_store,	 &ww_tracker_sysprep,	  &ww_tracker_web,
	&ww_tracker_wsus_server, &ww_tracker_wu_download, &ww_tracker_wu_fault,
	&ww_tracker_wu_install,	 &ww_tracker_wu_scan,	  NULL,
};
