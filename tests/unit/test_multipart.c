/*
 * Forms with files: what browsers send, cut into pieces at every place, and
 * what no browser sends.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/buf.h"
#include "serve/multipart.h"

#include "arena.h"

#define TYPE	    "multipart/form-data; boundary=X"
#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\""

/* What was told, as text: <name|file>data; */
static bool
on_begin(void *ctx, struct ww_slice name, struct ww_slice file)
{
	struct ww_buf *told = ctx;

	ww_buf_char(told, '<');
	ww_buf_add(told, name);
	ww_buf_char(told, '|');
	ww_buf_add(told, file);
	ww_buf_char(told, '>');
	return !ww_slice_eq(name, WW_LIT("refused"));
}

static bool
on_data(void *ctx, struct ww_slice bytes)
{
	ww_buf_add(ctx, bytes);
	return true;
}

static bool
on_end(void *ctx)
{
	ww_buf_char(ctx, ';');
	return true;
}

/* In pieces of that size; what is wrong is told as '!' or, cut off, '?'. */
static struct ww_slice
told_by(const char *type, struct ww_slice body, size_t step)
{
	struct ww_buf told = ww_buf_in(&arena);
	const struct multipart_to to = { &told, on_begin, on_data, on_end };
	struct multipart m;
	bool ok = true;

	if (!multipart_start(&m, ww_slice_cstr(type), &to))
		return WW_LIT("no form");
	while (body.len > 0 && ok) {
		size_t n = body.len < step ? body.len : step;
		/* A copy of its own length: a read behind it is seen. */
		char *piece = malloc(n);

		assert_non_null(piece);
		memcpy(piece, body.p, n);
		ok = multipart_take(&m, ww_slice_of(piece, n));
		free(piece);
		body = ww_slice_from(body, n);
	}
	if (!ok)
		ww_buf_char(&told, '!');
	else if (!multipart_whole(&m))
		ww_buf_char(&told, '?');
	return ww_buf_slice(&told);
}

static void
form_tells(const char *body, const char *wanted)
{
	for (size_t step = 1; step < 80; step += step < 12 ? 1 : 11) {
		struct ww_slice told = told_by(TYPE, ww_slice_cstr(body), step);

		if (!ww_slice_eq(told, ww_slice_cstr(wanted)))
			fail_msg("in steps of %zu: %.*s", step, (int)told.len,
				 told.p);
	}
}

static void
test_browsers(void **state)
{
	(void)state;
	form_tells("--X\r\n" FIELD(
		       "a") "; filename=\"b.log\"\r\n"
			    "Content-Type: text/plain\r\n\r\none\r\n\r\ntwo\r\n"
			    "--X\r\n" FIELD("text") "\r\n\r\n\r\n--X--\r\n",
		   "<a|b.log>one\r\n\r\ntwo;<text|>;");
	form_tells("--X--\r\n", "");
	form_tells("--X--", "");
	form_tells("before\r\n--X\r\n" FIELD("a") "\r\n\r\n1\r\n--X--after",
		   "<a|>1;");
	form_tells("--X \t\r\n" FIELD("a") "\r\n\r\n1\r\n--X--", "<a|>1;");
	form_tells("--X\r\n\r\n1\r\n--X--", "<|>1;");
	form_tells("--X\r\ncontent-disposition: form-data; filename=\"a;name="
		   "b\"; NAME=c\r\n\r\n1\r\n--X--",
		   "<c|a;name=b>1;");
	form_tells("--X\r\n" FIELD("a") "; filename=\"<b>%22.log\"\r\n\r\n1"
					"\r\n--X--",
		   "<a|<b>%22.log>1;");
}

/* What looks like the next boundary, and is content. */
static void
test_nearly(void **state)
{
	(void)state;
	form_tells("--X\r\n" FIELD("a") "\r\n\r\n\r\r\n\r\n-\r\n--\r\n--Y"
					"--X\r--X\n--X\r\n--X--",
		   "<a|>\r\r\n\r\n-\r\n--\r\n--Y--X\r--X\n--X;");
}

static void
test_broken(void **state)
{
	struct ww_buf head = ww_buf_in(&arena);

	(void)state;
	form_tells("", "?");
	form_tells("--", "?");
	form_tells("--X\r\n" FIELD("a") "\r\n\r\n1", "<a|>1?");
	form_tells("--X\r\n" FIELD("a") "\r\n\r\n1\r\n--X", "<a|>1;?");
	form_tells("--X\r\n" FIELD("a"), "?");
	form_tells("--X-\r\n", "!");
	form_tells("--X\n\n", "!");
	form_tells("--X\r\n" FIELD("refused") "\r\n\r\n1\r\n--X--",
		   "<refused|>!");
	ww_buf_add(&head, WW_LIT("--X\r\nA: "));
	ww_buf_fill(&head, 'y', MULTIPART_HEAD_MAX);
	ww_buf_add(&head, WW_LIT("\r\n\r\n1\r\n--X--"));
	assert_true(
	    ww_slice_eq(told_by(TYPE, ww_buf_slice(&head), 100), WW_LIT("!")));
}

static void
test_types(void **state)
{
	static const char *const none[] = {
		"",
		"text/plain",
		"multipart/form-data",
		"multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"\"",
		"multipart/form-data; bound=X",
		"multipart/form-data; boundary",
		"multipart/form-data; boundary=\"a\rb\"",
		"multipart/form-data; boundary="
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaa",
		"multipart/mixed; boundary=X",
	};
	static const char *const some[] = {
		TYPE,
		"Multipart/Form-Data;charset=utf-8;BOUNDARY=\"X\"",
		"multipart/form-data; a=\"boundary=Y\"; boundary=X ",
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(none); i++)
		if (!ww_slice_eq(told_by(none[i], WW_LIT("--X--"), 9),
				 WW_LIT("no form")))
			fail_msg("row %zu", i);
	for (size_t i = 0; i < WW_ARRAY_LEN(some); i++)
		if (told_by(some[i], WW_LIT("--X--"), 9).len != 0)
			fail_msg("row %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_browsers),
		cmocka_unit_test(test_nearly),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_types),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
