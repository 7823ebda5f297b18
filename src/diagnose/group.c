#include "diagnose/group.h"

#include "base/banned.h"

struct grouping {
	struct ww_arena *arena;
	struct ww_group *first, *last;
};

static struct ww_group *
find_group(struct grouping *g, const struct ww_analysis *file,
	   const struct ww_series *s)
{
	struct ww_group *group = g->first;

	for (; group != NULL; group = group->next)
		if (group->kind == s->kind &&
		    ww_slice_eq(group->subject, s->subject) &&
		    ww_slice_eq(group->machine, file->machine))
			return group;
	group = ww_arena_new(g->arena, struct ww_group);
	group->machine = file->machine;
	group->kind = s->kind;
	group->subject = s->subject;
	group->failing_since = group->last_failed = WW_NO_TIME;
	if (g->first == NULL)
		g->first = group;
	else
		g->last->next = group;
	g->last = group;
	return group;
}

/* Without times the file that is read later counts as the later one. */
static bool
is_later(ww_time a, ww_time b)
{
	return a == WW_NO_TIME || b == WW_NO_TIME || a >= b;
}

static void
add_good(struct ww_group *group, const struct ww_analysis *file,
	 struct ww_episode *e)
{
	struct ww_told told = { file, e };

	if (e != NULL &&
	    (group->good.file == NULL ||
	     is_later(ww_told_end(told), ww_told_end(group->good))))
		group->good = told;
}

/* When an open episode began, or was last heard of. */
static ww_time
open_since(struct ww_told told)
{
	return told.file == NULL
		   ? WW_NO_TIME
		   : ww_analysis_utc(told.file, told.episode->begin);
}

static void
add_open(struct ww_group *group, const struct ww_analysis *file,
	 struct ww_episode *e)
{
	struct ww_told told = { file, e };

	if (e != NULL && (group->open.file == NULL ||
			  is_later(open_since(told), open_since(group->open))))
		group->open = told;
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
	   const struct ww_series *s)
{
	struct ww_group *group = find_group(g, file, s);

	for (int i = 0; i < WW_OUTCOMES; i++)
		group->n[i] += s->n[i];
	add_good(group, file, s->good);
	add_open(group, file, s->open);
	if (s->cancelled != NULL)
		group->cancelled = (struct ww_told){ file, s->cancelled };
	add_failures(g, group, file, s);
}

/* What a series counts as failing counts if no file has a later success. */
static void
count_failing(struct ww_group *group, const struct ww_analysis *file,
	      const struct ww_series *s)
{
	ww_time since = ww_analysis_utc(file, s->failing_since);
	ww_time last = ww_analysis_utc(file, s->last_failed);

	if (s->failing == 0 ||
	    (group->good.file != NULL && group->good.file != file &&
	     !is_later(last, ww_told_end(group->good))))
		return;
	if (group->failing == 0 || is_later(group->failing_since, since))
		group->failing_since = since;
	if (group->failing == 0 || is_later(last, group->last_failed))
		group->last_failed = last;
	group->failing += s->failing;
}

static ww_time
latest_end(const struct ww_group *group)
{
	return group->failing > 0 ? group->last_failed
				  : ww_told_end(group->good);
}

static void
conclude_state(struct ww_group *group)
{
	ww_time begun = open_since(group->open), ended = latest_end(group);

	if (group->failing > 0)
		group->state = WW_STATE_FAILING;
	else if (group->good.file == NULL)
		group->state = WW_STATE_UNKNOWN;
	else if (group->open.file == NULL)
		group->state = WW_STATE_GOOD;
	else
		/* Something began later, and how it ended is not known. */
		group->state =
		    begun != WW_NO_TIME && ended != WW_NO_TIME && begun <= ended
			? WW_STATE_GOOD
			: WW_STATE_UNKNOWN;
}

/*
 * A log is cut where a new one begins: what was open at the end of one file
 * and ended in the next is one episode, with all that was seen in both.
 */
static bool
joins(struct ww_told open, const struct ww_analysis *file,
      const struct ww_episode *end)
{
	return open.file != file && open.file->dialect == file->dialect &&
	       end->begin == WW_NO_TIME &&
	       ww_slice_eq(open.episode->key, end->key) &&
	       ww_slice_eq(open.file->machine, file->machine) &&
	       is_later(end->end, open.episode->begin);
}

/* What was seen in the part before stands first; of notes the last counts. */
static void
prepend(struct ww_episode *to, struct ww_episode *from)
{
	struct ww_hit **hit = &from->hits;
	struct ww_seen **seen = &from->codes;
	struct ww_note **note = &to->notes;

	while (*hit != NULL)
		hit = &(*hit)->next;
	*hit = to->hits;
	to->hits = from->hits;
	while (*seen != NULL)
		seen = &(*seen)->next;
	*seen = to->codes;
	to->codes = from->codes;
	while (*note != NULL)
		note = &(*note)->next;
	*note = from->notes;
	if (to->subject.len == 0)
		to->subject = from->subject;
	to->begin = from->begin;
	to->first = from->first;
}

static struct ww_episode *
find_end(struct ww_analysis *const *files, size_t n, struct ww_told open)
{
	for (size_t i = 0; i < n; i++)
		for (struct ww_series *s = files[i]->series; s != NULL;
		     s = s->next) {
			if (s->kind != open.episode->kind)
				continue;
			if (s->good != NULL && joins(open, files[i], s->good))
				return s->good;
			for (struct ww_variant *v = s->failed; v != NULL;
			     v = v->next)
				if (joins(open, files[i], v->latest))
					return v->latest;
		}
	return NULL;
}

/*
 * In the file of its end nobody knew what the lines before that belong to:
 * those of its thread are its own.
 */
static void
adopt_hits(struct ww_analysis *file, const struct ww_episode *open,
	   struct ww_episode *end)
{
	struct ww_hit **at = &file->hits, **last = &end->hits;

	while (*last != NULL)
		last = &(*last)->next;
	while (*at != NULL) {
		struct ww_hit *hit = *at;

		if (hit->process != open->process ||
		    hit->thread != open->thread || hit->thread == 0 ||
		    hit->last_line > end->outcome_quote.line) {
			at = &hit->next;
			continue;
		}
		*at = hit->next;
		hit->next = NULL;
		*last = hit;
		last = &hit->next;
	}
}

/*
 * The end of an episode alone does not tell what it was about.  A series of
 * nothing but that end is named by its beginning.
 */
static void
name_series(struct ww_analysis *const *files, size_t n,
	    const struct ww_episode *end)
{
	for (size_t i = 0; i < n; i++)
		for (struct ww_series *s = files[i]->series; s != NULL;
		     s = s->next) {
			bool holds =
			    s->good == end ||
			    (s->failed != NULL && s->failed->latest == end);

			if (holds && s->subject.len == 0 &&
			    s->n[WW_OUTCOME_SUCCEEDED] +
				    s->n[WW_OUTCOME_FAILED] ==
				1)
				s->subject = end->subject;
		}
}

/* Open episodes that go on in another file are taken out of their series. */
static void
join_series(struct ww_analysis *const *files, size_t n, size_t file,
	    struct ww_series *s)
{
	struct ww_episode **at = &s->open;

	while (*at != NULL) {
		struct ww_told open = { files[file], *at };
		struct ww_episode *end = find_end(files, n, open);

		if (end == NULL) {
			at = &(*at)->next;
			continue;
		}
		*at = open.episode->next;
		s->n[WW_OUTCOME_OPEN]--;
		adopt_hits(files[end->file], open.episode, end);
		prepend(end, open.episode);
		name_series(files, n, end);
	}
}

struct ww_group *
ww_groups_make(struct ww_arena *arena, struct ww_analysis *const *files,
	       size_t n)
{
	struct grouping g = { .arena = arena };

	for (size_t i = 0; i < n; i++)
		for (struct ww_series *s = files[i]->series; s != NULL;
		     s = s->next)
			join_series(files, n, i, s);
	for (size_t i = 0; i < n; i++)
		for (struct ww_series *s = files[i]->series; s != NULL;
		     s = s->next)
			add_series(&g, files[i], s);
	for (size_t i = 0; i < n; i++)
		for (struct ww_series *s = files[i]->series; s != NULL;
		     s = s->next)
			count_failing(find_group(&g, files[i], s), files[i], s);
	for (struct ww_group *group = g.first; group != NULL;
	     group = group->next)
		conclude_state(group);
	return g.first;
}
