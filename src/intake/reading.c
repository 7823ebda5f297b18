#include "intake/reading.h"

#include "catalogue/catalogue.h"
#include "intake/inputs.h"

#include "base/banned.h"

struct reading {
	struct ww_arena *arena;
	const struct ww_catalogue *c;
	unsigned lang;
	struct ww_diagnosis *d;
	struct reading_watch watch;
	size_t files;	 /* to read */
	uint32_t places; /* taken so far */
};

static uint32_t
take_place(void *ctx, struct ww_slice name)
{
	struct reading *r = ctx;
	uint32_t place;

	if (ww_diagnosis_place(r->d, name, &place) != WW_OK)
		longjmp(*r->arena->oom, 1);
	r->places++;
	if (r->watch.begins != NULL)
		r->watch.begins(r->watch.ctx, name, r->places, r->files);
	return place;
}

/* On several threads; memory that runs out counts as unread. */
static void
take_input(void *ctx, uint32_t place, const struct ww_input *input)
{
	struct reading *r = ctx;

	if (*r->watch.stop)
		ww_diagnosis_stop(r->d);
	ww_diagnosis_read(r->d, place, input);
}

static void
take_unreadable(void *ctx, struct ww_slice name, const char *why)
{
	struct reading *r = ctx;

	ww_diagnosis_unreadable(r->d, name, ww_message(r->c, r->lang, why));
}

static void
take_skipped(void *ctx, const char *why, uint64_t count)
{
	struct reading *r = ctx;

	ww_diagnosis_skipped(r->d, ww_message(r->c, r->lang, why), count);
}

static bool
take_started(void *ctx)
{
	struct reading *r = ctx;

	return r->watch.started == NULL || r->watch.started(r->watch.ctx);
}

static void
take_found(void *ctx, size_t files, uint64_t bytes)
{
	struct reading *r = ctx;

	(void)bytes;
	r->files = files;
}

static struct inputs_to
into(struct reading *r)
{
	return (struct inputs_to){
		.ctx = r,
		.place = take_place,
		.read = take_input,
		.unreadable = take_unreadable,
		.skipped = take_skipped,
		.found = take_found,
		.started = take_started,
		.stop = r->watch.stop,
	};
}

void
reading_run(struct ww_arena *arena, const struct ww_catalogue *c, unsigned lang,
	    struct ww_diagnosis *d, const char *const *paths, size_t n,
	    unsigned workers, const struct reading_watch *watch)
{
	struct reading r = {
		.arena = arena, .c = c, .lang = lang, .d = d, .watch = *watch
	};
	const struct inputs_to to = into(&r);

	inputs_read(arena, paths, n, workers, &to);
	if (*watch->stop)
		ww_diagnosis_stop(d);
}

void
reading_archive(struct ww_arena *arena, const struct ww_catalogue *c,
		unsigned lang, struct ww_diagnosis *d, struct ww_file *file,
		const struct reading_watch *watch)
{
	struct reading r = {
		.arena = arena, .c = c, .lang = lang, .d = d, .watch = *watch
	};
	const struct inputs_to to = into(&r);

	inputs_archive(arena, file, &to);
	if (*watch->stop)
		ww_diagnosis_stop(d);
}
