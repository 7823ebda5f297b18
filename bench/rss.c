/*
 * The most memory that a program has at one time: ptrace(2) stops it before
 * and after each system call, between which memory only grows, and
 * /proc/PID/smaps_rollup is read.  That counts pages exactly, while the
 * counters of /proc/PID/status lag behind on each processor.  Linux only.
 * Prints figures for run.sh, in KiB: rss PROGRAM [ARGUMENT]...
 */
#define _DEFAULT_SOURCE

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

static void
fail(const char *what)
{
	perror(what);
	exit(2);
}

static void
become(char **argv)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0)
		fail("/dev/null");
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
		fail("ptrace");
	execv(argv[0], argv);
	fail(argv[0]);
}

struct memory {
	unsigned long total;	 /* KiB */
	unsigned long anonymous; /* KiB, of these: no file's pages */
	unsigned long faults;
};

static void
keep_most(unsigned long *most, const char *line, const char *field)
{
	size_t len = strlen(field);
	unsigned long kib;

	if (strncmp(line, field, len) != 0)
		return;
	kib = strtoul(line + len, NULL, 10);
	if (kib > *most)
		*most = kib;
}

static void
read_memory(pid_t pid, struct memory *memory)
{
	char path[64], line[256];
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/smaps_rollup", (long)pid);
	if ((f = fopen(path, "r")) == NULL)
		return;
	while (fgets(line, sizeof(line), f) != NULL) {
		keep_most(&memory->total, line, "Rss:");
		keep_most(&memory->anonymous, line, "Anonymous:");
	}
	fclose(f);
}

/* Goes on to the next system call, and hands on what is no stop of ours. */
static void
go_on(pid_t pid, int status)
{
	int stop = WSTOPSIG(status);
	intptr_t signal = (stop & ~0x80) == SIGTRAP ? 0 : stop;

	if (ptrace(PTRACE_SYSCALL, pid, NULL, (void *)signal) != 0)
		fail("ptrace");
}

static int
follow(pid_t pid, struct memory *memory)
{
	const intptr_t options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	struct rusage usage;
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return 2;
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL, (void *)options) != 0)
		fail("ptrace");
	while (WIFSTOPPED(status)) {
		read_memory(pid, memory);
		go_on(pid, status);
		if (wait4(pid, &status, 0, &usage) != pid)
			fail("wait4");
	}
	memory->faults = (unsigned long)usage.ru_minflt;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

int
main(int argc, char **argv)
{
	struct memory memory = { 0 };
	pid_t pid;
	int status;

	if (argc < 2) {
		fputs("usage: rss PROGRAM [ARGUMENT]...\n", stderr);
		return 2;
	}
	if ((pid = fork()) < 0)
		fail("fork");
	if (pid == 0)
		become(argv + 1);
	status = follow(pid, &memory);
	bench_print("rss-total", (double)memory.total);
	bench_print("rss-anonymous", (double)memory.anonymous);
	bench_print("rss-faults", (double)memory.faults);
	return status;
}
