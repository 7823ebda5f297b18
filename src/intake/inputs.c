#include "intake/inputs.h"

#include "base/message.h"
#include "input/sniff.h"
#include "intake/bundle.h"
#include "intake/gather.h"
#include "sys/file.h"
#include "sys/thread.h"

#include "base/banned.h"

/* A smaller file is read in less time than other threads are worth. */
#define LARGE_BYTES ((uint64_t)8 * 1024 * 1024)

/* One file that is going to be read. */
struct job {
	const char *path;
	struct ww_slice name;
	enum ww_open how;
	uint64_t size;
	uint32_t place;
	bool held; /* file is open: it could not be opened again */
	struct ww_file file;
};

struct jobs {
	struct ww_arena *arena;
	const struct inputs_to *to;
	struct job *plain; /* owned, arena; n_plain of them */
	size_t n_plain;
	struct job *packed; /* likewise */
	size_t n_packed;
	struct ww_threads threads; /* that each large file has besides */
};

/* What a struct ww_input of a file reads from. */
struct reading {
	struct ww_file *file;
	const volatile sig_atomic_t *stop;
	const char *why; /* it could not be opened any more */
};

static bool
open_job(struct job *job, const char **retwhy)
{
	if (strcmp(job->path, "-") == 0 && job->how == WW_OPEN_NAMED)
		return ww_sys_open_stdin(&job->file, retwhy);
	return ww_sys_open(job->path, job->how, &job->file, retwhy);
}

/* The first bytes; where reading fails, those that came before. */
static struct ww_sniffed
sniff(struct ww_file *file, const char **retwhy)
{
	char head[WW_SNIFF_HEAD];
	size_t len = 0, n;

	while (len < sizeof(head) &&
	       (n = ww_sys_read(file, head + len, sizeof(head) - len, retwhy)) >
		   0)
		len += n;
	return ww_sniff(ww_slice_of(head, len));
}

static void
add_job(struct jobs *jobs, const struct job *job, bool packed)
{
	if (packed)
		jobs->packed[jobs->n_packed++] = *job;
	else
		jobs->plain[jobs->n_plain++] = *job;
}

static void
refuse(const struct jobs *jobs, struct job *job, const char *why)
{
	jobs->to->unreadable(jobs->to->ctx, job->name, why);
	ww_sys_close(&job->file);
}

/*
 * Look at a file's start: is it an archive?  What flows through a pipe can
 * be read only once, and is taken for a log.
 */
static void
look(struct jobs *jobs, const struct gathered *found)
{
	struct job job = { .path = found->path,
			   .name = gather_name(jobs->arena, found->path),
			   .how = found->named ? WW_OPEN_NAMED : WW_OPEN_FOUND,
			   .size = found->size };
	struct ww_sniffed format = { 0 };
	const char *why = NULL;

	if (!open_job(&job, &why)) {
		refuse(jobs, &job, why);
		return;
	}
	job.held = !job.file.regular;
	if (!job.held) {
		format = sniff(&job.file, &why);
		if (why != NULL) {
			refuse(jobs, &job, why);
			return;
		}
	}
	add_job(jobs, &job, format.use == WW_USE_UNPACK);
	if (!job.held)
		ww_sys_close(&job.file);
}

static size_t
on_read(void *ctx, void *buf, size_t len, const char **retwhy)
{
	struct reading *r = ctx;

	if (r->why == NULL && r->stop != NULL && *r->stop)
		r->why = N_("interrupted");
	if (r->why == NULL)
		return ww_sys_read(r->file, buf, len, retwhy);
	*retwhy = r->why;
	return 0;
}

static void *
on_start(void *ctx, unsigned n, void (*fn)(void *arg), void *arg)
{
	(void)ctx;
	return ww_crew_start(n, fn, arg);
}

static void
on_wait(void *ctx, void *started)
{
	(void)ctx;
	ww_crew_wait(started);
}

/* Small files are soon read: the cores are those of the large ones. */
static struct ww_threads
spare_threads(const struct jobs *jobs, unsigned workers)
{
	struct ww_threads threads = { .start = on_start, .wait = on_wait };
	unsigned large = 0;

	for (size_t i = 0; i < jobs->n_plain; i++)
		large += jobs->plain[i].size >= LARGE_BYTES;
	if (large > 0 && workers / large > 1)
		threads.n = workers / large - 1;
	return threads;
}

/* On any thread: nothing here may touch the arena. */
static void
read_plain(void *ctx, size_t i)
{
	struct jobs *jobs = ctx;
	struct job *job = &jobs->plain[i];
	struct reading r = { .file = &job->file, .stop = jobs->to->stop };
	struct ww_input input = { .read = on_read, .ctx = &r };

	if (jobs->threads.n > 0 && job->size >= LARGE_BYTES)
		input.threads = &jobs->threads;
	/* Standard input of a regular file was looked at and not closed. */
	if (!job->held && open_job(job, &r.why))
		ww_sys_rewind(&job->file);
	jobs->to->read(jobs->to->ctx, job->place, &input);
	ww_sys_close(&job->file);
}

static void
read_packed(struct jobs *jobs)
{
	struct bundles bundles = bundles_open(jobs->arena, jobs->to);

	for (size_t i = 0; i < jobs->n_packed; i++) {
		struct job *job = &jobs->packed[i];
		const char *why = NULL;

		if (!open_job(job, &why)) {
			refuse(jobs, job, why);
			continue;
		}
		ww_sys_rewind(&job->file);
		bundle_read(&bundles, &job->file, job->name);
		ww_sys_close(&job->file);
	}
	bundles_close(&bundles);
}

void
inputs_archive(struct ww_arena *arena, struct ww_file *file,
	       const struct inputs_to *to)
{
	struct bundles bundles = bundles_open(arena, to);

	bundle_read(&bundles, file, WW_LIT(""));
	bundles_close(&bundles);
}

static void
place_all(struct jobs *jobs)
{
	const struct inputs_to *to = jobs->to;
	uint64_t bytes = 0;

	for (size_t i = 0; i < jobs->n_plain; i++) {
		jobs->plain[i].place = to->place(to->ctx, jobs->plain[i].name);
		bytes += jobs->plain[i].size;
	}
	for (size_t i = 0; i < jobs->n_packed; i++)
		bytes += jobs->packed[i].size;
	if (to->found != NULL)
		to->found(to->ctx, jobs->n_plain + jobs->n_packed, bytes);
}

void
inputs_read(struct ww_arena *arena, const char *const *paths, size_t n,
	    unsigned workers, const struct inputs_to *to)
{
	struct gathering found = { .arena = arena, .to = to };
	struct jobs jobs = { .arena = arena, .to = to };

	gather(&found, paths, n);
	jobs.plain = ww_arena_array(arena, found.count, sizeof(struct job));
	jobs.packed = ww_arena_array(arena, found.count, sizeof(struct job));
	for (size_t i = 0; i < found.count; i++)
		look(&jobs, &found.files[i]);
	place_all(&jobs);
	jobs.threads = spare_threads(&jobs, workers);
	ww_sys_parallel(jobs.n_plain, workers, read_plain, &jobs);
	read_packed(&jobs);
}
