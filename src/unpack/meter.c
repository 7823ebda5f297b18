#include "unpack/meter.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/banned.h"

static bool
is_over_ratio(uint64_t bytes, uint64_t packed)
{
	/* Divide, never multiply: packed * 1000 could wrap. */
	return bytes / WW_UNPACK_RATIO_MAX > packed;
}

static enum ww_why
end_all(struct ww_meter *meter, enum ww_why why)
{
	meter->over = why;
	return why;
}

static bool
is_time_up(const struct ww_meter *meter)
{
	return meter->time_up != NULL && *meter->time_up;
}

enum ww_why
ww_meter_bytes(struct ww_meter *meter, struct ww_share *share, uint64_t n,
	       uint64_t packed)
{
	meter->bytes += n;
	share->bytes += n;
	if (is_time_up(meter))
		return end_all(meter, WW_WHY_SECONDS);
	if (meter->bytes > WW_UNPACK_BYTES_MAX)
		return end_all(meter, WW_WHY_BYTES);
	if (meter->bytes > WW_UNPACK_TOTAL_FREE &&
	    is_over_ratio(meter->bytes, meter->input))
		return end_all(meter, WW_WHY_RATIO);
	/* Archives that are read out of order step back. */
	if (packed < share->start)
		share->start = packed;
	if (share->bytes > WW_UNPACK_RATIO_FREE &&
	    is_over_ratio(share->bytes, packed - share->start))
		return WW_WHY_RATIO;
	return WW_WHY_WHOLE;
}

enum ww_why
ww_meter_entry(struct ww_meter *meter)
{
	meter->entries++;
	if (is_time_up(meter))
		return end_all(meter, WW_WHY_SECONDS);
	if (meter->entries > WW_UNPACK_ENTRIES_MAX)
		return end_all(meter, WW_WHY_ENTRIES);
	return WW_WHY_WHOLE;
}
