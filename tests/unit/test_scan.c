/*
 * Codes in bulk text: what the scan finds in a line, and that it agrees with
 * the search on generated text and on real logs.
 *	test_scan [FOLDER]	a folder of logs; $WINWHY_SAMPLES goes first
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/utf8.h"

#include "../scan_twin.h"

/* What nftw() cannot be told: it passes nothing on. */
static struct {
	struct twin *twin; /* owned */
	const char *folder;
	unsigned files, wrong;
} test;

/* Values in order; "gle " before a leftover. */
static const struct {
	const char *in;
	const char *out;
} rows[] = {
	{ "Scan failed [HRESULT = 0x80244022 - E_FAIL]", "80244022" },
	{ "ProtocolTalker  *FAILED* [80244007] SyncUpdates", "80244007" },
	{ "CDISMPackageManager::ProcessChanges(hr:0x800f081f)", "800F081F" },
	{ "hr = 80072ee2. Proxy list", "80072EE2" },
	{ "Exit code = 0x80070426\r\n", "80070426" },
	{ "Service exit [Exit code = 0x240001]", "00240001" },
	{ "Note: 1: 2203 2: C:\\x.ipi 3: -2147287038", "80030002" },
	{ "error = 2149859335, again", "80244007" },
	{ "(Error: 80070057; Source: Windows)", "80070057" },
	{ "returned 0xffffffff80244007", "80244007" },
	{ "18446744071564443655 is extended", "80244007" },
	{ "0xC1900101 - 0x20017", "C1900101" },
	{ "stop code 0x7E", "0000007E" },
	{ "|23|800a000d|Type_mismatch", "800A000D" },
	{ "[gle=0x000000b7]", "gle 000000B7" },
	{ "[gle=0x00000000] gle=0x5", "gle 00000005" },
	{ "0x80070005", "80070005" },

	{ "result 0x00000000, 0x0", "" },
	{ "(stack @0x7fed806eb5d @0xff83e97c)", "" },
	{ "at 0x00007ffb12345678 00007ffb`80070005", "" },
	{ "{8007000e-7df8-4e5b-8c10-c0000005abcd}", "" },
	{ "Session: 30792633_2147942405 at 2026-03-11", "" },
	{ "~31bf3856ad364e35~amd64~~10.0.19041.1 KB80070005", "" },
	{ "e3b0c44298fc1c149afbf4c8996fb92427ae41e4", "" },
	{ "flags: 0x2 thread=1234 (0x4D2) ConfigFlags = 0x400", "" },
	{ "Info [0x0601c1] IBS, prior state: 0x80000000", "" },
	{ "PCI\\VEN_8086&DEV_80070005 20260311", "" },
	{ "1920x1080 0x 0xg 0x800700051", "" },
};

static void
write_sightings(struct ww_scan *scan, struct ww_slice text, char *out,
		size_t size)
{
	struct ww_sighting s;
	size_t len = 0;

	out[0] = '\0';
	ww_scan_text(scan, text);
	while (ww_scan_next(scan, &s) && len < size)
		len +=
		    (size_t)snprintf(out + len, size - len, "%s%s%08X",
				     len > 0 ? " " : "",
				     s.leftover ? "gle " : "", s.spelled.value);
}

static void
finds_the_codes_of_a_line(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	char out[200];

	(void)state;
	for (size_t i = 0; i < n; i++) {
		twin_init(test.twin, list[i]);
		for (size_t k = 0; k < WW_ARRAY_LEN(rows); k++) {
			print_message("%s\n", rows[k].in);
			write_sightings(&test.twin->scan,
					ww_slice_cstr(rows[k].in), out,
					sizeof(out));
			assert_string_equal(out, rows[k].out);
		}
	}
}

/* No code is lost or seen twice where blocks and strips meet. */
static void
borders_hide_nothing(void **state)
{
	static const char *const codes[] = {
		"0x80244007",	"[80244007]", "= -2145107961",
		"= 2149859335", "(hr:0x5)",   "gle=0x80244007",
	};
	static char text[2 * WW_STRIP * WW_BLOCK + 100];
	struct ww_sighting s;

	(void)state;
	twin_init(test.twin, ww_kernels_choose());
	for (size_t i = 0; i < WW_ARRAY_LEN(codes); i++) {
		size_t len = strlen(codes[i]);

		for (size_t at = 0; at + len <= sizeof(text); at++) {
			memset(text, '\n', sizeof(text));
			memcpy(text + at, codes[i], len);
			ww_scan_text(&test.twin->scan,
				     ww_slice_of(text, sizeof(text)));
			assert_true(ww_scan_next(&test.twin->scan, &s));
			assert_in_range(s.at, at, at + 5);
			assert_int_equal(ww_scan_lines(&test.twin->scan), at);
			assert_false(ww_scan_next(&test.twin->scan, &s));
			assert_int_equal(ww_scan_lines(&test.twin->scan),
					 sizeof(text) - len);
		}
	}
}

static uint32_t
draw(uint64_t *random, uint32_t n)
{
	*random ^= *random >> 12;
	*random ^= *random << 25;
	*random ^= *random >> 27;
	return (uint32_t)(*random * UINT64_C(0x2545f4914f6cdd1d) >> 32) % n;
}

static size_t
add(char *text, size_t len, size_t size, const char *part)
{
	size_t n = strlen(part);

	if (n > size - len)
		n = size - len;
	memcpy(text + len, part, n);
	return len + n;
}

/* Codes, decoys and what stands around them, in no order. */
static size_t
generate(char *text, size_t size, uint64_t *random)
{
	static const char *const parts[] = {
		"0x",
		"0X",
		"8007",
		"80070005",
		"c0000005",
		"2147942405",
		"-2147024891",
		"18446744071562362885",
		"7fed806eb5d",
		"31bf3856ad364e35",
		"0",
		"00000000",
		"20017",
		"f",
		"B7",
		"5",
		"g",
		"_",
		" ",
		"  ",
		"\n",
		"\r\n",
		"\t",
		"[",
		"]",
		"(",
		")",
		"{",
		"}",
		",",
		", ",
		".",
		":",
		": ",
		"=",
		" = ",
		"-",
		" - ",
		"`",
		"'",
		"\"",
		"@",
		"#",
		"%",
		"%%",
		"\\",
		"~",
		"+",
		"&",
		"|",
		"error ",
		"hr",
		"HRESULT",
		"code",
		"stop ",
		"BugCheck ",
		"gle=",
		"flags",
		"thread",
		"id",
		"is ",
		"result ",
		"http ",
		"()",
		"0x5 (0x1, 0x2, 0x3, 0x4)",
		"-4e5b-8c10-7df8-c0000005abcd",
		"\xC2\xA0",
		"\xE2\x88\x92",
		"\xE9\x94\x99",
		"HRESULT_FROM_WIN32(0x80070005)",
	};
	size_t len = 0;

	while (len < size)
		len = add(text, len, size,
			  parts[draw(random, WW_ARRAY_LEN(parts))]);
	return len;
}

/* The line of the text that a place stands in, for the message. */
static void
print_place(const char *name, struct ww_slice text, size_t at)
{
	size_t from = at > 60 ? at - 60 : 0;
	size_t len = text.len - from > 120 ? 120 : text.len - from;

	print_error("%s: at %zu: %.*s\n", name, at, (int)len, text.p + from);
}

static void
agrees_on_generated_text(void **state)
{
	const struct ww_kernels *list[WW_KERNELS_MAX];
	size_t n = ww_kernels_list(list);
	uint64_t random = 1;
	static char text[6000];

	(void)state;
	for (int round = 0; round < 600; round++) {
		size_t len =
		    generate(text, draw(&random, sizeof(text)), &random);
		struct ww_slice slice = ww_slice_of(text, len);

		for (size_t i = 0; i < n; i++) {
			size_t at;

			if (round % 50 == 0)
				twin_init(test.twin, list[i]);
			test.twin->scan.kernels = list[i];
			at = disagree_at(test.twin, slice);
			if (at < len)
				print_place(list[i]->name, slice, at);
			assert_int_equal(at, len);
		}
	}
}

static struct ww_slice
read_file(struct ww_arena *arena, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct ww_buf buf = ww_buf_in(arena);
	char block[4096];
	size_t n;

	if (f == NULL)
		return (struct ww_slice){ 0 };
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		ww_buf_add(&buf, ww_slice_of(block, n));
	fclose(f);
	return ww_utf8_from_any(arena, ww_buf_slice(&buf));
}

static int
check_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	struct ww_arena arena;
	struct ww_slice text;
	jmp_buf oom;
	size_t at;

	(void)st;
	(void)ftw;
	if (kind != FTW_F)
		return 0;
	if (setjmp(oom) != 0)
		return 1;
	ww_arena_init(&arena, &oom);
	text = read_file(&arena, path);
	at = disagree_at(test.twin, text);
	test.files++;
	if (at < text.len) {
		test.wrong++;
		print_place(path, text, at);
	}
	ww_arena_release(&arena);
	return 0;
}

static void
agrees_on_real_logs(void **state)
{
	(void)state;
	twin_init(test.twin, ww_kernels_choose());
	if (test.folder == NULL ||
	    nftw(test.folder, check_file, 16, FTW_PHYS) != 0)
		skip();
	print_message("%u files\n", test.files);
	assert_int_equal(test.wrong, 0);
}

/* As in test_find.c: a megabyte of one pattern ends in no time. */
static void
stays_linear(void **state)
{
	static const char *const patterns[] = {
		"0x",	      "7",	     "8007000",
		"0x1 ",	      "80070005-",   "80070005 ",
		"0x1 (",      "80070005`",   "%%80070005",
		"stop 0x1 (", "\n",	     "0x80070005 - ",
		"[80070005]", "-",	     "0x0x",
		"hr = 0x5 ",  "80070005_",   "((((",
		"\xC2",	      "0x80070005u", "18446744071562362885",
	};
	static char text[1 << 20];
	struct ww_sighting s;

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(patterns); i++) {
		size_t len = strlen(patterns[i]);

		for (size_t at = 0; at < sizeof(text); at++)
			text[at] = patterns[i][at % len];
		ww_scan_text(&test.twin->scan, ww_slice_of(text, sizeof(text)));
		while (ww_scan_next(&test.twin->scan, &s))
			assert_true(s.text.len > 0);
	}
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_the_codes_of_a_line),
		cmocka_unit_test(borders_hide_nothing),
		cmocka_unit_test(agrees_on_generated_text),
		cmocka_unit_test(agrees_on_real_logs),
		cmocka_unit_test(stays_linear),
	};
	int failed;

	test.folder = getenv("WINWHY_SAMPLES");
	if (test.folder == NULL && argc > 1)
		test.folder = argv[1];
	test.twin = malloc(sizeof(*test.twin));
	if (test.twin == NULL)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	free(test.twin);
	return failed;
}
