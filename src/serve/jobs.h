/*
 * Diagnoses that visitors asked for: what they sent, in a private folder of
 * its own, a worker that reads it, and the answer, each for a limited time.
 * A job is known by a name that nobody can guess; whoever has it may see it.
 */
#ifndef WW_SERVE_JOBS_H
#define WW_SERVE_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

/* So many are kept at a time; so many are worked on at once. */
#define JOBS_MAX	 32
#define JOBS_RUNNING_MAX 2

/* 128 bits in hexadecimal, and a NUL. */
#define JOB_NAME_SIZE 33

enum job_state {
	JOB_NONE,    /* there is none of that name */
	JOB_FILLING, /* files still arrive */
	JOB_WAITING,
	JOB_RUNNING,
	JOB_DONE,
	JOB_FAILED,
};

/* What the worker makes of it. */
enum job_answer {
	JOB_PAGE,   /* HTML of this server */
	JOB_REPORT, /* HTML that stands alone */
	JOB_JSON,
	JOB_TEXT,
	JOB_ANSWERS
};

struct jobs;

/*
 * The folder is made below `parent`, readable by nobody else.  `program`, a
 * path that stays the caller's, is started as worker.  NULL: *retwhy is an
 * English message, constant.
 */
struct jobs *jobs_open(const char *parent, const char *program,
		       const char **retwhy);

/* All files are deleted, all workers ended. */
void jobs_close(struct jobs *jobs);

/*
 * A new job, whose input is written to *retfile, a descriptor of the caller.
 * False: there are too many, or the disk refuses.
 */
bool jobs_begin(struct jobs *jobs, char retname[JOB_NAME_SIZE], int *retfile);

/* All of it is written; work on it in that language (an id). */
void jobs_submit(struct jobs *jobs, const char *name, struct ww_slice lang,
		 bool redact);

/* It is not wanted any more. */
void jobs_delete(struct jobs *jobs, struct ww_slice name);

/* *retwhy: of JOB_FAILED, an English message, constant. */
enum job_state jobs_state(struct jobs *jobs, struct ww_slice name,
			  const char **retwhy);

/* An answer of JOB_DONE, in the arena; false where there is none. */
bool jobs_answer(struct jobs *jobs, struct ww_slice name,
		 enum job_answer answer, struct ww_arena *arena,
		 struct ww_slice *ret);

/* Start what waits, end what takes too long, delete what is old. */
void jobs_tick(struct jobs *jobs);

#endif
