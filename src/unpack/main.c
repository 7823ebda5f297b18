/*
 * winwhy-unpack, an internal program of winwhy: the members of an archive as
 * the frames of frame.h.
 *
 *	winwhy-unpack <ARCHIVE | reader
 *	winwhy-unpack ARCHIVE | reader
 *
 * Standard output must be a pipe: no file is ever written, and the process
 * gives up the right to before it reads the first byte of the archive.  Exit
 * status: 0 all was said, in frames, whatever the archive was worth; 1 the
 * reader has gone, or there was no memory; 2 usage; 3 it could not be opened
 * or this process could not be confined.
 */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <archive.h>

#include "unpack/confine.h"
#include "unpack/limits.h"
#include "unpack/unpack.h"

#include "base/banned.h"

/* The usual limit of a process; callers with more open are rare. */
#define DESCRIPTORS_MAX 1024

static volatile sig_atomic_t time_up;

static void
on_time_up(int number)
{
	(void)number;
	time_up = 1;
}

static int
complain(const char *what, const char *why)
{
	fprintf(stderr, "winwhy-unpack: %s: %s\n", what, why);
	return 3;
}

/* The archive becomes standard input: nothing else will be open. */
static int
open_archive(const char *name)
{
	int fd = open(name, O_RDONLY);

	if (fd < 0)
		return complain(name, strerror(errno));
	if (fd == STDIN_FILENO)
		return 0;
	if (dup2(fd, STDIN_FILENO) < 0)
		return complain(name, strerror(errno));
	close(fd);
	return 0;
}

/*
 * What libarchive would load or look up later, when it is no longer allowed:
 * the character set its names are converted to; and the time zone of dates in
 * zip archives, which nobody asks for, so it is one that needs no file.
 */
static void
load(void)
{
	static const char *const utf8[] = { "C.UTF-8", "en_US.UTF-8" };

	for (size_t i = 0; i < sizeof(utf8) / sizeof(utf8[0]); i++)
		if (setlocale(LC_CTYPE, utf8[i]) != NULL)
			break;
	setenv("TZ", "UTC0", 1);
	tzset();
}

/* What the caller left open is nothing that an archive should reach. */
static void
close_others(void)
{
	for (int fd = STDERR_FILENO + 1; fd < DESCRIPTORS_MAX; fd++)
		close(fd);
}

static bool
watch_time(void)
{
	struct sigaction action = { .sa_handler = on_time_up };

	sigemptyset(&action.sa_mask);
	return sigaction(SIGXCPU, &action, NULL) == 0;
}

int
main(int argc, char **argv)
{
	const struct ww_confines keep = {
		.memory = WW_UNPACK_MEMORY_MAX,
		.seconds = WW_UNPACK_SECONDS_MAX,
	};
	int status = 0;

	if (argc > 2 || (argc == 2 && argv[1][0] == '-')) {
		fputs("usage: winwhy-unpack [ARCHIVE]\n", stderr);
		return 2;
	}
	if (argc == 2)
		status = open_archive(argv[1]);
	if (status != 0)
		return status;
	load();
	close_others();
	if (!watch_time() || !ww_confine(&keep))
		return complain("could not be confined", strerror(errno));
	/* Straight out: nothing is left to do, and little is allowed. */
	_exit(ww_unpack(STDIN_FILENO, STDOUT_FILENO, &time_up) ? 0 : 1);
}
