#include "sys/process.h"

#include "base/buf.h"
#include "sys/walk.h"
#include "sys/why.h"
#include "sys/windows_text.h"

#include "base/banned.h"

/*
 * What a program that works for us may use: it reads what is hostile, and
 * does not confine itself.
 */
#define MEMORY_MAX  ((SIZE_T)1 << 30)
#define SECONDS_MAX 600

/* Its exit status when it was not let go on. */
#define KILLED (WW_CHILD_KILLED + 9)

/* The handles that it is given. */
struct streams {
	HANDLE in, out, nothing;
	HANDLE ours; /* the other end of out */
};

static void
close_handle(HANDLE handle)
{
	if (handle != NULL && handle != INVALID_HANDLE_VALUE)
		CloseHandle(handle);
}

static void
close_streams(struct streams *s)
{
	close_handle(s->in);
	close_handle(s->out);
	close_handle(s->nothing);
}

/* A handle that a child inherits, of what `in` reads. */
static HANDLE
inherited(const struct ww_file *in)
{
	HANDLE self = GetCurrentProcess(), ret = NULL;

	if (!DuplicateHandle(self, (HANDLE)in->handle, self, &ret, 0, TRUE,
			     DUPLICATE_SAME_ACCESS))
		return NULL;
	return ret;
}

static bool
open_streams(const struct ww_file *in, struct streams *ret)
{
	SECURITY_ATTRIBUTES inherit = { .nLength = sizeof(inherit),
					.bInheritHandle = TRUE };
	const DWORD access = GENERIC_READ | GENERIC_WRITE;
	const DWORD share = FILE_SHARE_READ | FILE_SHARE_WRITE;

	*ret = (struct streams){ 0 };
	ret->nothing = CreateFileW(L"NUL", access, share, &inherit,
				   OPEN_EXISTING, 0, NULL);
	if (in != NULL)
		ret->in = inherited(in);
	if (!CreatePipe(&ret->ours, &ret->out, &inherit, 0))
		return false;
	return SetHandleInformation(ret->ours, HANDLE_FLAG_INHERIT, 0) &&
	       (in == NULL || ret->in != NULL);
}

/*
 * As CommandLineToArgvW reads it back: quotes round it, and backslashes that
 * stand before a quote doubled.
 */
static void
add_argument(struct ww_buf *line, const char *argument)
{
	size_t slashes = 0;

	if (line->len > 0)
		ww_buf_char(line, ' ');
	ww_buf_char(line, '"');
	for (; *argument != '\0'; argument++) {
		if (*argument == '"')
			ww_buf_fill(line, '\\', slashes + 1);
		slashes = *argument == '\\' ? slashes + 1 : 0;
		ww_buf_char(line, *argument);
	}
	ww_buf_fill(line, '\\', slashes);
	ww_buf_char(line, '"');
}

/* NULL where limits cannot be had: then it runs without. */
static HANDLE
make_job(void)
{
	JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
	HANDLE job = CreateJobObjectW(NULL, NULL);

	limits.BasicLimitInformation.LimitFlags =
	    JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE |
	    JOB_OBJECT_LIMIT_PROCESS_MEMORY | JOB_OBJECT_LIMIT_PROCESS_TIME;
	/* In units of 100 ns. */
	limits.BasicLimitInformation.PerProcessUserTimeLimit.QuadPart =
	    SECONDS_MAX * 10000000LL;
	limits.ProcessMemoryLimit = MEMORY_MAX;
	if (job != NULL)
		SetInformationJobObject(job, JobObjectExtendedLimitInformation,
					&limits, sizeof(limits));
	return job;
}

static bool
start(struct ww_arena *arena, const char *program, char *const *argv,
      const struct streams *streams, PROCESS_INFORMATION *ret)
{
	STARTUPINFOW info = { .cb = sizeof(info),
			      .dwFlags = STARTF_USESTDHANDLES,
			      .hStdOutput = streams->out,
			      .hStdError = streams->nothing };
	struct ww_buf line = ww_buf_in(arena);

	info.hStdInput = streams->in != NULL ? streams->in : streams->nothing;
	for (; *argv != NULL; argv++)
		add_argument(&line, *argv);
	ww_buf_char(&line, '\0');
	return CreateProcessW(native_path(arena, program),
			      widen(arena, line.p).p, NULL, NULL, TRUE,
			      CREATE_SUSPENDED | CREATE_NO_WINDOW, NULL, NULL,
			      &info, ret);
}

static bool
start_in_arena(const char *program, char *const *argv,
	       const struct streams *streams, PROCESS_INFORMATION *ret)
{
	struct ww_arena arena;
	jmp_buf oom;
	volatile bool ok = false; /* read again after a longjmp() */

	ww_arena_init(&arena, &oom);
	if (setjmp(oom) == 0)
		ok = start(&arena, program, argv, streams, ret);
	ww_arena_release(&arena);
	return ok;
}

bool
ww_sys_spawn(const char *program, char *const *argv, const struct ww_file *in,
	     struct ww_child *ret, const char **retwhy)
{
	struct streams streams;
	PROCESS_INFORMATION process;
	HANDLE job;
	bool ok = open_streams(in, &streams) &&
		  start_in_arena(program, argv, &streams, &process);

	close_streams(&streams);
	if (!ok) {
		close_handle(streams.ours);
		*retwhy = WHY_NOT_STARTED;
		return false;
	}
	job = make_job();
	if (job != NULL)
		AssignProcessToJobObject(job, process.hProcess);
	ResumeThread(process.hThread);
	CloseHandle(process.hThread);
	*ret = (struct ww_child){
		.out = { .handle = (intptr_t)streams.ours, .ours = true },
		.process = (intptr_t)process.hProcess,
		.limits = (intptr_t)job,
	};
	return true;
}

void
ww_sys_kill(struct ww_child *child)
{
	TerminateProcess((HANDLE)child->process, KILLED);
}

int
ww_sys_wait(struct ww_child *child)
{
	HANDLE process = (HANDLE)child->process;
	DWORD status = 0;
	bool ok;

	ww_sys_close(&child->out);
	WaitForSingleObject(process, INFINITE);
	ok = GetExitCodeProcess(process, &status);
	CloseHandle(process);
	close_handle((HANDLE)child->limits);
	if (!ok)
		return -1;
	/* An exception's number is an end by force, too. */
	return status > KILLED ? KILLED : (int)status;
}

/* Windows cannot; nothing that is left to another program exists there. */
const char *
ww_sys_become(const char *program, char *const *argv)
{
	(void)program;
	(void)argv;
	return WHY_NOT_STARTED;
}

/* A program of Windows itself, and no other of that name. */
const char *
ww_sys_helper(struct ww_arena *arena, const char *name)
{
	struct wide folder = wide_new(arena, MAX_PATH);
	UINT n = GetSystemDirectoryW(folder.p, MAX_PATH);
	const char *path;

	if (n == 0 || n >= MAX_PATH)
		return NULL;
	path = ww_sys_join(arena, narrow(arena, folder.p, n).p, name);
	if (GetFileAttributesW(native_path(arena, path)) ==
	    INVALID_FILE_ATTRIBUTES)
		return NULL;
	return path;
}
