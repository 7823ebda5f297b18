#include "diagnose/group.h"

#include "diagnose/join.h"

#include "base/banned.h"

/* Groups by their kind and subject: logs may name very many. */
#define BUCKETS 1024

struct grouping {
	struct ww_arena *arena;
	struct ww_analysis *const *files;
	size_t n_files;
	struct ww_group *first, *last;
	struct ww_group *buckets[BUCKETS];
	struct ww_of_kind *kinds[BUCKETS];
};

static size_t
bucket_of(enum ww_episode_id kind, struct ww_slice text)
{
	uint32_t h = (uint32_t)kind;

	for (size_t i = 0; i < text.len; i++)
		h = ww_hash_mix(h ^ (unsigned char)text.p[i]);
	return h % BUCKETS;
}

static struct ww_of_kind *
find_kind(struct grouping *g, const struct ww_group *group)
{
	struct ww_of_kind **bucket =
	    &g->kinds[bucket_of(group->kind, group->machine)];
	struct ww_of_kind *k = *bucket;

	for (; k != NULL; k = k->same_bucket)
		if (k->kind == group->kind &&
		    ww_slice_eq(k->machine, group->machine))
			return k;
	k = ww_arena_new(g->arena, struct ww_of_kind);
	k->machine = group->machine;
	k->kind = group->kind;
	k->same_bucket = *bucket;
	*bucket = k;
	return k;
}

static struct ww_group *
find_group(struct grouping *g, const struct ww_analysis *file,
	   const struct ww_series *s)
{
	struct ww_group **bucket = &g->buckets[bucket_of(s->kind, s->subject)];
	struct ww_group *group = *bucket;

	for (; group != NULL; group = group->same_bucket)
		if (group->kind == s->kind &&
		    ww_slice_eq(group->subject, s->subject) &&
		    ww_slice_eq(group->machine, file->machine))
			return group;
	group = ww_arena_new(g->arena, struct ww_group);
	group->machine = file->machine;
	group->kind = s->kind;
	group->subject = s->subject;
	group->failing_since = WW_NO_TIME;
	group->of_kind = find_kind(g, group);
	group->same_bucket = *bucket;
	*bucket = group;
	if (g->first == NULL)
		g->first = group;
	else
		g->last->next = group;
	g->last = group;
	return group;
}

bool
ww_told_is_later(struct ww_told a, struct ww_told b)
{
	ww_time ta = ww_told_end(a), tb = ww_told_end(b);

	if (a.file == b.file && (!a.episode->by_time || ta == tb))
		return a.episode->outcome_quote.line >=
		       b.episode->outcome_quote.line;
	if (ta == WW_NO_TIME || tb == WW_NO_TIME)
		return a.file->number > b.file->number;
	return ta >= tb;
}

static void
keep_later(struct ww_told *kept, struct ww_told told)
{
	if (told.episode != NULL &&
	    (kept->file == NULL || ww_told_is_later(told, *kept)))
		*kept = told;
}

/* Without times the file that is read later counts as the later one. */
static bool
is_later(ww_time a, ww_time b)
{
	return a == WW_NO_TIME || b == WW_NO_TIME || a >= b;
}

static void
add_open(struct ww_group *group, struct ww_told told)
{
	if (told.episode != NULL &&
	    (group->open.file == NULL ||
	     is_later(ww_told_begin(told), ww_told_begin(group->open))))
		group->open = told;
}

static void
note_success(struct ww_of_kind *k, struct ww_told good)
{
	if (good.file == NULL)
		return;
	if (!k->has_good || ww_told_end(good) > k->good)
		k->good = ww_told_end(good);
	k->has_good = true;
}

static void
add_failures(struct grouping *g, struct ww_group *group,
	     const struct ww_analysis *file, const struct ww_series *s)
{
	struct ww_group_failure **at = &group->failures;

	while (*at != NULL)
		at = &(*at)->next;
	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next) {
		*at = ww_arena_new(g->arena, struct ww_group_failure);
		(*at)->file = file;
		(*at)->variant = v;
		at = &(*at)->next;
	}
}

static void
add_series(struct grouping *g, const struct ww_analysis *file,
	   struct ww_series *s)
{
	struct ww_group *group = find_group(g, file, s);

	for (int i = 0; i < WW_OUTCOMES; i++)
		group->n[i] += s->n[i];
	keep_later(&group->good, (struct ww_told){ file, s->good });
	keep_later(&group->cancelled, (struct ww_told){ file, s->cancelled });
	add_open(group, (struct ww_told){ file, s->open });
	add_failures(g, group, file, s);
}

static struct ww_told
last_failure(const struct ww_analysis *file, const struct ww_series *s)
{
	struct ww_told last = { 0 };

	for (const struct ww_variant *v = s->failed; v != NULL; v = v->next)
		keep_later(&last, (struct ww_told){ file, v->latest });
	return last;
}

/*
 * What a series counts as failing counts unless another series of the group
 * has a later success.
 */
static void
count_failing(struct grouping *g, const struct ww_analysis *file,
	      struct ww_series *s)
{
	struct ww_group *group = find_group(g, file, s);
	struct ww_told last = last_failure(file, s);
	ww_time since = ww_analysis_utc(file, s->failing_since);

	if (s->failing == 0 || last.file == NULL ||
	    (group->good.file != NULL && group->good.episode != s->good &&
	     !ww_told_is_later(last, group->good)))
		return;
	if (group->failing == 0 || is_later(group->failing_since, since))
		group->failing_since = since;
	group->failing += s->failing;
}

/* What began before the last success has been overtaken by it. */
static bool
is_overtaken(const struct ww_group *group)
{
	ww_time begun = ww_told_begin(group->open),
		end = ww_told_end(group->good);

	if (group->open.file == group->good.file)
		return group->open.episode->first.line <
		       group->good.episode->outcome_quote.line;
	return begun != WW_NO_TIME && end != WW_NO_TIME && begun <= end;
}

static void
conclude_state(struct ww_group *group)
{
	if (group->failing > 0)
		group->state = WW_STATE_FAILING;
	else if (group->good.file == NULL)
		group->state = WW_STATE_UNKNOWN;
	else if (group->open.file == NULL || is_overtaken(group))
		group->state = WW_STATE_GOOD;
	else
		/* Something began later, and how it ended is not known. */
		group->state = WW_STATE_UNKNOWN;
}

/* Do it with each series of each file. */
static void
each_series(struct grouping *g,
	    void (*act)(struct grouping *, const struct ww_analysis *,
			struct ww_series *))
{
	for (size_t i = 0; i < g->n_files; i++)
		for (struct ww_series *s = g->files[i]->series; s != NULL;
		     s = s->next)
			act(g, g->files[i], s);
}

struct ww_group *
ww_groups_make(struct ww_arena *arena, struct ww_analysis *const *files,
	       size_t n)
{
	struct grouping *g = ww_arena_new(arena, struct grouping);

	g->arena = arena;
	g->files = files;
	g->n_files = n;
	ww_episodes_join(arena, files, n);
	each_series(g, add_series);
	each_series(g, count_failing);
	for (struct ww_group *group = g->first; group != NULL;
	     group = group->next) {
		conclude_state(group);
		note_success(group->of_kind, group->good);
	}
	return g->first;
}
