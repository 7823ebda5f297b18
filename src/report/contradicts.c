/*
 * What a finding contradicts: explanations that its code excludes, and those
 * that something else in the files does, with the line that says so.
 */
#include "code/number.h"
#include "report/diagnosis.h"

#include "base/banned.h"

/* What was well so long before a failure says little of it. */
#define TELLING_FOR (14 * WW_DAY)

/*
 * Whether the topic speaks of the number that the episode ended with, or of
 * the error that led there.
 */
static bool
covers(struct ww_rec topic, const struct ww_episode *e)
{
	struct ww_list codes =
	    ww_rec_list(topic, WW_TOPIC_CODES, WW_S_TOPIC_CODE);

	for (uint32_t i = 0; i < codes.count; i++) {
		struct ww_rec code = ww_list_at(topic.c, codes, i);
		uint32_t value = ww_rec_num(code, WW_TOPIC_CODE_VALUE);
		uint32_t space = ww_rec_num(code, WW_TOPIC_CODE_SPACE);

		if (value == e->code ||
		    ww_hresult_from_win32(value).v == e->code ||
		    (value == e->message && space == WW_SPACE_API))
			return true;
	}
	return false;
}

static const struct ww_note *
note_of(const struct ww_episode *e, const char *name)
{
	const struct ww_note *n = e->notes;

	while (n != NULL && !ww_slice_eq(n->name, ww_slice_cstr(name)))
		n = n->next;
	return n;
}

/* What was repaired has been damaged, perhaps when it failed. */
static bool
found_nothing(const struct ww_episode *e)
{
	const struct ww_note *repaired = note_of(e, "repaired");

	return e->n_items == 0 &&
	       (repaired == NULL || ww_slice_eq(repaired->value, WW_LIT("0")));
}

static ww_time
time_of(const struct ww_finding *f)
{
	return f->told.episode != NULL
		   ? ww_told_end(f->told)
		   : ww_analysis_utc(f->told.file, f->hit->last_time);
}

static bool
is_telling(const struct ww_group *g, const struct ww_finding *f)
{
	ww_time good = ww_told_end(g->good), failed = time_of(f);

	return g->state == WW_STATE_GOOD &&
	       ww_slice_eq(g->machine, f->told.file->machine) &&
	       (f->group == NULL || f->group->kind != g->kind) &&
	       found_nothing(g->good.episode) && good != WW_NO_TIME &&
	       failed != WW_NO_TIME && failed - good <= TELLING_FOR;
}

/* The line that says that nothing was found, or else how it ended. */
static const struct ww_quote *
quote_of(const struct ww_episode *e)
{
	const struct ww_note *detected = note_of(e, "detected");

	return detected != NULL ? &detected->quote : &e->outcome_quote;
}

static void
add_good(struct ww_telling *t, struct ww_node *list, const struct ww_group *g)
{
	struct ww_rec kind =
	    ww_rec_at(t->report->c, WW_S_EPISODE_KIND, g->kind);
	struct ww_node *item = ww_add(t->report, list, WW_NODE_RULED_OUT);

	ww_add_slice(t->report, item, WW_NODE_KIND,
		     ww_rec_str(kind, WW_EPISODE_KIND_ID));
	ww_page_field(t->report, item, WW_NODE_WHAT, kind,
		      WW_EPISODE_KIND_EXCLUDES);
	ww_page_field(t->report, item, WW_NODE_BECAUSE, kind,
		      WW_EPISODE_KIND_SUCCEEDED);
	ww_tell_quote(t, ww_add(t->report, item, WW_NODE_QUOTES), g->good.file,
		      quote_of(g->good.episode));
}

static bool
excludes(const struct ww_telling *t, enum ww_episode_id kind)
{
	return ww_rec_num(ww_rec_at(t->report->c, WW_S_EPISODE_KIND, kind),
			  WW_EPISODE_KIND_EXCLUDES) != 0;
}

/* The last of a kind that was well, unless another one of it fails. */
static const struct ww_group *
last_good(const struct ww_telling *t, const struct ww_finding *f,
	  enum ww_episode_id kind)
{
	const struct ww_group *last = NULL;

	for (const struct ww_group *g = t->d->conclusion.groups; g != NULL;
	     g = g->next) {
		if (g->kind != kind)
			continue;
		if (g->state == WW_STATE_FAILING)
			return NULL;
		if (is_telling(g, f) &&
		    (last == NULL || ww_told_is_later(g->good, last->good)))
			last = g;
	}
	return last;
}

void
ww_tell_contradicts(struct ww_telling *t, struct ww_node *node,
		    const struct ww_finding *f)
{
	struct ww_node *list = ww_add(t->report, node, WW_NODE_CONTRADICTS);
	const struct ww_episode *e = f->told.episode;

	for (int kind = 0; kind < WW_EPISODES; kind++) {
		const struct ww_group *good = NULL;

		if (excludes(t, (enum ww_episode_id)kind))
			good = last_good(t, f, (enum ww_episode_id)kind);
		if (good != NULL)
			add_good(t, list, good);
	}
	/* What one code rules out may be just what another one means. */
	if (e == NULL || !e->has_code || covers(f->topic, e))
		ww_page_rules_out(t->report, list, f->topic);
}
