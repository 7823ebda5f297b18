/*
 * Arbitrary bytes through the annotator.  The first says format and field, the
 * second how many bytes a read gives.  What comes out of text without our
 * lines, and of NDJSON without our members, is what went in; objects stay
 * objects; a reply follows on each line.
 */
#include <winwhy/annotate.h>

#include "annotate/object.h"

#include "fuzz.h"

#define HEADER	2
#define OUT_MAX ((size_t)16 << 20)

static char out[OUT_MAX];
static size_t out_len;

struct source {
	struct ww_slice rest;
	size_t step;
};

static size_t
on_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct source *s = ctx;

	return ww_read_slice(&s->rest, buf, len < s->step ? len : s->step,
			     retwhy);
}

static int
on_write(void *ctx, const void *bytes, size_t len)
{
	(void)ctx;
	require(len > 0);
	if (len > OUT_MAX - out_len)
		return 0;
	memcpy(out + out_len, bytes, len);
	out_len += len;
	return 1;
}

static struct ww_slice
next_line(struct ww_slice *rest)
{
	struct ww_slice line = ww_slice_line(*rest);

	if (line.len < rest->len)
		line.len++;
	*rest = ww_slice_from(*rest, line.len);
	return line;
}

static bool
is_ours(struct ww_slice line)
{
	return ww_slice_starts(line, WW_LIT("  winwhy: "));
}

static struct ww_slice
without_end(struct ww_slice line)
{
	while (line.len > 0 &&
	       (line.p[line.len - 1] == '\n' || line.p[line.len - 1] == '\r'))
		line.len--;
	return line;
}

/* Each line of the input stands in the output, in order. */
static void
check_text(struct ww_slice in, struct ww_slice got)
{
	while (in.len > 0) {
		struct ww_slice want = without_end(next_line(&in)), line;

		do {
			require(got.len > 0);
			line = without_end(next_line(&got));
		} while (!ww_slice_eq(line, want) && is_ours(line));
		require(ww_slice_eq(line, want));
	}
	while (got.len > 0)
		require(is_ours(next_line(&got)));
}

static void
check_objects(struct ww_slice in, struct ww_slice got)
{
	struct ww_slice none = { 0 };

	while (in.len > 0) {
		struct ww_slice want = next_line(&in), line = next_line(&got);
		struct ww_object before, after;

		if (ww_slice_eq(line, want))
			continue;
		require(ww_object_read(want, none, &before));
		require(ww_object_read(line, none, &after));
		require(!before.annotated && after.annotated);
		require(memcmp(line.p, want.p, before.close) == 0);
		require(ww_slice_eq(ww_slice_from(line, after.close),
				    ww_slice_from(want, before.close)));
	}
	require(got.len == 0);
}

static void
check_replies(struct ww_slice in, struct ww_slice got)
{
	struct ww_slice none = { 0 };
	struct ww_object object;

	while (in.len > 0) {
		struct ww_slice line = next_line(&in);

		if (line.p[line.len - 1] == '\n')
			require(ww_object_read(next_line(&got), none, &object));
	}
	require(got.len == 0);
}

/* What was an object is one, whoever it told of. */
static void
check_redacted(struct ww_slice in, struct ww_slice got)
{
	struct ww_slice none = { 0 };
	struct ww_object object;

	while (in.len > 0) {
		struct ww_slice line = next_line(&got);

		if (ww_object_read(next_line(&in), none, &object))
			require(ww_object_read(line, none, &object));
	}
	require(got.len == 0);
}

static void
check(enum ww_annotate_format format, struct ww_slice in)
{
	struct ww_slice got = ww_slice_of(out, out_len);

	if (format == WW_ANNOTATE_TEXT)
		check_text(in, got);
	else if (format == WW_ANNOTATE_NDJSON)
		check_objects(in, got);
	else if (format == WW_ANNOTATE_MMEXTERNAL)
		check_replies(in, got);
}

/* UTF-16 comes out as another text. */
static bool
is_utf16(const uint8_t *data, size_t size)
{
	return memchr(data, '\0', size) != NULL ||
	       (size >= 2 && data[0] >= 0xFE && data[1] >= 0xFE);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ww_output output = { .write = on_write };
	struct ww_annotate_options options = { .lang = 0 };
	struct source source = { .step = 1 };
	const struct ww_input input = { .read = on_read, .ctx = &source };
	struct ww_annotated done;
	struct ww_annotator *a;
	struct ww_error error;

	if (size < HEADER)
		return 0;
	options.format = (enum ww_annotate_format)(data[0] & 3);
	options.field = ww_slice_cstr((data[0] & 4) != 0 ? "message" : "");
	options.again = (data[0] & 8) != 0 ? 3 : 0;
	options.redact = (data[0] & 16) != 0;
	source.step = (size_t)data[1] + 1;
	data += HEADER;
	size -= HEADER;
	source.rest = ww_slice_of((const char *)data, size);
	out_len = 0;
	require(ww_annotator_open(ww_catalogue_embedded(), &options, &a,
				  &error) == WW_OK);
	require(ww_annotate(a, &input, &output, &done) == WW_OK);
	ww_annotator_close(a);
	if (is_utf16(data, size))
		return 0;
	if (!options.redact)
		check(options.format, ww_slice_of((const char *)data, size));
	else if (options.format == WW_ANNOTATE_NDJSON)
		check_redacted(ww_slice_of((const char *)data, size),
			       ww_slice_of(out, out_len));
	return 0;
}
