#include "episode/trackers.h"

#include "base/banned.h"

const struct ww_tracker *const ww_trackers[] = {
	&ww_tracker_msi,
	&ww_tracker_web,
	&ww_tracker_wsus_server,
	NULL,
};
