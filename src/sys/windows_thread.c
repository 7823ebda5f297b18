#include "sys/thread.h"

#include <stdatomic.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include "base/banned.h"

/* More would only wait for each other's memory. */
#define WORKERS_MAX 64

struct work {
	size_t n_items;
	atomic_size_t next;
	void (*fn)(void *ctx, size_t i);
	void *ctx;
};

unsigned
ww_sys_cores(void)
{
	SYSTEM_INFO info;

	GetSystemInfo(&info);
	return info.dwNumberOfProcessors > WORKERS_MAX
		   ? WORKERS_MAX
		   : (unsigned)info.dwNumberOfProcessors;
}

static DWORD WINAPI
run(void *ctx)
{
	struct work *work = ctx;
	size_t i;

	while ((i = atomic_fetch_add(&work->next, 1)) < work->n_items)
		work->fn(work->ctx, i);
	return 0;
}

void
ww_sys_parallel(size_t n_items, unsigned workers,
		void (*fn)(void *ctx, size_t i), void *ctx)
{
	struct work work = { .n_items = n_items, .fn = fn, .ctx = ctx };
	HANDLE threads[WORKERS_MAX];
	unsigned started = 0;

	if (workers > WORKERS_MAX)
		workers = WORKERS_MAX;
	/* This thread is the first worker. */
	while (started + 1 < workers && started + 1 < n_items) {
		threads[started] = CreateThread(NULL, 0, run, &work, 0, NULL);
		if (threads[started] == NULL)
			break;
		started++;
	}
	run(&work);
	while (started > 0) {
		WaitForSingleObject(threads[--started], INFINITE);
		CloseHandle(threads[started]);
	}
}
