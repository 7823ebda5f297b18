#include "episode/tracker.h"

#include "base/banned.h"

const struct ww_tracker *const ww_trackers[] = {
	NULL,
};
