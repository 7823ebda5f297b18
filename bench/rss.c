/*
 * Memory of a program at the moment it ends: stops it there with ptrace(2)
 * and reads /proc/PID/smaps_rollup, which counts pages exactly; the counters
 * of /proc/PID/status are off by up to 63 pages for each processor.  Linux
 * only.  Prints figures for run.sh, in KiB: rss PROGRAM [ARGUMENT]...
 */
#define _DEFAULT_SOURCE

#include <fcntl.h>
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

/* The lines "Key:  123 kB" that are wanted. */
static void
print_memory(pid_t pid)
{
	static const struct {
		const char *field;
		const char *key;
	} wanted[] = {
		{ "Rss:", "rss-total" },
		{ "Anonymous:", "rss-anonymous" },
	};
	char path[64], line[256], field[64];
	unsigned long kib;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/smaps_rollup", (long)pid);
	if ((f = fopen(path, "r")) == NULL)
		fail(path);
	while (fgets(line, sizeof(line), f) != NULL) {
		if (sscanf(line, "%63s %lu", field, &kib) != 2)
			continue;
		for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
			if (strcmp(field, wanted[i].field) == 0)
				bench_print(wanted[i].key, (double)kib);
	}
	fclose(f);
}

static int
follow(pid_t pid)
{
	struct rusage usage;
	int status;

	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
		return 2;
	if (ptrace(PTRACE_SETOPTIONS, pid, NULL,
		   (void *)(PTRACE_O_TRACEEXIT | PTRACE_O_EXITKILL)) != 0)
		fail("ptrace");
	for (;;) {
		int signal = 0;

		if (WIFSTOPPED(status) &&
		    status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
			print_memory(pid);
		else if (WIFSTOPPED(status) && WSTOPSIG(status) != SIGTRAP)
			signal = WSTOPSIG(status);
		if (ptrace(PTRACE_CONT, pid, NULL, (void *)(intptr_t)signal) !=
		    0)
			fail("ptrace");
		if (wait4(pid, &status, 0, &usage) != pid)
			fail("wait4");
		if (!WIFSTOPPED(status))
			break;
	}
	bench_print("rss-faults", (double)usage.ru_minflt);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

int
main(int argc, char **argv)
{
	pid_t pid;

	if (argc < 2) {
		fputs("usage: rss PROGRAM [ARGUMENT]...\n", stderr);
		return 2;
	}
	if ((pid = fork()) < 0)
		fail("fork");
	if (pid == 0)
		become(argv + 1);
	return follow(pid);
}
