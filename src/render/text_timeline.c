/*
 * The time line: a row of bars, the moments that matter, the codes.
 */
#include "base/utf8.h"
#include "render/text.h"

#include "base/banned.h"

/* Heights of bars, and the full block for a failure. */
static const char *const heights[] = { " ",
				       "\xE2\x96\x81",
				       "\xE2\x96\x82",
				       "\xE2\x96\x83",
				       "\xE2\x96\x84",
				       "\xE2\x96\x85",
				       "\xE2\x96\x86" };
#define HEIGHTS (sizeof(heights) / sizeof(heights[0]))
/* Moments shown without --full. */
#define MOMENTS_SHOWN 10

#define FAILURE_BAR   "\xE2\x96\x88"

static uint64_t
number(struct ww_slice digits)
{
	uint64_t v = 0;

	for (size_t i = 0; i < digits.len && ww_is_digit(digits.p[i]); i++)
		v = v * 10 + (uint64_t)(digits.p[i] - '0');
	return v;
}

static uint64_t
records_of(const struct ww_node *bar)
{
	return number(ww_child_text(bar, WW_NODE_RECORDS));
}

static uint64_t
failures_of(const struct ww_node *bar)
{
	return number(ww_child_text(bar, WW_NODE_FAILED));
}

/* By powers of two: a quiet hour shows beside a busy one. */
static size_t
height_of(uint64_t n, uint64_t most)
{
	size_t steps = 0, high = 0;

	for (; most > 0; most >>= 1)
		steps++;
	for (; n > 0; n >>= 1)
		high++;
	return high == 0 ? 0
			 : 1 + (high - 1) * (HEIGHTS - 2) /
				   (steps > 1 ? steps - 1 : 1);
}

static void
bars(struct ww_render *r, const struct ww_node *activity)
{
	const struct ww_node *list = ww_node_find(activity, WW_NODE_BARS);
	const struct ww_node *bar = ww_node_child(list);
	const struct ww_node *end = bar;
	uint64_t most = 0;

	for (; bar != NULL; bar = ww_node_next(bar)) {
		if (records_of(bar) > most)
			most = records_of(bar);
		if (records_of(bar) > 0 || failures_of(bar) > 0)
			end = ww_node_next(bar);
	}
	ww_buf_add(&r->out, WW_LIT("  "));
	for (bar = ww_node_child(list); bar != end; bar = ww_node_next(bar))
		if (failures_of(bar) > 0)
			ww_text_paint(r, PAINT_RISK, WW_LIT(FAILURE_BAR));
		else
			ww_buf_add(
			    &r->out,
			    ww_slice_cstr(
				heights[height_of(records_of(bar), most)]));
	ww_text_newline(r);
}

static void
moment(struct ww_render *r, const struct ww_node *m)
{
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice code = ww_child_text(m, WW_NODE_VALUE);

	ww_buf_add(&buf, ww_colon_text(r, ww_text_about(r, m),
				       ww_text_child(r, m, WW_NODE_WHAT)));
	if (code.len > 0) {
		ww_buf_add(&buf, WW_LIT(" "));
		ww_buf_add(&buf, code);
	}
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf, ww_place_text(r, ww_child_text(m, WW_NODE_FILE), m));
	ww_buf_fill(&r->out, ' ', 2);
	ww_text_paint(r, PAINT_DIM, ww_child_text(m, WW_NODE_TIME));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_wrap(r, ww_buf_slice(&buf), 23, 23);
}

void
ww_text_timeline(struct ww_render *r, const struct ww_node *root)
{
	const struct ww_node *activity = ww_node_find(root, WW_NODE_ACTIVITY);
	const struct ww_node *m =
	    ww_node_child(ww_node_find(root, WW_NODE_TIMELINE));
	size_t left;

	if (activity == NULL)
		return;
	ww_text_heading(r, N_("Time line"));
	bars(r, activity);
	/* The latest are what a reader asks for first. */
	for (left = ww_count_nodes(m); m != NULL; m = ww_node_next(m), left--)
		if (left <= MOMENTS_SHOWN || r->style.full)
			moment(r, m);
}

/* What the first place did not say: "-40", or " - other.log:40". */
static void
last_place(struct ww_render *r, struct ww_buf *buf, const struct ww_node *first,
	   const struct ww_node *last)
{
	struct ww_slice file = ww_child_text(last, WW_NODE_FILE);
	struct ww_slice number = ww_place_number(last);

	if (!ww_slice_eq(ww_child_text(first, WW_NODE_FILE), file)) {
		ww_buf_add(buf, WW_LIT(" - "));
		ww_buf_add(buf, ww_place_text(r, file, last));
	} else if (!ww_slice_eq(ww_place_number(first), number)) {
		ww_buf_char(buf, '-');
		ww_buf_add(buf, number);
	}
}

/* 12 x 0x80244007  WU_E_…  cause  first file:line, last file:line */
static void
code_row(struct ww_render *r, const struct ww_node *code)
{
	const struct ww_node *first = ww_node_find(code, WW_NODE_FIRST_PLACE);
	const struct ww_node *last = ww_node_find(code, WW_NODE_LAST_PLACE);
	struct ww_buf buf = ww_buf_in(r->out.arena);
	struct ww_slice count = ww_child_text(code, WW_NODE_COUNT);

	ww_buf_fill(&r->out, ' ', count.len < 8 ? 8 - count.len : 0);
	ww_buf_add(&r->out, count);
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_text_paint(r, PAINT_TITLE, ww_child_text(code, WW_NODE_VALUE));
	ww_buf_add(&r->out, WW_LIT("  "));
	ww_buf_add(&buf, ww_child_text(code, WW_NODE_ID));
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf, ww_word_text(r, ww_child_text(code, WW_NODE_ROLE)));
	ww_buf_add(&buf, WW_LIT("  "));
	ww_buf_add(&buf,
		   ww_place_text(r, ww_child_text(first, WW_NODE_FILE), first));
	last_place(r, &buf, first, last);
	ww_text_wrap(r, ww_buf_slice(&buf), 22, 22);
}

void
ww_text_codes(struct ww_render *r, const struct ww_node *root, size_t max)
{
	const struct ww_node *code =
	    ww_node_child(ww_node_find(root, WW_NODE_CODES));

	if (code == NULL)
		return;
	ww_text_heading(r, N_("Codes"));
	for (; code != NULL && max > 0; code = ww_node_next(code), max--)
		code_row(r, code);
}
