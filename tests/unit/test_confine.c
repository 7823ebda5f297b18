/*
 * The confinement holds: what a taken-over unpacker would try fails, and what
 * it needs goes on working.  Each attempt runs in a child of its own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unpack/confine.h"

/* As for an unpacker, and for who has started one. */
static const struct ww_confines alone = { .memory = (uint64_t)1 << 30,
					  .seconds = 60 };
static const struct ww_confines waits = {
	.memory = (uint64_t)1 << 30, .seconds = 60, .file = 4096, .waits = true
};

/* Exit statuses of the children. */
enum { REFUSED = 0, ALLOWED = 1, OTHERWISE = 2, NOT_CONFINED = 3 };

static int
judge(bool ok)
{
	/* Without a filter the limit on open files refuses. */
	if (ok)
		return ALLOWED;
	return errno == (ww_confine_filters() ? EPERM : EMFILE) ? REFUSED
								: OTHERWISE;
}

static int
try_open(void)
{
	return judge(open("/dev/null", O_RDONLY) >= 0);
}

static int
try_create(void)
{
	return judge(
	    open("/tmp/winwhy-test-confine", O_CREAT | O_WRONLY, 0600) >= 0);
}

static int
try_socket(void)
{
	return judge(socket(AF_INET, SOCK_STREAM, 0) >= 0);
}

static int
try_unix_socket(void)
{
	return judge(socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
}

static int
try_fork(void)
{
	pid_t pid;

	if (!ww_confine_filters())
		return REFUSED;
	pid = fork();
	if (pid == 0)
		_exit(0);
	return judge(pid >= 0);
}

static int
try_program(void)
{
	char *const argv[] = { (char *)"true", NULL };

	if (!ww_confine_filters())
		return REFUSED;
	execv("/bin/true", argv);
	return judge(false);
}

static int
try_code(void)
{
	if (!ww_confine_filters())
		return REFUSED;
	return judge(mmap(NULL, 4096, PROT_READ | PROT_EXEC,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
}

static int
try_unlink(void)
{
	if (!ww_confine_filters())
		return REFUSED;
	return judge(unlink("/tmp/winwhy-test-confine") == 0);
}

static int
try_kill(void)
{
	if (!ww_confine_filters())
		return REFUSED;
	return judge(kill(getppid(), 0) == 0);
}

/* What the work needs: "refused" here means that all of it works. */
static int
try_work(void)
{
	char *p = malloc((size_t)32 << 20);
	char c = 'x';

	if (p == NULL || write(STDOUT_FILENO, &c, 0) != 0)
		return OTHERWISE;
	memset(p, c, (size_t)32 << 20);
	c = ((volatile char *)p)[12345];
	free(p);
	return c == 'x' ? REFUSED : OTHERWISE;
}

static int
status_within(const struct ww_confines *keep, int (*attempt)(void))
{
	pid_t pid = fork();
	int status = 0;

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(ww_confine(keep) ? attempt() : NOT_CONFINED);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static int
status_of(int (*attempt)(void))
{
	return status_within(&alone, attempt);
}

static void
test_refused(void **state)
{
	(void)state;
	assert_int_equal(status_of(try_open), REFUSED);
	assert_int_equal(status_of(try_create), REFUSED);
	assert_int_equal(status_of(try_socket), REFUSED);
	assert_int_equal(status_of(try_unix_socket), REFUSED);
	assert_int_equal(status_of(try_fork), REFUSED);
	assert_int_equal(status_of(try_program), REFUSED);
	assert_int_equal(status_of(try_code), REFUSED);
	assert_int_equal(status_of(try_unlink), REFUSED);
	assert_int_equal(status_of(try_kill), REFUSED);
}

static void
test_work_goes_on(void **state)
{
	(void)state;
	assert_int_equal(status_of(try_work), REFUSED);
}

/* The pipe to a program that was started before can be waited for. */
static int ends[2];

static int
try_wait(void)
{
	struct pollfd fd = { .fd = ends[0], .events = POLLIN };

	return judge(poll(&fd, 1, 0) >= 0);
}

/* A file that is open can be written, up to its limit. */
static int
try_large_file(void)
{
	static const char block[8192];

	signal(SIGXFSZ, SIG_IGN);
	return write(ends[1], block, sizeof(block)) == 4096 ? REFUSED : ALLOWED;
}

static void
test_waits(void **state)
{
	char name[] = "/tmp/winwhy-test-confine.XXXXXX";

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(status_within(&waits, try_wait), ALLOWED);
	if (ww_confine_filters())
		assert_int_equal(status_of(try_wait), REFUSED);
	assert_int_equal(status_within(&waits, try_open), REFUSED);
	assert_int_equal(status_within(&waits, try_socket), REFUSED);
	assert_int_equal(status_within(&waits, try_program), REFUSED);
	assert_int_equal(status_within(&waits, try_kill), REFUSED);
	close(ends[0]);
	close(ends[1]);
	ends[1] = mkstemp(name);
	assert_true(ends[1] >= 0);
	unlink(name);
	assert_int_equal(status_within(&waits, try_large_file), REFUSED);
	close(ends[1]);
}

/* Of memory there is what limits.h gives, and no more. */
static int
try_memory(void)
{
	void *volatile p = malloc((size_t)2 << 30);

	return p == NULL ? REFUSED : ALLOWED;
}

static void
test_memory(void **state)
{
	(void)state;
#ifndef WW_SANITIZED
	assert_int_equal(status_of(try_memory), REFUSED);
#else
	(void)try_memory;
#endif
}

/* The attempts themselves work where nothing is confined. */
static void
test_attempts(void **state)
{
	(void)state;
	assert_int_equal(try_open(), ALLOWED);
	assert_int_equal(try_unix_socket(), ALLOWED);
	if (ww_confine_filters()) {
		assert_int_equal(try_fork(), ALLOWED);
		assert_int_equal(try_kill(), ALLOWED);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_work_goes_on),
		cmocka_unit_test(test_waits),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_attempts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
