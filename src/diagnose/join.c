#include "diagnose/join.h"

#include "base/banned.h"

/*
 * Where a log is cut, what ran is cut in two: no more than run at a time, and
 * nothing that takes longer than that.
 */
#define HEADLESS_MAX 64
#define JOIN_WITHIN  WW_DAY

/* Ends by their kind and key, of which so many are looked at. */
#define BUCKETS	  256
#define TRIED_MAX 256

/* An end whose beginning is not in its file. */
struct headless {
	struct ww_told told;
	struct headless *next;
};

struct joining {
	struct ww_arena *arena;
	struct ww_analysis *const *files;
	struct headless *headless[BUCKETS];
};

static struct headless **
bucket_of(struct joining *j, const struct ww_episode *e)
{
	uint32_t h = (uint32_t)e->kind;

	for (size_t i = 0; i < e->key.len; i++)
		h = ww_hash_mix(h ^ (unsigned char)e->key.p[i]);
	return &j->headless[h % BUCKETS];
}

/* What is about something else is no part of it. */
static bool
same_subject(const struct ww_episode *a, const struct ww_episode *b)
{
	return a->subject.len == 0 || b->subject.len == 0 ||
	       ww_slice_eq(a->subject, b->subject);
}

static bool
is_within(ww_time begin, ww_time end)
{
	return begin == WW_NO_TIME || end == WW_NO_TIME ||
	       (end >= begin && end - begin <= JOIN_WITHIN);
}

/*
 * A log is cut where a new one begins: what was open at the end of one file
 * and ended in the next is one episode, with all that was seen in both.
 */
static bool
joins(struct ww_told open, struct ww_told end)
{
	return open.file != end.file &&
	       open.file->dialect == end.file->dialect &&
	       open.episode->kind == end.episode->kind &&
	       ww_slice_eq(open.episode->key, end.episode->key) &&
	       same_subject(open.episode, end.episode) &&
	       ww_slice_eq(open.file->machine, end.file->machine) &&
	       is_within(ww_told_begin(open), ww_told_end(end));
}

static void
prepend_items(struct ww_episode *to, const struct ww_episode *from)
{
	if (from->items == NULL)
		return;
	from->last_item->next = to->items;
	if (to->items == NULL)
		to->last_item = from->last_item;
	to->items = from->items;
	to->n_items += from->n_items;
	to->n_kept += from->n_kept;
	to->n_bad += from->n_bad;
}

/* What was seen in the part before stands first; of notes the last counts. */
static void
prepend(struct ww_episode *to, struct ww_episode *from)
{
	struct ww_sign **hit = &from->hits;
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
	prepend_items(to, from);
	if (to->subject.len == 0)
		to->subject = from->subject;
	to->begin = from->begin;
	to->first = from->first;
}

/* The end that came first, taken off the list; NULL episode: none. */
static struct ww_told
take_end(struct joining *j, struct ww_told open)
{
	struct headless **at = bucket_of(j, open.episode);
	struct headless **best = NULL, *taken;

	for (int n = 0; *at != NULL && n < TRIED_MAX; at = &(*at)->next, n++)
		if (joins(open, (*at)->told) &&
		    (best == NULL ||
		     !ww_told_is_later((*at)->told, (*best)->told)))
			best = at;
	if (best == NULL)
		return (struct ww_told){ 0 };
	taken = *best;
	*best = taken->next;
	return taken->told;
}

/*
 * In the file of its end nobody knew what the lines before that belong to:
 * those of its thread are its own.
 */
static void
adopt_hits(struct ww_analysis *file, const struct ww_episode *open,
	   struct ww_episode *end)
{
	struct ww_sign **at = &file->hits, **last = &end->hits;

	while (*last != NULL)
		last = &(*last)->next;
	while (*at != NULL) {
		struct ww_sign *hit = *at;

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
name_series(struct ww_told end)
{
	struct ww_series *s = end.file->series;

	while (s != NULL && s->good != end.episode &&
	       (s->failed == NULL || s->failed->latest != end.episode))
		s = s->next;
	if (s != NULL && s->subject.len == 0 &&
	    s->n[WW_OUTCOME_SUCCEEDED] + s->n[WW_OUTCOME_FAILED] == 1)
		s->subject = end.episode->subject;
}

/* Open episodes that go on in another file are taken out of their series. */
static void
join_series(struct joining *j, const struct ww_analysis *file,
	    struct ww_series *s)
{
	struct ww_episode **at = &s->open;

	while (*at != NULL) {
		struct ww_told open = { file, *at };
		struct ww_told end = take_end(j, open);

		if (end.episode == NULL) {
			at = &(*at)->next;
			continue;
		}
		*at = open.episode->next;
		s->n[WW_OUTCOME_OPEN]--;
		adopt_hits(j->files[end.file->number], open.episode,
			   end.episode);
		prepend(end.episode, open.episode);
		name_series(end);
	}
}

static void
add_headless(struct joining *j, const struct ww_analysis *file,
	     struct ww_episode *e, unsigned *n)
{
	struct headless *h, **bucket;

	if (e == NULL || e->begin != WW_NO_TIME || *n == HEADLESS_MAX)
		return;
	++*n;
	h = ww_arena_new(j->arena, struct headless);
	h->told = (struct ww_told){ file, e };
	bucket = bucket_of(j, e);
	h->next = *bucket;
	*bucket = h;
}

static void
collect_headless(struct joining *j, const struct ww_analysis *file)
{
	unsigned n = 0;

	for (struct ww_series *s = file->series; s != NULL; s = s->next) {
		add_headless(j, file, s->good, &n);
		for (struct ww_variant *v = s->failed; v != NULL; v = v->next)
			add_headless(j, file, v->latest, &n);
	}
}

void
ww_episodes_join(struct ww_arena *arena, struct ww_analysis *const *files,
		 size_t n)
{
	struct joining j = { .arena = arena, .files = files };

	for (size_t i = 0; i < n; i++)
		collect_headless(&j, files[i]);
	for (size_t i = 0; i < n; i++)
		for (struct ww_series *s = files[i]->series; s != NULL;
		     s = s->next)
			join_series(&j, files[i], s);
}
