/*
 * Annotation: what is an object, and the same bytes in any pieces give the
 * same answer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <winwhy/annotate.h>

#include "annotate/object.h"
#include "base/compiler.h"

#define DENIED "0x80070005"

/* Objects */

struct object_row {
	const char *line;
	bool good;
	int close;	   /* -1: not looked at */
	const char *value; /* of the member "m"; NULL: none */
};

static const struct object_row object_rows[] = {
	{ "{}", true, 1, NULL },
	{ " { } \r\n", true, 3, NULL },
	{ "{\"m\":\"text\"}", true, 11, "text" },
	{ "{\"a\":{\"m\":1},\"m\":2}", true, -1, "2" },
	{ "{\"a\":[{\"m\":1}]}", true, -1, NULL },
	{ "{\"m\":{\"m\":[1,2]},\"b\":{}}", true, -1, "{\"m\":[1,2]}" },
	{ "{\"m\":[],\"m\":\"last\"}", true, -1, "last" },
	{ "{\"a\":\"}\",\"m\":\"\\\"}\\\\\"}", true, -1, "\\\"}\\\\" },
	{ "{\"m\" : -1.5e+3 , \"b\" : null }", true, -1, "-1.5e+3" },
	{ "{\"a\":true,\"b\":false,\"c\":[ ]}", true, -1, NULL },
	{ "", false, -1, NULL },
	{ "[]", false, -1, NULL },
	{ "\"m\"", false, -1, NULL },
	{ "{", false, -1, NULL },
	{ "{\"m\"", false, -1, NULL },
	{ "{\"m\":", false, -1, NULL },
	{ "{\"m\":1", false, -1, NULL },
	{ "{\"m\":\"1}", false, -1, NULL },
	{ "{\"m\":\"1\\\"}", false, -1, NULL },
	{ "{\"m\":1,}", false, -1, NULL },
	{ "{,\"m\":1}", false, -1, NULL },
	{ "{\"m\" 1}", false, -1, NULL },
	{ "{\"m\":1 \"n\":2}", false, -1, NULL },
	{ "{\"m\":[1,]}", false, -1, NULL },
	{ "{\"m\":[1}]", false, -1, NULL },
	{ "{\"m\":[1}}", false, -1, NULL },
	{ "{\"m\":yes}", false, -1, NULL },
	{ "{m:1}", false, -1, NULL },
	{ "{\"m\":1}}", false, -1, NULL },
	{ "{\"m\":1} {}", false, -1, NULL },
};

static void
an_object_is_told_from_what_is_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(object_rows); i++) {
		const struct object_row *row = &object_rows[i];
		struct ww_slice value =
		    ww_slice_cstr(row->value == NULL ? "" : row->value);
		struct ww_object object;

		assert_int_equal(ww_object_read(ww_slice_cstr(row->line),
						WW_LIT("m"), &object),
				 row->good);
		if (!row->good)
			continue;
		if (row->close >= 0)
			assert_int_equal(object.close, row->close);
		assert_int_equal(object.has_field, row->value != NULL);
		assert_true(ww_slice_eq(object.value, value));
	}
}

static void
nesting_has_a_limit(void **state)
{
	char line[2 * WW_OBJECT_DEPTH_MAX + 16];

	(void)state;
	for (size_t depth = 1; depth <= WW_OBJECT_DEPTH_MAX; depth++) {
		struct ww_object object;
		size_t n = 5;

		memcpy(line, "{\"m\":", n);
		memset(line + n, '[', depth);
		n += depth;
		memset(line + n, ']', depth);
		n += depth;
		line[n++] = '}';
		assert_int_equal(ww_object_read(ww_slice_of(line, n),
						WW_LIT("m"), &object),
				 depth < WW_OBJECT_DEPTH_MAX);
	}
}

struct text_row {
	const char *value, *text;
};

static const struct text_row text_rows[] = {
	{ "plain", "plain" },
	{ "a\\nb\\t\\\"c\\\\d\\/", "a b \"c\\d/" },
	{ "\\u0041\\u00e9\\u20AC", "A\u00e9\u20ac" },
	{ "\\uD83D\\uDE00", "\U0001F600" },
	{ "\\uD83Dx\\uDE00", "\uFFFDx\uFFFD" },
	{ "\\u0000\\u001f", "  " },
	{ "\\u12", " 12" },
	{ "end\\", "end" },
};

static void
escapes_are_undone(void **state)
{
	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(text_rows); i++) {
		struct ww_slice value = ww_slice_cstr(text_rows[i].value);
		char out[64];
		size_t n = ww_object_text(value, out);

		assert_true(n <= value.len);
		assert_true(ww_slice_eq(ww_slice_of(out, n),
					ww_slice_cstr(text_rows[i].text)));
	}
}

/* Streams */

struct stream {
	struct ww_slice in;
	size_t step; /* bytes a read gives */
	char *out;
	size_t len, room;
};

static size_t
on_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct stream *s = ctx;
	size_t n = s->in.len < s->step ? s->in.len : s->step;

	(void)retwhy;
	if (n > len)
		n = len;
	if (n > 0)
		memcpy(buf, s->in.p, n);
	s->in = ww_slice_from(s->in, n);
	return n;
}

static int
on_write(void *ctx, const void *bytes, size_t len)
{
	struct stream *s = ctx;

	if (len > s->room - s->len) {
		s->room = 2 * (s->len + len);
		s->out = realloc(s->out, s->room);
		assert_non_null(s->out);
	}
	memcpy(s->out + s->len, bytes, len);
	s->len += len;
	return 1;
}

static struct ww_slice
annotate(const struct ww_annotate_options *options, struct ww_slice in,
	 size_t step, struct ww_annotated *done)
{
	struct stream s = { .in = in, .step = step };
	const struct ww_input input = { .read = on_read, .ctx = &s };
	const struct ww_output output = { .write = on_write, .ctx = &s };
	struct ww_annotator *a;
	struct ww_error error;

	assert_int_equal(ww_annotator_open(ww_catalogue_embedded(), options, &a,
					   &error),
			 WW_OK);
	assert_int_equal(ww_annotate(a, &input, &output, done), WW_OK);
	ww_annotator_close(a);
	return ww_slice_of(s.out, s.len);
}

static const char *const streams[] = {
	"one " DENIED "\r\ntwo 0x80244007 and " DENIED "\n\nthree",
	"{\"message\":\"" DENIED "\"}\nno object\n{\"message\":\"-\"}\n",
	"\xEF\xBB\xBF{\"m\":\"" DENIED "\"}\n",
	"\n\n  {\"m\":\"" DENIED "\"}\n",
	"",
	"\n",
	"x",
	DENIED,
};

static void
pieces_make_no_difference(void **state)
{
	(void)state;
	for (int format = WW_ANNOTATE_AUTO; format <= WW_ANNOTATE_MMEXTERNAL;
	     format++) {
		const struct ww_annotate_options options = {
			.format = (enum ww_annotate_format)format,
		};

		for (size_t i = 0; i < WW_ARRAY_LEN(streams); i++) {
			struct ww_slice in = ww_slice_cstr(streams[i]);
			struct ww_annotated one, many;
			struct ww_slice a =
			    annotate(&options, in, SIZE_MAX, &one);
			struct ww_slice b = annotate(&options, in, 1, &many);

			assert_true(ww_slice_eq(a, b));
			assert_int_equal(one.codes, many.codes);
			assert_int_equal(one.invalid, many.invalid);
			free((char *)(uintptr_t)a.p);
			free((char *)(uintptr_t)b.p);
		}
	}
}

/* Longer than what is held: n blanks, with codes at both ends. */
static struct ww_slice
long_line(char *line, const char *start, const char *end, size_t n)
{
	memset(line, ' ', n);
	memcpy(line, start, strlen(start));
	memcpy(line + n - strlen(end), end, strlen(end));
	return ww_slice_of(line, n);
}

static void
a_long_line_of_text_passes_in_parts(void **state)
{
	const size_t n = 3 * 1024 * 1024;
	const struct ww_annotate_options options = { .again = 100 };
	char *line = malloc(n);
	struct ww_annotated done;
	struct ww_slice in, out;

	(void)state;
	assert_non_null(line);
	in = long_line(line, "start " DENIED, DENIED " 0x80244007\nnext\n", n);
	out = annotate(&options, in, SIZE_MAX, &done);
	/* Told once each, below the whole line. */
	assert_int_equal(done.codes, 2);
	assert_true(ww_slice_starts(out, ww_slice_of(line, n - 5)));
	assert_true(ww_slice_starts(ww_slice_from(out, n - 5),
				    WW_LIT("  winwhy: " DENIED)));
	free((char *)(uintptr_t)out.p);
	free(line);
}

static void
a_long_object_passes_as_it_is(void **state)
{
	const size_t n = 3 * 1024 * 1024;
	const struct ww_annotate_options options = { .again = 100 };
	char *line = malloc(n);
	struct ww_annotated done;
	struct ww_slice in, out;

	(void)state;
	assert_non_null(line);
	in = long_line(line, "{\"m\":\"",
		       DENIED "\"}\n{\"m\":\"" DENIED "\"}\n", n);
	out = annotate(&options, in, SIZE_MAX, &done);
	assert_int_equal(done.too_long, 1);
	assert_int_equal(done.invalid, 0);
	assert_int_equal(done.codes, 1);
	assert_true(out.len > n);
	assert_memory_equal(out.p, line, n - 3);
	free((char *)(uintptr_t)out.p);
	free(line);
}

static void
every_line_has_one_reply(void **state)
{
	const size_t n = 3 * 1024 * 1024;
	const struct ww_annotate_options options = {
		.format = WW_ANNOTATE_MMEXTERNAL,
	};
	char *line = malloc(n);
	struct ww_annotated done;
	struct ww_slice in, out;

	(void)state;
	assert_non_null(line);
	in = long_line(line, "\n", "\nlast\nunfinished", n);
	out = annotate(&options, in, 70000, &done);
	assert_true(ww_slice_eq(out, WW_LIT("{}\n{}\n{}\n")));
	free((char *)(uintptr_t)out.p);
	free(line);
}

static int
refuse(void *ctx, const void *bytes, size_t len)
{
	(void)ctx;
	(void)bytes;
	(void)len;
	return 0;
}

static void
a_closed_output_ends_it(void **state)
{
	struct stream s = { .in = WW_LIT("a\nb\nc\n"), .step = 2 };
	const struct ww_input input = { .read = on_read, .ctx = &s };
	const struct ww_output output = { .write = refuse };
	const struct ww_annotate_options options = { .again = 1 };
	struct ww_annotated done;
	struct ww_annotator *a;
	struct ww_error error;

	(void)state;
	assert_int_equal(ww_annotator_open(ww_catalogue_embedded(), &options,
					   &a, &error),
			 WW_OK);
	assert_int_equal(ww_annotate(a, &input, &output, &done), WW_IO);
	assert_true(s.in.len > 0);
	ww_annotator_close(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_is_told_from_what_is_none),
		cmocka_unit_test(nesting_has_a_limit),
		cmocka_unit_test(escapes_are_undone),
		cmocka_unit_test(pieces_make_no_difference),
		cmocka_unit_test(a_long_line_of_text_passes_in_parts),
		cmocka_unit_test(a_long_object_passes_as_it_is),
		cmocka_unit_test(every_line_has_one_reply),
		cmocka_unit_test(a_closed_output_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
