/*
 * Diagnoses that visitors asked for: what they sent, in a private folder of
 * its own, a worker that reads it, and the answer, each for a limited time.
 * A job is known by a name that nobody can guess; whoever has it may see it.
 */
#ifndef WW_SERVE_JOBS_H
#define WW_SERVE_JOBS_H

#include <stdint.h>

#include "serve/job_files.h"

/* So many are kept at a time; of these so many without an answer yet. */
#define JOBS_MAX	   64
#define JOBS_UNDER_WAY_MAX 8

/* And so many are worked on at once. */
#define JOBS_RUNNING_MAX 2

enum job_state {
	JOB_NONE,    /* there is none of that name */
	JOB_FILLING, /* files still arrive */
	JOB_WAITING,
	JOB_RUNNING,
	JOB_DONE,
	JOB_FAILED,
};

struct job_news {
	enum job_state state;
	unsigned files;	 /* that a worker has begun to read */
	const char *why; /* of JOB_FAILED: English message, constant */
};

struct job_refusal {
	unsigned status; /* of HTTP */
	const char *why; /* English message, constant */
};

#define JOB_NO_ROOM N_("this server has no room for the files")

struct jobs;

/*
 * The folder is made below `parent`, readable by nobody else; those of servers
 * that were killed are deleted there.  `program` is started as worker and told
 * of `catalogue`, a path or empty; all stay the caller's.  NULL: *retwhy is an
 * English message, constant.
 */
struct jobs *jobs_open(const char *parent, const char *program,
		       const char *catalogue, const char **retwhy);

/* All files are deleted, all workers ended. */
void jobs_close(struct jobs *jobs);

/*
 * A new job, whose input is written to *retfile, a descriptor of the caller.
 * False: there are too many, or the disk refuses.
 */
bool jobs_begin(struct jobs *jobs, char retname[JOB_NAME_SIZE], int *retfile,
		struct job_refusal *retwhy);

/* All of it is written; work on it in that language (an id). */
void jobs_submit(struct jobs *jobs, const char *name, struct ww_slice lang,
		 bool redact);

/* It is not wanted any more. */
void jobs_delete(struct jobs *jobs, struct ww_slice name);

struct job_news jobs_news(struct jobs *jobs, struct ww_slice name);

/* An answer of JOB_DONE, in the arena; false where there is none. */
bool jobs_answer(struct jobs *jobs, struct ww_slice name, enum job_file answer,
		 struct ww_arena *arena, struct ww_slice *ret);

/* Start what waits, end what takes too long, delete what is old. */
void jobs_tick(struct jobs *jobs);

#endif
