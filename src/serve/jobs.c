#include "serve/jobs.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "base/compiler.h"
#include "base/message.h"
#include "serve/stale.h"
#include "serve/start.h"
#include "sys/sys.h"

#include "base/banned.h"

/* How long an upload may lie half filled, and a diagnosis be looked at. */
#define FILLING_MS ((uint64_t)20 * 60 * 1000)
#define KEPT_MS	   ((uint64_t)60 * 60 * 1000)

/* So long no other visit makes an answer go. */
#define SAFE_MS ((uint64_t)5 * 60 * 1000)

/* A worker that needs a processor ends sooner by its own limits. */
#define RUNNING_MS ((uint64_t)10 * 60 * 1000)

struct job {
	enum job_state state;
	char name[JOB_NAME_SIZE];
	char lang[8];
	bool redact;
	uint64_t since; /* of its state, ww_sys_now_ms() */
	pid_t worker;
	const char *why;
};

struct jobs {
	pthread_mutex_t mutex;
	const char *program; /* the worker */
	const char *catalogue;
	struct job_folder folder;
	struct job list[JOBS_MAX];
};

/* One job; all of it with the mutex held */

static struct job *
find(struct jobs *jobs, struct ww_slice name)
{
	for (size_t i = 0; i < JOBS_MAX; i++)
		if (jobs->list[i].state != JOB_NONE &&
		    ww_slice_eq(ww_slice_cstr(jobs->list[i].name), name))
			return &jobs->list[i];
	return NULL;
}

static void
set_state(struct job *job, enum job_state state)
{
	job->state = state;
	job->since = ww_sys_now_ms();
}

/* What was sent is deleted as soon as it was read. */
static void
finish(const struct jobs *jobs, struct job *job, const char *why)
{
	job_file_delete(&jobs->folder, job->name, JOB_UPLOAD);
	job->why = why;
	set_state(job, why == NULL ? JOB_DONE : JOB_FAILED);
}

static void
end_worker(struct job *job)
{
	if (job->worker == 0)
		return;
	/* With its unpacker: it leads a group of its own. */
	kill(-job->worker, SIGKILL);
	while (waitpid(job->worker, NULL, 0) < 0 && errno == EINTR)
		;
	job->worker = 0;
}

static void
drop(const struct jobs *jobs, struct job *job)
{
	end_worker(job);
	job_files_delete(&jobs->folder, job->name);
	*job = (struct job){ .state = JOB_NONE };
}

/* A worker that has ended leaves an answer, or has failed. */
static void
look_after(const struct jobs *jobs, struct job *job)
{
	int status;
	pid_t ended = waitpid(job->worker, &status, WNOHANG);

	if (ended == 0) {
		if (ww_sys_now_ms() - job->since > RUNNING_MS) {
			end_worker(job);
			finish(jobs, job, N_("reading took too long"));
		}
		return;
	}
	job->worker = 0;
	if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		finish(jobs, job, NULL);
	else
		finish(jobs, job,
		       N_("reading ended before its time: these files may "
			  "need more memory than a visitor is given"));
}

/* All jobs; likewise */

static size_t
count(const struct jobs *jobs, enum job_state first, enum job_state last)
{
	size_t n = 0;

	for (size_t i = 0; i < JOBS_MAX; i++)
		n +=
		    jobs->list[i].state >= first && jobs->list[i].state <= last;
	return n;
}

/* The one that has been in that state for longest, or NULL. */
static struct job *
oldest(struct jobs *jobs, enum job_state state)
{
	struct job *found = NULL;

	for (size_t i = 0; i < JOBS_MAX; i++)
		if (jobs->list[i].state == state &&
		    (found == NULL || jobs->list[i].since < found->since))
			found = &jobs->list[i];
	return found;
}

/* Of answers the oldest makes room, one that failed before others. */
static struct job *
make_room(struct jobs *jobs)
{
	struct job *leaving = oldest(jobs, JOB_FAILED);

	if (leaving == NULL)
		leaving = oldest(jobs, JOB_DONE);
	if (leaving == NULL || (leaving->state == JOB_DONE &&
				ww_sys_now_ms() - leaving->since < SAFE_MS))
		return NULL;
	drop(jobs, leaving);
	return leaving;
}

static struct job *
place_for_one(struct jobs *jobs, struct job_refusal *retwhy)
{
	struct job *place = oldest(jobs, JOB_NONE);

	*retwhy = (struct job_refusal){
		503, N_("too many diagnoses are under way: try again in a "
			"minute")
	};
	if (count(jobs, JOB_FILLING, JOB_RUNNING) >= JOBS_UNDER_WAY_MAX)
		return NULL;
	retwhy->why = N_("this server keeps no more answers for now: try again "
			 "in some minutes");
	return place != NULL ? place : make_room(jobs);
}

static void
start(const struct jobs *jobs, struct job *job)
{
	char folder[JOB_PATH_MAX];
	const struct worker_order order = {
		.program = jobs->program,
		.folder = folder,
		.lang = job->lang,
		.catalogue = jobs->catalogue,
		.redact = job->redact,
	};

	if (job_path(&jobs->folder, job->name, folder) &&
	    worker_start(&order, &job->worker))
		set_state(job, JOB_RUNNING);
	else
		finish(jobs, job, N_("the reader could not be started"));
}

static void
start_waiting(struct jobs *jobs)
{
	struct job *next;

	while (count(jobs, JOB_RUNNING, JOB_RUNNING) < JOBS_RUNNING_MAX &&
	       (next = oldest(jobs, JOB_WAITING)) != NULL)
		start(jobs, next);
}

static bool
is_over(const struct job *job)
{
	uint64_t for_ms = ww_sys_now_ms() - job->since;

	return (job->state == JOB_FILLING && for_ms > FILLING_MS) ||
	       (job->state >= JOB_DONE && for_ms > KEPT_MS);
}

/* What others call */

bool
jobs_begin(struct jobs *jobs, char retname[JOB_NAME_SIZE], int *retfile,
	   struct job_refusal *retwhy)
{
	struct job *job;
	bool begun;

	pthread_mutex_lock(&jobs->mutex);
	job = place_for_one(jobs, retwhy);
	begun =
	    job != NULL && job_files_make(&jobs->folder, job->name, retfile);
	if (begun) {
		set_state(job, JOB_FILLING);
		memcpy(retname, job->name, JOB_NAME_SIZE);
	} else if (job != NULL) {
		*retwhy = (struct job_refusal){ 507, JOB_NO_ROOM };
	}
	pthread_mutex_unlock(&jobs->mutex);
	return begun;
}

void
jobs_submit(struct jobs *jobs, const char *name, struct ww_slice lang,
	    bool redact)
{
	struct job *job;

	pthread_mutex_lock(&jobs->mutex);
	job = find(jobs, ww_slice_cstr(name));
	if (job != NULL && job->state == JOB_FILLING) {
		snprintf(job->lang, sizeof(job->lang), "%.*s", (int)lang.len,
			 lang.p);
		job->redact = redact;
		set_state(job, JOB_WAITING);
		start_waiting(jobs);
	}
	pthread_mutex_unlock(&jobs->mutex);
}

void
jobs_delete(struct jobs *jobs, struct ww_slice name)
{
	struct job *job;

	pthread_mutex_lock(&jobs->mutex);
	job = find(jobs, name);
	if (job != NULL)
		drop(jobs, job);
	pthread_mutex_unlock(&jobs->mutex);
}

struct job_news
jobs_news(struct jobs *jobs, struct ww_slice name)
{
	struct job_news news = { .state = JOB_NONE };
	struct job *job;

	pthread_mutex_lock(&jobs->mutex);
	job = find(jobs, name);
	if (job != NULL && job->state == JOB_RUNNING)
		look_after(jobs, job);
	if (job != NULL)
		news = (struct job_news){
			.state = job->state,
			.why = job->why,
			.files = job->state == JOB_RUNNING
				     ? job_progress(&jobs->folder, job->name)
				     : 0,
		};
	pthread_mutex_unlock(&jobs->mutex);
	return news;
}

bool
jobs_answer(struct jobs *jobs, struct ww_slice name, enum job_file answer,
	    struct ww_arena *arena, struct ww_slice *ret)
{
	char found[JOB_NAME_SIZE] = "";
	const struct job *job;

	pthread_mutex_lock(&jobs->mutex);
	job = find(jobs, name);
	if (job != NULL && job->state == JOB_DONE)
		memcpy(found, job->name, sizeof(found));
	pthread_mutex_unlock(&jobs->mutex);
	/* Not with the mutex: memory may run out. */
	return found[0] != '\0' &&
	       job_file_read(&jobs->folder, found, answer, arena, ret);
}

void
jobs_tick(struct jobs *jobs)
{
	pthread_mutex_lock(&jobs->mutex);
	for (size_t i = 0; i < JOBS_MAX; i++) {
		struct job *job = &jobs->list[i];

		if (job->state == JOB_RUNNING)
			look_after(jobs, job);
		if (is_over(job))
			drop(jobs, job);
	}
	start_waiting(jobs);
	pthread_mutex_unlock(&jobs->mutex);
}

/* All of it */

struct jobs *
jobs_open(const char *parent, const char *program, const char *catalogue,
	  const char **retwhy)
{
	struct jobs *jobs = calloc(1, sizeof(*jobs));

	*retwhy = N_("out of memory");
	if (jobs == NULL)
		return NULL;
	jobs->program = program;
	jobs->catalogue = catalogue;
	stale_delete(parent);
	if (job_folder_make(&jobs->folder, parent)) {
		pthread_mutex_init(&jobs->mutex, NULL);
		return jobs;
	}
	*retwhy = N_("no private folder could be made there");
	free(jobs);
	return NULL;
}

void
jobs_close(struct jobs *jobs)
{
	for (size_t i = 0; i < JOBS_MAX; i++)
		if (jobs->list[i].state != JOB_NONE)
			drop(jobs, &jobs->list[i]);
	job_folder_remove(&jobs->folder);
	pthread_mutex_destroy(&jobs->mutex);
	free(jobs);
}
