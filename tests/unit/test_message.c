/*
 * What winwhy and winwhy-wsus tell each other: written, read again, and what
 * is no message.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wsus/message.h"

#include "arena.h"

static struct ww_slice
fields_of(const struct ww_buf *message)
{
	size_t n = ww_message_length(message->p);

	assert_int_equal(n, message->len - WW_MESSAGE_HEAD);
	return ww_slice_from(ww_buf_slice(message), WW_MESSAGE_HEAD);
}

static void
test_request(void **state)
{
	struct ww_http_request q = {
		.method = WW_LIT("POST"),
		.url = WW_LIT("http://wsus01:8530/x"),
		.headers = { .p = { WW_LIT("A: b"), WW_LIT("C: d") }, .n = 2 },
		.body = WW_LIT("<a/>"),
		.timeout_ms = UINT64_C(0x123456789),
		.body_max = 7,
	};
	struct ww_http_request got;
	struct ww_buf out = ww_buf_in(&arena);

	(void)state;
	ww_message_request(&out, &q);
	assert_true(ww_message_read_request(fields_of(&out), &got));
	assert_true(ww_slice_eq(got.url, q.url));
	assert_true(ww_slice_eq(got.body, q.body));
	assert_int_equal(got.headers.n, 2);
	assert_true(ww_slice_eq(got.headers.p[1], q.headers.p[1]));
	assert_int_equal(got.timeout_ms, q.timeout_ms);
	assert_int_equal(got.proxy.len, 0);
}

static void
test_reply(void **state)
{
	struct ww_http_reply r = {
		.end = WW_HTTP_NO_TRUST,
		.stage = WW_HTTP_AT_TLS,
		.tls = { .flags = WW_TLS_EXPIRED, .subject = WW_LIT("CN=x") },
		.times = { .total = 5 },
		.body = WW_LIT("b"),
	};
	struct ww_http_reply got;
	struct ww_buf out = ww_buf_in(&arena);

	(void)state;
	ww_message_reply(&out, &r);
	assert_true(ww_message_read_reply(fields_of(&out), &got));
	assert_int_equal(got.end, r.end);
	assert_int_equal(got.stage, r.stage);
	assert_int_equal(got.tls.flags, r.tls.flags);
	assert_true(ww_slice_eq(got.tls.subject, r.tls.subject));
	assert_int_equal(got.times.total, 5);
	r.end = WW_HTTP_ENDS;
	out = ww_buf_in(&arena);
	ww_message_reply(&out, &r);
	assert_false(ww_message_read_reply(fields_of(&out), &got));
}

static void
test_none(void **state)
{
	struct ww_http_request got;

	(void)state;
	assert_false(ww_message_read_request(WW_LIT("u"), &got));
	assert_false(ww_message_read_request(WW_LIT("u\1\0\0\0"), &got));
	assert_false(ww_message_read_request(WW_LIT("?\0\0\0\0"), &got));
	assert_false(ww_message_read_request(WW_LIT("t\1\0\0\0x"), &got));
	assert_false(
	    ww_message_read_request(WW_LIT("u\xFF\xFF\xFF\xFFx"), &got));
	assert_int_equal(ww_message_length("\xFF\xFF\xFF\xFF"), 0);
	assert_int_equal(ww_message_length("\5\0\0\0"), 5);
}

/* More headers than there is room for are no message. */
static void
test_headers(void **state)
{
	struct ww_buf out = ww_buf_in(&arena);
	struct ww_http_request got;

	(void)state;
	for (int i = 0; i <= WW_HTTP_HEADERS_MAX; i++)
		ww_buf_add(&out, WW_LIT("h\1\0\0\0x"));
	assert_false(ww_message_read_request(ww_buf_slice(&out), &got));
	out.len -= 6;
	assert_true(ww_message_read_request(ww_buf_slice(&out), &got));
	assert_int_equal(got.headers.n, WW_HTTP_HEADERS_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_request),
		cmocka_unit_test(test_reply),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_headers),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
