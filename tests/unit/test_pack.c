/*
 * What visitors send, packed: the reader of tar finds the same again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <unistd.h>

#include "base/compiler.h"
#include "serve/pack.h"
#include "unpack/tar.h"

#define A20 "aaaaaaaaaaaaaaaaaaaa"

static size_t
on_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	ssize_t n = read(*(int *)ctx, buf, len);

	(void)retwhy;
	return n < 0 ? 0 : (size_t)n;
}

static int
open_file(void)
{
	char name[] = "/tmp/winwhy-test-pack.XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	return fd;
}

/* The next member of the archive; its first bytes. */
static void
next_is(struct ww_tar *tar, const char *name, const char *bytes)
{
	struct ww_frame frame = ww_tar_next(tar);
	const char *why = NULL;
	char got[64] = "";

	assert_int_equal(frame.kind, WW_FRAME_MEMBER);
	if (!ww_slice_eq(frame.name, ww_slice_cstr(name)))
		fail_msg("%.*s", (int)frame.name.len, frame.name.p);
	ww_tar_read(tar, got, sizeof(got) - 1, &why);
	assert_string_equal(got, bytes);
}

static void
add(struct pack *p, const char *name, const char *bytes)
{
	pack_begin(p, ww_slice_cstr(name));
	/* Byte by byte, as a slow client sends them. */
	for (; *bytes != '\0'; bytes++)
		assert_true(pack_add(p, ww_slice_of(bytes, 1)));
	assert_true(pack_end(p));
}

static void
test_pack(void **state)
{
	struct ww_tar *tar = calloc(1, sizeof(*tar));
	int fd = open_file();
	struct pack p = pack_open(fd);

	(void)state;
	assert_non_null(tar);
	add(&p, "a/CBS.log", "one");
	add(&p, "empty", "");
	add(&p, "C:\\Windows\\b.log", "two");
	add(&p, "/", "three");
	add(&p, A20 A20 A20 A20 "é/bbbbbbbbbbbbbbbbb/c", "four");
	add(&p, "12345678901234567890é" A20 A20 A20 A20 A20, "five");
	assert_true(pack_close(&p));
	assert_int_equal(p.files, 5);
	lseek(fd, 0, SEEK_SET);
	tar->in.read = on_read;
	tar->in.ctx = &fd;
	next_is(tar, "a/CBS.log", "one");
	next_is(tar, "C:/Windows/b.log", "two");
	next_is(tar, "file", "three");
	next_is(tar, A20 A20 A20 "aaaaaaaaaaaaaaaaaaé/bbbbbbbbbbbbbbbbb/c",
		"four");
	next_is(tar, A20 A20 A20 A20 A20, "five");
	assert_int_equal(ww_tar_next(tar).kind, WW_FRAME_DONE);
	close(fd);
	free(tar);
}

/* A disk that takes no more. */
static void
test_full(void **state)
{
	struct pack p = pack_open(-1);

	(void)state;
	pack_begin(&p, WW_LIT("a"));
	assert_false(pack_add(&p, WW_LIT("b")));
	p.size = 1;
	assert_false(pack_end(&p));
	assert_false(pack_close(&p));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pack),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
