#include "sys/sys.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "base/banned.h"

/* A handler is given nothing: the one place that must remember. */
static volatile sig_atomic_t *interrupted;

/* On a thread of its own.  FALSE: the system ends the program, as usual. */
static BOOL WINAPI
on_interrupt(DWORD event)
{
	if (event != CTRL_C_EVENT || *interrupted)
		return FALSE;
	*interrupted = 1;
	return TRUE;
}

void
ww_sys_on_interrupt(volatile sig_atomic_t *flag)
{
	interrupted = flag;
	SetConsoleCtrlHandler(on_interrupt, TRUE);
}

bool
ww_sys_interrupted(void)
{
	return interrupted != NULL && *interrupted;
}

uint64_t
ww_sys_now_ms(void)
{
	return GetTickCount64();
}

int64_t
ww_sys_utc(void)
{
	FILETIME now;
	uint64_t ticks; /* of 100 ns, since 1601 */

	GetSystemTimePreciseAsFileTime(&now);
	ticks = (uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime;
	return (int64_t)(ticks / 10) - INT64_C(11644473600000000);
}

void
ww_sys_wait_ms(uint64_t ms)
{
	uint64_t end = ww_sys_now_ms() + ms, now;

	while (!ww_sys_interrupted() && (now = ww_sys_now_ms()) < end)
		Sleep(end - now < 100 ? (DWORD)(end - now) : 100);
}
