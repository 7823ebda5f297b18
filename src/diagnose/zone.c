#include "diagnose/zone.h"

#include <stdlib.h>

#include "base/banned.h"

/* Minutes by which one machine's clock changes over the year. */
#define SUMMER_TIME 60

/* Whether the file tells what its machine's clock is set to. */
static bool
tells_clock(const struct ww_analysis *a)
{
	/* A log that is always in UTC says nothing of the clock. */
	return a->was_read && a->zone.source != WW_ZONE_ASSUMED &&
	       ww_dialect_of(a->dialect)->zone == WW_ZONE_ASSUMED;
}

static int
apart(const struct ww_analysis *a, const struct ww_analysis *b)
{
	return abs(a->zone.minutes - b->zone.minutes);
}

/* NULL when none tells, or when they are no clocks of one machine. */
static const struct ww_analysis *
find_clock(struct ww_analysis *const *files, size_t n, struct ww_slice machine)
{
	const struct ww_analysis *clock = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!tells_clock(files[i]) ||
		    !ww_slice_eq(files[i]->machine, machine))
			continue;
		if (clock != NULL && apart(clock, files[i]) > SUMMER_TIME)
			return NULL;
		if (clock == NULL)
			clock = files[i];
	}
	return clock;
}

void
ww_zones_share(struct ww_analysis *const *files, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct ww_analysis *clock;

		if (!files[i]->was_read ||
		    files[i]->zone.source != WW_ZONE_ASSUMED)
			continue;
		clock = find_clock(files, n, files[i]->machine);
		if (clock != NULL)
			files[i]->zone =
			    (struct ww_zone){ WW_ZONE_DERIVED,
					      clock->zone.minutes };
	}
}
