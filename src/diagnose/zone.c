#include "diagnose/zone.h"

#include "base/banned.h"

/* Whether the file tells what its machine's clock is set to. */
static bool
tells_clock(const struct ww_analysis *a)
{
	/* A log that is always in UTC says nothing of the clock. */
	return a->was_read && a->zone.source != WW_ZONE_ASSUMED &&
	       ww_dialect_of(a->dialect)->zone == WW_ZONE_ASSUMED;
}

static const struct ww_analysis *
find_clock(struct ww_analysis *const *files, size_t n, struct ww_slice machine)
{
	for (size_t i = 0; i < n; i++)
		if (tells_clock(files[i]) &&
		    ww_slice_eq(files[i]->machine, machine))
			return files[i];
	return NULL;
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
