/*
 * Every code of some logs, found and counted, as fast as it goes on one
 * thread: read() in blocks, UTF-16 narrowed, whole lines scanned.
 *
 *	codes FILE...
 *
 * Prints what was found and, for run.sh, how fast.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/simd/kernels.h"
#include "base/utf8.h"
#include "code/scan.h"
#include "evidence/codes.h"

#include "bench.h"

#define READ_SIZE (256u * 1024)
#define LINE_MAX  (64u * 1024)

struct text {
	char *p;	 /* owned; READ_SIZE and two of the longest lines */
	size_t len;	 /* bytes that wait */
	uint8_t *raw;	 /* owned; UTF-16 as it was read */
	size_t raw_left; /* bytes of it that are half a unit */
	bool wide;
};

struct tally {
	uint64_t bytes, lines, leftovers;
	uint64_t by_form[WW_FORM_NAME + 1];
	struct ww_codes codes;
	struct ww_scan *scan;
};

static size_t
read_some(int fd, void *p, size_t len)
{
	ssize_t n = read(fd, p, len);

	if (n < 0) {
		perror("codes");
		exit(2);
	}
	return (size_t)n;
}

/* UTF-16LE units behind what waits; one that is not ASCII is rare. */
static void
narrow(struct text *t, const struct ww_kernels *k, size_t n_units)
{
	for (size_t i = 0; i < n_units; i++) {
		size_t run = k->ascii16_narrow(t->raw + 2 * i, n_units - i,
					       t->p + t->len);
		uint32_t unit;

		t->len += run;
		i += run;
		if (i == n_units)
			break;
		unit = t->raw[2 * i] | (uint32_t)t->raw[2 * i + 1] << 8;
		if (unit >= 0xD800 && unit < 0xE000)
			unit = WW_REPLACEMENT;
		if (unit != 0 && unit != 0xFEFF)
			t->len += ww_utf8_encode(unit, t->p + t->len);
	}
}

/* One block more; false at the end of the file. */
static bool
fill(struct text *t, int fd, struct tally *tally)
{
	size_t n;

	if (!t->wide) {
		n = read_some(fd, t->p + t->len, READ_SIZE);
		t->len += n;
		tally->bytes += n;
		return n > 0;
	}
	n = read_some(fd, t->raw + t->raw_left, READ_SIZE);
	tally->bytes += n;
	n += t->raw_left;
	narrow(t, tally->scan->kernels, n / 2);
	t->raw_left = n % 2;
	if (t->raw_left > 0)
		t->raw[0] = t->raw[n - 1];
	return n > t->raw_left;
}

/* The bytes up to the last line end; all, when the line is too long. */
static size_t
whole_lines(const struct text *t, bool ended)
{
	size_t n = t->len;

	while (n > 0 && t->p[n - 1] != '\n')
		n--;
	return ended || (n == 0 && t->len > LINE_MAX) ? t->len : n;
}

static void
count(struct tally *tally, struct ww_slice text)
{
	struct ww_scan *scan = tally->scan;
	struct ww_sighting s;

	ww_scan_text(scan, text);
	while (ww_scan_next(scan, &s)) {
		struct ww_place place = {
			.line = tally->lines + ww_scan_lines(scan) + 1,
			.time = WW_NO_TIME,
		};

		tally->by_form[s.spelled.form] += !s.leftover;
		tally->leftovers += s.leftover;
		ww_codes_add(&tally->codes, s.spelled.value,
			     s.leftover ? WW_ROLE_LEFTOVER : WW_ROLE_SEEN,
			     place);
	}
	tally->lines += ww_scan_lines(scan);
}

static bool
is_wide(int fd)
{
	char mark[2];

	return pread(fd, mark, sizeof(mark), 0) == sizeof(mark) &&
	       memcmp(mark, "\xFF\xFE", sizeof(mark)) == 0;
}

static void
read_file(const char *path, struct text *t, struct tally *tally)
{
	int fd = open(path, O_RDONLY);
	bool more = true;

	if (fd < 0) {
		perror(path);
		exit(2);
	}
	t->len = t->raw_left = 0;
	t->wide = is_wide(fd);
	while (more) {
		size_t n;

		more = fill(t, fd, tally);
		n = whole_lines(t, !more);
		count(tally, ww_slice_of(t->p, n));
		t->len -= n;
		memmove(t->p, t->p + n, t->len);
	}
	close(fd);
}

static void
print(const struct tally *tally, uint64_t took)
{
	static const char *const forms[] = {
		[WW_FORM_HEX] = "hex",
		[WW_FORM_BARE_HEX] = "bare",
		[WW_FORM_DECIMAL] = "unsigned",
		[WW_FORM_NEGATIVE] = "negative",
	};

	bench_print("codes-bytes", (double)tally->bytes);
	bench_print("codes-lines", (double)tally->lines);
	bench_print("codes-values", tally->codes.n);
	bench_print("codes-leftover", (double)tally->leftovers);
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		char key[32];

		snprintf(key, sizeof(key), "codes-%s", forms[i]);
		bench_print(key, (double)tally->by_form[i]);
	}
	bench_print("codes-gbps", (double)tally->bytes / (double)took);
}

int
main(int argc, char **argv)
{
	jmp_buf oom;
	struct ww_arena arena;
	struct tally tally = { 0 };
	struct text text = { 0 };
	uint64_t start = bench_now();

	if (setjmp(oom) != 0) {
		fputs("codes: out of memory\n", stderr);
		return 2;
	}
	ww_arena_init(&arena, &oom);
	tally.codes = ww_codes_in(&arena);
	tally.scan = ww_arena_new(&arena, struct ww_scan);
	ww_scan_init(tally.scan, ww_kernels_choose());
	text.p = bench_array(2 * READ_SIZE + 2 * LINE_MAX, 1);
	text.raw = bench_array(READ_SIZE + 2, 1);
	for (int i = 1; i < argc; i++)
		read_file(argv[i], &text, &tally);
	print(&tally, bench_now() - start);
	free(text.raw);
	free(text.p);
	ww_arena_release(&arena);
	return 0;
}
