/*
 * Several crash dumps of one machine, read together: the same driver in most
 * of them is to blame; other codes and other drivers each time speak for
 * memory or other hardware, which spoils what all of them work with.
 */
#include "diagnose/stops.h"

#include "base/banned.h"

/* Dumps that are compared; a folder of Windows holds 50. */
#define CRASHES_MAX 256

/* So many that point to nothing in common are no accident. */
#define CHANGING_MIN 3

struct crashes {
	struct ww_told p[CRASHES_MAX];
	const struct ww_group *groups[CRASHES_MAX];
	const struct ww_group_failure *failures[CRASHES_MAX];
	size_t n;
};

static bool
is_dump(const struct ww_analysis *file)
{
	return file->dialect == WW_DIALECT_DUMP;
}

/* The driver that a dump points to, unless it only stands on the stack. */
static struct ww_slice
driver_of(const struct ww_episode *e)
{
	return e->suspicion == WW_SUSPECT_DRIVER ||
		       e->suspicion == WW_SUSPECT_UNLOADED
		   ? ww_episode_note(e, "driver-file")
		   : (struct ww_slice){ 0 };
}

static bool
same_driver(const struct ww_episode *a, const struct ww_episode *b)
{
	struct ww_slice driver = driver_of(a);

	return driver.len > 0 && ww_slice_casecmp(driver, driver_of(b)) == 0;
}

static bool
same_code(const struct ww_episode *a, const struct ww_episode *b)
{
	return ww_stop_plain(a->stop) == ww_stop_plain(b->stop);
}

bool
ww_is_stop(const struct ww_finding *f)
{
	return f->group != NULL && f->group->kind == WW_EPISODE_STOP;
}

bool
ww_is_same_stop(const struct ww_finding *a, const struct ww_finding *b)
{
	const struct ww_episode *ea = a->told.episode, *eb = b->told.episode;
	ww_time ta = ww_told_end(a->told), tb = ww_told_end(b->told);

	if (is_dump(a->told.file) && is_dump(b->told.file))
		return same_driver(ea, eb) ||
		       (same_code(ea, eb) && driver_of(ea).len == 0 &&
			driver_of(eb).len == 0);
	if (!same_code(ea, eb))
		return false;
	/* The event is written at the next start. */
	return is_dump(a->told.file) == is_dump(b->told.file) ||
	       ta == WW_NO_TIME || tb == WW_NO_TIME ||
	       (ta > tb ? ta - tb : tb - ta) <= WW_DAY;
}

bool
ww_is_dump_of_event(const struct ww_finding *a, const struct ww_finding *b)
{
	return ww_is_stop(a) && ww_is_stop(b) && is_dump(a->told.file) &&
	       !is_dump(b->told.file);
}

/* Comparing */

/* Stops of their own accord that the machine's dumps tell of. */
static void
find_crashes(const struct ww_concluding *k, struct ww_slice machine,
	     struct crashes *ret)
{
	ret->n = 0;
	for (const struct ww_group *g = k->ret->groups; g != NULL; g = g->next)
		for (const struct ww_group_failure *f = g->failures;
		     g->kind == WW_EPISODE_STOP &&
		     ww_slice_eq(g->machine, machine) && f != NULL;
		     f = f->next) {
			struct ww_told told = { f->file, f->variant->latest };

			if (!is_dump(f->file) || ret->n == CRASHES_MAX ||
			    told.episode->suspicion == WW_SUSPECT_NOBODY)
				continue;
			ret->p[ret->n] = told;
			ret->groups[ret->n] = g;
			ret->failures[ret->n++] = f;
		}
}

static uint64_t
count_codes(const struct crashes *c)
{
	uint64_t count = 0;

	for (size_t i = 0; i < c->n; i++) {
		size_t k = 0;

		while (k < i && !same_code(c->p[k].episode, c->p[i].episode))
			k++;
		count += k == i;
	}
	return count;
}

static uint64_t
count_same(const struct crashes *c, const struct ww_episode *e)
{
	uint64_t count = 0;

	for (size_t i = 0; i < c->n; i++)
		count += same_driver(e, c->p[i].episode);
	return count;
}

static uint64_t
most_of_one_driver(const struct crashes *c)
{
	uint64_t most = 0;

	for (size_t i = 0; i < c->n; i++) {
		uint64_t count = count_same(c, c->p[i].episode);

		most = count > most ? count : most;
	}
	return most;
}

static size_t
latest_of(const struct crashes *c)
{
	size_t latest = 0;

	for (size_t i = 1; i < c->n; i++)
		if (ww_told_end(c->p[i]) > ww_told_end(c->p[latest]))
			latest = i;
	return latest;
}

static ww_time
first_of(const struct crashes *c)
{
	ww_time first = WW_NO_TIME;

	for (size_t i = 0; i < c->n; i++) {
		ww_time time = ww_told_end(c->p[i]);

		if (time != WW_NO_TIME && (first == WW_NO_TIME || time < first))
			first = time;
	}
	return first;
}

static struct ww_stops *
new_stops(struct ww_concluding *k, const struct crashes *c,
	  enum ww_stops_pattern pattern, uint64_t alike)
{
	struct ww_stops *stops = ww_arena_new(k->arena, struct ww_stops);

	*stops = (struct ww_stops){ pattern, c->n, alike, first_of(c) };
	return stops;
}

/* More than half of the dumps, and more than one. */
static void
tell_same_driver(struct ww_concluding *k, const struct crashes *c)
{
	for (struct ww_finding *f = k->ret->findings; f != NULL; f = f->next) {
		uint64_t same;

		if (!ww_is_stop(f) || !is_dump(f->told.file) ||
		    !ww_slice_eq(f->told.file->machine, c->p[0].file->machine))
			continue;
		same = count_same(c, f->told.episode);
		if (same < 2 || same * 2 <= c->n)
			continue;
		f->stops = new_stops(k, c, WW_STOPS_SAME_DRIVER, same);
		f->confidence = WW_CONFIDENCE_CERTAIN;
	}
}

/* All that is told of these stops becomes part of the one finding. */
static void
take_in(struct ww_concluding *k, struct ww_finding *into)
{
	struct ww_finding **at = &k->ret->findings;

	while (*at != NULL) {
		struct ww_finding *f = *at;

		if (f == into || !ww_is_stop(f) ||
		    f->told.episode->suspicion == WW_SUSPECT_NOBODY ||
		    !ww_slice_eq(f->told.file->machine,
				 into->told.file->machine)) {
			at = &f->next;
			continue;
		}
		*at = f->next;
	}
}

static void
add_echo(struct ww_concluding *k, struct ww_finding *f,
	 const struct ww_group *group, const struct ww_group_failure *failure)
{
	struct ww_echo **at = &f->echoes;

	while (*at != NULL)
		at = &(*at)->next;
	*at = ww_arena_new(k->arena, struct ww_echo);
	(*at)->group = group;
	(*at)->failure = failure;
}

/* Whether stops with so many different codes are what shows the cause. */
static bool
is_shown_by(const struct ww_concluding *k, struct ww_rec cause, uint64_t codes)
{
	struct ww_list list = ww_rec_list(cause, WW_CAUSE_MATCH, WW_S_MATCH);
	uint64_t v;

	for (uint32_t i = 0; i < list.count; i++) {
		struct ww_rec match = ww_list_at(k->c, list, i);

		if (ww_rec_num(match, WW_MATCH_KIND) == WW_MATCH_STOPS &&
		    ww_slice_hex(ww_rec_str(match, WW_MATCH_VALUE), &v) &&
		    v <= codes)
			return true;
	}
	return false;
}

static struct ww_rec
cause_in(const struct ww_concluding *k, struct ww_rec topic, uint64_t codes)
{
	struct ww_list causes = ww_rec_list(topic, WW_TOPIC_CAUSES, WW_S_CAUSE);

	for (uint32_t i = 0; i < causes.count; i++) {
		struct ww_rec cause = ww_list_at(k->c, causes, i);

		if (is_shown_by(k, cause, codes))
			return cause;
	}
	return (struct ww_rec){ k->c, NULL };
}

/*
 * The cause alone, without its topic, which is about one code: of the latest
 * stop, or of the first that has one.
 */
static struct ww_rec
changing_cause(const struct ww_concluding *k, const struct crashes *c,
	       size_t latest)
{
	struct ww_rec cause = { k->c, NULL };
	uint64_t codes = count_codes(c);

	for (size_t i = 0; i <= c->n && cause.p == NULL; i++) {
		size_t at = i == 0 ? latest : i - 1;

		cause = cause_in(k,
				 ww_topic_of_stop(k, c->p[at].file,
						  c->p[at].episode->stop),
				 codes);
	}
	return cause;
}

static void
tell_changing(struct ww_concluding *k, const struct crashes *c)
{
	size_t latest = latest_of(c);
	struct ww_finding *f = ww_arena_new(k->arena, struct ww_finding);

	f->told = c->p[latest];
	f->group = c->groups[latest];
	f->failure = c->failures[latest];
	f->since = first_of(c);
	f->confidence = WW_CONFIDENCE_LIKELY;
	f->signature = f->topic = f->number = (struct ww_rec){ k->c, NULL };
	f->cause = changing_cause(k, c, latest);
	f->stops = new_stops(k, c, WW_STOPS_CHANGING, count_codes(c));
	for (size_t i = 0; i < c->n; i++) {
		ww_add_proof(k, f, &c->p[i].episode->outcome_quote);
		if (i != latest)
			add_echo(k, f, c->groups[i], c->failures[i]);
	}
	take_in(k, f);
	f->next = k->ret->findings;
	k->ret->findings = f;
}

/* A machine that was compared already is one of a file before it. */
static bool
is_new_machine(const struct ww_concluding *k, size_t file)
{
	for (size_t i = 0; i < file; i++)
		if (is_dump(k->files[i]) &&
		    ww_slice_eq(k->files[i]->machine, k->files[file]->machine))
			return false;
	return is_dump(k->files[file]);
}

void
ww_compare_stops(struct ww_concluding *k)
{
	struct crashes *c = NULL;

	for (size_t i = 0; i < k->n_files; i++) {
		if (!is_new_machine(k, i))
			continue;
		if (c == NULL)
			c = ww_arena_new(k->arena, struct crashes);
		find_crashes(k, k->files[i]->machine, c);
		if (c->n < 2)
			continue;
		if (most_of_one_driver(c) > 1)
			tell_same_driver(k, c);
		else if (c->n >= CHANGING_MIN && count_codes(c) >= CHANGING_MIN)
			tell_changing(k, c);
	}
}
