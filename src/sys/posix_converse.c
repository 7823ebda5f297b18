#include "sys/converse.h"

#include <limits.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sys/posix_child.h"
#include "sys/posix_why.h"

#include "base/banned.h"

extern char **environ;

static int
start(const char *program, char *const *argv, int end, pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	error = posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO);
	if (error == 0)
		error = posix_spawn_file_actions_adddup2(&actions, end,
							 STDOUT_FILENO);
	if (error == 0)
		error =
		    posix_spawn(ret, program, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

bool
ww_sys_converse(const char *program, char *const *argv, struct ww_child *ret,
		const char **retwhy)
{
	int ends[2], error;
	pid_t pid = 0;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
		*retwhy = why_of(errno);
		return false;
	}
	ww_posix_keep_ends(ends);
	error = start(program, argv, ends[1], &pid);
	return ww_posix_child(error, pid, ends, ret, retwhy);
}

bool
ww_sys_say(struct ww_child *child, struct ww_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = send((int)child->out.handle, bytes.p, bytes.len,
				 MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = ww_slice_from(bytes, (size_t)n);
	}
	return true;
}

/* A signal ends the waiting, too: somebody wants an end. */
static bool
wait_for(int fd, uint64_t ms, bool *rettimeout)
{
	struct pollfd wanted = { .fd = fd, .events = POLLIN };
	int n = poll(&wanted, 1, ms > INT_MAX ? INT_MAX : (int)ms);

	*rettimeout = n == 0;
	return n > 0;
}

bool
ww_sys_hear(struct ww_child *child, void *buf, size_t len, uint64_t ms,
	    bool *rettimeout)
{
	int fd = (int)child->out.handle;
	char *p = buf;

	*rettimeout = false;
	while (len > 0) {
		ssize_t n;

		if (!wait_for(fd, ms, rettimeout))
			return false;
		n = recv(fd, p, len, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}
