#include "sys/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/compiler.h"
#include "base/slice.h"
#include "sys/posix_child.h"
#include "sys/posix_why.h"
#include "sys/walk.h"

#include "base/banned.h"

extern char **environ;

void
ww_posix_keep_ends(const int ends[2])
{
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
}

bool
ww_posix_child(int error, pid_t pid, const int ends[2], struct ww_child *ret,
	       const char **retwhy)
{
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		*retwhy = error == ENOENT ? WHY_MISSING : WHY_NOT_STARTED;
		return false;
	}
	*ret = (struct ww_child){ .out = { .handle = ends[0], .ours = true },
				  .process = pid };
	return true;
}

static int
add_streams(posix_spawn_file_actions_t *actions, const struct ww_file *in,
	    int out)
{
	int error =
	    in == NULL
		? posix_spawn_file_actions_addopen(actions, STDIN_FILENO,
						   "/dev/null", O_RDONLY, 0)
		: posix_spawn_file_actions_adddup2(actions, (int)in->handle,
						   STDIN_FILENO);

	if (error != 0)
		return error;
	return posix_spawn_file_actions_adddup2(actions, out, STDOUT_FILENO);
}

static int
start(const char *program, char *const *argv, const struct ww_file *in, int out,
      pid_t *ret)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	error = add_streams(&actions, in, out);
	if (error == 0)
		error =
		    posix_spawn(ret, program, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

bool
ww_sys_spawn(const char *program, char *const *argv, const struct ww_file *in,
	     struct ww_child *ret, const char **retwhy)
{
	int out[2], error;
	pid_t pid = 0;

	if (pipe(out) != 0) {
		*retwhy = why_of(errno);
		return false;
	}
	ww_posix_keep_ends(out);
	error = start(program, argv, in, out[1], &pid);
	return ww_posix_child(error, pid, out, ret, retwhy);
}

void
ww_sys_kill(struct ww_child *child)
{
	kill((pid_t)child->process, SIGKILL);
}

int
ww_sys_wait(struct ww_child *child)
{
	int status;
	pid_t pid;

	ww_sys_close(&child->out);
	do {
		pid = waitpid((pid_t)child->process, &status, 0);
	} while (pid < 0 && errno == EINTR);
	if (pid < 0)
		return -1;
	if (WIFSIGNALED(status))
		return WW_CHILD_KILLED + WTERMSIG(status);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

const char *
ww_sys_become(const char *program, char *const *argv)
{
	execv(program, argv);
	return errno == ENOENT ? WHY_MISSING : WHY_NOT_STARTED;
}

/* This program's own file, on the systems that name it; or NULL. */
static const char *
own_path(struct ww_arena *arena)
{
	static const char *const links[] = { "/proc/self/exe",
					     "/proc/curproc/file",
					     "/proc/curproc/exe" };
	char path[4096];

	for (size_t i = 0; i < WW_ARRAY_LEN(links); i++) {
		ssize_t n = readlink(links[i], path, sizeof(path));

		if (n > 0 && (size_t)n < sizeof(path))
			return ww_arena_copy(arena, path, (size_t)n);
	}
	return NULL;
}

static const char *
helper_in(struct ww_arena *arena, const char *folder, const char *name)
{
	const char *path = ww_sys_join(arena, folder, name);

	return access(path, X_OK) == 0 ? path : NULL;
}

/* Beside this program, or where libexec is when its folder is bin. */
static const char *
helper_near(struct ww_arena *arena, const char *name)
{
	const char *own = own_path(arena), *folder, *found;

	if (own == NULL)
		return NULL;
	folder = ww_arena_copy(arena, own, strlen(own) - ww_sys_last(own).len);
	found = helper_in(arena, folder, name);
	if (found != NULL)
		return found;
	folder = ww_sys_join(arena, folder, "../libexec/winwhy");
	return helper_in(arena, folder, name);
}

/* An empty part of PATH would mean the current folder: it is left out. */
static const char *
helper_in_path(struct ww_arena *arena, const char *name)
{
	const char *value = getenv("PATH");
	struct ww_slice rest = ww_slice_cstr(value == NULL ? "" : value);

	while (rest.len > 0) {
		const char *colon = memchr(rest.p, ':', rest.len);
		size_t len =
		    colon == NULL ? rest.len : (size_t)(colon - rest.p);
		const char *folder = ww_arena_copy(arena, rest.p, len);
		const char *found =
		    folder[0] == '/' ? helper_in(arena, folder, name) : NULL;

		if (found != NULL)
			return found;
		rest = ww_slice_from(rest, colon == NULL ? len : len + 1);
	}
	return NULL;
}

const char *
ww_sys_helper(struct ww_arena *arena, const char *name)
{
	const char *found = helper_near(arena, name);

#ifdef WW_LIBEXECDIR
	if (found == NULL)
		found = helper_in(arena, WW_LIBEXECDIR, name);
#endif
	return found != NULL ? found : helper_in_path(arena, name);
}
