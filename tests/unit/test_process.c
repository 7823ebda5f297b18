/*
 * Programs and threads that work for us, and Ctrl-C.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <signal.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/slice.h"
#include "sys/process.h"
#include "sys/sys.h"
#include "sys/thread.h"
#include "sys/walk.h"

static bool
spawn_shell(const char *script, const struct ww_file *in, struct ww_child *ret)
{
	char *const argv[] = { (char *)"sh", (char *)"-c",
			       (char *)(uintptr_t)script, NULL };
	const char *why = NULL;

	return ww_sys_spawn("/bin/sh", argv, in, ret, &why);
}

static size_t
read_all(struct ww_child *child, char *text, size_t room)
{
	const char *why = NULL;
	size_t len = 0, n;

	while ((n = ww_sys_read(&child->out, text + len, room - len, &why)) > 0)
		len += n;
	assert_null(why);
	return len;
}

static void
test_output_and_status(void **state)
{
	struct ww_child child;
	char text[64];

	(void)state;
	assert_true(spawn_shell("echo hello; exit 7", NULL, &child));
	assert_int_equal(read_all(&child, text, sizeof(text)), 6);
	assert_memory_equal(text, "hello\n", 6);
	assert_int_equal(ww_sys_wait(&child), 7);
}

/* Without a file there is nothing on its standard input. */
static void
test_input(void **state)
{
	char name[] = "/tmp/winwhy-test-process-XXXXXX";
	int fd = mkstemp(name);
	struct ww_child child;
	struct ww_file file;
	const char *why = NULL;
	char text[64];

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "from a file", 11), 11);
	close(fd);
	assert_true(ww_sys_open(name, WW_OPEN_NAMED, &file, &why));
	assert_true(spawn_shell("cat", &file, &child));
	assert_int_equal(read_all(&child, text, sizeof(text)), 11);
	assert_int_equal(ww_sys_wait(&child), 0);
	ww_sys_close(&file);
	unlink(name);

	assert_true(spawn_shell("cat", NULL, &child));
	assert_int_equal(read_all(&child, text, sizeof(text)), 0);
	assert_int_equal(ww_sys_wait(&child), 0);
}

/* Nothing of ours is open in it. */
static void
test_descriptors(void **state)
{
	struct ww_child child;
	struct ww_file file;
	const char *why = NULL;
	char text[256];
	size_t len;

	(void)state;
	if (access("/proc/self/fd", R_OK) != 0)
		skip();
	assert_true(ww_sys_open("/etc/passwd", WW_OPEN_NAMED, &file, &why));
	assert_true(spawn_shell("readlink /proc/self/fd/* | grep -c passwd",
				NULL, &child));
	len = read_all(&child, text, sizeof(text));
	assert_int_equal(len, 2);
	assert_int_equal(text[0], '0');
	ww_sys_wait(&child);
	ww_sys_close(&file);
}

static void
test_killed(void **state)
{
	struct ww_child child;

	(void)state;
	assert_true(spawn_shell("exec sleep 100", NULL, &child));
	ww_sys_kill(&child);
	assert_int_equal(ww_sys_wait(&child), WW_CHILD_KILLED + SIGKILL);
}

/* A program that writes on is ended by its closed pipe. */
static void
test_not_read(void **state)
{
	struct ww_child child;

	(void)state;
	assert_true(spawn_shell("exec yes", NULL, &child));
	assert_int_equal(ww_sys_wait(&child), WW_CHILD_KILLED + SIGPIPE);
}

static void
test_not_started(void **state)
{
	char *const argv[] = { (char *)"none", NULL };
	struct ww_child child;
	const char *why = NULL;

	(void)state;
	assert_false(ww_sys_spawn("/none/none", argv, NULL, &child, &why));
	assert_string_equal(why, "no such file or folder");
}

static void
test_helper(void **state)
{
	struct ww_arena arena;
	jmp_buf oom;
	const char *found;

	(void)state;
	if (setjmp(oom) != 0)
		fail();
	ww_arena_init(&arena, &oom);
	/* This program is beside itself. */
	found = ww_sys_helper(&arena, "test_process");
	if (access("/proc/self/exe", R_OK) == 0)
		assert_non_null(found);
	found = ww_sys_helper(&arena, "sh");
	assert_non_null(found);
	assert_int_equal(found[0], '/');
	assert_null(ww_sys_helper(&arena, "no-such-helper"));
	ww_arena_release(&arena);
}

#define ITEMS 1000

struct work {
	atomic_uint done[ITEMS];
	atomic_uint threads;
};

static void
work_on(void *ctx, size_t i)
{
	struct work *work = ctx;

	atomic_fetch_add(&work->done[i], 1);
}

static void
test_parallel(void **state)
{
	static const unsigned workers[] = { 0, 1, 2, 7, 1000 };

	(void)state;
	assert_true(ww_sys_cores() >= 1);
	for (size_t w = 0; w < sizeof(workers) / sizeof(workers[0]); w++) {
		struct work work = { 0 };

		ww_sys_parallel(ITEMS, workers[w], work_on, &work);
		for (size_t i = 0; i < ITEMS; i++)
			assert_int_equal(work.done[i], 1);
		ww_sys_parallel(0, workers[w], work_on, &work);
	}
}

/* Two items that wait for each other need two threads. */
static void
meet(void *ctx, size_t i)
{
	struct work *work = ctx;

	(void)i;
	atomic_fetch_add(&work->threads, 1);
	for (uint64_t end = ww_sys_now_ms() + 10000;
	     work->threads < 2 && ww_sys_now_ms() < end;)
		;
}

static void
test_side_by_side(void **state)
{
	struct work work = { 0 };
	uint64_t start = ww_sys_now_ms();

	(void)state;
	ww_sys_parallel(2, 2, meet, &work);
	assert_true(ww_sys_now_ms() - start < 9000);
}

/* In a child: a handler is for good. */
static int
interrupt_twice(void)
{
	static volatile sig_atomic_t flag;

	ww_sys_on_interrupt(&flag);
	if (flag != 0 || ww_sys_interrupted())
		return 1;
	raise(SIGINT);
	if (flag != 1 || !ww_sys_interrupted())
		return 2;
	raise(SIGINT);
	return 3;
}

/* A read from a pipe that nobody writes to comes back. */
static int
interrupt_read(const char *pipe)
{
	static volatile sig_atomic_t flag;
	struct ww_file file;
	const char *why = NULL;
	char c;

	ww_sys_on_interrupt(&flag);
	if (!ww_sys_open(pipe, WW_OPEN_NAMED, &file, &why))
		return 1;
	alarm(10);
	if (fork() == 0) {
		usleep(100000);
		kill(getppid(), SIGINT);
		_exit(0);
	}
	if (ww_sys_read(&file, &c, 1, &why) != 0 || why == NULL)
		return 2;
	return strcmp(why, "interrupted") == 0 ? 0 : 3;
}

static int
status_of(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void
test_interrupt(void **state)
{
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(interrupt_twice());
	assert_int_equal(status_of(pid), 130);
}

static void
test_interrupted_read(void **state)
{
	char folder[] = "/tmp/winwhy-test-process-XXXXXX";
	char name[64];
	pid_t pid;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(name, sizeof(name), "%s/pipe", folder);
	assert_int_equal(mkfifo(name, 0600), 0);
	pid = fork();
	if (pid == 0)
		_exit(interrupt_read(name));
	assert_int_equal(status_of(pid), 0);
	unlink(name);
	rmdir(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_output_and_status),
		cmocka_unit_test(test_input),
		cmocka_unit_test(test_descriptors),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_not_read),
		cmocka_unit_test(test_not_started),
		cmocka_unit_test(test_helper),
		cmocka_unit_test(test_parallel),
		cmocka_unit_test(test_side_by_side),
		cmocka_unit_test(test_interrupt),
		cmocka_unit_test(test_interrupted_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
