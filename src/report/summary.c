/*
 * The first sentence of a diagnosis.
 */
#include "base/message.h"
#include "report/diagnosis.h"

#include "base/banned.h"

static struct ww_rec
kind_of(struct ww_telling *t, const struct ww_group *g)
{
	return ww_rec_at(t->report->c, WW_S_EPISODE_KIND, g->kind);
}

static size_t
count_findings(const struct ww_telling *t)
{
	size_t n = 0;

	for (const struct ww_finding *f = t->d->conclusion.findings; f != NULL;
	     f = f->next)
		n++;
	return n;
}

static void
add_fault(struct ww_telling *t, struct ww_buf *out)
{
	const struct ww_finding *first = t->d->conclusion.findings;
	size_t more = count_findings(t) - 1;

	ww_buf_add(out, ww_tell_title(t, first).s);
	ww_buf_char(out, '.');
	/* That something failed; now with what that number means. */
	if (first->cause.p == NULL && first->topic.p != NULL) {
		ww_buf_char(out, ' ');
		ww_buf_add(out, ww_rec_text(first->topic, WW_TOPIC_TITLE,
					    t->report->lang)
				    .s);
		ww_buf_char(out, '.');
	}
	if (more == 0)
		return;
	ww_buf_char(out, ' ');
	if (more == 1) {
		ww_buf_add(out, ww_tr(t->report,
				      N_("A second fault stands below.")));
		return;
	}
	ww_buf_add(out, ww_tr(t->report, N_("Further faults below: ")));
	ww_buf_decimal(out, (int64_t)more);
	ww_buf_char(out, '.');
}

/* Every kind that ended well, each once. */
static void
add_successes(struct ww_telling *t, struct ww_buf *out)
{
	const struct ww_group *all = t->d->conclusion.groups;
	bool first = true;

	for (const struct ww_group *g = all; g != NULL; g = g->next) {
		const struct ww_group *before = all;

		while (before != g && (before->kind != g->kind ||
				       before->state != WW_STATE_GOOD))
			before = before->next;
		if (before != g || g->state != WW_STATE_GOOD)
			continue;
		ww_buf_add(out, first ? WW_LIT(": ") : WW_LIT("; "));
		ww_buf_add(out,
			   ww_rec_text(kind_of(t, g), WW_EPISODE_KIND_SUCCEEDED,
				       t->report->lang)
			       .s);
		first = false;
	}
	ww_buf_char(out, '.');
}

static const struct ww_group *
find_open(const struct ww_telling *t)
{
	const struct ww_group *g = t->d->conclusion.groups;

	while (g != NULL &&
	       (g->state != WW_STATE_UNKNOWN || g->n[WW_OUTCOME_OPEN] == 0))
		g = g->next;
	return g;
}

/* Something was cancelled, and nothing else ended. */
static const struct ww_group *
find_cancelled(const struct ww_telling *t)
{
	const struct ww_group *g = t->d->conclusion.groups;

	while (g != NULL && g->n[WW_OUTCOME_CANCELLED] == 0)
		g = g->next;
	return g;
}

static void
add_kind(struct ww_telling *t, struct ww_buf *out, const char *english,
	 const struct ww_group *g)
{
	ww_buf_add(out, ww_tr(t->report, english));
	ww_buf_add(out, ww_rec_text(kind_of(t, g), WW_EPISODE_KIND_TITLE,
				    t->report->lang)
			    .s);
	ww_buf_char(out, '.');
}

static const struct ww_analysis *
find_undecoded(const struct ww_telling *t)
{
	for (uint32_t i = 0; i < t->d->n_files; i++)
		if (t->d->places[i]->undecoded != NULL)
			return t->d->places[i];
	return NULL;
}

static void
add_unknown(struct ww_telling *t, struct ww_buf *out)
{
	const struct ww_group *open = find_open(t);

	if (!ww_tell_any_read(t)) {
		ww_buf_add(out, ww_tr(t->report, N_("Nothing could be read.")));
		return;
	}
	if (find_undecoded(t) != NULL && t->d->conclusion.groups == NULL)
		ww_buf_add(out,
			   ww_tr(t->report,
				 N_("The log was written without its texts, so "
				    "it tells nothing: write it anew.")));
	else if (open != NULL)
		add_kind(t, out,
			 N_("Something began, and its end is not on record: "),
			 open);
	else if (find_cancelled(t) != NULL)
		add_kind(t, out,
			 N_("What was begun was cancelled before it ended: "),
			 find_cancelled(t));
	else
		ww_buf_add(out, ww_tr(t->report,
				      N_("These files do not say how anything "
					 "ended, so nothing is concluded.")));
}

struct ww_slice
ww_tell_summary(struct ww_telling *t)
{
	struct ww_buf out = ww_buf_in(&t->report->arena);

	switch (t->d->conclusion.verdict) {
	case WW_VERDICT_FAULT:
		add_fault(t, &out);
		break;
	case WW_VERDICT_NO_FAULT:
		ww_buf_add(&out, ww_tr(t->report, N_("No fault is on record")));
		add_successes(t, &out);
		break;
	default:
		add_unknown(t, &out);
	}
	return ww_buf_slice(&out);
}
