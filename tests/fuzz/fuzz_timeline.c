/*
 * Arbitrary bytes as two files of one time line.  The first line has three
 * letters: what is asked, and how many records a report has.  A form feed and
 * a line feed stand between the two files.  What comes out is in order, and no
 * more than what was read.
 */
#include <winwhy/render.h>

#include "diagnose/diagnosis.h"

#include "fuzz.h"

/* Three letters and a line feed. */
#define HEADER	  4

#define STORE_MAX ((size_t)64 << 20)

static char store[STORE_MAX];

static int
on_write(void *ctx, uint64_t at, const void *bytes, size_t len)
{
	uint64_t *end = ctx;

	/* Without gaps, as promised. */
	require(at == *end && len > 0);
	if (len > STORE_MAX - at)
		return 0;
	memcpy(store + at, bytes, len);
	*end = at + len;
	return 1;
}

static int
on_read(void *ctx, uint64_t at, void *buf, size_t len)
{
	const uint64_t *end = ctx;

	require(at + len <= *end && len > 0);
	memcpy(buf, store + at, len);
	return 1;
}

static void
add(struct ww_diagnosis *d, const char *name, const uint8_t *p, size_t len)
{
	struct ww_slice rest = ww_slice_of((const char *)p, len);
	const struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	uint32_t place;

	require(ww_diagnosis_place(d, (struct ww_slice){ name, strlen(name) },
				   &place) == WW_OK);
	require(ww_diagnosis_read(d, place, &input) == WW_OK);
}

/* The first file's bytes: up to the mark between the two. */
static size_t
first_part(const uint8_t *p, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++)
		if (p[i] == '\f' && p[i + 1] == '\n')
			return i;
	return len;
}

/* The records of a report; the last one's time is handed on. */
static size_t
check_report(struct ww_report *report, struct ww_slice *last, char kept[32])
{
	const struct ww_node *root = ww_report_root(report);
	bool utc = ww_slice_eq(ww_node_text(ww_node_find(root, WW_NODE_CLOCK)),
			       WW_LIT("utc"));
	const struct ww_node *e =
	    ww_node_child(ww_node_find(root, WW_NODE_ENTRIES));
	size_t n = 0;

	for (; e != NULL; e = ww_node_next(e), n++) {
		struct ww_slice time =
		    ww_node_text(ww_node_find(e, WW_NODE_TIME));

		if (utc || time.len == 0)
			continue;
		require(time.len <= 26);
		require(last->len == 0 || ww_slice_cmp(*last, time) <= 0);
		memcpy(kept, time.p, time.len);
		*last = ww_slice_of(kept, time.len);
	}
	return n;
}

static size_t
read_all(struct ww_diagnosis *d, size_t max)
{
	struct ww_slice last = { 0 };
	char kept[32];
	size_t all = 0;

	for (;;) {
		const struct ww_style style = { .width = 100, .colour = 1 };
		struct ww_report *report;
		struct ww_error error;
		struct ww_slice text;
		size_t n;

		if (ww_diagnosis_timeline(d, max, &report, &error) != WW_OK)
			return all;
		n = check_report(report, &last, kept);
		require(n <= max);
		for (unsigned f = 0; f < WW_FORMATS; f++)
			require(ww_render(report, (enum ww_format)f, &style,
					  &text) == WW_OK);
		ww_report_close(report);
		all += n;
	}
}

static struct ww_timeline_options
read_options(const uint8_t *data, uint64_t *end)
{
	struct ww_timeline_options ret = {
		.level = (data[0] & 3) % 3,
		.has_code = (data[0] & 4) != 0,
		.code = 0x80070005,
		.has_around = (data[0] & 8) != 0,
		.around = INT64_C(1795000000) * 1000000,
		.within = (int64_t)data[1] * 1000000,
		.storage = { on_write, on_read, end },
	};

	if ((data[0] & 16) != 0)
		ret.text = (struct ww_slice){ "a e", 3 };
	if ((data[0] & 32) != 0)
		ret.source = (struct ww_slice){ "cbs", 3 };
	return ret;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint64_t end = 0;
	struct ww_timeline_options timeline;
	struct ww_diagnose_options options = { .timeline = &timeline };
	struct ww_diagnosis *d;
	struct ww_error error;
	size_t max, first;

	if (size < HEADER)
		return 0;
	timeline = read_options(data, &end);
	max = (size_t)(data[2] & 63) + 1;
	data += HEADER;
	size -= HEADER;
	first = first_part(data, size);
	require(ww_diagnosis_open(ww_catalogue_embedded(), &options, &d,
				  &error) == WW_OK);
	add(d, "PC/a.log", data, first);
	if (first < size)
		add(d, "PC/b.log", data + first + 2, size - first - 2);
	require(read_all(d, max) <=
		d->places[0]->records +
		    (d->n_files > 1 ? d->places[1]->records : 0));
	ww_diagnosis_close(d);
	return 0;
}
