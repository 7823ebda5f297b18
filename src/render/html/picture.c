#include "render/html/picture.h"

#include "base/message.h"

#include "base/banned.h"

/* Pixels from the top; widths are shares of the whole, in per cent. */
#define BARS_HEIGHT 64
#define AXIS_HEIGHT 20
#define LANE_HEIGHT 34

#define TICKS	    3

/* Reading what the tree says */

static bool
digits(struct ww_slice s, size_t at, size_t n, int64_t *ret)
{
	struct ww_slice part;

	*ret = 0;
	if (!ww_slice_sub(s, at, n, &part))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!ww_is_digit(part.p[i]))
			return false;
		*ret = *ret * 10 + (part.p[i] - '0');
	}
	return true;
}

/* Days of the Gregorian calendar, from any day on. */
static int64_t
days(int64_t year, int64_t month, int64_t day)
{
	/* The year begins in March, so that a leap day is its last. */
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = month > 2 ? month - 3 : month + 9;

	return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day;
}

/* 2026-11-19 12:34:14 as seconds since 1970; 0: it is no time. */
static int64_t
seconds_of(struct ww_slice s)
{
	int64_t v[6];
	static const size_t at[] = { 0, 5, 8, 11, 14, 17 };

	for (size_t i = 0; i < 6; i++)
		if (!digits(s, at[i], i == 0 ? 4 : 2, &v[i]))
			return 0;
	return (days(v[0], v[1], v[2]) - days(1970, 1, 1)) * 86400 +
	       v[3] * 3600 + v[4] * 60 + v[5];
}

/* +01:00 */
static int64_t
zone_of(struct ww_slice s)
{
	int64_t hours, minutes;

	if (!digits(s, 1, 2, &hours) || !digits(s, 4, 2, &minutes))
		return 0;
	return (hours * 60 + minutes) * (s.p[0] == '-' ? -60 : 60);
}

static int64_t
number_of(const struct ww_node *node, enum ww_node_kind kind)
{
	struct ww_slice s = ww_child_text(node, kind);
	int64_t v = 0;

	for (size_t i = 0; i < s.len && ww_is_digit(s.p[i]) && i < 18; i++)
		v = v * 10 + (s.p[i] - '0');
	return v;
}

/* Measuring */

int64_t
picture_lane(const struct picture *p, struct ww_slice file)
{
	for (size_t i = 0; i < p->n_lanes; i++)
		if (ww_slice_eq(p->lanes[i].file, file))
			return (int64_t)i;
	return -1;
}

static void
add_lane(struct picture *p, const struct ww_node *coverage,
	 struct ww_slice file)
{
	const struct ww_node *c = ww_node_child(coverage);

	if (p->n_lanes == LANES_MAX || picture_lane(p, file) >= 0)
		return;
	while (c != NULL && !ww_slice_eq(ww_child_text(c, WW_NODE_FILE), file))
		c = ww_node_next(c);
	p->lanes[p->n_lanes++] = (struct lane){
		.file = file,
		.zone = zone_of(ww_child_text(c, WW_NODE_ZONE)),
		.first = seconds_of(ww_child_text(c, WW_NODE_FIRST)),
		.last = seconds_of(ww_child_text(c, WW_NODE_LAST)),
	};
}

/* A lane's time on the clock that is shown. */
static int64_t
shown(const struct picture *p, const struct lane *lane, int64_t t)
{
	return p->one_zone ? t : t - lane->zone;
}

/* UTC likewise. */
static int64_t
shown_utc(const struct picture *p, int64_t t)
{
	return p->one_zone && p->n_lanes > 0 ? t + p->lanes[0].zone : t;
}

static void
widen(struct picture *p, int64_t t)
{
	if (t < p->start || p->start == 0)
		p->start = t;
	if (t > p->end)
		p->end = t;
}

static void
measure_bars(struct picture *p, const struct ww_node *activity)
{
	const struct ww_node *bar = ww_html_first(activity, WW_NODE_BARS);
	int64_t start = seconds_of(ww_child_text(activity, WW_NODE_START));
	int64_t width = number_of(activity, WW_NODE_SECONDS);

	for (; start > 0 && bar != NULL;
	     bar = ww_node_next(bar), start += width) {
		if (number_of(bar, WW_NODE_RECORDS) == 0)
			continue;
		widen(p, shown_utc(p, start));
		widen(p, shown_utc(p, start + width));
	}
}

void
picture_measure(struct picture *p, const struct ww_node *root)
{
	const struct ww_node *m = ww_html_first(root, WW_NODE_TIMELINE);

	*p = (struct picture){ .one_zone = true };
	for (; m != NULL; m = ww_node_next(m))
		add_lane(p, ww_node_find(root, WW_NODE_COVERAGE),
			 ww_child_text(m, WW_NODE_FILE));
	for (size_t i = 1; i < p->n_lanes; i++)
		p->one_zone &= p->lanes[i].zone == p->lanes[0].zone;
	measure_bars(p, ww_node_find(root, WW_NODE_ACTIVITY));
	for (size_t i = 0; i < p->n_lanes; i++) {
		const struct lane *lane = &p->lanes[i];

		if (lane->first == 0)
			continue;
		widen(p, shown(p, lane, lane->first));
		widen(p, shown(p, lane, lane->last));
	}
}

/* Drawing */

/* A coordinate: name="12.34%" */
static void
add_share(struct ww_html *h, const char *name, int64_t part, int64_t whole)
{
	int64_t v = whole > 0 ? part * 100 * 100 / whole : 0;

	ww_html_add(h, name);
	ww_html_add(h, "=\"");
	ww_html_number(h, v / 100);
	ww_html_add(h, ".");
	ww_html_number(h, v % 100 / 10);
	ww_html_number(h, v % 10);
	ww_html_add(h, "%\" ");
}

static void
add_pixels(struct ww_html *h, const char *name, int64_t v)
{
	ww_html_add(h, name);
	ww_html_add(h, "=\"");
	ww_html_number(h, v);
	ww_html_add(h, "\" ");
}

static void
add_at(struct ww_html *h, const struct picture *p, const char *name, int64_t t)
{
	add_share(h, name, t < p->start ? 0 : t - p->start, p->end - p->start);
}

struct ww_slice
picture_class(struct ww_slice level)
{
	if (ww_slice_eq(level, WW_LIT("error")))
		return WW_LIT("bad");
	return ww_slice_eq(level, WW_LIT("warning")) ? WW_LIT("warn")
						     : WW_LIT("good");
}

static int64_t
bits_of(int64_t n)
{
	int64_t bits = 0;

	for (; n > 0; n >>= 1)
		bits++;
	return bits;
}

static int64_t
most_records(const struct ww_node *bar)
{
	int64_t most = 1;

	for (; bar != NULL; bar = ww_node_next(bar))
		if (number_of(bar, WW_NODE_RECORDS) > most)
			most = number_of(bar, WW_NODE_RECORDS);
	return most;
}

static void
draw_bars(struct ww_html *h, const struct picture *p,
	  const struct ww_node *activity)
{
	const struct ww_node *bar = ww_html_first(activity, WW_NODE_BARS);
	int64_t start = seconds_of(ww_child_text(activity, WW_NODE_START));
	int64_t width = number_of(activity, WW_NODE_SECONDS);
	int64_t most = bits_of(most_records(bar));

	for (; start > 0 && bar != NULL;
	     bar = ww_node_next(bar), start += width) {
		/* By powers of two: a quiet hour shows beside a busy one. */
		int64_t high = bits_of(number_of(bar, WW_NODE_RECORDS)) *
			       (BARS_HEIGHT - 4) / most;
		bool failed = number_of(bar, WW_NODE_FAILED) > 0;

		if (high == 0)
			continue;
		ww_html_add(h, failed ? "<rect class=\"fail\" data-l=\"error\" "
				      : "<rect class=\"bar\" ");
		add_at(h, p, "x", shown_utc(p, start));
		add_share(h, "width", width, p->end - p->start);
		add_pixels(h, "y", BARS_HEIGHT - high);
		add_pixels(h, "height", high);
		ww_html_add(h, "/>\n");
	}
}

/* Logs with a clock of 1601 exist.  Seconds matter within an hour. */
static void
add_time(struct ww_buf *buf, int64_t t, bool seconds)
{
	int64_t day = t >= 0 ? t / 86400 : -((86399 - t) / 86400);
	int64_t second = t - day * 86400, year = 0, month = 1;

	day += days(1970, 1, 1);
	while (days(year + 1, 1, 1) <= day)
		year++;
	while (month < 12 && days(year, month + 1, 1) <= day)
		month++;
	ww_buf_printf(buf, "%04d-%02d-%02d %02d:%02d", (int)year, (int)month,
		      (int)(day - days(year, month, 1)) + 1,
		      (int)(second / 3600), (int)(second / 60 % 60));
	if (seconds)
		ww_buf_printf(buf, ":%02d", (int)(second % 60));
}

static void
draw_axis(struct ww_html *h, const struct picture *p)
{
	for (int64_t i = 0; i < TICKS; i++) {
		struct ww_buf text = ww_buf_in(h->r->out.arena);

		add_time(&text, p->start + (p->end - p->start) * i / TICKS,
			 p->end - p->start < 3600);
		ww_html_add(h, "<text class=\"at fixed\" ");
		add_share(h, "x", i, TICKS);
		add_pixels(h, "y", BARS_HEIGHT + 14);
		ww_html_add(h, ">");
		ww_html_text(h, ww_buf_slice(&text));
		ww_html_add(h, "</text>\n");
	}
}

static int64_t
lane_top(size_t i)
{
	return BARS_HEIGHT + AXIS_HEIGHT + (int64_t)i * LANE_HEIGHT;
}

static void
draw_lane(struct ww_html *h, const struct picture *p, size_t i)
{
	const struct lane *lane = &p->lanes[i];

	ww_html_add(h, "<text class=\"fixed\" x=\"0\" ");
	add_pixels(h, "y", lane_top(i) + 14);
	add_pixels(h, "data-s", (int64_t)i);
	ww_html_add(h, "data-filter=\"s:");
	ww_html_number(h, (int64_t)i);
	ww_html_add(h, "\">");
	ww_html_text(h, lane->file);
	ww_html_add(h, "</text>\n");
	if (lane->first == 0)
		return;
	ww_html_add(h, "<line class=\"span\" ");
	add_at(h, p, "x1", shown(p, lane, lane->first));
	add_at(h, p, "x2", shown(p, lane, lane->last));
	add_pixels(h, "y1", lane_top(i) + 25);
	add_pixels(h, "y2", lane_top(i) + 25);
	add_pixels(h, "data-s", (int64_t)i);
	ww_html_add(h, "/>\n");
}

static void
draw_mark(struct ww_html *h, const struct picture *p, const struct ww_node *m)
{
	struct ww_slice time = ww_child_text(m, WW_NODE_TIME);
	struct ww_slice level = ww_child_text(m, WW_NODE_LEVEL);
	int64_t i = picture_lane(p, ww_child_text(m, WW_NODE_FILE));

	if (i < 0 || seconds_of(time) == 0)
		return;
	ww_html_add(h, "<circle r=\"6\" ");
	add_at(h, p, "cx", shown(p, &p->lanes[i], seconds_of(time)));
	add_pixels(h, "cy", lane_top((size_t)i) + 25);
	add_pixels(h, "data-s", i);
	ww_html_attr(h, "class", level);
	ww_html_attr(h, "data-l", level);
	ww_html_add(h, "><title>");
	ww_html_text(h, time);
	ww_html_add(h, " ");
	ww_html_child(h, m, WW_NODE_TITLE);
	ww_html_add(h, ": ");
	ww_html_child(h, m, WW_NODE_WHAT);
	ww_html_add(h, "</title></circle>\n");
}

/* What the colours mean; the script makes filters of the words. */
static void
draw_legend(struct ww_html *h, const struct picture *p)
{
	static const struct {
		const char *markup, *english;
	} levels[] = {
		{ "<span class=\"bad\" data-filter=\"l:error\">",
		  N_("failures") },
		{ "<span class=\"good\" data-filter=\"l:info\">",
		  N_("successes") },
		{ "<span class=\"warn\" data-filter=\"l:warning\">",
		  N_("without an end") },
	};

	ww_html_add(h, "<p class=\"tags\">");
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		ww_html_add(h, levels[i].markup);
		ww_html_tr(h, levels[i].english);
		ww_html_add(h, "</span>");
	}
	ww_html_element(h, "span",
			p->one_zone
			    ? ww_tr(h->r->report, N_("the logs' own clock"))
			    : WW_LIT("UTC"));
	ww_html_add(h, "</p>\n");
}

void
picture_draw(struct ww_html *h, const struct picture *p,
	     const struct ww_node *root)
{
	const struct ww_node *m = ww_html_first(root, WW_NODE_TIMELINE);

	if (p->end == p->start)
		return;
	ww_html_add(h, "<svg role=\"img\" ");
	add_pixels(h, "height", lane_top(p->n_lanes) + 8);
	add_pixels(h, "data-start", p->start);
	add_pixels(h, "data-end", p->end);
	ww_html_attr(h, "aria-label",
		     ww_tr(h->r->report,
			   N_("How busy the logs were, and when something "
			      "ended; the table below says it in words.")));
	ww_html_add(h, ">\n");
	draw_bars(h, p, ww_node_find(root, WW_NODE_ACTIVITY));
	draw_axis(h, p);
	for (size_t i = 0; i < p->n_lanes; i++)
		draw_lane(h, p, i);
	for (; m != NULL; m = ww_node_next(m))
		draw_mark(h, p, m);
	ww_html_add(h, "</svg>\n");
	draw_legend(h, p);
}
