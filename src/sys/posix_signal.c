#include "sys/sys.h"

#include <stddef.h>
#include <time.h>
#include <unistd.h>

#include "base/banned.h"

/* A handler is given nothing: the one place that must remember. */
static volatile sig_atomic_t *interrupted;

/* The number a shell gives to a program that Ctrl-C ended. */
#define ENDED_BY_CTRL_C 130

static void
on_interrupt(int number)
{
	(void)number;
	if (*interrupted)
		_exit(ENDED_BY_CTRL_C);
	*interrupted = 1;
}

/* Without SA_RESTART: a read that waits comes back. */
void
ww_sys_on_interrupt(volatile sig_atomic_t *flag)
{
	struct sigaction action = { .sa_handler = on_interrupt };

	interrupted = flag;
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
}

bool
ww_sys_interrupted(void)
{
	return interrupted != NULL && *interrupted;
}

uint64_t
ww_sys_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

int64_t
ww_sys_utc(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void
ww_sys_wait_ms(uint64_t ms)
{
	const struct timespec span = {
		.tv_sec = (time_t)(ms / 1000),
		.tv_nsec = (long)(ms % 1000) * 1000000,
	};

	nanosleep(&span, NULL);
}
