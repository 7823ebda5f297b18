/*
 * What comes from an unpacker: frames, a tar stream, names, limits.  Each
 * stream is read through blocks of every small size, since a pipe cuts where
 * it likes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include "base/bytes.h"
#include "base/compiler.h"
#include "unpack/frame.h"
#include "unpack/meter.h"
#include "unpack/name.h"
#include "unpack/tar.h"

#define STREAM_MAX ((size_t)256 * 1024)
#define SAID_MAX   ((size_t)4096)

/* A stream in memory, given in blocks of at most `step` bytes. */
struct memory {
	char p[STREAM_MAX];
	size_t len, at, step;
	const char *why; /* said at the end */
};

static size_t
memory_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct memory *m = ctx;
	size_t n = m->len - m->at;

	n = n < len ? n : len;
	n = n < m->step ? n : m->step;
	if (n == 0 && m->why != NULL)
		*retwhy = m->why;
	memcpy(buf, m->p + m->at, n);
	m->at += n;
	return n;
}

static void
put(struct memory *m, const void *p, size_t len)
{
	assert_true(len <= sizeof(m->p) - m->len);
	memcpy(m->p + m->len, p, len);
	m->len += len;
}

static void
put_frame(struct memory *m, char kind, const void *p, size_t len)
{
	uint8_t raw[WW_FRAME_HEADER] = { (uint8_t)kind };

	ww_store32(raw + 1, (uint32_t)len);
	put(m, raw, sizeof(raw));
	put(m, p, len);
}

static struct memory *
new_stream(bool magic)
{
	struct memory *m = calloc(1, sizeof(*m));

	assert_non_null(m);
	if (magic)
		put(m, WW_FRAME_MAGIC, sizeof(WW_FRAME_MAGIC) - 1);
	return m;
}

static size_t
say_member(struct ww_frames *f, char *out, size_t room)
{
	const char *why = NULL;
	char data[5];
	size_t at = 0, n;

	while ((n = ww_frames_read(f, data, sizeof(data), &why)) > 0) {
		assert_true(at + n < room);
		memcpy(out + at, data, n);
		at += n;
	}
	return at + (size_t)snprintf(out + at, room - at, "|%s;",
				     why == NULL ? "" : why);
}

/* All that a stream says, as one text. */
static void
say(struct memory *m, bool read_members, char said[SAID_MAX])
{
	struct ww_frames *f = calloc(1, sizeof(*f));
	struct ww_frame frame;
	size_t at = 0;

	assert_non_null(f);
	f->in.read = memory_read;
	f->in.ctx = m;
	m->at = 0;
	do {
		frame = ww_frames_next(f);
		at += (size_t)snprintf(said + at, SAID_MAX - at,
				       "%d %.*s %d %d %s;", (int)frame.kind,
				       (int)frame.name.len,
				       frame.name.len > 0 ? frame.name.p : "",
				       (int)frame.why, (int)frame.count,
				       frame.text == NULL ? "" : frame.text);
		if (frame.kind == WW_FRAME_MEMBER && read_members)
			at += say_member(f, said + at, SAID_MAX - at);
	} while (frame.kind != WW_FRAME_DONE && frame.kind != WW_FRAME_BROKEN);
	/* The end stays the end. */
	assert_int_equal(ww_frames_next(f).kind, frame.kind);
	free(f);
}

static void
says(struct memory *m, bool read_members, const char *wanted)
{
	static const size_t steps[] = { 1, 2, 3, 7, 1000, STREAM_MAX };

	for (size_t i = 0; i < WW_ARRAY_LEN(steps); i++) {
		char said[SAID_MAX];

		m->step = steps[i];
		say(m, read_members, said);
		assert_string_equal(said, wanted);
	}
	free(m);
}

static struct memory *
sound_stream(void)
{
	struct memory *m = new_stream(true);

	put_frame(m, 'B', "a/b.log", 7);
	put_frame(m, 'D', "hello ", 6);
	put_frame(m, 'D', "world", 5);
	put_frame(m, 'E', "\0", 1);
	put_frame(m, 'P', "\1c.log", 6);
	put_frame(m, 'B', "", 0);
	put_frame(m, 'E', "\4", 1);
	put_frame(m, 'S', "\17\2\0\0\0\0\0\0\0", 9);
	put_frame(m, 'Z', "", 0);
	return m;
}

static void
test_sound(void **state)
{
	(void)state;
	says(sound_stream(), true,
	     "0 a/b.log 0 0 ;hello world|;1 c.log 1 0 ;0  0 0 ;"
	     "|cut: the archive ends too early;2  15 2 ;3  0 0 ;");
	says(sound_stream(), false,
	     "0 a/b.log 0 0 ;1 c.log 1 0 ;0  0 0 ;2  15 2 ;3  0 0 ;");
}

/* The start of what is not read comes without a complaint. */
static void
test_head_only(void **state)
{
	struct memory *m = new_stream(true);

	(void)state;
	put_frame(m, 'B', "x.evtx", 6);
	put_frame(m, 'D', "ElfFile", 7);
	put_frame(m, 'E', "\16", 1);
	put_frame(m, 'Z', "", 0);
	says(m, true, "0 x.evtx 0 0 ;ElfFile|;3  0 0 ;");
}

#define ENDED "4  0 0 the unpacker ended before it was done;"
#define WRONG "4  0 0 the unpacker said what makes no sense;"

/* Every cut of a sound stream is noticed. */
static void
test_cuts(void **state)
{
	struct memory *whole = sound_stream();

	(void)state;
	for (size_t len = 0; len < whole->len; len++) {
		struct memory *m = new_stream(false);
		char said[SAID_MAX];

		put(m, whole->p, len);
		m->step = 1 + len % 9;
		say(m, len % 2 == 0, said);
		assert_true(strlen(said) >= strlen(ENDED));
		assert_string_equal(said + strlen(said) - strlen(ENDED), ENDED);
		free(m);
	}
	free(whole);
}

static void
test_wrong_frames(void **state)
{
	static const struct {
		struct ww_slice bytes;
		const char *wanted;
	} rows[] = {
		{ { "WWUNPAK2", 8 },
		  "4  0 0 the unpacker is of another version;" },
		{ { "#!/bin/sh\n", 10 },
		  "4  0 0 the unpacker is of another version;" },
		{ { "WWUNPAK1Q\0\0\0\0", 13 }, WRONG },
		/* Data, or an end, of no member. */
		{ { "WWUNPAK1D\1\0\0\0x", 14 }, WRONG },
		{ { "WWUNPAK1E\1\0\0\0\0", 14 }, WRONG },
		/* Names that are too long, not UTF-8, or hide a control. */
		{ { "WWUNPAK1B\1\20\0\0", 13 }, WRONG },
		{ { "WWUNPAK1B\1\0\0\0\xFF", 14 }, WRONG },
		{ { "WWUNPAK1B\1\0\0\0\x1B", 14 }, WRONG },
		/* Trouble that is none, or is not known. */
		{ { "WWUNPAK1P\2\0\0\0\0a", 15 }, WRONG },
		{ { "WWUNPAK1P\2\0\0\0\x63"
		    "a",
		    15 },
		  WRONG },
		{ { "WWUNPAK1P\0\0\0\0", 13 }, WRONG },
		{ { "WWUNPAK1S\1\0\0\0\1", 14 }, WRONG },
		{ { "WWUNPAK1Z\1\0\0\0\0", 14 }, WRONG },
		/* Inside a member: no data, too much, another member. */
		{ { "WWUNPAK1B\0\0\0\0D\0\0\0\0", 18 }, "0  0 0 ;" WRONG },
		{ { "WWUNPAK1B\0\0\0\0D\1\0\1\0", 18 }, "0  0 0 ;" WRONG },
		{ { "WWUNPAK1B\0\0\0\0B\0\0\0\0", 18 }, "0  0 0 ;" WRONG },
		{ { "WWUNPAK1B\0\0\0\0E\1\0\0\0\x63", 19 }, "0  0 0 ;" WRONG },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct memory *m = new_stream(false);

		put(m, rows[i].bytes.p, rows[i].bytes.len);
		says(m, false, rows[i].wanted);
	}
}

/* Why the pipe ended is passed on, to the member and to the stream. */
static void
test_read_failure(void **state)
{
	struct memory *m = new_stream(true);

	(void)state;
	put_frame(m, 'B', "a", 1);
	put_frame(m, 'D', "0123456789", 10);
	m->len -= 4;
	m->why = "interrupted";
	says(m, true, "0 a 0 0 ;012345|interrupted;4  0 0 interrupted;");
}

/* Tar streams. */

struct entry {
	const char *name;
	char type;
	const char *data;
};

static void
put_tar(struct memory *m, const struct entry *e)
{
	char header[512] = "";
	size_t len = strlen(e->data);
	unsigned sum = 0;

	snprintf(header, 100, "%s", e->name);
	snprintf(header + 124, 12, "%011o", (unsigned)len);
	header[156] = e->type;
	memcpy(header + 257, "ustar\00000", 8);
	memset(header + 148, ' ', 8);
	for (size_t i = 0; i < sizeof(header); i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	put(m, header, sizeof(header));
	memset(header, 0, sizeof(header));
	put(m, e->data, len);
	put(m, header, (512 - len % 512) % 512);
}

static struct memory *
tar_of(const struct entry *entries, size_t n)
{
	struct memory *m = new_stream(false);
	static const char end[1024];

	for (size_t i = 0; i < n; i++)
		put_tar(m, &entries[i]);
	put(m, end, sizeof(end));
	return m;
}

static size_t
say_tar_member(struct ww_tar *t, char *out, size_t room)
{
	const char *why = NULL;
	char data[300];
	size_t at = 0, n;

	while ((n = ww_tar_read(t, data, sizeof(data), &why)) > 0)
		at += n;
	return (size_t)snprintf(out, room, "%zu|%s;", at,
				why == NULL ? "" : why);
}

static void
say_tar(struct memory *m, char said[SAID_MAX])
{
	struct ww_tar *t = calloc(1, sizeof(*t));
	struct ww_frame frame;
	size_t at = 0;

	assert_non_null(t);
	t->in.read = memory_read;
	t->in.ctx = m;
	m->at = 0;
	do {
		frame = ww_tar_next(t);
		at += (size_t)snprintf(said + at, SAID_MAX - at,
				       "%d %.*s %d %d %s;", (int)frame.kind,
				       (int)frame.name.len,
				       frame.name.len > 0 ? frame.name.p : "",
				       (int)frame.why, (int)frame.count,
				       frame.text == NULL ? "" : frame.text);
		if (frame.kind == WW_FRAME_MEMBER)
			at += say_tar_member(t, said + at, SAID_MAX - at);
	} while (frame.kind != WW_FRAME_DONE && frame.kind != WW_FRAME_BROKEN);
	free(t);
}

static void
tar_says(struct memory *m, const char *wanted)
{
	static const size_t steps[] = { 1, 7, 511, STREAM_MAX };

	for (size_t i = 0; i < WW_ARRAY_LEN(steps); i++) {
		char said[SAID_MAX];

		m->step = steps[i];
		say_tar(m, said);
		assert_string_equal(said, wanted);
	}
	free(m);
}

static void
test_tar_sound(void **state)
{
	static const struct entry entries[] = {
		{ "d/", '5', "" },
		{ "d/a.log", '0', "hello world" },
		{ "empty.log", '0', "" },
		{ "link", '2', "" },
		{ "fifo", '6', "" },
		{ "x", 'x', "18 path=\xC3\xA9t\xC3\xA9.log\n" },
		{ "short", '0', "x" },
		{ "////@LongLink", 'L', "much-longer.log" },
		{ "short", '0', "x" },
		{ "in.zip", '0', "PK\3\4zip" },
		{ "last.log", '0', "end" },
	};

	(void)state;
	tar_says(tar_of(entries, WW_ARRAY_LEN(entries)),
		 "0 d/a.log 0 0 ;11|;0 empty.log 0 0 ;0|;"
		 "0 \xC3\xA9t\xC3\xA9.log 0 0 ;1|;0 much-longer.log 0 0 ;1|;"
		 "1 in.zip 17 0 ;0 last.log 0 0 ;3|;2  15 1 ;2  16 1 ;"
		 "3  0 0 ;");
}

/* Long members, of which one is only named. */
static void
test_tar_long(void **state)
{
	static char text[2000], program[2000];
	const struct entry entries[] = {
		{ "a.log", '0', text },
		{ "b.pdf", '0', program },
		{ "c.log", '0', text },
	};

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	memset(program, 'x', sizeof(program) - 1);
	memcpy(program, "%PDF-", 5);
	tar_says(tar_of(entries, WW_ARRAY_LEN(entries)),
		 "0 a.log 0 0 ;1999|;0 b.pdf 0 0 ;512|;0 c.log 0 0 ;1999|;"
		 "3  0 0 ;");
}

static void
test_tar_damage(void **state)
{
	static const struct entry entries[] = {
		{ "a.log", '0', "hello world" },
		{ "b.log", '0', "hello world" },
	};
	struct memory *m = tar_of(entries, 2);

	(void)state;
	m->p[1024] ^= 1;
	tar_says(m, "0 a.log 0 0 ;11|;" WRONG);
	m = tar_of(entries, 2);
	m->len = 1024 + 512 + 5;
	tar_says(m, "0 a.log 0 0 ;11|;" ENDED);
	m = new_stream(false);
	tar_says(m, ENDED);
}

/* Names. */

static void
test_names(void **state)
{
	static const struct {
		const char *raw, *wanted;
		size_t max;
		bool cut;
	} rows[] = {
		{ "a/b.log", "a/b.log", 100, false },
		{ "../../etc/passwd", "../../etc/passwd", 100, false },
		{ "C:\\x.log", "C:\\x.log", 100, false },
		{ "a\x1B[31m", "a\xEF\xBF\xBD[31m", 100, false },
		{ "a\n", "a\xEF\xBF\xBD", 100, false },
		{ "\xE2\x80\xAEx", "\xEF\xBF\xBDx", 100, false },
		{ "\xC2\x9Bx", "\xEF\xBF\xBDx", 100, false },
		{ "\xFF", "\xEF\xBF\xBD", 100, false },
		{ "\xC3\xA9t\xC3\xA9", "\xC3\xA9t", 4, true },
		{ "abc", "abc", 3, false },
		{ "abcd", "abc", 3, true },
		{ "", "", 0, false },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		char name[128];
		bool cut;
		size_t len = ww_name_clean(ww_slice_cstr(rows[i].raw), name,
					   rows[i].max, &cut);

		if (len != strlen(rows[i].wanted) ||
		    memcmp(name, rows[i].wanted, len) != 0 ||
		    cut != rows[i].cut)
			fail_msg("row %zu: \"%.*s\"", i, (int)len, name);
	}
}

/* Limits. */

#define MEBI ((uint64_t)1 << 20)

static void
test_ratio_of_member(void **state)
{
	struct ww_meter meter = { .input = 1 << 30 };
	struct ww_share share = { .start = 1000 };

	(void)state;
	/* Small members may be anything. */
	assert_int_equal(ww_meter_bytes(&meter, &share, 10 * MEBI, 1000),
			 WW_WHY_WHOLE);
	assert_int_equal(ww_meter_bytes(&meter, &share, 1, 1000 + 10485),
			 WW_WHY_WHOLE);
	assert_int_equal(ww_meter_bytes(&meter, &share, 1000, 1000 + 10485),
			 WW_WHY_RATIO);
	assert_int_equal(meter.over, WW_WHY_WHOLE);
	/* A step back counts from there. */
	share = (struct ww_share){ .start = 5000000 };
	assert_int_equal(ww_meter_bytes(&meter, &share, 11 * MEBI, 1000),
			 WW_WHY_RATIO);
}

static void
test_limits_of_all(void **state)
{
	struct ww_meter meter = { .input = MEBI };
	struct ww_share share = { 0 };
	volatile sig_atomic_t time_up = 0;

	(void)state;
	assert_int_equal(ww_meter_bytes(&meter, &share, 900 * MEBI, 900 * MEBI),
			 WW_WHY_WHOLE);
	assert_int_equal(ww_meter_bytes(&meter, &share, 200 * MEBI,
					1100 * MEBI),
			 WW_WHY_RATIO);
	assert_int_equal(meter.over, WW_WHY_RATIO);

	meter = (struct ww_meter){ .input = UINT64_MAX, .time_up = &time_up };
	share = (struct ww_share){ 0 };
	assert_int_equal(ww_meter_bytes(&meter, &share, WW_UNPACK_BYTES_MAX,
					WW_UNPACK_BYTES_MAX),
			 WW_WHY_WHOLE);
	assert_int_equal(ww_meter_bytes(&meter, &share, 1, WW_UNPACK_BYTES_MAX),
			 WW_WHY_BYTES);
	assert_int_equal(meter.over, WW_WHY_BYTES);

	meter.over = WW_WHY_WHOLE;
	meter.entries = WW_UNPACK_ENTRIES_MAX - 1;
	assert_int_equal(ww_meter_entry(&meter), WW_WHY_WHOLE);
	assert_int_equal(ww_meter_entry(&meter), WW_WHY_ENTRIES);
	time_up = 1;
	assert_int_equal(ww_meter_entry(&meter), WW_WHY_SECONDS);
	assert_int_equal(ww_meter_bytes(&meter, &share, 1, 1), WW_WHY_SECONDS);
	assert_int_equal(meter.over, WW_WHY_SECONDS);
}

/* Each reason has words, and the numbers in them are those of limits.h. */
static void
test_words(void **state)
{
	(void)state;
	assert_null(ww_why_text(WW_WHY_WHOLE));
	for (unsigned why = 1; why < WW_WHYS; why++)
		assert_non_null(ww_why_text((enum ww_why)why));
	assert_int_equal(WW_UNPACK_BYTES_MAX >> 30, 64);
	assert_int_equal(WW_UNPACK_RATIO_MAX, 1000);
	assert_int_equal(WW_UNPACK_ENTRIES_MAX, 100000);
	assert_int_equal(WW_UNPACK_DEPTH_MAX, 4);
	assert_int_equal(WW_UNPACK_NAME_MAX, 4096);
	assert_int_equal(WW_UNPACK_SPOOL_MAX >> 20, 256);
	assert_int_equal(WW_UNPACK_MEMORY_MAX >> 30, 1);
	assert_int_equal(WW_UNPACK_SECONDS_MAX, 600);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sound),
		cmocka_unit_test(test_head_only),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_wrong_frames),
		cmocka_unit_test(test_read_failure),
		cmocka_unit_test(test_tar_sound),
		cmocka_unit_test(test_tar_long),
		cmocka_unit_test(test_tar_damage),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_ratio_of_member),
		cmocka_unit_test(test_limits_of_all),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
