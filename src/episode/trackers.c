#include "episode/trackers.h"

#include "base/banned.h"

const struct ww_tracker *const ww_trackers[] = {
	&ww_tracker_wu_scan,	&ww_tracker_wu_fault,  &ww_tracker_wu_download,
	&ww_tracker_wu_install, &ww_tracker_reporting, NULL,
};
