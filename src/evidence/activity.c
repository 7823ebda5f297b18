#include "evidence/activity.h"

#include <stdbool.h>

#include "base/banned.h"

/* The narrowest bar: logs are rarely read by the second. */
#define WIDTH_MIN WW_MINUTE

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The last bar that holds anything; the first where none does. */
static int
last_used(const struct ww_activity *a)
{
	int i = WW_BARS - 1;

	while (i > 0 && a->records[i] == 0 && a->failures[i] == 0)
		i--;
	return i;
}

/* Twice as wide; towards an earlier time as far as what is held allows. */
static void
widen(struct ww_activity *a, ww_time time)
{
	struct ww_activity wide = { .width = a->width * 2 };
	int64_t bar = floor_div(time, wide.width);
	int64_t last = floor_div(a->first + last_used(a), 2);

	wide.first = floor_div(a->first, 2);
	if (bar < wide.first && last - bar < WW_BARS)
		wide.first = bar;
	for (int i = 0; i < WW_BARS; i++) {
		int64_t to = floor_div(a->first + i, 2) - wide.first;

		if (to >= WW_BARS)
			break;
		wide.records[to] += a->records[i];
		wide.failures[to] += a->failures[i];
	}
	*a = wide;
}

static bool
fits(const struct ww_activity *a, ww_time time)
{
	int64_t bar = floor_div(time, a->width);

	return bar >= a->first && bar < a->first + WW_BARS;
}

void
ww_activity_enter(struct ww_activity *a, ww_time time)
{
	int64_t bar;

	if (a->width == 0) {
		a->width = WIDTH_MIN;
		a->first = floor_div(time, WIDTH_MIN);
	}
	while (!fits(a, time))
		widen(a, time);
	bar = floor_div(time, a->width);
	a->bar = (int)(bar - a->first);
	a->from = bar * a->width;
}

void
ww_activity_merge(struct ww_activity *a, const struct ww_activity *other,
		  ww_time shift)
{
	for (int i = 0; i < WW_BARS; i++)
		if (other->records[i] > 0 || other->failures[i] > 0)
			ww_activity_add(a,
					(other->first + i) * other->width +
					    shift,
					other->records[i], other->failures[i]);
}
