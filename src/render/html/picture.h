/*
 * A time line as a picture: how busy the logs were, a lane for each log, and
 * marks where something ended.  Used by timeline.c.
 */
#ifndef WW_RENDER_HTML_PICTURE_H
#define WW_RENDER_HTML_PICTURE_H

#include "render/html/html.h"

/* Logs that get a lane; a folder may hold hundreds. */
#define LANES_MAX 12

struct lane {
	struct ww_slice file;
	int64_t zone;	     /* seconds that its clock is ahead of UTC */
	int64_t first, last; /* of its clock; 0: unknown */
};

/* Times are seconds of the clock that is shown. */
struct picture {
	struct lane lanes[LANES_MAX];
	size_t n_lanes;
	bool one_zone; /* the logs' clocks agree: theirs is shown, else UTC */
	int64_t start, end;
};

/* What there is to draw; without any time start and end are equal. */
void picture_measure(struct picture *p, const struct ww_node *root);
void picture_draw(struct ww_html *h, const struct picture *p,
		  const struct ww_node *root);

/* The place of a file's lane, or -1. */
int64_t picture_lane(const struct picture *p, struct ww_slice file);

/* How a level is painted. */
struct ww_slice picture_class(struct ww_slice level);

#endif
