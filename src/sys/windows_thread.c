#include "sys/thread.h"

#include <stdlib.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "base/banned.h"

struct ww_crew {
	void (*fn)(void *ctx);
	void *ctx;
	unsigned n; /* threads that were started */
	HANDLE threads[WW_THREADS_MAX];
};

unsigned
ww_sys_cores(void)
{
	SYSTEM_INFO info;

	GetSystemInfo(&info);
	return info.dwNumberOfProcessors > WW_THREADS_MAX
		   ? WW_THREADS_MAX
		   : (unsigned)info.dwNumberOfProcessors;
}

static DWORD WINAPI
run(void *ctx)
{
	struct ww_crew *crew = ctx;

	crew->fn(crew->ctx);
	return 0;
}

struct ww_crew *
ww_crew_start(unsigned n, void (*fn)(void *ctx), void *ctx)
{
	struct ww_crew *crew = malloc(sizeof(*crew));

	if (crew == NULL)
		return NULL;
	*crew = (struct ww_crew){ .fn = fn, .ctx = ctx };
	if (n > WW_THREADS_MAX)
		n = WW_THREADS_MAX;
	for (; crew->n < n; crew->n++) {
		crew->threads[crew->n] =
		    CreateThread(NULL, 0, run, crew, 0, NULL);
		if (crew->threads[crew->n] == NULL)
			break;
	}
	return crew;
}

void
ww_crew_wait(struct ww_crew *crew)
{
	if (crew == NULL)
		return;
	while (crew->n > 0) {
		WaitForSingleObject(crew->threads[--crew->n], INFINITE);
		CloseHandle(crew->threads[crew->n]);
	}
	free(crew);
}
