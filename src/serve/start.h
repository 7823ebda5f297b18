/*
 * A worker for one job: a process of its own, told where its files are.
 */
#ifndef WW_SERVE_START_H
#define WW_SERVE_START_H

#include <stdbool.h>
#include <sys/types.h>

struct worker_order {
	const char *program;
	const char *folder;
	const char *lang;
	const char *catalogue; /* empty: the embedded one */
	bool redact;
};

/* It leads a process group, to be ended with what it starts. */
bool worker_start(const struct worker_order *order, pid_t *ret);

#endif
