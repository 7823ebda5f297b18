#include "serve/jobs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/compiler.h"
#include "base/message.h"
#include "serve/worker.h"
#include "sys/sys.h"

#include "base/banned.h"

/* How long an upload may lie half filled, and a diagnosis be looked at. */
#define FILLING_MS ((uint64_t)20 * 60 * 1000)
#define KEPT_MS	   ((uint64_t)60 * 60 * 1000)

/* By its own limits a worker ends sooner. */
#define RUNNING_MS ((uint64_t)10 * 60 * 1000)

#define FOLDER	   "/winwhy-serve.XXXXXX"
#define PATH_ROOM  4096

extern char **environ;

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
	char folder[PATH_ROOM];
	struct job list[JOBS_MAX];
};

/* Files */

/* folder/name/file, or without the file; false: too long. */
static bool
path_of(const struct jobs *jobs, const char *name, const char *file,
	char ret[PATH_ROOM])
{
	int n = snprintf(ret, PATH_ROOM, "%s/%s%s%s", jobs->folder, name,
			 file == NULL ? "" : "/", file == NULL ? "" : file);

	return n > 0 && n < PATH_ROOM;
}

static void
delete_files(const struct jobs *jobs, const struct job *job)
{
	char path[PATH_ROOM];

	for (size_t i = 0; i < worker_n_files; i++)
		if (path_of(jobs, job->name, worker_files[i], path))
			unlink(path);
	if (path_of(jobs, job->name, NULL, path))
		rmdir(path);
}

static void
delete_upload(const struct jobs *jobs, const struct job *job)
{
	char path[PATH_ROOM];

	if (path_of(jobs, job->name, WORKER_UPLOAD, path))
		unlink(path);
}

/* The list; all of it with the mutex held */

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

static void
fail(const struct jobs *jobs, struct job *job, const char *why)
{
	delete_upload(jobs, job);
	job->why = why;
	set_state(job, JOB_FAILED);
}

static void
end_worker(struct job *job)
{
	if (job->worker == 0)
		return;
	/* With its helpers: it leads a group of its own. */
	kill(-job->worker, SIGKILL);
	while (waitpid(job->worker, NULL, 0) < 0 && errno == EINTR)
		;
	job->worker = 0;
}

static void
drop(const struct jobs *jobs, struct job *job)
{
	end_worker(job);
	delete_files(jobs, job);
	*job = (struct job){ .state = JOB_NONE };
}

/* Names */

static bool
make_name(char ret[JOB_NAME_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[(JOB_NAME_SIZE - 1) / 2];

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return false;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		ret[2 * i] = digits[bytes[i] >> 4];
		ret[2 * i + 1] = digits[bytes[i] & 15];
	}
	ret[JOB_NAME_SIZE - 1] = '\0';
	return true;
}

/* A free place, or that of the oldest that is done. */
static struct job *
place_for_one(struct jobs *jobs)
{
	struct job *oldest = NULL;

	for (size_t i = 0; i < JOBS_MAX; i++) {
		struct job *job = &jobs->list[i];

		if (job->state == JOB_NONE)
			return job;
		if (job->state >= JOB_DONE &&
		    (oldest == NULL || job->since < oldest->since))
			oldest = job;
	}
	if (oldest != NULL)
		drop(jobs, oldest);
	return oldest;
}

static bool
fill(struct jobs *jobs, struct job *job, int *retfile)
{
	char path[PATH_ROOM];

	if (!make_name(job->name) || !path_of(jobs, job->name, NULL, path) ||
	    mkdir(path, 0700) != 0)
		return false;
	set_state(job, JOB_FILLING);
	if (path_of(jobs, job->name, WORKER_UPLOAD, path))
		*retfile = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
				0600);
	else
		*retfile = -1;
	if (*retfile >= 0)
		return true;
	drop(jobs, job);
	return false;
}

bool
jobs_begin(struct jobs *jobs, char retname[JOB_NAME_SIZE], int *retfile)
{
	struct job *job;
	bool begun;

	pthread_mutex_lock(&jobs->mutex);
	job = place_for_one(jobs);
	begun = job != NULL && fill(jobs, job, retfile);
	if (begun)
		memcpy(retname, job->name, JOB_NAME_SIZE);
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

enum job_state
jobs_state(struct jobs *jobs, struct ww_slice name, const char **retwhy)
{
	enum job_state state = JOB_NONE;
	const struct job *job;

	pthread_mutex_lock(&jobs->mutex);
	job = find(jobs, name);
	if (job != NULL) {
		state = job->state;
		*retwhy = job->why;
	}
	pthread_mutex_unlock(&jobs->mutex);
	return state;
}

bool
jobs_answer(struct jobs *jobs, struct ww_slice name, enum job_answer answer,
	    struct ww_arena *arena, struct ww_slice *ret)
{
	char path[PATH_ROOM] = "";
	const struct job *job;
	const char *why;

	pthread_mutex_lock(&jobs->mutex);
	job = find(jobs, name);
	if (job != NULL && job->state == JOB_DONE)
		path_of(jobs, job->name, worker_files[answer], path);
	pthread_mutex_unlock(&jobs->mutex);
	return path[0] != '\0' &&
	       ww_sys_read_file(arena, path, WORKER_ANSWER_MAX, ret, &why) ==
		   WW_OK;
}

/* Workers */

static bool
start(struct jobs *jobs, struct job *job)
{
	char folder[PATH_ROOM];
	char *argv[] = { "winwhy-serve", WORKER_OPTION, folder, job->lang,
			 job->redact ? "redact" : "plain", NULL };
	posix_spawnattr_t attributes;
	bool started;

	if (!path_of(jobs, job->name, NULL, folder) ||
	    posix_spawnattr_init(&attributes) != 0)
		return false;
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 0);
	started = posix_spawn(&job->worker, jobs->program, NULL,
			      &attributes, argv, environ) == 0;
	posix_spawnattr_destroy(&attributes);
	return started;
}

/* A worker that has ended leaves an answer, or has failed. */
static void
look_after(struct jobs *jobs, struct job *job)
{
	int status;
	pid_t ended = waitpid(job->worker, &status, WNOHANG);

	if (ended == 0) {
		if (ww_sys_now_ms() - job->since > RUNNING_MS) {
			end_worker(job);
			fail(jobs, job, N_("reading took too long"));
		}
		return;
	}
	job->worker = 0;
	if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		delete_upload(jobs, job);
		set_state(job, JOB_DONE);
	} else {
		fail(jobs, job,
		     N_("reading came to an untimely end; the files may need "
			"more memory or time than a visitor is given"));
	}
}

static void
age(struct jobs *jobs, struct job *job, uint64_t now)
{
	uint64_t for_ms = now - job->since;

	if ((job->state == JOB_FILLING && for_ms > FILLING_MS) ||
	    (job->state >= JOB_DONE && for_ms > KEPT_MS))
		drop(jobs, job);
}

/* The one that has waited longest; NULL: none waits. */
static struct job *
next_waiting(struct jobs *jobs)
{
	struct job *next = NULL;

	for (size_t i = 0; i < JOBS_MAX; i++)
		if (jobs->list[i].state == JOB_WAITING &&
		    (next == NULL || jobs->list[i].since < next->since))
			next = &jobs->list[i];
	return next;
}

void
jobs_tick(struct jobs *jobs)
{
	uint64_t now = ww_sys_now_ms();
	size_t running = 0;
	struct job *next;

	pthread_mutex_lock(&jobs->mutex);
	for (size_t i = 0; i < JOBS_MAX; i++) {
		struct job *job = &jobs->list[i];

		if (job->state == JOB_RUNNING)
			look_after(jobs, job);
		age(jobs, job, now);
		running += job->state == JOB_RUNNING;
	}
	for (; running < JOBS_RUNNING_MAX; running++) {
		next = next_waiting(jobs);
		if (next == NULL)
			break;
		if (start(jobs, next))
			set_state(next, JOB_RUNNING);
		else
			fail(jobs, next, N_("the reader did not start"));
	}
	pthread_mutex_unlock(&jobs->mutex);
}

/* All of it */

struct jobs *
jobs_open(const char *parent, const char *program, const char **retwhy)
{
	struct jobs *jobs = calloc(1, sizeof(*jobs));
	int n;

	*retwhy = N_("out of memory");
	if (jobs == NULL)
		return NULL;
	jobs->program = program;
	n = snprintf(jobs->folder, PATH_ROOM, "%s" FOLDER, parent);
	/* The names of what lies in it have to fit, too. */
	if (n > 0 && n < PATH_ROOM - 100 && mkdtemp(jobs->folder) != NULL) {
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
	rmdir(jobs->folder);
	pthread_mutex_destroy(&jobs->mutex);
	free(jobs);
}
