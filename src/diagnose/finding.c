#include "diagnose/finding.h"
#include "diagnose/facts.h"

#include "diagnose/cause.h"
#include "diagnose/concluding.h"
#include "diagnose/stops.h"
#include "explain/event.h"

#include "base/banned.h"

/* A line of which nothing was seen for so long tells of the past. */
#define PAST (2 * WW_DAY)

/*
 * Each finding is compared with each other.  Nobody reads so many, and a log
 * that was made to have thousands must not take minutes.
 */
#define FINDINGS_MAX 256

/* Numbers */

/* What is known of a number; p is NULL of what is not. */
struct meaning {
	struct ww_rec topic;
	struct ww_rec number; /* its first name */
};

struct ww_readings
ww_code_readings(struct ww_arena *arena, const struct ww_catalogue *c,
		 const struct ww_analysis *file, enum ww_space space,
		 enum ww_code_kind kind, uint32_t code)
{
	const struct ww_spelled spelled = ww_code_kind_spelled(kind, code);
	struct ww_hints hints = ww_code_kind_hints(c, kind);

	if (kind == WW_CODE_IS_NONE)
		hints.space = space;
	hints.context = ww_rec_ref(ww_rec_at(c, WW_S_LOG_KIND, file->dialect),
				   WW_LOG_KIND_CONTEXT, WW_S_CONTEXT);
	return ww_readings_of(arena, c, &spelled, &hints);
}

static struct meaning
meaning_of(const struct ww_concluding *k, const struct ww_analysis *file,
	   enum ww_space space, enum ww_code_kind kind, uint32_t code)
{
	struct ww_readings readings =
	    ww_code_readings(k->arena, k->c, file, space, kind, code);
	struct meaning ret = { { k->c, NULL }, { k->c, NULL } };

	if (readings.n == 0)
		return ret;
	ret.topic = readings.p[0].topic;
	if (readings.p[0].n_codes > 0)
		ret.number = ww_rec_at(k->c, WW_S_CODE, readings.p[0].codes[0]);
	return ret;
}

struct ww_rec
ww_topic_of_stop(const struct ww_concluding *k, const struct ww_analysis *file,
		 uint32_t stop)
{
	return meaning_of(k, file, WW_SPACE_BUGCHECK, WW_CODE_IS_NONE, stop)
	    .topic;
}

/* Findings */

/* What an address in a dump says of a driver. */
static enum ww_confidence
confidence_of_dump(const struct ww_episode *e)
{
	switch (e == NULL ? WW_SUSPECT_UNSAID : e->suspicion) {
	case WW_SUSPECT_NOBODY:
		return WW_CONFIDENCE_CERTAIN;
	case WW_SUSPECT_DRIVER:
	case WW_SUSPECT_UNLOADED:
		return WW_CONFIDENCE_LIKELY;
	default:
		return WW_CONFIDENCE_POSSIBLE;
	}
}

static enum ww_confidence
confidence_of(const struct ww_finding *f)
{
	if (f->hit == NULL)
		return confidence_of_dump(f->told.episode);
	/* documented and observed are 0 and 1 among the words. */
	return ww_rec_num(f->signature, WW_SIGNATURE_CERTAINTY) <= 1
		   ? WW_CONFIDENCE_CERTAIN
		   : WW_CONFIDENCE_LIKELY;
}

static struct ww_finding *
new_finding(struct ww_concluding *k, struct ww_told told,
	    const struct ww_sign *hit)
{
	struct ww_finding *f = ww_arena_new(k->arena, struct ww_finding);

	f->told = told;
	f->hit = hit;
	f->signature = (struct ww_rec){ k->c, NULL };
	f->topic = f->cause = f->number = f->signature;
	if (hit != NULL) {
		f->signature = ww_rec_at(k->c, WW_S_SIGNATURE, hit->signature);
		f->topic = ww_signature_topic(f->signature);
		f->cause = ww_signature_cause(f->signature);
	}
	f->confidence = confidence_of(f);
	return f;
}

/* Whether there is room for another; counts what has none. */
static bool
has_room(struct ww_concluding *k)
{
	if (k->n_findings < FINDINGS_MAX)
		return true;
	k->ret->omitted++;
	return false;
}

static void
add_finding(struct ww_concluding *k, struct ww_finding *f)
{
	*k->end = f;
	k->end = &f->next;
	k->n_findings++;
}

/* Whether it failed in this way after the last success. */
static bool
is_current(const struct ww_group *group, const struct ww_group_failure *failure)
{
	struct ww_told latest = { failure->file, failure->variant->latest };

	return group->good.file == NULL ||
	       ww_told_is_later(latest, group->good);
}

/*
 * What the number is about that the episode ended with; where that only hands
 * on another failure, what the error is about that led there.  The number has
 * to do where no topic tells of it.
 */
static struct meaning
meaning_of_end(const struct ww_concluding *k, struct ww_told told)
{
	const struct ww_episode *e = told.episode;
	struct meaning end = { { k->c, NULL }, { k->c, NULL } }, error;

	if (e->stop != 0)
		end = meaning_of(k, told.file, WW_SPACES, WW_CODE_IS_STOP,
				 e->stop);
	else if (e->has_code)
		end =
		    meaning_of(k, told.file, WW_SPACES, e->code_kind, e->code);
	if (end.topic.p != NULL)
		end.number.p = NULL;
	if (e->message == 0 ||
	    (end.topic.p != NULL && !ww_is_carrier(end.topic)))
		return end;
	error =
	    meaning_of(k, told.file, WW_SPACE_API, WW_CODE_IS_NONE, e->message);
	if (error.topic.p != NULL)
		return (struct meaning){ error.topic, end.number };
	if (error.number.p != NULL)
		end.number = error.number;
	return end;
}

static struct ww_rec
topic_of_kind(const struct ww_concluding *k, enum ww_episode_id kind)
{
	return ww_rec_ref(ww_rec_at(k->c, WW_S_EPISODE_KIND, kind),
			  WW_EPISODE_KIND_TOPIC, WW_S_TOPIC);
}

/* What shows the cause of an episode of this kind, or NULL. */
static const struct ww_sign *
best_hit(const struct ww_concluding *k, struct ww_told told,
	 enum ww_episode_id kind, struct ww_rec topic)
{
	const struct ww_hits hits = { told.episode->hits, told.file->hits };

	return ww_best_hit(k->c, hits, kind, topic);
}

static void
add_failure(struct ww_concluding *k, const struct ww_group *group,
	    const struct ww_group_failure *failure)
{
	struct ww_episode *e = failure->variant->latest;
	struct ww_told told = { failure->file, e };
	struct meaning end = meaning_of_end(k, told);
	struct ww_finding *f =
	    new_finding(k, told, best_hit(k, told, group->kind, end.topic));

	f->group = group;
	f->failure = failure;
	f->since = ww_analysis_utc(failure->file, failure->variant->first);
	f->number = end.number;
	if (f->topic.p == NULL)
		f->topic = end.topic;
	if (f->topic.p == NULL)
		f->topic = topic_of_kind(k, group->kind);
	ww_add_proofs(k, f);
	f->policy = ww_other_server(k, f);
	if (f->policy != NULL)
		ww_add_proof(k, f, &f->policy->quote);
	add_finding(k, f);
}

static void
add_failures(struct ww_concluding *k)
{
	for (const struct ww_group *g = k->ret->groups; g != NULL; g = g->next)
		for (const struct ww_group_failure *v = g->failures;
		     g->state == WW_STATE_FAILING && v != NULL; v = v->next)
			if (is_current(g, v) && has_room(k))
				add_failure(k, g, v);
}

/*
 * Something was cancelled, nothing of its kind succeeded since, and a line
 * shows what was wrong: a silent setup that gives up ends so.
 */
static bool
is_cancelled_for_cause(const struct ww_group *g)
{
	return g->state != WW_STATE_FAILING && g->cancelled.file != NULL &&
	       (!g->of_kind->has_good ||
		g->of_kind->good < ww_told_end(g->cancelled));
}

static void
add_cancelled(struct ww_concluding *k)
{
	for (const struct ww_group *g = k->ret->groups; g != NULL;
	     g = g->next) {
		const struct ww_sign *hit;
		struct ww_finding *f;

		if (!is_cancelled_for_cause(g) ||
		    g->cancelled.episode->hits == NULL)
			continue;
		hit = best_hit(k, g->cancelled, g->kind,
			       meaning_of_end(k, g->cancelled).topic);
		if (hit == NULL || !has_room(k))
			continue;
		f = new_finding(k, g->cancelled, hit);
		f->since = ww_told_end(g->cancelled);
		ww_add_proofs(k, f);
		add_finding(k, f);
	}
}

/* When each kind last succeeded there; WW_NO_TIME where it never did. */
static void
find_successes(struct ww_concluding *k, struct ww_slice machine)
{
	k->machine = machine;
	for (int i = 0; i < WW_EPISODES; i++)
		k->good[i] = WW_NO_TIME;
	/* No time is the earliest of all. */
	for (const struct ww_group *g = k->ret->groups; g != NULL; g = g->next)
		if (ww_slice_eq(g->machine, machine) &&
		    ww_told_end(g->good) > k->good[g->kind])
			k->good[g->kind] = ww_told_end(g->good);
}

/* A success of what the signature is about, after its last sighting. */
static bool
is_overtaken(const struct ww_concluding *k, struct ww_rec signature,
	     ww_time last)
{
	struct ww_list kinds =
	    ww_rec_list(signature, WW_SIGNATURE_EPISODES, WW_S_IN_EPISODE);

	for (uint32_t i = 0; i < kinds.count && last != WW_NO_TIME; i++)
		if (k->good[ww_rec_num(ww_list_at(k->c, kinds, i),
				       WW_IN_EPISODE_KIND)] > last)
			return true;
	return false;
}

/* The log went on for days without such a line. */
static bool
is_past(const struct ww_analysis *file, const struct ww_sign *hit)
{
	return hit->last_time != WW_NO_TIME && file->last != WW_NO_TIME &&
	       file->last - hit->last_time > PAST;
}

/* Lines that are a finding wherever they stand. */
static void
add_alone(struct ww_concluding *k, const struct ww_analysis *file,
	  const struct ww_sign *all)
{
	struct ww_told told = { file, NULL };
	struct ww_hits hits = { all, file->hits };

	if (!ww_slice_eq(k->machine, file->machine))
		find_successes(k, file->machine);
	for (const struct ww_sign *h = all; h != NULL; h = h->next) {
		struct ww_rec rec =
		    ww_rec_at(k->c, WW_S_SIGNATURE, h->signature);
		struct ww_finding *f;

		if (ww_rec_num(rec, WW_SIGNATURE_ALONE) == 0 ||
		    is_past(file, h) || !ww_hit_holds(k->c, h, hits) ||
		    is_overtaken(k, rec, ww_analysis_utc(file, h->last_time)) ||
		    !has_room(k))
			continue;
		f = new_finding(k, told, h);
		f->since = ww_analysis_utc(file, h->first_time);
		ww_add_proofs(k, f);
		add_finding(k, f);
	}
}

/* Hits that stand alone may also have been seen while something ran. */
static void
add_all_alone(struct ww_concluding *k)
{
	for (size_t i = 0; i < k->n_files; i++)
		add_alone(k, k->files[i], k->files[i]->hits);
	for (const struct ww_group *g = k->ret->groups; g != NULL;
	     g = g->next) {
		if (g->good.file != NULL)
			add_alone(k, g->good.file, g->good.episode->hits);
		if (g->open.file != NULL)
			add_alone(k, g->open.file, g->open.episode->hits);
	}
}

/* Ranking */

static bool
ranks_before(const struct ww_finding *a, const struct ww_finding *b)
{
	if ((a->group != NULL) != (b->group != NULL))
		return a->group != NULL;
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence;
	/* The first cause before what follows from it. */
	return a->since != WW_NO_TIME &&
	       (b->since == WW_NO_TIME || a->since < b->since);
}

static void
rank_findings(struct ww_concluding *k)
{
	struct ww_finding *sorted = NULL, *next;

	for (struct ww_finding *f = k->ret->findings; f != NULL; f = next) {
		struct ww_finding **at = &sorted;

		next = f->next;
		while (*at != NULL && !ranks_before(f, *at))
			at = &(*at)->next;
		f->next = *at;
		*at = f;
	}
	k->ret->findings = sorted;
}

/* Harmless lines */

static struct ww_harmless *
find_harmless(struct ww_concluding *k, const struct ww_analysis *file,
	      const struct ww_sign *hit)
{
	struct ww_rec rec = ww_rec_at(k->c, WW_S_SIGNATURE, hit->signature);
	struct ww_harmless **at = &k->ret->harmless;

	while (*at != NULL && (*at)->signature.p != rec.p)
		at = &(*at)->next;
	if (*at == NULL) {
		*at = ww_arena_new(k->arena, struct ww_harmless);
		(*at)->signature = rec;
		(*at)->file = file;
		(*at)->hit = hit;
	}
	return *at;
}

static void
collect_harmless(struct ww_concluding *k)
{
	struct ww_harmless *sorted = NULL, *next;

	for (size_t i = 0; i < k->n_files; i++)
		for (const struct ww_sign *h = k->files[i]->harmless; h != NULL;
		     h = h->next)
			find_harmless(k, k->files[i], h)->count += h->count;
	for (struct ww_harmless *h = k->ret->harmless; h != NULL; h = next) {
		struct ww_harmless **at = &sorted;

		next = h->next;
		while (*at != NULL && (*at)->count >= h->count)
			at = &(*at)->next;
		h->next = *at;
		*at = h;
	}
	k->ret->harmless = sorted;
}

/* What failed may have been installed before, or since. */
static void
look_for_installed(struct ww_concluding *k)
{
	for (struct ww_finding *f = k->ret->findings; f != NULL; f = f->next)
		f->listed = ww_listed_update(k, f);
}

/*
 * no_fault needs a positive end of everything that was attempted, and that
 * something was.
 */
static enum ww_verdict
verdict_of(const struct ww_conclusion *k)
{
	bool good = false;

	if (k->findings != NULL)
		return WW_VERDICT_FAULT;
	for (const struct ww_group *g = k->groups; g != NULL; g = g->next) {
		if (g->state == WW_STATE_UNKNOWN && g->n[WW_OUTCOME_OPEN] > 0)
			return WW_VERDICT_UNKNOWN;
		good = good || g->state == WW_STATE_GOOD;
	}
	return good ? WW_VERDICT_NO_FAULT : WW_VERDICT_UNKNOWN;
}

void
ww_conclude(struct ww_conclusion *ret, struct ww_arena *arena,
	    const struct ww_catalogue *c, struct ww_analysis *const *files,
	    size_t n)
{
	struct ww_concluding k = {
		.arena = arena, .c = c, .files = files, .n_files = n, .ret = ret
	};

	*ret = (struct ww_conclusion){
		.groups = ww_groups_make(arena, files, n),
	};
	k.end = &ret->findings;
	find_successes(&k, k.machine);
	add_failures(&k);
	add_cancelled(&k);
	add_all_alone(&k);
	ww_merge_findings(&k);
	look_for_installed(&k);
	ww_compare_stops(&k);
	rank_findings(&k);
	collect_harmless(&k);
	ret->verdict = verdict_of(ret);
}
