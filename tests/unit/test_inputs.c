/*
 * Paths of the command line to inputs: which files are read, in which order,
 * what is said of the others, and what comes out of an archive.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "intake/inputs.h"
#include "sys/process.h"
#include "sys/walk.h"

#define PLACES_MAX 64
#define DATA_MAX   64

static struct ww_arena arena;
static jmp_buf oom;
static char root[64];

/* What was asked of the diagnosis. */
struct seen {
	char names[PLACES_MAX][256];
	char data[PLACES_MAX][DATA_MAX + 1];
	const char *why[PLACES_MAX];
	uint32_t count;
	char said[8192]; /* unreadable and skipped, a line each */
	size_t len;
	size_t files;
	uint64_t bytes;
};

static struct seen seen;

static struct ww_slice
shown(struct ww_slice name)
{
	struct ww_slice start = ww_slice_cstr(root);

	if (ww_slice_starts(name, start) && name.len > start.len)
		return ww_slice_from(name, start.len + 1);
	return name;
}

static uint32_t
on_place(void *ctx, struct ww_slice name)
{
	struct seen *s = ctx;

	assert_true(s->count < PLACES_MAX);
	name = shown(name);
	snprintf(s->names[s->count], sizeof(s->names[0]), "%.*s", (int)name.len,
		 name.p);
	return s->count++;
}

static void
on_read(void *ctx, uint32_t place, const struct ww_input *input)
{
	struct seen *s = ctx;
	char byte;
	size_t len = 0;

	while (input->read(input->ctx, &byte, 1, &s->why[place]) > 0)
		if (len < DATA_MAX)
			s->data[place][len++] = byte;
}

static void
on_unreadable(void *ctx, struct ww_slice name, const char *why)
{
	struct seen *s = ctx;

	name = shown(name);
	s->len += (size_t)snprintf(s->said + s->len, sizeof(s->said) - s->len,
				   "! %.*s: %s\n", (int)name.len, name.p, why);
}

static void
on_skipped(void *ctx, const char *why, uint64_t count)
{
	struct seen *s = ctx;

	s->len += (size_t)snprintf(s->said + s->len, sizeof(s->said) - s->len,
				   "%u %s\n", (unsigned)count, why);
}

static void
on_found(void *ctx, size_t files, uint64_t bytes)
{
	struct seen *s = ctx;

	s->files = files;
	s->bytes = bytes;
}

static void
read_paths(const char *const *paths, size_t n,
	   const volatile sig_atomic_t *stop)
{
	const struct inputs_to to = { .ctx = &seen,
				      .place = on_place,
				      .read = on_read,
				      .unreadable = on_unreadable,
				      .skipped = on_skipped,
				      .found = on_found,
				      .stop = stop };

	memset(&seen, 0, sizeof(seen));
	inputs_read(&arena, paths, n, 2, &to);
}

static void
read_one(const char *path)
{
	read_paths(&path, 1, NULL);
}

static void
is_read(uint32_t place, const char *name, const char *data)
{
	assert_true(place < seen.count);
	assert_string_equal(seen.names[place], name);
	assert_string_equal(seen.data[place], data);
	assert_null(seen.why[place]);
}

static const char *
at(const char *name)
{
	return ww_sys_join(&arena, root, name);
}

static void
make_bytes(const char *name, const char *bytes, size_t len)
{
	FILE *file = fopen(at(name), "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
make_file(const char *name, const char *text)
{
	make_bytes(name, text, strlen(text));
}

static void
make_folders(const char *name)
{
	char part[256];

	for (size_t i = 0; i <= strlen(name); i++) {
		if (name[i] != '/' && name[i] != '\0')
			continue;
		snprintf(part, sizeof(part), "%.*s", (int)i, name);
		mkdir(at(part), 0700);
	}
}

/* A member of a tar archive behind the others. */
static void
add_member(struct ww_buf *tar, const char *name, char type, const char *text)
{
	char header[512] = "";
	unsigned sum = 0;

	snprintf(header, 100, "%s", name);
	snprintf(header + 100, 8, "%07o", 0600u);
	snprintf(header + 124, 12, "%011o", (unsigned)strlen(text));
	header[156] = type;
	memcpy(header + 257, "ustar\00000", 8);
	memset(header + 148, ' ', 8);
	for (size_t i = 0; i < sizeof(header); i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	ww_buf_add(tar, ww_slice_of(header, sizeof(header)));
	ww_buf_add(tar, ww_slice_cstr(text));
	ww_buf_fill(tar, '\0', (512 - strlen(text) % 512) % 512);
}

static void
make_tar(const char *name)
{
	struct ww_buf tar = ww_buf_in(&arena);

	add_member(&tar, "Logs/CBS.log", '0', "cbs");
	add_member(&tar, "link", '2', "");
	add_member(&tar, "Logs/setup.exe", '0', "MZ");
	add_member(&tar, "fake.gz", '0', "\x1F\x8B\x08 text");
	ww_buf_fill(&tar, '\0', 1024);
	make_bytes(name, tar.p, tar.len);
}

static int
set_up(void **state)
{
	(void)state;
	if (setjmp(oom) != 0)
		return 1;
	ww_arena_init(&arena, &oom);
	snprintf(root, sizeof(root), "/tmp/winwhy-test-inputs-XXXXXX");
	return mkdtemp(root) == NULL;
}

static int
tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", root);
	ww_arena_release(&arena);
	return system(command);
}

static void
test_files(void **state)
{
	const char *paths[4];

	(void)state;
	make_file("b.log", "second");
	make_file("a.log", "first");
	make_file("any.name", "third");
	paths[0] = at("b.log");
	paths[1] = at("none.log");
	paths[2] = at("any.name");
	paths[3] = at("a.log");
	read_paths(paths, 4, NULL);
	assert_int_equal(seen.count, 3);
	is_read(0, "b.log", "second");
	is_read(1, "any.name", "third");
	is_read(2, "a.log", "first");
	assert_string_equal(seen.said, "! none.log: no such file or folder\n");
	assert_int_equal(seen.files, 3);
	assert_int_equal(seen.bytes, 16);
}

/* The same file by two names is read once, as it was named first. */
static void
test_twice(void **state)
{
	const char *paths[3];

	(void)state;
	make_folders("d");
	make_file("d/a.log", "text");
	assert_int_equal(link(at("d/a.log"), at("d/b.log")), 0);
	paths[0] = at("d");
	paths[1] = at("d/b.log");
	paths[2] = at("d/./a.log");
	read_paths(paths, 3, NULL);
	assert_int_equal(seen.count, 1);
	is_read(0, "d/b.log", "text");
}

static void
test_folder(void **state)
{
	(void)state;
	make_folders("d/e");
	make_file("d/z.txt", "z");
	make_file("d/e/m.log.1", "m");
	make_file("d/SYSTEM", "s");
	make_file("d/x.dll", "x");
	make_file("d/y.dll", "y");
	assert_int_equal(symlink("z.txt", at("d/l.txt")), 0);
	assert_int_equal(mkfifo(at("d/p.log"), 0600), 0);
	read_one(at("d"));
	assert_int_equal(seen.count, 3);
	is_read(0, "d/SYSTEM", "s");
	is_read(1, "d/e/m.log.1", "m");
	is_read(2, "d/z.txt", "z");
	assert_string_equal(seen.said,
			    "2 files whose names are not those of logs\n"
			    "1 symbolic links, which are not followed\n"
			    "1 devices, pipes and sockets\n");
}

/* Known places come first, in their own order, whatever the case. */
static void
test_volume(void **state)
{
	(void)state;
	make_folders("c/WINDOWS/logs/cbs");
	make_folders("c/WINDOWS/System32/LogFiles/HTTPERR");
	make_folders("c/WINDOWS/Temp");
	make_folders("c/Users/ann/AppData/Local/Temp");
	make_file("c/WINDOWS/logs/cbs/CBS.log", "cbs");
	make_file("c/WINDOWS/logs/cbs/odd.bin", "odd");
	make_file("c/WINDOWS/WindowsUpdate.log", "wu");
	make_file("c/WINDOWS/Temp/MSI1.log", "msi");
	make_file("c/WINDOWS/Temp/aaa.log", "other");
	make_file("c/Users/ann/AppData/Local/Temp/msi2.LOG", "msi2");
	make_file("c/Users/ann/bare", "bare");
	make_file("c/aaa.log", "aaa");
	read_one(at("c"));
	assert_int_equal(seen.count, 6);
	is_read(0, "c/WINDOWS/WindowsUpdate.log", "wu");
	is_read(1, "c/WINDOWS/logs/cbs/CBS.log", "cbs");
	is_read(2, "c/WINDOWS/Temp/MSI1.log", "msi");
	is_read(3, "c/Users/ann/AppData/Local/Temp/msi2.LOG", "msi2");
	is_read(4, "c/WINDOWS/Temp/aaa.log", "other");
	is_read(5, "c/aaa.log", "aaa");
	assert_string_equal(seen.said,
			    "2 files whose names are not those of logs\n");
	/* The Windows folder itself may be what is named. */
	read_one(at("c/WINDOWS"));
	assert_int_equal(seen.count, 4);
	assert_string_equal(seen.names[0], "c/WINDOWS/WindowsUpdate.log");
	assert_string_equal(seen.names[1], "c/WINDOWS/logs/cbs/CBS.log");
}

/* Names are shown without what a terminal would act on. */
static void
test_strange_name(void **state)
{
	(void)state;
	make_folders("d");
	make_file("d/a\x1B[31m\xFF.log", "x");
	read_one(at("d"));
	assert_int_equal(seen.count, 1);
	is_read(0, "d/a\xEF\xBF\xBD[31m\xEF\xBF\xBD.log", "x");
}

static void *
write_later(void *path)
{
	FILE *file = fopen(path, "w");

	if (file != NULL) {
		fputs("from a pipe", file);
		fclose(file);
	}
	return NULL;
}

static void
test_named_pipe(void **state)
{
	pthread_t writer;
	const char *path = at("pipe");

	(void)state;
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(pthread_create(&writer, NULL, write_later,
					(void *)(uintptr_t)path),
			 0);
	read_one(path);
	pthread_join(writer, NULL);
	assert_int_equal(seen.count, 1);
	is_read(0, "pipe", "from a pipe");
}

static void
test_archive(void **state)
{
	(void)state;
	make_tar("pc.tar");
	make_file("a.log", "plain");
	if (ww_sys_helper(&arena, "winwhy-unpack") == NULL) {
		read_one(at("pc.tar"));
		assert_string_equal(seen.said,
				    "! pc.tar: archives are read by the "
				    "program winwhy-unpack, which is not "
				    "installed\n");
		return;
	}
	read_one(root);
	assert_int_equal(seen.count, 3);
	is_read(0, "a.log", "plain");
	is_read(1, "pc.tar/Logs/CBS.log", "cbs");
	is_read(2, "pc.tar/Logs/setup.exe", "MZ");
	assert_string_equal(seen.said, "! pc.tar/fake.gz: damaged: the archive "
				       "contradicts itself\n"
				       "1 links inside an archive\n");
	assert_int_equal(seen.files, 2);
}

/* An interruption before anything was read leaves nothing waiting. */
static void
test_stop(void **state)
{
	volatile sig_atomic_t stop = 1;
	const char *paths[2];

	(void)state;
	make_tar("pc.tar");
	make_file("a.log", "plain");
	paths[0] = at("a.log");
	paths[1] = at("pc.tar");
	read_paths(paths, 2, &stop);
	assert_int_equal(seen.count, 1);
	assert_string_equal(seen.why[0], "interrupted");
	assert_string_equal(seen.data[0], "");
	if (ww_sys_helper(&arena, "winwhy-unpack") != NULL)
		assert_string_equal(seen.said, "! pc.tar: interrupted\n");
}

static void
make_many(void)
{
	make_folders("d");
	for (size_t i = 0; i < INPUTS_FILES_MAX + 3; i++) {
		char name[32];

		snprintf(name, sizeof(name), "d/%05zu.log", i);
		make_file(name, "");
	}
	/* Sparse: larger than all that is read of folders. */
	assert_int_equal(truncate(at("d/00000.log"), 9LL << 30), 0);
}

/* Counts only: PLACES_MAX would be too small. */
static uint32_t
count_place(void *ctx, struct ww_slice name)
{
	struct seen *s = ctx;

	(void)name;
	return s->count++;
}

static void
count_read(void *ctx, uint32_t place, const struct ww_input *input)
{
	(void)ctx;
	(void)place;
	(void)input;
}

static void
test_caps(void **state)
{
	const struct inputs_to to = { .ctx = &seen,
				      .place = count_place,
				      .read = count_read,
				      .unreadable = on_unreadable,
				      .skipped = on_skipped,
				      .found = on_found };
	const char *path;

	(void)state;
	make_many();
	memset(&seen, 0, sizeof(seen));
	path = at("d");
	inputs_read(&arena, &path, 1, 1, &to);
	assert_int_equal(seen.count, INPUTS_FILES_MAX);
	assert_string_equal(seen.said,
			    "2 files beyond the 2,000 that are read of "
			    "folders\n"
			    "1 files beyond the 8 GiB that are read of "
			    "folders\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_files),	 TEST(test_twice),
		TEST(test_folder),	 TEST(test_volume),
		TEST(test_strange_name), TEST(test_named_pipe),
		TEST(test_archive),	 TEST(test_stop),
		TEST(test_caps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
