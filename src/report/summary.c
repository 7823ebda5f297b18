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

/* A message with one hole filled. */
static void
add_filled(struct ww_telling *t, struct ww_buf *out, const char *english,
	   const char *hole, struct ww_slice value)
{
	const struct ww_fill fills[] = { { hole, value }, { 0 } };

	ww_buf_template(out, ww_tr(t->report, english), fills);
}

/* "PC-1: the sentence.", where there are several machines. */
static void
add_sentence(struct ww_telling *t, struct ww_buf *out, struct ww_slice machine,
	     struct ww_slice sentence)
{
	const struct ww_fill fills[] = { { "what", ww_tell_hole(t, machine) },
					 { "text", sentence },
					 { 0 } };

	if (machine.len == 0)
		ww_buf_add(out, sentence);
	else
		ww_buf_template(out, ww_tr(t->report, N_("{what}: {text}")),
				fills);
	ww_buf_char(out, '.');
}

/* That something failed is known; now what its number means. */
static void
add_meaning(struct ww_telling *t, struct ww_buf *out,
	    const struct ww_finding *f)
{
	struct ww_slice text = ww_tell_number(t, f).s;

	if (f->cause.p != NULL || (text.len == 0 && f->topic.p == NULL))
		return;
	ww_buf_char(out, ' ');
	ww_buf_add(out, text);
	if (text.len > 0)
		return;
	ww_buf_add(out,
		   ww_rec_text(f->topic, WW_TOPIC_TITLE, t->report->lang).s);
	ww_buf_char(out, '.');
}

/* Whether it had to be told in English. */
static bool
add_fault(struct ww_telling *t, struct ww_buf *out)
{
	const struct ww_finding *first = t->d->conclusion.findings;
	struct ww_text title = ww_tell_title(t, first);
	struct ww_buf more = ww_buf_in(out->arena);
	size_t n = count_findings(t) - 1;

	add_sentence(t, out, first->told.file->machine, title.s);
	add_meaning(t, out, first);
	if (n == 0)
		return title.english;
	ww_buf_char(out, ' ');
	ww_buf_decimal(&more, (int64_t)n);
	add_filled(t, out,
		   n == 1 ? N_("A second fault stands below.")
			  : N_("Further faults below: {count}."),
		   "count", ww_buf_slice(&more));
	return title.english;
}

/* Every kind that ended well, each once. */
static struct ww_slice
successes(struct ww_telling *t)
{
	struct ww_buf out = ww_buf_in(&t->report->arena);
	bool told[WW_EPISODES] = { false };

	for (const struct ww_group *g = t->d->conclusion.groups; g != NULL;
	     g = g->next) {
		if (g->state != WW_STATE_GOOD || told[g->kind])
			continue;
		told[g->kind] = true;
		if (out.len > 0)
			ww_buf_add(&out, ww_tr(t->report, N_("; ")));
		ww_buf_add(&out,
			   ww_rec_text(kind_of(t, g), WW_EPISODE_KIND_SUCCEEDED,
				       t->report->lang)
			       .s);
	}
	return ww_buf_slice(&out);
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
	add_filled(t, out, english, "what",
		   ww_rec_text(kind_of(t, g), WW_EPISODE_KIND_TITLE,
			       t->report->lang)
		       .s);
}

/* A trace is as it should be: what is missing is made of it elsewhere. */
static const char *
why_undecoded(const struct ww_analysis *a)
{
	return a->binary == NULL
		   ? N_("The log was written without its texts, so it tells "
			"nothing: write it anew.")
		   : N_("The trace holds numbers instead of texts, so it tells "
			"too little here: make a log of it on the machine that "
			"wrote it.");
}

static const struct ww_analysis *
find_undecoded(const struct ww_telling *t)
{
	for (uint32_t i = 0; i < t->d->n_files; i++)
		if (t->d->places[i]->undecoded != NULL)
			return t->d->places[i];
	return NULL;
}

/* Only the general reader took them. */
static bool
is_text_alone(const struct ww_telling *t)
{
	for (uint32_t i = 0; i < t->d->n_files; i++)
		if (t->d->places[i]->was_read &&
		    t->d->places[i]->dialect != WW_DIALECT_TEXT)
			return false;
	return true;
}

/* No file has a line, nor records of another form. */
static bool
is_empty(const struct ww_telling *t)
{
	for (uint32_t i = 0; i < t->d->n_files; i++)
		if (t->d->places[i]->was_read &&
		    (t->d->places[i]->lines > 0 ||
		     t->d->places[i]->binary != NULL))
			return false;
	return true;
}

/* The conversation was ended by us, before it came to its end. */
static void
add_undecided(struct ww_telling *t, struct ww_buf *out,
	      const struct ww_group *open)
{
	add_filled(t, out,
		   N_("The conversation with the server was not led to its "
		      "end: {what}."),
		   "what", ww_tell_trouble(t, open->open.episode).s);
}

static void
add_unknown(struct ww_telling *t, struct ww_buf *out)
{
	const struct ww_group *open = find_open(t);

	if (!ww_tell_any_read(t)) {
		ww_buf_add(out, ww_tr(t->report, N_("Nothing could be read.")));
		return;
	}
	if (atomic_load(&t->d->stop))
		ww_buf_add(out,
			   ww_tr(t->report,
				 N_("Reading was interrupted before it came to "
				    "a result.")));
	else if (find_undecoded(t) != NULL && t->d->conclusion.groups == NULL)
		ww_buf_add(out,
			   ww_tr(t->report, why_undecoded(find_undecoded(t))));
	else if (open != NULL && open->kind == WW_EPISODE_WSUS_PROBE &&
		 open->open.file != NULL)
		add_undecided(t, out, open);
	else if (open != NULL)
		add_kind(t, out,
			 N_("Something began, and its end is not on record: "
			    "{what}."),
			 open);
	else if (find_cancelled(t) != NULL)
		add_kind(t, out,
			 N_("What was begun was cancelled before it ended: "
			    "{what}."),
			 find_cancelled(t));
	else if (is_empty(t))
		ww_buf_add(
		    out, ww_tr(t->report,
			       N_("There is no line in what was read. Windows "
				  "starts its logs anew: an older part may "
				  "stand beside this one.")));
	else if (is_text_alone(t))
		ww_buf_add(out,
			   ww_tr(t->report,
				 N_("None of this is a kind of log that is "
				    "understood here; only the codes in it "
				    "were looked up. A line of it may be known "
				    "all the same: ask with the line "
				    "itself.")));
	else
		ww_buf_add(out, ww_tr(t->report,
				      N_("These files do not say how anything "
					 "ended, so nothing is concluded.")));
}

struct ww_text
ww_tell_summary(struct ww_telling *t)
{
	struct ww_buf out = ww_buf_in(&t->report->arena);
	bool english = false;

	switch (t->d->conclusion.verdict) {
	case WW_VERDICT_FAULT:
		english = add_fault(t, &out);
		break;
	case WW_VERDICT_NO_FAULT:
		add_filled(t, &out, N_("No fault is on record: {what}."),
			   "what", successes(t));
		break;
	default:
		add_unknown(t, &out);
	}
	return (struct ww_text){ ww_buf_slice(&out), english };
}
