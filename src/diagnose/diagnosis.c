#include "diagnose/diagnosis.h"

#include <assert.h>
#include <stdlib.h>

#include "base/message.h"
#include "diagnose/copy.h"
#include "diagnose/label.h"
#include "diagnose/machine.h"
#include "diagnose/zone.h"

#include "base/banned.h"

static enum ww_status
no_memory(struct ww_error *reterr)
{
	*reterr =
	    (struct ww_error){ .status = WW_NOMEM, .why = N_("out of memory") };
	return WW_NOMEM;
}

/* The next word of a list with blanks or commas; empty at the end. */
static struct ww_slice
next_word(struct ww_slice *list)
{
	size_t start = 0, len = 0;
	struct ww_slice word;

	while (start < list->len &&
	       (list->p[start] == ' ' || list->p[start] == ','))
		start++;
	word = ww_slice_from(*list, start);
	while (len < word.len && word.p[len] != ' ' && word.p[len] != ',')
		len++;
	word.len = len;
	*list = ww_slice_from(*list, start + len);
	return word;
}

static_assert(WW_DIALECTS <= 64, "a bit for each kind of log");

/* "wu cbs" as bits; false when a word names no kind of log. */
static bool
read_only(struct ww_slice list, uint64_t *ret)
{
	const char *const *words = ww_words_of(WW_WORDS_DIALECT);
	struct ww_slice word;

	*ret = 0;
	while ((word = next_word(&list)).len > 0) {
		unsigned i = 0;

		while (words[i] != NULL &&
		       ww_slice_casecmp(ww_slice_cstr(words[i]), word) != 0)
			i++;
		if (words[i] == NULL)
			return false;
		*ret |= UINT64_C(1) << i;
	}
	return true;
}

static bool
make_rules(struct ww_diagnosis *d, const struct ww_timeline_options *timeline)
{
	if (setjmp(d->oom) != 0)
		return false;
	if (timeline != NULL)
		d->timeline = ww_timeline_new(&d->arena, d->c, timeline);
	ww_rules_make(&d->rules, &d->arena, d->c);
	return true;
}

static ww_time
limit_of(int64_t time)
{
	return time == 0 ? WW_NO_TIME : time;
}

enum ww_status
ww_diagnosis_open(const struct ww_catalogue *c,
		  const struct ww_diagnose_options *opt,
		  struct ww_diagnosis **ret, struct ww_error *reterr)
{
	struct ww_diagnosis *d;
	uint64_t only;

	if (!read_only(opt->only, &only)) {
		*reterr = (struct ww_error){
			.status = WW_INVALID,
			.why = N_("names no kind of log; see winwhy --help"),
		};
		return WW_INVALID;
	}
	if ((d = calloc(1, sizeof(*d))) == NULL)
		return no_memory(reterr);
	ww_arena_init(&d->arena, &d->oom);
	d->c = c;
	d->lang = opt->lang;
	if (!make_rules(d, opt->timeline)) {
		ww_diagnosis_close(d);
		return no_memory(reterr);
	}
	d->analyser = (struct ww_analyser){
		.rules = &d->rules,
		.kernels = ww_kernels_choose(),
		.since = limit_of(opt->since),
		.until = limit_of(opt->until),
		.only = only,
		.codes_only = opt->codes_only != 0,
		.redact = opt->redact != 0,
		.timeline = d->timeline,
		.stop = &d->stop,
	};
	*ret = d;
	return WW_OK;
}

void
ww_diagnosis_close(struct ww_diagnosis *d)
{
	if (d == NULL)
		return;
	for (uint32_t i = 0; i < d->n_files; i++) {
		ww_arena_release(&d->places[i]->arena);
		free(d->places[i]);
	}
	free(d->places);
	ww_arena_release(&d->arena);
	free(d);
}

/* The texts are copied into the place's arena.  False: no memory. */
static bool
fill_place(struct ww_analysis *a, struct ww_slice name, struct ww_slice why)
{
	if (setjmp(a->oom) != 0)
		return false;
	a->name =
	    ww_slice_of(ww_arena_copy(&a->arena, name.p, name.len), name.len);
	a->unreadable =
	    ww_slice_of(ww_arena_copy(&a->arena, why.p, why.len), why.len);
	return true;
}

static struct ww_analysis *
new_place(struct ww_diagnosis *d, struct ww_slice name, struct ww_slice why)
{
	struct ww_analysis *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return NULL;
	ww_arena_init(&a->arena, &a->oom);
	a->number = d->n_files;
	if (fill_place(a, name, why))
		return a;
	ww_arena_release(&a->arena);
	free(a);
	return NULL;
}

static bool
grow(struct ww_diagnosis *d)
{
	uint32_t cap = d->cap > 0 ? d->cap * 2 : 64;
	struct ww_analysis **p;

	if (d->n_files < d->cap)
		return true;
	if ((p = realloc(d->places, cap * sizeof(void *))) == NULL)
		return false;
	d->places = p;
	d->cap = cap;
	return true;
}

static enum ww_status
add_place(struct ww_diagnosis *d, struct ww_slice name, struct ww_slice why)
{
	if (!grow(d) ||
	    (d->places[d->n_files] = new_place(d, name, why)) == NULL)
		return WW_NOMEM;
	d->n_files++;
	return WW_OK;
}

enum ww_status
ww_diagnosis_place(struct ww_diagnosis *d, struct ww_slice name, uint32_t *ret)
{
	*ret = d->n_files;
	return add_place(d, name, (struct ww_slice){ 0 });
}

enum ww_status
ww_diagnosis_unreadable(struct ww_diagnosis *d, struct ww_slice name,
			struct ww_slice why)
{
	return add_place(d, name, why);
}

static void
append_skipped(struct ww_diagnosis *d, struct ww_slice why, uint64_t count)
{
	struct ww_skipped **at = &d->skipped;

	while (*at != NULL)
		at = &(*at)->next;
	*at = ww_arena_new(&d->arena, struct ww_skipped);
	(*at)->why =
	    ww_slice_of(ww_arena_copy(&d->arena, why.p, why.len), why.len);
	(*at)->count = count;
}

static bool
add_skipped(struct ww_diagnosis *d, struct ww_slice why, uint64_t count)
{
	if (setjmp(d->oom) != 0)
		return false;
	append_skipped(d, why, count);
	return true;
}

enum ww_status
ww_diagnosis_skipped(struct ww_diagnosis *d, struct ww_slice why,
		     uint64_t count)
{
	return add_skipped(d, why, count) ? WW_OK : WW_NOMEM;
}

enum ww_status
ww_diagnosis_read(struct ww_diagnosis *d, uint32_t place,
		  const struct ww_input *input)
{
	return ww_analysis_run(d->places[place], &d->analyser, input)
		   ? WW_OK
		   : WW_NOMEM;
}

void
ww_diagnosis_stop(struct ww_diagnosis *d)
{
	atomic_store(&d->stop, true);
}

bool
ww_diagnosis_conclude(struct ww_diagnosis *d)
{
	if (d->concluded)
		return true;
	if (setjmp(d->oom) != 0)
		return false;
	ww_labels_make(d->places, d->n_files);
	ww_machines_tell_apart(d->places, d->n_files);
	ww_zones_share(d->places, d->n_files);
	ww_copies_drop(d->places, d->n_files);
	if (d->timeline != NULL)
		ww_timeline_merge(d->timeline, &d->arena, d->places,
				  d->n_files);
	ww_conclude(&d->conclusion, &d->arena, d->c, d->places, d->n_files);
	/* Of what was not read nobody knows whether it is well. */
	if (atomic_load(&d->stop) &&
	    d->conclusion.verdict == WW_VERDICT_NO_FAULT)
		d->conclusion.verdict = WW_VERDICT_UNKNOWN;
	d->concluded = true;
	return true;
}

enum ww_verdict
ww_diagnosis_verdict(const struct ww_diagnosis *d)
{
	return d->conclusion.verdict;
}
