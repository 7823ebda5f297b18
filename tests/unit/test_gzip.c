/*
 * Answers in fewer bytes: who takes them, and that they are the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <zlib.h>

#include "base/buf.h"
#include "serve/gzip.h"

#include "arena.h"

static void
test_accepted(void **state)
{
	static const struct {
		const char *header;
		bool accepted;
	} rows[] = {
		{ "gzip", true },
		{ "deflate, gzip;q=1.0, *;q=0.5", true },
		{ "br,GZIP", true },
		{ "gzip;q=0.1", true },
		{ "", false },
		{ "identity", false },
		{ "br, deflate", false },
		{ "gzip;q=0", false },
		{ "gzip; q=0.000, br", false },
		{ "x-gzip", false },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++)
		if (gzip_accepted(ww_slice_cstr(rows[i].header)) !=
		    rows[i].accepted)
			fail_msg("row %zu: %s", i, rows[i].header);
}

static void
test_same(void **state)
{
	static unsigned char back[20000];
	struct ww_buf text = ww_buf_in(&arena);
	struct ww_slice packed;
	z_stream z = { 0 };

	(void)state;
	ww_buf_fill(&text, 'a', 10000);
	ww_buf_fill(&text, 'b', 5000);
	assert_true(gzip_of(&arena, ww_buf_slice(&text), &packed));
	assert_true(packed.len < 100);
	z.next_in = (z_const Bytef *)packed.p;
	z.avail_in = (uInt)packed.len;
	z.next_out = back;
	z.avail_out = sizeof(back);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, text.len);
	assert_memory_equal(back, text.p, text.len);
	inflateEnd(&z);
}

/* Too short to be worth it, and nothing that can be packed. */
static void
test_no_gain(void **state)
{
	struct ww_buf text = ww_buf_in(&arena);
	uint32_t v = 1;
	struct ww_slice packed;

	(void)state;
	assert_false(gzip_of(&arena, WW_LIT(""), &packed));
	assert_false(gzip_of(&arena, WW_LIT("aaaaaaaaaaaaaaaaaa"), &packed));
	for (unsigned i = 0; i < 5000; i++) {
		v = v * 1664525u + 1013904223u;
		ww_buf_char(&text, (char)(v >> 24));
	}
	assert_false(gzip_of(&arena, ww_buf_slice(&text), &packed));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_no_gain),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
