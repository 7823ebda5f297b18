#include "site/folder.h"

#include "base/message.h"
#include "site/manifest.h"
#include "sys/answer.h"
#include "sys/file.h"
#include "sys/sys.h"
#include "sys/thread.h"
#include "sys/tree.h"
#include "sys/walk.h"
#include "sys/why.h"

#include "base/banned.h"

/*
 * Of a site made from the same, these are made again and compared: if all are
 * as they were, so are the others, unless somebody has touched them since.
 * Style and scripts are among the first.
 */
#define SAMPLE_FIRST 16
#define SAMPLE_EVERY 64

/* Files between two words of progress, and those that a thread takes. */
#define CHUNK	      4096
#define SPAN	      32

#define COMPARE_BLOCK ((size_t)64 * 1024)

/* Hidden entries of a folder that is taken for empty. */
#define HIDDEN_MAX 64

/* A key that no site has: the list may hold more than was written. */
#define UNFINISHED WW_LIT("unfinished")

enum state {
	TO_DO,
	WRITTEN,
	UNCHANGED, /* its bytes were compared */
	UNTOUCHED, /* it is older than the list */
	FAILED,
};

struct result {
	uint64_t size;
	enum state state;
	bool newer; /* than the list, which does not vouch for it */
	const char *why;
};

struct job {
	struct site_writing *w;
	struct site_manifest old;
	int64_t listed;		/* when its list was written */
	bool trusts;		/* what is older than the list is as it was */
	struct result *results; /* owned, arena; of each file */
	size_t first, end;	/* of the chunk that is worked on */
	bool sampling;
};

static const char *
path_of(struct ww_arena *arena, const struct job *job, struct ww_slice name)
{
	const char *folder = job->w->folder;

	return ww_sys_join(arena, folder,
			   ww_arena_copy(arena, name.p, name.len));
}

static struct ww_slice
name_of(struct ww_arena *arena, const struct job *job, size_t i)
{
	struct ww_buf buf = ww_buf_in(arena);

	site_file_name(&buf, job->w->files, i);
	return ww_buf_slice(&buf);
}

static bool
fail(struct site_writing *w, const char *path, const char *why)
{
	w->failed = path;
	w->why = why;
	return false;
}

/* One file */

/* The folders of a name, from the outermost on. */
static bool
make_folders(struct ww_arena *arena, const struct job *job,
	     struct ww_slice name, const char **retwhy)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.p[i] == '/' &&
		    !ww_sys_make_folder(arena,
					path_of(arena, job,
						ww_slice_of(name.p, i)),
					retwhy))
			return false;
	return true;
}

/* Whether the file has these bytes.  A link is none of ours. */
static bool
has_bytes(const char *path, struct ww_slice bytes, bool *retregular)
{
	char block[COMPARE_BLOCK];
	struct ww_file file;
	const char *why;
	bool same;

	*retregular = ww_sys_open(path, WW_OPEN_FOUND, &file, &why);
	if (!*retregular)
		return false;
	same = file.size == bytes.len;
	while (same && bytes.len > 0) {
		size_t n = ww_sys_read(&file, block, sizeof(block), &why);

		same =
		    n > 0 && n <= bytes.len && memcmp(block, bytes.p, n) == 0;
		bytes = ww_slice_from(bytes, same ? n : 0);
	}
	ww_sys_close(&file);
	return same;
}

static bool
replace(struct ww_arena *arena, const char *path, struct ww_slice bytes,
	const char **retwhy)
{
	struct ww_answer_file file;
	bool written;

	if (!ww_sys_answer_open(arena, path, &file, retwhy))
		return false;
	*retwhy = WHY_NOT_WRITTEN;
	written = ww_sys_answer_write(&file, bytes);
	return ww_sys_answer_close(&file, written, retwhy) && written;
}

/* A file of that name is there. */
static enum state
put_over(struct ww_arena *arena, const struct job *job, struct ww_slice name,
	 struct ww_slice bytes, const char **retwhy)
{
	const char *path = path_of(arena, job, name);
	bool regular;

	if (has_bytes(path, bytes, &regular))
		return UNCHANGED;
	*retwhy = N_("is there and was not written by winwhy site");
	if (!regular || site_manifest_find(&job->old, name) == NULL)
		return FAILED;
	return replace(arena, path, bytes, retwhy) ? WRITTEN : FAILED;
}

static enum state
put(struct ww_arena *arena, const struct job *job, struct ww_slice name,
    struct ww_slice bytes, const char **retwhy)
{
	const char *path = path_of(arena, job, name);
	enum ww_create made = ww_sys_create(arena, path, bytes, retwhy);

	if (made == WW_CREATE_NO_FOLDER) {
		if (!make_folders(arena, job, name, retwhy))
			return FAILED;
		made = ww_sys_create(arena, path, bytes, retwhy);
		if (made == WW_CREATE_NO_FOLDER)
			*retwhy = WHY_NOT_WRITTEN;
	}
	if (made == WW_CREATE_EXISTS)
		return put_over(arena, job, name, bytes, retwhy);
	return made == WW_CREATE_DONE ? WRITTEN : FAILED;
}

/* As it was when the list was written, as far as can be seen from outside. */
static bool
is_untouched(struct ww_arena *arena, const struct job *job,
	     struct ww_slice name, struct result *ret)
{
	const struct site_entry *entry = site_manifest_find(&job->old, name);
	struct ww_stat st;
	const char *why;

	if (entry == NULL || entry->size == 0 ||
	    !ww_sys_look(path_of(arena, job, name), false, &st, &why) ||
	    st.kind != WW_STAT_FILE)
		return false;
	ret->size = st.size;
	ret->newer = st.modified > job->listed;
	/* Clocks of files tick slowly: in one tick much can be changed. */
	return st.size == entry->size && st.modified < job->listed;
}

static struct result
make_file(struct ww_arena *arena, const struct job *job, size_t i)
{
	struct result result = { 0 };
	struct ww_slice name = name_of(arena, job, i), bytes;
	struct ww_report *report;
	struct ww_error error;

	if (job->trusts && is_untouched(arena, job, name, &result)) {
		result.state = UNTOUCHED;
		return result;
	}
	if (site_file_bytes(arena, job->w->files, i, &report, &bytes, &error) !=
	    WW_OK)
		return (struct result){ .state = FAILED, .why = error.why };
	result.size = bytes.len;
	result.state = put(arena, job, name, bytes, &result.why);
	ww_report_close(report);
	return result;
}

static bool
is_sample(size_t i)
{
	return i < SAMPLE_FIRST || i % SAMPLE_EVERY == 0;
}

static bool
is_due(const struct job *job, size_t i)
{
	return job->results[i].state == TO_DO &&
	       (!job->sampling || is_sample(i));
}

/* A span of the chunk, in one arena: that costs more than a look at a file. */
static void
work(void *ctx, size_t k)
{
	struct job *job = ctx;
	size_t end = job->first + (k + 1) * SPAN;
	volatile size_t i = end - SPAN; /* read again after a longjmp() */
	struct ww_arena arena;
	jmp_buf oom;

	end = end < job->end ? end : job->end;
	ww_arena_init(&arena, &oom);
	if (setjmp(oom) == 0)
		for (; i < end; i++) {
			if (is_due(job, i))
				job->results[i] = make_file(&arena, job, i);
		}
	else
		job->results[i] = (struct result){ .state = FAILED,
						   .why = N_("out of memory") };
	ww_arena_release(&arena);
}

/* All files */

/* What failed in a chunk, if anything did. */
static bool
check_chunk(struct ww_arena *arena, const struct job *job)
{
	for (size_t i = job->first; i < job->end; i++)
		if (job->results[i].state == FAILED)
			return fail(job->w,
				    path_of(arena, job, name_of(arena, job, i)),
				    job->results[i].why);
	return true;
}

static bool
make_all(struct ww_arena *arena, struct job *job)
{
	size_t count = job->w->files->count;

	for (job->first = 0; job->first < count; job->first += CHUNK) {
		job->end =
		    count - job->first < CHUNK ? count : job->first + CHUNK;
		ww_sys_parallel((job->end - job->first + SPAN - 1) / SPAN,
				job->w->workers, work, job);
		if (!check_chunk(arena, job))
			return false;
		if (job->w->progress != NULL && !job->sampling)
			job->w->progress(job->w->ctx, job->end);
	}
	return true;
}

static bool
sample_is_unchanged(const struct job *job)
{
	for (size_t i = 0; i < job->w->files->count; i++)
		if (job->results[i].state == WRITTEN)
			return false;
	return true;
}

/* The list */

/* What the bytes of a site depend on, besides this program's own code. */
static struct ww_slice
key_of(struct ww_arena *arena, const struct site_files *files)
{
	const struct site *site = &files->site;
	struct ww_buf buf = ww_buf_in(arena);

	ww_buf_add(&buf, WW_LIT(WW_VERSION " "));
	ww_buf_hex(&buf, ww_catalogue_crc(site->c), 8);
	ww_buf_add(&buf, files->all ? WW_LIT(" all ") : WW_LIT(" known "));
	ww_buf_add(&buf, site->one_language
			     ? ww_catalogue_language_id(site->c, site->lang)
			     : WW_LIT("all"));
	ww_buf_char(&buf, ' ');
	ww_buf_add(&buf, site->base);
	return ww_buf_slice(&buf);
}

static const char *
list_path(struct ww_arena *arena, const struct job *job)
{
	return ww_sys_join(arena, job->w->folder, SITE_MANIFEST_NAME);
}

static bool
write_list(struct ww_arena *arena, const struct job *job, struct ww_slice text)
{
	const char *path = list_path(arena, job), *why;

	return replace(arena, path, text, &why) || fail(job->w, path, why);
}

/* A list vouches for what is older than it; a new one would not for more. */
static bool
list_is_good(const struct job *job)
{
	if (!job->trusts)
		return false;
	for (size_t i = 0; i < job->w->files->count; i++)
		if (job->results[i].state == WRITTEN || job->results[i].newer)
			return false;
	return true;
}

/* Before anything is written: all that may be there afterwards. */
static bool
announce(struct ww_arena *arena, const struct job *job)
{
	struct ww_buf buf = ww_buf_in(arena);

	site_manifest_start(&buf, UNFINISHED);
	for (size_t i = 0; i < job->old.count; i++)
		site_manifest_add(&buf, (struct site_entry){
					    job->old.entries[i].name, 0 });
	for (size_t i = 0; i < job->w->files->count; i++) {
		struct ww_slice name = name_of(arena, job, i);

		if (site_manifest_find(&job->old, name) == NULL)
			site_manifest_add(&buf, (struct site_entry){ name, 0 });
	}
	return write_list(arena, job, ww_buf_slice(&buf));
}

static struct ww_slice
list_of(struct ww_arena *arena, const struct job *job)
{
	struct ww_buf buf = ww_buf_in(arena);

	site_manifest_start(&buf, key_of(arena, job->w->files));
	for (size_t i = 0; i < job->w->files->count; i++)
		site_manifest_add(&buf,
				  (struct site_entry){ name_of(arena, job, i),
						       job->results[i].size });
	return ww_buf_slice(&buf);
}

/* What the old list has and the new one has not. */
static bool
remove_stale(struct ww_arena *arena, const struct job *job,
	     const struct site_manifest *new)
{
	for (size_t i = 0; i < job->old.count; i++) {
		const struct site_entry *entry = &job->old.entries[i];
		const char *path, *why;
		struct ww_stat st;

		if (site_manifest_find(new, entry->name) != NULL)
			continue;
		path = path_of(arena, job, entry->name);
		/* It may be gone, or be something else by now. */
		if (!ww_sys_look(path, false, &st, &why) ||
		    st.kind != WW_STAT_FILE ||
		    (entry->size > 0 && entry->size != st.size))
			continue;
		if (!ww_sys_remove(arena, path, &why))
			return fail(job->w, path, why);
		job->w->removed++;
	}
	return true;
}

/* What is hidden, as a version control's folder, is not in the way. */
static bool
is_empty(struct ww_arena *arena, const char *folder, const char **retwhy)
{
	struct ww_listing listing;

	if (!ww_sys_list(arena, folder, HIDDEN_MAX, &listing, retwhy))
		return false;
	*retwhy = N_("is not empty and holds no site of winwhy");
	for (size_t i = 0; i < listing.count; i++)
		if (listing.entries[i].name[0] != '.')
			return false;
	return !listing.cut;
}

/* A folder of ours has a list; one without is ours if nothing is in it. */
static bool
open_folder(struct ww_arena *arena, struct job *job)
{
	const char *folder = job->w->folder, *why;
	const char *path = list_path(arena, job);
	struct ww_slice text;
	struct ww_stat st;

	if (!ww_sys_make_folder(arena, folder, &why))
		return fail(job->w, folder, why);
	if (ww_sys_look(path, false, &st, &why)) {
		job->listed = st.modified;
		if (ww_sys_read_file(arena, path, WW_SYS_READ_MAX, &text,
				     &why) != WW_OK)
			return fail(job->w, path, why);
		return site_manifest_read(arena, text, &job->old) ||
		       fail(job->w, path, N_("is no list of winwhy site"));
	}
	return is_empty(arena, folder, &why) || fail(job->w, folder, why);
}

static void
tally(const struct job *job)
{
	for (size_t i = 0; i < job->w->files->count; i++)
		if (job->results[i].state == WRITTEN)
			job->w->written++;
		else
			job->w->unchanged++;
}

/* The sample first: it tells whether the rest need be made at all. */
static bool
make_site(struct ww_arena *arena, struct job *job)
{
	bool same = ww_slice_eq(job->old.key, key_of(arena, job->w->files));

	if (!same && !announce(arena, job))
		return false;
	job->sampling = true;
	if (!make_all(arena, job))
		return false;
	job->sampling = false;
	job->trusts = same && sample_is_unchanged(job);
	return make_all(arena, job);
}

bool
site_write(struct ww_arena *arena, struct site_writing *w)
{
	struct job job = { .w = w };
	struct site_manifest new;
	struct ww_slice text;

	job.results =
	    ww_arena_array(arena, w->files->count, sizeof(*job.results));
	if (!open_folder(arena, &job) || !make_site(arena, &job))
		return false;
	text = list_of(arena, &job);
	if (!site_manifest_read(arena, text, &new))
		return fail(w, list_path(arena, &job),
			    N_("is no list of winwhy site"));
	tally(&job);
	return remove_stale(arena, &job, &new) &&
	       (list_is_good(&job) || write_list(arena, &job, text));
}
