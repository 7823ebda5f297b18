/*
 * What was attempted and how it ended, as the system stated it.
 */
#include "report/diagnosis.h"

#include "base/banned.h"

static const char *const states[] = {
	[WW_STATE_UNKNOWN] = "unknown",
	[WW_STATE_GOOD] = "succeeded",
	[WW_STATE_FAILING] = "failing",
};

struct ww_told
ww_tell_last(const struct ww_group *g)
{
	struct ww_told last = { 0 };

	if (g->state == WW_STATE_GOOD)
		return g->good;
	if (g->state == WW_STATE_UNKNOWN)
		return g->open;
	for (const struct ww_group_failure *f = g->failures; f != NULL;
	     f = f->next) {
		struct ww_told told = { f->file, f->variant->latest };

		if (last.file == NULL || ww_told_is_later(told, last))
			last = told;
	}
	return last;
}

/* Beside the stop code, which is a note: what it is called. */
static void
add_stop_name(struct ww_telling *t, struct ww_node *list,
	      const struct ww_episode *e)
{
	struct ww_slice name = ww_tell_stop_name(t, e->stop);
	struct ww_node *fact;

	if (e->stop == 0 || name.len == 0)
		return;
	fact = ww_add(t->report, list, WW_NODE_FACT);
	ww_add_slice(t->report, fact, WW_NODE_ID, WW_LIT("stop-name"));
	ww_add_slice(t->report, fact, WW_NODE_VALUE, name);
}

void
ww_tell_facts(struct ww_telling *t, struct ww_node *node,
	      const struct ww_episode *e)
{
	struct ww_node *list;

	if (e->notes == NULL)
		return;
	list = ww_add(t->report, node, WW_NODE_FACTS);
	for (const struct ww_note *n = e->notes; n != NULL; n = n->next) {
		struct ww_node *fact;

		/* What a later record took back. */
		if (n->value.len == 0)
			continue;
		fact = ww_add(t->report, list, WW_NODE_FACT);
		ww_tell_word(t, fact, WW_NODE_ID, n->name);
		ww_tell_slice(t, fact, WW_NODE_VALUE, n->value);
	}
	add_stop_name(t, list, e);
}

/* It was told as a success, and a part of it failed later: at the restart. */
static bool
is_undone(const struct ww_telling *t, const struct ww_group *g)
{
	const struct ww_finding *f = t->d->conclusion.findings;

	for (; g->state == WW_STATE_GOOD && f != NULL; f = f->next)
		if (f->group != NULL && f->told.episode != NULL &&
		    ww_slice_eq(f->group->machine, g->machine) &&
		    ww_kind_is_inside(t->report->c, g->kind, f->group->kind) &&
		    ww_told_end(g->good) != WW_NO_TIME &&
		    ww_told_end(f->told) > ww_told_end(g->good))
			return true;
	return false;
}

static void
add_counts(struct ww_telling *t, struct ww_node *node, const struct ww_group *g)
{
	ww_add_number(t->report, node, WW_NODE_SUCCEEDED,
		      (int64_t)g->n[WW_OUTCOME_SUCCEEDED]);
	ww_add_number(t->report, node, WW_NODE_FAILED,
		      (int64_t)g->n[WW_OUTCOME_FAILED]);
	ww_add_number(t->report, node, WW_NODE_CANCELLED,
		      (int64_t)g->n[WW_OUTCOME_CANCELLED]);
	ww_add_number(t->report, node, WW_NODE_OPEN,
		      (int64_t)g->n[WW_OUTCOME_OPEN]);
	ww_add_number(t->report, node, WW_NODE_FAILING, (int64_t)g->failing);
}

static void
add_outcome(struct ww_telling *t, struct ww_node *list,
	    const struct ww_group *g)
{
	struct ww_report *r = t->report;
	struct ww_rec kind = ww_rec_at(r->c, WW_S_EPISODE_KIND, g->kind);
	struct ww_node *node = ww_add(r, list, WW_NODE_OUTCOME);
	struct ww_told last = ww_tell_last(g);

	ww_add_slice(r, node, WW_NODE_KIND,
		     ww_rec_str(kind, WW_EPISODE_KIND_ID));
	ww_page_field(r, node, WW_NODE_TITLE, kind, WW_EPISODE_KIND_TITLE);
	ww_tell_slice(t, node, WW_NODE_MACHINE, g->machine);
	ww_tell_slice(t, node, WW_NODE_SUBJECT, g->subject);
	ww_add_slice(r, node, WW_NODE_STATE,
		     is_undone(t, g) ? WW_LIT("undone")
				     : ww_slice_cstr(states[g->state]));
	add_counts(t, node, g);
	/* Groups count in UTC; what is told is what the log's clock showed. */
	if (last.file != NULL && g->failing > 0 &&
	    g->failing_since != WW_NO_TIME)
		ww_tell_time(t, node, WW_NODE_SINCE,
			     g->failing_since +
				 last.file->zone.minutes * WW_MINUTE);
	if (g->good.file != NULL)
		ww_tell_time(t, node, WW_NODE_LAST_SUCCESS,
			     g->good.episode->end);
	if (last.file == NULL)
		return;
	if (last.episode->has_code)
		ww_add_slice(r, node, WW_NODE_VALUE,
			     ww_tell_end(t, last.episode));
	ww_tell_facts(t, node, last.episode);
	if (last.episode->outcome_quote.line > 0)
		ww_tell_quote(t, ww_add(r, node, WW_NODE_QUOTES), last.file,
			      &last.episode->outcome_quote);
}

void
ww_tell_outcomes(struct ww_telling *t)
{
	struct ww_node *list =
	    ww_add(t->report, t->report->root, WW_NODE_OUTCOMES);

	for (const struct ww_group *g = t->d->conclusion.groups; g != NULL;
	     g = g->next)
		add_outcome(t, list, g);
}
