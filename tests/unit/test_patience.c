/*
 * Connections that take too long are ended, others are not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first. */
#include <cmocka.h>

#include <errno.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

#include "serve/patience.h"

static bool
is_ended(int socket)
{
	char c;
	ssize_t n = recv(socket, &c, 1, MSG_DONTWAIT);

	assert_true(n == 0 || errno == EAGAIN);
	return n == 0;
}

static void
test_cut(void **state)
{
	struct patience_wait *wait;
	struct patience p;
	int ends[2], others[2];

	(void)state;
	patience_init(&p);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, others), 0);
	wait = patience_begin(&p, ends[0], 100);
	assert_non_null(wait);
	patience_end(&p, patience_begin(&p, others[0], 100));
	patience_cut(&p, 99);
	assert_false(is_ended(ends[1]));
	patience_set(wait, 200);
	patience_cut(&p, 199);
	assert_false(is_ended(ends[1]));
	patience_cut(&p, 200);
	assert_true(is_ended(ends[1]));
	assert_false(is_ended(others[1]));
	for (int i = 0; i < 2; i++) {
		close(ends[i]);
		close(others[i]);
	}
	patience_release(&p);
}

/* What has no place is left to the server's other limits. */
static void
test_full(void **state)
{
	struct patience p;

	(void)state;
	patience_init(&p);
	for (int i = 0; i < PATIENCE_MAX; i++)
		assert_non_null(patience_begin(&p, 1000 + i, 1));
	assert_null(patience_begin(&p, 1, 1));
	patience_set(NULL, 1);
	patience_end(&p, NULL);
	patience_end(&p, &p.waits[7]);
	assert_ptr_equal(patience_begin(&p, 1, 1), &p.waits[7]);
	patience_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
