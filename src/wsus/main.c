/*
 * winwhy-wsus, an internal program of winwhy: requests over HTTP, each a
 * message of message.h on standard input, and its reply on standard output.
 * Ends when the input does.  Exit status: 0 the input has ended; 1 it was no
 * message, the reader has gone, or there was no memory; 2 usage.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "sys/posix_write.h"
#include "wsus/exchange.h"
#include "wsus/message.h"

#include "base/banned.h"

static bool
read_all(char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = read(STDIN_FILENO, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

/* False when it is not to go on. */
static bool
serve_one(struct exchange *x, struct ww_arena *arena, size_t len)
{
	char *fields = ww_arena_alloc(arena, len + 1);
	struct ww_buf out = ww_buf_in(arena);
	struct ww_http_request request;
	struct ww_http_reply reply;

	if (!read_all(fields, len) ||
	    !ww_message_read_request(ww_slice_of(fields, len), &request))
		return false;
	exchange_run(x, arena, &request, &reply);
	ww_message_reply(&out, &reply);
	return ww_posix_write(STDOUT_FILENO, ww_buf_slice(&out));
}

static int
serve(struct exchange *x, struct ww_arena *arena)
{
	char head[WW_MESSAGE_HEAD];

	while (read_all(head, sizeof(head))) {
		size_t len = ww_message_length(head);

		if (len == 0 || !serve_one(x, arena, len))
			return 1;
		ww_arena_release(arena);
	}
	return 0;
}

int
main(int argc, char **argv)
{
	struct exchange x;
	struct ww_arena arena;
	jmp_buf oom;
	volatile int status = 1;

	(void)argv;
	if (argc > 1) {
		fputs("usage: winwhy-wsus <REQUESTS >REPLIES\n", stderr);
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	ww_arena_init(&arena, &oom);
	if (setjmp(oom) == 0 && exchange_init(&x)) {
		status = serve(&x, &arena);
		exchange_release(&x);
	}
	ww_arena_release(&arena);
	return status;
}
