/*
 * Arbitrary bytes as two files of an endpoint: the whole road with the
 * embedded catalogue, from bytes to text, JSON and Markdown.  The first line
 * has three letters: names of the files, limits, and how the answer is shown.
 * A form feed and a line feed stand between the two files.
 */
#include <winwhy/diagnose.h>
#include <winwhy/render.h>

#include "base/compiler.h"
#include "base/utf8.h"
#include "diagnose/diagnosis.h"

#include "fuzz.h"

/* Three letters and a line feed. */
#define HEADER	  4

#define FILES	  2

#define DEPTH_MAX 64

/* Names that tell machines apart, and some that do not. */
static const char *const names[][FILES] = {
	{ "CBS.log", "WindowsUpdate.log" },
	{ "PC-1/CBS.log", "PC-2/CBS.log" },
	{ "logs\\a.log", "logs\\b.log" },
	{ "", "" },
};

/* Words of --only. */
static const char *const only[] = { "", "", "cbs,wu", "text msi" };

/* JSON: brackets that close each other, texts that end, no odd character. */

struct json {
	struct ww_slice text;
	size_t at;
	char open[DEPTH_MAX];
	unsigned depth;
};

/* From behind the first quote to behind the last. */
static void
check_json_text(struct json *j)
{
	for (;;) {
		char c;

		require(j->at < j->text.len);
		c = j->text.p[j->at++];
		require((unsigned char)c >= 0x20);
		if (c == '"')
			return;
		if (c != '\\')
			continue;
		require(j->at < j->text.len);
		c = j->text.p[j->at++];
		require(c != '\0' && strchr("\"\\/bfnrtu", c) != NULL);
	}
}

static void
check_json(struct ww_slice text)
{
	struct json j = { .text = text };

	while (j.at < text.len) {
		char c = text.p[j.at++];

		if (c == '"') {
			check_json_text(&j);
		} else if (c == '{' || c == '[') {
			require(j.depth < DEPTH_MAX);
			j.open[j.depth++] = c;
		} else if (c == '}' || c == ']') {
			require(j.depth > 0);
			require(j.open[--j.depth] == (c == '}' ? '{' : '['));
		} else {
			require(c != '\0' && strchr(" \n:,0123456789.-+eE"
						    "truefalsn",
						    c) != NULL);
		}
	}
	require(j.depth == 0 && text.len > 0);
}

static void
render(struct ww_report *report, unsigned shape)
{
	const struct ww_style style = { .full = (int)(shape & 1) };

	for (unsigned f = 0; f < WW_FORMATS; f++) {
		struct ww_slice text;

		require(ww_render(report, (enum ww_format)f, &style, &text) ==
			WW_OK);
		require(ww_utf8_check(text) == text.len);
		if (f == WW_FORMAT_JSON)
			check_json(text);
	}
	ww_report_close(report);
}

static void
add(struct ww_diagnosis *d, const char *name, const uint8_t *p, size_t len)
{
	struct ww_slice rest = ww_slice_of((const char *)p, len);
	const struct ww_input input = { .read = ww_read_slice, .ctx = &rest };
	uint32_t place;

	require(ww_diagnosis_place(d, ww_slice_cstr(name), &place) == WW_OK);
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

static void
read_files(struct ww_diagnosis *d, const char *const name[FILES],
	   const uint8_t *p, size_t len)
{
	size_t first = first_part(p, len);

	add(d, name[0], p, first);
	if (first == len)
		require(ww_diagnosis_unreadable(d, ww_slice_cstr(name[1]),
						WW_LIT("why")) == WW_OK);
	else
		add(d, name[1], p + first + 2, len - first - 2);
}

static void
report(struct ww_diagnosis *d, unsigned shape)
{
	struct ww_report *report;
	struct ww_error error;

	if (!d->analyser.codes_only) {
		require(ww_diagnosis_report(d, &report, &error) == WW_OK);
		require(ww_diagnosis_verdict(d) <= WW_VERDICT_FAULT);
		render(report, shape);
	}
	require(ww_diagnosis_codes(d, &report, &error) == WW_OK);
	render(report, shape);
}

/* One for each of the words, whose rules are made once: that takes longest. */
static const struct ww_diagnosis *
opened(unsigned word)
{
	static struct ww_diagnosis *all[WW_ARRAY_LEN(only)];
	struct ww_diagnose_options options = {
		.only = ww_slice_cstr(only[word]),
	};
	struct ww_error error;

	if (all[word] == NULL)
		require(ww_diagnosis_open(ww_catalogue_embedded(), &options,
					  &all[word], &error) == WW_OK);
	return all[word];
}

/* As ww_diagnosis_open() makes one, with rules that are borrowed. */
static struct ww_diagnosis *
open_like(const struct ww_diagnosis *like, uint8_t limits, uint8_t shape)
{
	struct ww_diagnosis *d = calloc(1, sizeof(*d));

	require(d != NULL);
	ww_arena_init(&d->arena, &d->oom);
	d->c = like->c;
	d->lang = shape >> 1 & 1;
	d->analyser = like->analyser;
	d->analyser.stop = &d->stop;
	if ((limits & 4) != 0)
		d->analyser.since = 1600000000 * WW_SECOND;
	if ((limits & 8) != 0)
		d->analyser.until = 1790000000 * WW_SECOND;
	d->analyser.codes_only = (limits & 16) != 0;
	return d;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ww_diagnosis *d;

	if (size < HEADER)
		return 0;
	d = open_like(opened(data[1] % WW_ARRAY_LEN(only)), data[1], data[2]);
	read_files(d, names[data[0] % WW_ARRAY_LEN(names)], data + HEADER,
		   size - HEADER);
	report(d, data[2]);
	ww_diagnosis_close(d);
	return 0;
}
