/*
 * One time line over all files: the moments that matter, and how busy the
 * logs were.
 */
#include <stdlib.h>

#include "base/message.h"
#include "report/diagnosis.h"

#include "base/banned.h"

#define MOMENTS_MAX 256

struct moment {
	ww_time utc;
	const char *what;  /* English message */
	const char *level; /* as records have one */
	const struct ww_group *group;
	struct ww_told told;
	const struct ww_quote *quote;
};

struct moments {
	struct moment p[MOMENTS_MAX];
	size_t n;
};

static void
add_moment(struct moments *all, const char *what, const char *level,
	   const struct ww_group *group, struct ww_told told,
	   const struct ww_quote *quote)
{
	if (all->n == MOMENTS_MAX || quote->line == 0 ||
	    quote->time == WW_NO_TIME)
		return;
	all->p[all->n++] = (struct moment){
		.utc = ww_analysis_utc(told.file, quote->time),
		.what = what,
		.level = level,
		.group = group,
		.told = told,
		.quote = quote,
	};
}

static void
collect(struct moments *all, const struct ww_group *g)
{
	if (g->good.file != NULL)
		add_moment(all, N_("last success"), "info", g, g->good,
			   &g->good.episode->outcome_quote);
	for (const struct ww_group_failure *f = g->failures; f != NULL;
	     f = f->next) {
		struct ww_told told = { f->file, f->variant->latest };

		add_moment(all, N_("last failure of this kind"), "error", g,
			   told, &told.episode->outcome_quote);
	}
	if (g->state == WW_STATE_UNKNOWN && g->open.file != NULL)
		add_moment(all, N_("begun, no end on record"), "warning", g,
			   g->open, &g->open.episode->first);
}

static int
compare(const void *a, const void *b)
{
	const struct moment *ma = a, *mb = b;

	if (ma->utc != mb->utc)
		return ma->utc < mb->utc ? -1 : 1;
	return 0;
}

/* Two logs that tell of one thing. */
static bool
is_same_moment(const struct moment *a, const struct moment *b)
{
	return a->what == b->what && a->group->kind == b->group->kind &&
	       a->told.episode->code == b->told.episode->code &&
	       b->utc - a->utc < 2 * WW_SECOND;
}

static void
tell_moment(struct ww_telling *t, struct ww_node *list, const struct moment *m)
{
	struct ww_report *r = t->report;
	struct ww_rec kind = ww_rec_at(r->c, WW_S_EPISODE_KIND, m->group->kind);
	struct ww_node *node = ww_add(r, list, WW_NODE_MOMENT);

	ww_tell_time(t, node, WW_NODE_TIME, m->quote->time);
	ww_page_field(r, node, WW_NODE_TITLE, kind, WW_EPISODE_KIND_TITLE);
	ww_add_slice(r, node, WW_NODE_WHAT, ww_tr(r, m->what));
	ww_add_slice(r, node, WW_NODE_LEVEL, ww_slice_cstr(m->level));
	ww_tell_slice(t, node, WW_NODE_MACHINE, m->group->machine);
	ww_tell_slice(t, node, WW_NODE_SUBJECT, m->group->subject);
	if (m->told.episode->has_code && m->told.episode->code != 0)
		ww_add_slice(r, node, WW_NODE_VALUE,
			     ww_tell_end(t, m->told.episode));
	ww_tell_slice(t, node, WW_NODE_FILE, m->told.file->label);
	ww_tell_at(t, node, m->told.file, m->quote->line);
}

static void
tell_activity(struct ww_telling *t)
{
	struct ww_activity all = { 0 };
	struct ww_report *r = t->report;
	struct ww_node *node, *bars;

	for (uint32_t i = 0; i < t->d->n_files; i++)
		ww_activity_merge(&all, &t->d->places[i]->activity,
				  -t->d->places[i]->zone.minutes * WW_MINUTE);
	if (all.width == 0)
		return;
	node = ww_add(r, r->root, WW_NODE_ACTIVITY);
	ww_tell_time(t, node, WW_NODE_START, all.first * all.width);
	ww_add_number(r, node, WW_NODE_SECONDS, all.width / WW_SECOND);
	bars = ww_add(r, node, WW_NODE_BARS);
	for (int i = 0; i < WW_BARS; i++) {
		struct ww_node *bar = ww_add(r, bars, WW_NODE_BAR);

		ww_add_number(r, bar, WW_NODE_RECORDS, (int64_t)all.records[i]);
		ww_add_number(r, bar, WW_NODE_FAILED, (int64_t)all.failures[i]);
	}
}

void
ww_tell_timeline(struct ww_telling *t)
{
	struct moments *all = ww_arena_new(&t->report->arena, struct moments);
	struct ww_node *list =
	    ww_add(t->report, t->report->root, WW_NODE_TIMELINE);

	for (const struct ww_group *g = t->d->conclusion.groups; g != NULL;
	     g = g->next)
		collect(all, g);
	qsort(all->p, all->n, sizeof(all->p[0]), compare);
	for (size_t i = 0; i < all->n; i++)
		if (i == 0 || !is_same_moment(&all->p[i - 1], &all->p[i]))
			tell_moment(t, list, &all->p[i]);
	tell_activity(t);
}
