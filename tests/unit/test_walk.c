/*
 * Files and folders: what is opened, what is refused, and in which order a
 * tree is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "sys/file.h"
#include "sys/walk.h"

static struct ww_arena arena;
static jmp_buf oom;
static char root[] = "/tmp/winwhy-test-walk-XXXXXX";

static const char *
at(const char *name)
{
	return ww_sys_join(&arena, root, name);
}

static void
make_folder(const char *name)
{
	assert_int_equal(mkdir(at(name), 0700), 0);
}

static void
make_file(const char *name, const char *text)
{
	FILE *file = fopen(at(name), "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int
set_up(void **state)
{
	(void)state;
	if (setjmp(oom) != 0)
		return 1;
	ww_arena_init(&arena, &oom);
	if (mkdtemp(root) == NULL)
		return 1;
	make_folder("WINDOWS");
	make_folder("WINDOWS/logs");
	make_folder("WINDOWS/logs/Cbs");
	make_file("WINDOWS/logs/Cbs/CBS.log", "hello\n");
	make_file("WINDOWS/logs/Cbs/cbspersist_1.cab", "");
	make_folder("Users");
	make_folder("Users/b");
	make_folder("Users/a");
	make_file("Users/a/MSI1.LOG", "1");
	make_file("Users/b/msi2.log", "22");
	make_file("Users/b/other.log", "333");
	make_file("z.txt", "");
	make_file("a.txt", "");
	assert_int_equal(symlink("a.txt", at("l-file")), 0);
	assert_int_equal(symlink("Users", at("l-folder")), 0);
	assert_int_equal(symlink(".", at("l-self")), 0);
	assert_int_equal(mkfifo(at("pipe"), 0600), 0);
	return 0;
}

static int
tear_down(void **state)
{
	const char *command;
	struct ww_buf text = ww_buf_in(&arena);

	(void)state;
	ww_buf_printf(&text, "rm -rf '%s'", root);
	ww_buf_char(&text, '\0');
	command = text.p;
	return system(command) == 0 ? (ww_arena_release(&arena), 0) : 1;
}

static void
on_entry(void *ctx, const struct ww_stat *entry)
{
	struct ww_buf *said = ctx;

	ww_buf_printf(said, "%c %s %u\n", "FDLO"[entry->kind],
		      entry -> name + sizeof(root), (unsigned)entry->size);
	assert_true(entry->inode != 0);
	assert_true(entry->modified > 0);
}

static void
on_unreadable(void *ctx, const char *path, const char *why)
{
	struct ww_buf *said = ctx;

	ww_buf_printf(said, "! %s %s\n", path + sizeof(root), why);
}

static const char *
walk(const char *from, struct ww_walk *walk)
{
	struct ww_buf said = ww_buf_in(&arena);

	walk->entry = on_entry;
	walk->unreadable = on_unreadable;
	walk->ctx = &said;
	ww_sys_walk(&arena, from, walk);
	ww_buf_char(&said, '\0');
	return said.p;
}

static void
test_order(void **state)
{
	struct ww_walk w = { 0 };

	(void)state;
	assert_string_equal(walk(root, &w), "D Users 0\n"
					    "D Users/a 0\n"
					    "F Users/a/MSI1.LOG 1\n"
					    "D Users/b 0\n"
					    "F Users/b/msi2.log 2\n"
					    "F Users/b/other.log 3\n"
					    "D WINDOWS 0\n"
					    "D WINDOWS/logs 0\n"
					    "D WINDOWS/logs/Cbs 0\n"
					    "F WINDOWS/logs/Cbs/CBS.log 6\n"
					    "F WINDOWS/logs/Cbs/"
					    "cbspersist_1.cab 0\n"
					    "F a.txt 0\n"
					    "L l-file 0\n"
					    "L l-folder 0\n"
					    "L l-self 0\n"
					    "O pipe 0\n"
					    "F z.txt 0\n");
	assert_int_equal(w.looked, 17);
	assert_false(w.cut);
	/* A link that is named is followed. */
	w = (struct ww_walk){ 0 };
	walk(at("l-folder"), &w);
	assert_int_equal(w.looked, 5);
}

static void
test_stop(void **state)
{
	volatile sig_atomic_t stop = 1;
	struct ww_walk w = { .stop = &stop };

	(void)state;
	assert_string_equal(walk(root, &w), "");
}

static void
test_missing(void **state)
{
	struct ww_walk w = { 0 };
	const char *why = NULL;
	struct ww_listing listing;

	(void)state;
	assert_non_null(
	    strstr(walk(at("none"), &w), "! none no such file or folder\n"));
	assert_false(ww_sys_list(&arena, at("a.txt"), 10, &listing, &why));
	assert_string_equal(why, "is no folder");
}

/* A folder without permission is said, and the walk goes on. */
static void
test_unreadable(void **state)
{
	struct ww_walk w = { 0 };
	const char *said;

	(void)state;
	if (geteuid() == 0)
		skip();
	assert_int_equal(chmod(at("Users/a"), 0), 0);
	said = walk(root, &w);
	assert_int_equal(chmod(at("Users/a"), 0700), 0);
	assert_non_null(strstr(said, "! Users/a access denied\n"));
	assert_non_null(strstr(said, "F z.txt 0\n"));
}

static void
test_depth(void **state)
{
	struct ww_walk w = { 0 };
	struct ww_buf path = ww_buf_in(&arena);

	(void)state;
	for (int i = 0; i < 50; i++) {
		ww_buf_add(&path, WW_LIT("/deep"));
		make_folder(ww_arena_copy(&arena, path.p, path.len));
	}
	walk(at("deep"), &w);
	assert_int_equal(w.looked, WW_WALK_DEPTH_MAX);
	assert_int_equal(w.too_deep, 1);
}

static void
test_list_max(void **state)
{
	const char *why = NULL;
	struct ww_listing listing;

	(void)state;
	assert_true(ww_sys_list(&arena, at("Users/b"), 2, &listing, &why));
	assert_int_equal(listing.count, 2);
	assert_false(listing.cut);
	assert_true(ww_sys_list(&arena, at("Users/b"), 1, &listing, &why));
	assert_int_equal(listing.count, 1);
	assert_true(listing.cut);
}

static void
test_match(void **state)
{
	static const struct {
		const char *pattern;
		const char *wanted[3];
	} rows[] = {
		{ "Windows/Logs/CBS", { "WINDOWS/logs/Cbs" } },
		{ "windows/LOGS/cbs/cbs.LOG", { "WINDOWS/logs/Cbs/CBS.log" } },
		{ "Users/*/MSI*.LOG",
		  { "Users/a/MSI1.LOG", "Users/b/msi2.log" } },
		{ "WINDOWS/logs/Cbs/CBS.log", { "WINDOWS/logs/Cbs/CBS.log" } },
		{ "Windows/System32", { NULL } },
		{ "a.txt/x", { NULL } },
		/* Links lead nowhere. */
		{ "l-folder/a", { NULL } },
		{ "*", { "Users", "WINDOWS", "a.txt" } },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_listing got =
		    ww_sys_match(&arena, root, rows[i].pattern);

		for (size_t k = 0; k < 3 && rows[i].wanted[k] != NULL; k++) {
			assert_true(got.count > k);
			assert_string_equal(got.entries[k].name,
					    at(rows[i].wanted[k]));
		}
		if (rows[i].wanted[0] == NULL)
			assert_int_equal(got.count, 0);
	}
}

static void
test_last(void **state)
{
	(void)state;
	assert_int_equal(ww_sys_last("a/bc").len, 2);
	assert_int_equal(ww_sys_last("abc").len, 3);
	assert_int_equal(ww_sys_last("a/").len, 0);
	assert_string_equal(ww_sys_join(&arena, "a/", "b"), "a/b");
	assert_string_equal(ww_sys_join(&arena, "a", "b"), "a/b");
}

/* Files. */

static void
test_read(void **state)
{
	struct ww_file file;
	const char *why = NULL;
	char text[4];

	(void)state;
	assert_true(ww_sys_open(at("WINDOWS/logs/Cbs/CBS.log"), WW_OPEN_FOUND,
				&file, &why));
	assert_true(file.regular);
	assert_int_equal(file.size, 6);
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 4);
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 2);
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 0);
	assert_null(why);
	assert_true(ww_sys_rewind(&file));
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 4);
	assert_memory_equal(text, "hell", 4);
	ww_sys_close(&file);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *name;
		enum ww_open how;
		const char *why;
	} rows[] = {
		{ "none", WW_OPEN_NAMED, "no such file or folder" },
		{ "Users", WW_OPEN_NAMED, "is a folder" },
		{ "pipe", WW_OPEN_FOUND, "is no regular file" },
		{ "l-file", WW_OPEN_FOUND, "is no regular file" },
	};

	(void)state;
	for (size_t i = 0; i < WW_ARRAY_LEN(rows); i++) {
		struct ww_file file;
		const char *why = NULL;

		assert_false(
		    ww_sys_open(at(rows[i].name), rows[i].how, &file, &why));
		assert_string_equal(why, rows[i].why);
	}
}

static void
test_named_link(void **state)
{
	struct ww_file file;
	const char *why = NULL;

	(void)state;
	assert_true(ww_sys_open(at("l-file"), WW_OPEN_NAMED, &file, &why));
	ww_sys_close(&file);
}

/* A pipe that is named is waited for. */
static void
test_named_pipe(void **state)
{
	struct ww_file file;
	const char *why = NULL;
	char text[16];
	struct ww_buf command = ww_buf_in(&arena);

	(void)state;
	assert_true(ww_sys_open(at("pipe"), WW_OPEN_NAMED, &file, &why));
	assert_false(file.regular);
	assert_false(ww_sys_rewind(&file));
	ww_buf_printf(&command, "(sleep 0.1; printf hello >'%s/pipe') &", root);
	ww_buf_char(&command, '\0');
	assert_int_equal(system(command.p), 0);
	assert_int_equal(ww_sys_read(&file, text, sizeof(text), &why), 5);
	assert_int_equal(ww_sys_read(&file, text, sizeof(text), &why), 0);
	assert_null(why);
	ww_sys_close(&file);
}

static void
test_shrinks(void **state)
{
	struct ww_file file;
	const char *why = NULL;
	char text[4];

	(void)state;
	make_file("shrinks.log", "0123456789");
	assert_true(ww_sys_open(at("shrinks.log"), WW_OPEN_NAMED, &file, &why));
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 4);
	assert_int_equal(truncate(at("shrinks.log"), 5), 0);
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 1);
	assert_int_equal(ww_sys_read(&file, text, 4, &why), 0);
	assert_string_equal(why, "it became shorter while it was read");
	ww_sys_close(&file);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_list_max),
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_last),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_named_link),
		cmocka_unit_test(test_named_pipe),
		cmocka_unit_test(test_shrinks),
		cmocka_unit_test(test_depth),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
