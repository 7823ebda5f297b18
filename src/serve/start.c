#include "serve/start.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <unistd.h>

#include "serve/worker.h"

#include "base/banned.h"

extern char **environ;

/* A group of its own, and SIGPIPE, which the server ignores, as usual. */
static bool
set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t usual;

	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	return posix_spawnattr_setflags(attributes,
					POSIX_SPAWN_SETPGROUP |
					    POSIX_SPAWN_SETSIGDEF) == 0 &&
	       posix_spawnattr_setpgroup(attributes, 0) == 0 &&
	       posix_spawnattr_setsigdefault(attributes, &usual) == 0;
}

/* It says nothing; the log is the server's. */
static bool
add_streams(posix_spawn_file_actions_t *actions)
{
	return posix_spawn_file_actions_addopen(actions, STDIN_FILENO,
						"/dev/null", O_RDONLY,
						0) == 0 &&
	       posix_spawn_file_actions_addopen(actions, STDOUT_FILENO,
						"/dev/null", O_WRONLY, 0) == 0;
}

static bool
spawn(const struct worker_order *order, posix_spawn_file_actions_t *actions,
      posix_spawnattr_t *attributes, pid_t *ret)
{
	const char *const argv[] = {
		"winwhy-serve",
		WORKER_OPTION,
		order->folder,
		order->lang,
		order->redact ? "redact" : "plain",
		order->catalogue,
		NULL,
	};

	return set_attributes(attributes) && add_streams(actions) &&
	       posix_spawn(ret, order->program, actions, attributes,
			   (char *const *)(uintptr_t)argv, environ) == 0;
}

bool
worker_start(const struct worker_order *order, pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	bool started;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	if (posix_spawnattr_init(&attributes) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return false;
	}
	started = spawn(order, &actions, &attributes, ret);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return started;
}
